/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_PLACES_H
#define INSIDE_GLIBC_PLACES_H

/*
 * Where the memory of an arena of glibc's malloc lies (glibc, malloc/arena.c and sysmalloc() in
 * malloc.c). That of the main arena is the brk heap, in which others may have memory, too (and what
 * mmap(2) gave where the break could not be moved, which is not found here). That of another one is
 * a chain of heaps, each at a multiple of the largest size that it can grow to: a head (struct
 * heap_info: the arena, the heap before, the size in use), in the first one the arena itself, then
 * chunks. Bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/glibc_arena.h"
#include "inside/heap_memory.h"

struct glibc_place {
	struct heap_range range;
	uint64_t first; /* chunks begin there, or a little behind */
	bool shared;    /* with others: chunks begin anywhere, and more than once */
};

struct glibc_places {
	struct glibc_place *places; /* disjoint; in the order of time where that is known */
	size_t count, capacity;
};

/* The places of an arena. glibc_places_finish() frees them. */
void glibc_places_find(struct glibc_places *ret_places, struct memory_window *window,
		       const struct heap_memory *memory, const struct glibc_arena *arena);
void glibc_places_finish(struct glibc_places *places);

#endif
