/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Most arenas stay small: chunks double from the first on. */
#define FIRST_BYTES ((size_t)1024)
#define CHUNK_BYTES ((size_t)16 * 1024)

struct arena_chunk {
	struct arena_chunk *next;
	size_t size, used; /* bytes of data[] */
	alignas(max_align_t) char data[];
};

static size_t round_up(size_t size)
{
	return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

/* The size of the next chunk that small allocations share. */
static size_t next_size(const struct arena_chunk *newest)
{
	if (!newest)
		return FIRST_BYTES;
	return newest->size < CHUNK_BYTES / 2 ? newest->size * 2 : CHUNK_BYTES;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk = arena->chunks;
	/* What rounding up would overflow is more than there can be: memory_alloc() says so. */
	size_t padded = size > SIZE_MAX / 2 ? SIZE_MAX / 2 : round_up(size);
	void *p;

	if (!chunk || chunk->size - chunk->used < padded) {
		size_t usual = next_size(chunk), room = padded > usual / 4 ? padded : usual;

		chunk = memory_alloc(sizeof(*chunk) + room);
		chunk->size = room;
		/* A large allocation fills its chunk; keep the roomy one in front. */
		if (arena->chunks && room == padded) {
			chunk->next = arena->chunks->next;
			arena->chunks->next = chunk;
		} else {
			chunk->next = arena->chunks;
			arena->chunks = chunk;
		}
	}
	p = chunk->data + chunk->used;
	chunk->used += padded;
	arena->used += size;
	return p;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_alloc(arena, length < SIZE_MAX ? length + 1 : length);

	if (length)
		memcpy(copy, bytes, length);
	return copy;
}

size_t arena_bytes(const struct arena *arena)
{
	size_t bytes = 0;

	for (const struct arena_chunk *chunk = arena->chunks; chunk; chunk = chunk->next)
		bytes += sizeof(*chunk) + chunk->size;
	return bytes;
}

void arena_finish(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunks;

	while (chunk) {
		struct arena_chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
	*arena = (struct arena){0};
}
