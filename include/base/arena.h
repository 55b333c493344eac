/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

/*
 * Memory with one lifetime: many allocations, one release. Memory from an arena stays in place
 * until arena_finish(). An arena of all zeroes is a valid, empty one. Sizes are in bytes.
 */

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks; /* newest first; allocations come from it */
	size_t used;                /* bytes given out, padding not counted */
};

/* size zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of length bytes with a NUL after them. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);

/* The bytes that it takes, what is left of its pieces counted. */
size_t arena_bytes(const struct arena *arena);

/* Frees all memory from the arena, which is empty and usable afterwards. */
void arena_finish(struct arena *arena);

#endif
