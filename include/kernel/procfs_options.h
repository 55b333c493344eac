/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_PROCFS_OPTIONS_H
#define KERNEL_PROCFS_OPTIONS_H

/* Where processes are read, and how. */

#include <stdint.h>

struct kept_memory;

struct procfs_options {
	const char *root; /* of a procfs, or of a recorded tree: "/proc" */
	unsigned avoid;   /* what of the kernel is not used, as in kernel/avoid.h */
	/* The memory of a process that does not run any more, of which the root knows nothing;
	 * NULL: the root has it. */
	struct kept_memory *kept;
};

/*
 * A copy for a thread, which may be left behind and use it later than the options live;
 * procfs_options_finish() frees it.
 */
struct procfs_options procfs_options_copy(const struct procfs_options *options);
void procfs_options_finish(struct procfs_options *options);

/*
 * Opens the directory of the process below the root. Returns a descriptor of O_PATH, which the
 * caller closes, or the -errno of open(2): -ENOENT if there is no such process.
 */
int procfs_options_open_process(const struct procfs_options *options, int32_t pid);

#endif
