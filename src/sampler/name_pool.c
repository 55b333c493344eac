/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/name_pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define FIRST_CAPACITY 256 /* slots; a power of two */

struct name_slot {
	const char *name; /* NULL: free */
	size_t length;
	uint64_t hash;
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 / golden ratio */
	return hash ^ (hash >> 29);
}

/* Eight bytes a step: a path is hashed in the time of ten multiplications. */
static uint64_t hash_bytes(const char *bytes, size_t length)
{
	uint64_t hash = length, word;

	for (; length >= sizeof(word); bytes += sizeof(word), length -= sizeof(word)) {
		memcpy(&word, bytes, sizeof(word));
		hash = mix(hash, word);
	}
	word = 0;
	memcpy(&word, bytes, length);
	hash = mix(hash, word);
	return hash ^ (hash >> 32);
}

/* The slot that holds the name, or the free one where it belongs. */
static struct name_slot *find_slot(const struct name_pool *pool, uint64_t hash, const char *bytes,
				   size_t length)
{
	size_t mask = pool->capacity - 1, at = hash & mask;

	for (;; at = (at + 1) & mask) {
		struct name_slot *slot = &pool->slots[at];

		if (!slot->name || (slot->hash == hash && slot->length == length &&
				    memcmp(slot->name, bytes, length) == 0))
			return slot;
	}
}

static void grow(struct name_pool *pool)
{
	struct name_pool larger = *pool;

	larger.capacity = pool->capacity ? pool->capacity * 2 : FIRST_CAPACITY;
	larger.slots = memory_alloc(larger.capacity * sizeof(*larger.slots));
	for (size_t i = 0; i < pool->capacity; i++) {
		const struct name_slot *slot = &pool->slots[i];

		if (slot->name)
			*find_slot(&larger, slot->hash, slot->name, slot->length) = *slot;
	}
	free(pool->slots);
	*pool = larger;
}

const char *name_pool_intern(struct name_pool *pool, const char *bytes, size_t length)
{
	struct name_slot *slot;
	uint64_t hash;

	if (length == 0)
		return "";
	if (pool->count >= pool->capacity / 2)
		grow(pool);
	hash = hash_bytes(bytes, length);
	slot = find_slot(pool, hash, bytes, length);
	if (!slot->name) {
		slot->name = arena_copy(&pool->arena, bytes, length);
		slot->length = length;
		slot->hash = hash;
		pool->count++;
	}
	return slot->name;
}

size_t name_pool_size(const struct name_pool *pool)
{
	return pool->arena.used + pool->capacity * sizeof(*pool->slots);
}

void name_pool_finish(struct name_pool *pool)
{
	arena_finish(&pool->arena);
	free(pool->slots);
	*pool = (struct name_pool){0};
}
