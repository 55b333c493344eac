/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LOOK_HEAP_H
#define APP_LOOK_HEAP_H

/* What --inside writes of malloc's arenas, where the mapping is one of their memory. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "inside/heap_usage.h"
#include "model/allocator.h"

struct address_space;
struct procfs_options;

struct look_heap {
	bool is_heap; /* the mapping is the brk heap, or an arena's */
	bool known;   /* the heap was walked */
	struct allocator_found found;
	struct heap_usage heap; /* once it is known */
};

/*
 * Walks the heap if the mapping at the index is one; with pieces, chunks are listed.
 * look_heap_finish() frees the result.
 */
void look_heap_init(struct look_heap *look, const struct procfs_options *procfs,
		    const struct address_space *space, size_t index, bool pieces);
void look_heap_finish(struct look_heap *look);

/* Writes a line for each arena, and one of its holes by size where there are some. */
void look_heap_write(const struct look_heap *look, FILE *stream);

#endif
