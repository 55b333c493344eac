/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_INTERACT_H
#define APP_INTERACT_H

/* The interactive program: from the picker to a process, and from that perhaps to the next. */

struct attachment;
struct launch;
struct options;

/*
 * Watches the process of the options, or lets one be chosen. given: with what it is compared, which
 * is taken over; NULL: nothing. launch is the command that was started to be watched, or NULL: it
 * is let go when the screen stands, and at the end it is said what became of it. Returns the exit
 * status; what went wrong was said.
 */
int interact_run(const struct options *options, struct attachment *given, struct launch *launch);

/*
 * The same of the recording of the options, which is played from its begin, or from the time that
 * was given; what is compared is held at that time, or else at its end. Returns the exit status.
 */
int interact_replay(const struct options *options, struct attachment *given);

/*
 * The same of a source that is no process (given->source), whose files are nowhere:
 * options->procfs, which is not read, is what it is called in messages.
 */
int interact_play(const struct options *options, struct attachment *given);

#endif
