/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_H
#define APP_WATCH_H

/* vastop PID: the interactive screen, until the reader quits. */

struct options;
struct source;

/* Takes the source over. Returns the exit status; what went wrong was said. */
int watch_run(const struct options *options, struct source *source);

#endif
