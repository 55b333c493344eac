/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_SOURCE_LINE_H
#define FILES_SOURCE_LINE_H

/*
 * The line of the source that the code at an address comes from, where debug information is
 * installed: in the file that a mapping maps, or in its separate debug file (files/debug_files.h).
 * A child process looks, for a bounded time.
 */

#include <stdint.h>

struct procfs_options;
struct text;
struct vma;

/*
 * Appends "FILE:LINE" (raw bytes) of the address in the file that the mapping of process pid maps.
 * Returns 0; -ENODATA when there is no debug information; -ENOENT when it says nothing of the
 * address, or no way leads to the file; -ELIBACC without libdw; -ETIMEDOUT; or another -errno.
 */
int source_line_append(const struct procfs_options *options, int32_t pid, const struct vma *vma,
		       uint64_t address, struct text *text);

#endif
