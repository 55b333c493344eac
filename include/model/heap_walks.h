/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HEAP_WALKS_H
#define MODEL_HEAP_WALKS_H

/*
 * What walks of the heap found of each of malloc's arenas, since the baseline: the first time and
 * the last time. Where what is in use grows, the program keeps more; where what is free inside
 * grows, the heap is fragmented. Bytes; nanoseconds of CLOCK_REALTIME, as snapshots have them.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_part {
	uint64_t address; /* of the arena: what tells it from others */
	uint64_t start;   /* where its memory begins; 0: it has none */
	bool is_main;
	uint64_t used, free; /* free: inside and at the end */
};

struct heap_sums {
	int64_t time_ns;         /* of the snapshot that was walked */
	struct heap_part *parts; /* owned */
	size_t count;            /* 0: no walk was made */
};

/* All zeroes: no walk was made. */
struct heap_walks {
	struct heap_sums first, last;
};

/* Adds a walk that found count arenas, at least one; the parts are copied. */
void heap_walks_add(struct heap_walks *walks, int64_t time_ns, const struct heap_part *parts,
		    size_t count);

/* Forgets all, as when there is a new baseline. */
void heap_walks_finish(struct heap_walks *walks);

/* The arena at the address in the first walk; NULL: it was not there. */
const struct heap_part *heap_walks_before(const struct heap_walks *walks, uint64_t address);

/* All arenas of a walk as one, without an address. */
struct heap_part heap_sums_all(const struct heap_sums *sums);

#endif
