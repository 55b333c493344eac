/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_RESCUE_H
#define TERM_RESCUE_H

/*
 * What it takes to bring the terminal back from a signal handler: its modes and the sequences
 * for leaving, saved beforehand. It is the one state of the process that a handler can reach.
 */

#include <stddef.h>

/* Saves the modes of the terminal on stdin. Returns 0, or -ENOTTY if stdin or stdout is no
 * terminal. */
int rescue_save_modes(void);

/*
 * Saves what brings the terminal back, from what curses knows of it by now. Returns 0; -ENODEV: it
 * cannot place the cursor.
 */
int rescue_save_strings(void);

/* From now on there is something to bring back, or nothing any more. */
void rescue_arm(void);
void rescue_disarm(void);

/* Brings the terminal back when armed, once. Async-signal-safe. */
void rescue_now(void);

/* Gives the terminal its modes back, and sends it nothing. */
void rescue_set_modes(void);

/* Sends bytes to the terminal past curses, as far as it takes them. Async-signal-safe. */
void rescue_send(const char *bytes, size_t length);

#endif
