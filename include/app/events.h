/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_EVENTS_H
#define APP_EVENTS_H

/*
 * vastop --events: each change of the address space as a line on stdout, for people or one JSON
 * object a line, until the process ends. When to look is the sampler's affair.
 */

struct launch;
struct options;
struct source;

/*
 * Takes the source over. Runs until the process has ended, the wanted number of intervals has
 * passed or stdout is no longer read (EXIT_DONE in all three cases), or a signal asks to end, which
 * then ends vastop. Each line is written whole and at once. launch is the command that was started
 * to be watched, or NULL: it is let go after the first sample, and at the end it is said what
 * became of it. Returns the exit status; what went wrong was said.
 */
int events_run(const struct options *options, struct source *source, struct launch *launch);

#endif
