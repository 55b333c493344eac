/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_H
#define APP_WATCH_H

/* One process on the screen, until the reader quits or chooses another. */

#include <stdbool.h>

struct attachment;
struct launch;
struct tty;

/*
 * Takes the source and the first sample of the attachment over; afterwards it has those of the
 * process that was chosen to be watched next, or none. launch is the command that was started to
 * be watched, or NULL: it is let go when the screen stands. Returns the exit status and sets
 * *ret_ended: whether the process has ended; what went wrong was said, the terminal given back.
 */
int watch_run(struct tty *tty, struct attachment *attachment, struct launch *launch,
	      bool *ret_ended);

#endif
