/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_CGROUP_FILE_H
#define KERNEL_CGROUP_FILE_H

/* The control group of a process: /proc/PID/cgroup (cgroups(7)), as procfs/cgroup_parser.h reads
 * it. */

#include <stddef.h>
#include <stdint.h>

struct text;

/*
 * Reads the file of process pid below root, "/proc" or a recorded tree, into text, which is empty
 * before. Returns the group's path, ret_length bytes within text; NULL where there is none, or the
 * file cannot be read.
 */
const char *cgroup_file_read(const char *root, int32_t pid, struct text *text, size_t *ret_length);

#endif
