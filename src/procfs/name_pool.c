/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/name_pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define FIRST_CAPACITY 256 /* slots; a power of two */

struct name_slot {
	const char *name; /* NULL: free */
	size_t length;
	uint64_t hash;
};

/* The slot that holds the name, or the free one where it belongs. */
static struct name_slot *find_slot(struct name_pool *pool, uint64_t hash, const char *bytes,
				   size_t length)
{
	size_t mask = pool->capacity - 1, at = hash & mask;

	for (;; at = (at + 1) & mask, pool->detours++) {
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
	hash = keyed_hash(&pool->key, bytes, length);
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
	*pool = (struct name_pool){.key = pool->key};
}
