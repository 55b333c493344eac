/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_CMDLINE_PARSER_H
#define PROCFS_CMDLINE_PARSER_H

/*
 * Splits /proc/PID/cmdline (proc_pid_cmdline(5)) into its arguments: strings, each with a NUL
 * behind it. The last NUL is missing when the program wrote over its arguments.
 */

#include <stddef.h>

struct cmdline {
	const char **arguments; /* point into the bytes that were parsed */
	size_t count;
	size_t capacity; /* private */
};

/*
 * Replaces the arguments with those of length bytes, which are followed by a NUL. A cmdline of
 * all zeroes is a valid, empty one.
 */
void cmdline_parse(struct cmdline *cmdline, const char *bytes, size_t length);

void cmdline_finish(struct cmdline *cmdline);

#endif
