/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_LINE_FINDER_H
#define FILES_LINE_FINDER_H

/*
 * The lines of the source that many addresses in one file come from, functions that were put into
 * others included, as far as debug information is installed. A child process looks for all of them
 * at once, for a bounded time: opening the debug information is what takes it.
 */

#include <stddef.h>
#include <stdint.h>

struct errands;
struct procfs_options;
struct text;
struct vma;

#define LINE_FINDER_ADDRESSES_MAX 4096 /* in one question */

/*
 * Replaces *records by what is known (inside/code_line.h) of count addresses in the file that the
 * mapping of process pid maps; what comes in it is not checked yet. Returns 0; -ENODATA when the
 * file has no debug information; -ENOENT when no way leads to the file; -ELIBACC without libdw;
 * -ETIMEDOUT; -EIO when the child died of it; or another -errno.
 */
int line_finder_find(struct errands *errands, const struct procfs_options *options, int32_t pid,
		     const struct vma *vma, const uint64_t *addresses, size_t count,
		     struct text *records);

#endif
