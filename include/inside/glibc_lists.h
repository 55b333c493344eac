/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_LISTS_H
#define INSIDE_GLIBC_LISTS_H

/*
 * The lists in which glibc's malloc keeps chunks that are free: those of the bins, which say where
 * chunks begin after a walk has lost its way, and those of fast bins and of threads' caches, whose
 * chunks look as if they were in use (glibc, malloc/malloc.c: malloc_state,
 * tcache_perthread_struct; since 2.32 their links are mangled with the address that they stand at,
 * PROTECT_PTR).
 *
 * Every list is bounded, and every chunk in it is checked. Addresses and sizes in bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/glibc_arena.h"
#include "inside/glibc_chunks.h"
#include "inside/heap_memory.h"

struct glibc_listed {
	uint64_t start, size; /* of a chunk */
};

/* All zeroes is a valid, empty list. */
struct glibc_list {
	struct glibc_listed *chunks;
	size_t count, capacity;
	size_t steps; /* private: links followed so far */
};

/* Links that are followed to fill a list, at most. */
#define GLIBC_LIST_MAX ((size_t)1 << 22)

void glibc_list_finish(struct glibc_list *list);

/* Sorts it, and takes out what is in it twice. */
void glibc_list_sort(struct glibc_list *list);

/* Whether a chunk that begins there is in the list, which is sorted. O(log chunks). */
bool glibc_list_has(const struct glibc_list *list, uint64_t start);

/* Adds the chunks in the bins of the arena, as far as their links lead. */
void glibc_list_bins(struct glibc_list *list, struct memory_window *window,
		     const struct heap_ranges *writable, const struct glibc_arena *arena);

/* Adds the chunks in the arena's fast bins; nothing where it has none. */
void glibc_list_fast_bins(struct glibc_list *list, struct memory_window *window,
			  const struct heap_ranges *writable, const struct glibc_arena *arena);

/*
 * Adds the chunks that a thread keeps, where the chunk in use is what it keeps them in. Returns
 * whether it is.
 */
bool glibc_list_cache(struct glibc_list *list, struct memory_window *window,
		      const struct heap_ranges *writable, const struct glibc_chunk *chunk);

#endif
