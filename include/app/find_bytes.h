/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_FIND_BYTES_H
#define APP_FIND_BYTES_H

/* vastop --search=TEXT: where in a process's memory that is, an address a line, on stdout. */

struct options;
struct source;

/* Returns the exit status; what went wrong was said. */
int find_bytes_run(const struct options *options, struct source *source);

#endif
