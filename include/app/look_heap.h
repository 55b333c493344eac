/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LOOK_HEAP_H
#define APP_LOOK_HEAP_H

/* What --inside writes of malloc's arenas, where the mapping is one of their memory. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "inside/heap_usage.h"
#include "model/allocator.h"
#include "model/heap_keeper.h"

struct address_space;
struct procfs_options;

struct look_heap {
	bool is_heap; /* the mapping is the brk heap, or an arena's */
	int error;    /* 0: the heap was walked; else why not, as heap_walk() */
	struct allocator_found found;
	struct heap_keeper keepers[HEAP_KEEPERS_MAX]; /* what has heaps beside malloc */
	size_t keeper_count;
	struct heap_usage heap;
};

/*
 * Walks the heap if the mapping at the index is one; with pieces, chunks are listed.
 * look_heap_finish() frees the result.
 */
void look_heap_init(struct look_heap *look, const struct procfs_options *procfs,
		    const struct address_space *space, size_t index, bool pieces);
void look_heap_finish(struct look_heap *look);

/*
 * Writes which malloc it is, and what to ask; what else has heaps; and for each arena a line, and
 * another one of its holes by size.
 */
void look_heap_write(const struct look_heap *look, FILE *stream);

#endif
