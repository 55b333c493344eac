/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_HEAP_USAGE_H
#define INSIDE_HEAP_USAGE_H

/*
 * What an allocator's arenas hold: how much is in use, free inside, and free at the end of each.
 * In each arena used, free, top and unknown add up to system. Bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/allocator.h"

/* Free bytes by the size of the chunk: class i holds sizes from 2^i up. */
#define HEAP_CLASSES 48

struct heap_arena {
	uint64_t address; /* of what the allocator keeps about it */
	uint64_t start;   /* where its memory begins; 0: it has none */
	bool is_main;
	uint64_t system;  /* taken from the system, what malloc itself needs of it included */
	uint64_t used;    /* given out, or kept as if it were; malloc's own structs */
	uint64_t free;    /* in free chunks, but for top */
	uint64_t top;     /* at the end; what the next chunks are cut from */
	uint64_t unknown; /* could not be walked */
	uint64_t used_chunks, free_chunks; /* top is none of them */
	uint64_t largest_free;             /* chunk */
	uint64_t cached, cached_chunks;    /* of those in use: kept by threads, for themselves */
	uint64_t resident_free; /* in memory, in pages that are wholly free, top's included */
	uint64_t pinned;        /* in memory, in pages that hold one small used chunk only */
	uint64_t free_by_class[HEAP_CLASSES];
};

/* A chunk as a user of memory sees it. */
enum heap_use {
	HEAP_USE_USED,
	HEAP_USE_CACHED, /* kept by a thread */
	HEAP_USE_FREE,
	HEAP_USE_TOP,
	HEAP_USE_UNKNOWN, /* not a chunk: could not be walked */
	HEAP_USE_OTHER,   /* not a chunk: malloc's own, or of others within the brk heap */
	HEAP_USE_MAPPED,  /* in use, with a mapping of its own: probably a chunk; of no arena */
	HEAP_USE_COUNT,
};

struct heap_piece {
	uint64_t start, end;
	uint64_t free; /* bytes in memory of HEAP_USE_FREE and HEAP_USE_TOP; else 0 */
	enum heap_use use;
	uint32_t arena; /* index; of what has a mapping of its own 0 */
};

struct heap_usage {
	enum allocator allocator;  /* whose arenas these are */
	struct heap_arena *arenas; /* the main one first */
	size_t count;
	/* Where they were asked for: in ascending order, disjoint. */
	struct heap_piece *pieces;
	size_t piece_count;
	uint64_t *free_before; /* of each piece and of the end: the free bytes of all before it */
	/*
	 * Large chunks have mappings of their own, and are in no list: what begins like one, and
	 * is in whole pages, probably is.
	 */
	uint64_t mapped, mapped_chunks;
};

/* "used", "cached", "free", "top", "unknown", "other", "mapped". */
const char *heap_use_name(enum heap_use use);

/* Sorts pieces by where they begin. */
void heap_pieces_sort(struct heap_piece *pieces, size_t count);

/*
 * To be called once the pieces are complete: sorts them, takes out what overlaps one before, as a
 * hostile target can make it, and adds up what is free.
 */
void heap_usage_settle(struct heap_usage *heap);

/*
 * The bytes between the two addresses that are free but in memory; of a piece that is cut in two,
 * in proportion. O(log pieces); 0 without pieces.
 */
uint64_t heap_usage_free_between(const struct heap_usage *heap, uint64_t start, uint64_t end);

/* Whether chunks begin or lie between the addresses. O(log pieces). */
bool heap_usage_covers(const struct heap_usage *heap, uint64_t start, uint64_t end);

/*
 * The index of the piece that contains the address, or else of the next one; the number of pieces
 * above the last. O(log pieces).
 */
size_t heap_usage_find(const struct heap_usage *heap, uint64_t address);

/*
 * Where what a program keeps in a chunk of the heap begins, where words have so many bytes: behind
 * what malloc itself writes there. What musl moved up within a slot begins later.
 */
uint64_t heap_usage_data(const struct heap_usage *heap, const struct heap_piece *chunk,
			 unsigned word);

/* What lies between two addresses, by use. */
struct heap_tally {
	struct {
		uint64_t count, bytes;
		uint64_t size; /* that each of them has; 0: they differ, or there are none */
	} of[HEAP_USE_COUNT];
};

/* Counts it; of a piece that is cut in two, what lies between. O(pieces between them). */
struct heap_tally heap_usage_tally(const struct heap_usage *heap, uint64_t start, uint64_t end);

/* Adds a free chunk of that size, which is not 0, to what the arena has free. */
void heap_arena_count_free(struct heap_arena *arena, uint64_t size);

/*
 * All arenas as one, with the largest free chunk of any and the classes of all; it has no address
 * and no start.
 */
struct heap_arena heap_usage_sum(const struct heap_usage *heap);

/* The share of the arenas' memory that is not unknown: 0 to 1. */
double heap_usage_certain(const struct heap_usage *heap);

/* Frees what it owns. */
void heap_usage_finish(struct heap_usage *heap);

#endif
