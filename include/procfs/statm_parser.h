/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_STATM_PARSER_H
#define PROCFS_STATM_PARSER_H

/* Parses /proc/PID/statm (proc_pid_statm(5)). Everything is in pages; all is 0 for a zombie. */

#include <stddef.h>
#include <stdint.h>

struct proc_statm {
	uint64_t size, resident, shared;
	uint64_t text; /* of the executable only */
	uint64_t data; /* private writable memory and stack */
};

/* Returns 0 and sets *ret_statm; or -EBADMSG when one of the numbers is missing. */
int statm_parse(const char *bytes, size_t length, struct proc_statm *ret_statm);

#endif
