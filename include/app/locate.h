/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LOCATE_H
#define APP_LOCATE_H

/* vastop --locate: what is at an address of the process, as lines on stdout. */

struct options;
struct source;

/* Returns the exit status; what went wrong was said. */
int locate_run(const struct options *options, struct source *source);

#endif
