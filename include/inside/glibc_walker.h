/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_WALKER_H
#define INSIDE_GLIBC_WALKER_H

/*
 * Walks the memory of the arenas of glibc's malloc, one after the other: through the brk heap and
 * what mmap(2) gave in its place, or through a chain of heaps (inside/glibc_places.h), from where
 * chunks begin to where they end (inside/glibc_chunks.h). Bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/glibc_lists.h"
#include "inside/heap_memory.h"
#include "inside/heap_pages.h"
#include "inside/heap_usage.h"
#include "inside/memory_window.h"

/* The walk over one arena. */
struct glibc_walker {
	const struct heap_memory *memory;
	struct memory_window window, lists; /* for the walk, for what links lead to */
	struct heap_usage *heap;
	const struct glibc_arena *arena;
	struct heap_arena *usage;
	uint64_t seen;   /* bytes of the arena's memory that were walked, or are unknown */
	uint64_t unsure; /* bytes of the brk heap that are the arena's or those of others */
	struct heap_pages pages;
	struct glibc_list known; /* where chunks begin, by the bins */
	bool has_known;
	struct glibc_list fast, cached; /* of all arenas: what only looks as if it were in use */
	struct heap_piece *spans;       /* which arena's the memory is, ascending in the end */
	size_t span_count, span_capacity;
	size_t piece_capacity;
	bool list_pieces;
};

/* Adds a piece to the list, if one is made. */
void glibc_walker_add(struct glibc_walker *walker, const struct heap_piece *piece);

/*
 * Walks the memory of walker->arena: adds its chunks to walker->usage, and to the list where one is
 * made, and what of the arena's memory is nowhere to be found to what is unknown.
 */
void glibc_walker_walk(struct glibc_walker *walker);

#endif
