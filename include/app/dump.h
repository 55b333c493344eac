/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_DUMP_H
#define APP_DUMP_H

/* vastop --bytes=PLACE: a hex dump of a process's memory on stdout (report/hex_dump.h). */

struct options;
struct source;

/* Returns the exit status; what went wrong was said. */
int dump_run(const struct options *options, struct source *source);

#endif
