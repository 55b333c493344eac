/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_INTERACT_H
#define APP_INTERACT_H

/* The interactive program: from the picker to a process, and from that perhaps to the next. */

struct launch;
struct options;

/*
 * Watches the process of the options, or lets one be chosen. launch is the command that was
 * started to be watched, or NULL: it is let go when the screen stands, and at the end it is said
 * what became of it. Returns the exit status; what went wrong was said.
 */
int interact_run(const struct options *options, struct launch *launch);

/* The same of the recording of the options, which is played. Returns the exit status. */
int interact_replay(const struct options *options);

#endif
