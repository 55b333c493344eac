/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_HEAP_MEMORY_H
#define INSIDE_HEAP_MEMORY_H

/*
 * The memory of a process that malloc may have, whichever malloc it is: what is searched through
 * and walked. Bytes, half-open ranges.
 */

#include <stddef.h>
#include <stdint.h>

struct memory_reader;

struct heap_range {
	uint64_t start, end;
};

/* Ascending and disjoint. */
struct heap_ranges {
	const struct heap_range *ranges;
	size_t count;
};

struct heap_memory {
	const struct memory_reader *reader;
	unsigned word;                /* bytes of the target's words: 4 or 8 */
	struct heap_ranges data;      /* where malloc's own data may be; in order of likelihood */
	struct heap_ranges writable;  /* private memory that can be written, or may be by now;
					 neighbours are joined */
	struct heap_ranges anonymous; /* of the writable, mapping by mapping, what has no file and
					 is no part of the brk heap */
	struct heap_range heap;       /* the brk heap; empty: there is none */
	uint64_t heap_limit;          /* up to where it may have grown */
};

/* The range that holds all size bytes from the address on; NULL: none does. O(log ranges). */
const struct heap_range *heap_ranges_find(const struct heap_ranges *ranges, uint64_t address,
					  uint64_t size);

#endif
