/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_ALLOCATOR_FINDER_H
#define FILES_ALLOCATOR_FINDER_H

/*
 * Finds out which malloc a process has (model/allocator.h): by its mappings, and by the symbols of
 * the program, which are read once for each that it runs. Used by one thread at a time.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/allocator.h"

struct address_space;
struct procfs_options;

struct allocator_finder {
	const struct procfs_options *procfs; /* not owned */
	/* Private; all zeroes: no program was looked at yet. */
	struct allocator_program {
		int32_t pid;
		uint64_t start_ticks, start, end, inode;
		uint32_t dev_major, dev_minor;
	} program;
	uint32_t own; /* a bit for each allocator that it has symbols of */
	bool has_malloc;
	uint64_t context;
};

/*
 * What is known of the malloc of the process. Symbols that cannot be read are as if there were
 * none. Of a program that was not looked at last it takes as long as reading its symbols does.
 */
struct allocator_found allocator_finder_find(struct allocator_finder *finder,
					     const struct address_space *space);

#endif
