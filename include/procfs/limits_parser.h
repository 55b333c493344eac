/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_LIMITS_PARSER_H
#define PROCFS_LIMITS_PARSER_H

/* Parses /proc/PID/limits (proc_pid_limits(5)): the soft limits that bound an address space. */

#include <stddef.h>

struct target_limits;

/*
 * Sets stack, as and data of *limits, in bytes; TARGET_UNLIMITED where the text says "unlimited",
 * TARGET_UNKNOWN where it says nothing. max_map_count is left alone. Never fails.
 */
void limits_parse(const char *bytes, size_t length, struct target_limits *limits);

#endif
