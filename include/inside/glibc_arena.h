/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_ARENA_H
#define INSIDE_GLIBC_ARENA_H

/*
 * The arenas of glibc's malloc, found in the memory of a running process without symbols and
 * without tables of versions. What all versions share is the array of bins of struct malloc_state
 * (glibc, malloc/malloc.c): 127 pairs of pointers, of which those of empty bins point to themselves
 * less two words, as if the pair were the links of a chunk that begins there. Two words before it
 * are top and the last remainder; behind it lie the bitmap of the bins, the next arena, the next
 * free arena, the number of threads attached, and the bytes taken from the system, now and at most.
 * All arenas form a ring. How far the bins are from the beginning of an arena differs; it is the
 * distance with which the ring closes.
 *
 * The target runs meanwhile and may be hostile: every value is checked against the mappings, every
 * loop is bounded. Addresses and sizes in bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_ranges;
struct memory_window;

#define GLIBC_BINS       127
#define GLIBC_FAST_BINS  10   /* where there are any */
#define GLIBC_ARENAS_MAX 8192 /* eight for each processor are glibc's own limit */

struct glibc_arena {
	uint64_t address;   /* of its struct malloc_state */
	uint64_t bins;      /* of the array in it */
	uint64_t end;       /* of what is known of the struct */
	uint64_t top;       /* the chunk at the end of its memory; 0: it has none yet */
	uint64_t system;    /* bytes taken from the system */
	bool is_main;       /* the one in the library's own data */
	bool has_fast_bins; /* right before top */
};

/*
 * Finds the arenas: the main one lies in one of the ranges of data, which are of libc or, where
 * that is part of it, of the program; all pointers lead into the writable ranges. Returns 0 and
 * sets *ret_arenas, the main one first, which the caller frees, and *ret_count; or -ENOENT: there
 * is no such thing, or malloc was not called yet.
 */
int glibc_arenas_find(struct memory_window *window, const struct heap_ranges *data,
		      const struct heap_ranges *writable, struct glibc_arena **ret_arenas,
		      size_t *ret_count);

#endif
