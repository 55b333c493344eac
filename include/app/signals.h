/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SIGNALS_H
#define APP_SIGNALS_H

/*
 * Signals of the programs that watch. Those that ask for something, and those that end a process
 * and come from outside, are blocked and read from a descriptor by the loop, which gives the
 * terminal back before it ends by them. Those of a crash do that in a handler, and then end the
 * process as they always do. No signal but SIGKILL leaves the terminal as it is on the screen, save
 * the two of real time that the C library keeps for itself.
 */

#include <stdbool.h>

/*
 * Blocks the signals (to be called before any thread is started) and returns a descriptor from
 * which signals_read() reads them, or -errno. Those that end a process and are ignored stay so.
 */
int signals_open(void);

/* The next signal's number; 0 when none is waiting. */
int signals_read(int descriptor);

/* Whether a number that was read asks to end the program by it. */
bool signals_end_program(int number);

/*
 * Installs the handlers that restore the terminal when the program crashes; to be called before it
 * is taken.
 */
void signals_guard_terminal(void);

/* Frees the stack that those handlers run on; the terminal has been given back by then. */
void signals_end_guard(void);

/* Stops this process as SIGTSTP does; returns when it is continued. */
void signals_stop(void);

/* Ends the process by the signal, although it was blocked until now. */
_Noreturn void signals_die(int number);

#endif
