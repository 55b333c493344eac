/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_PROGRAM_RUN_H
#define SUPPORT_PROGRAM_RUN_H

/* A program from its start to its end: what its user waits for and pays. Its output is discarded.
 */

#include <stdint.h>

struct program_run {
	int64_t wall_ns; /* from before the start until the end is known */
	int64_t cpu_ns;  /* of all its threads, and of the children that it waited for */
};

/*
 * Runs the program, found on PATH, with stdout at /dev/null. Returns 0, -errno when it did not
 * start, or -EIO when it failed.
 */
int program_run(char *const argv[], struct program_run *ret_run);

#endif
