/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_H
#define APP_WATCH_H

/* vastop PID: the interactive screen, until the reader quits. */

struct launch;
struct options;
struct source;

/*
 * Takes the source over. launch is the command that was started to be watched, or NULL: it is let
 * go when the screen stands, and at the end it is said what became of it. Returns the exit status;
 * what went wrong was said.
 */
int watch_run(const struct options *options, struct source *source, struct launch *launch);

#endif
