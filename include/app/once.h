/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ONCE_H
#define APP_ONCE_H

/* vastop --once: one sample, one picture or report on stdout. */

struct options;
struct source;

/* Returns the exit status; what went wrong was said. */
int once_run(const struct options *options, struct source *source);

#endif
