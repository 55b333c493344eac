/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LOOP_H
#define APP_LOOP_H

/*
 * The one event loop of the interactive program: waits for keys, signals, samples and lists, gives
 * them to the screen, and does what the screen asks for.
 */

#include <stdbool.h>

struct attachment;
struct launch;
struct tty;
struct watch_record;

/*
 * Watches the process of the attachment, whose source and first sample it takes over; without one,
 * lets a process be chosen, from those that match the text (NULL: from all). launch is the command
 * that was started to be watched, or NULL: it is let go when the screen stands. What was opened to
 * be recorded to (record) is for the first process that is watched. Returns the exit
 * status; what went wrong was said, the terminal given back. Sets *ret_ended: whether the command
 * was seen to end.
 */
int loop_run(struct tty *tty, struct attachment *attachment, const char *narrow,
	     struct launch *launch, struct watch_record *record, bool *ret_ended);

#endif
