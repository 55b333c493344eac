/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SIGNALS_H
#define APP_SIGNALS_H

/*
 * Signals of the interactive program. Those that ask for something are blocked and read from a
 * descriptor by the loop; those of a crash restore the terminal and then end the process as they
 * always do. Memory that is exhausted counts as a crash.
 */

#include <stdint.h>

/*
 * Blocks the signals (to be called before any thread is started) and returns a descriptor from
 * which signals_read() reads them, or -errno.
 */
int signals_open(void);

/* The next signal's number; 0 when none is waiting. */
int signals_read(int descriptor);

/* Installs the handlers that restore the terminal when the program crashes. */
void signals_guard_terminal(void);

/* Frees the stack that those handlers run on; the terminal has been given back by then. */
void signals_end_guard(void);

/* Stops this process as SIGTSTP does; returns when it is continued. */
void signals_stop(void);

/* Ends the process by the signal, as if it had never been blocked. */
_Noreturn void signals_die(int number);

#endif
