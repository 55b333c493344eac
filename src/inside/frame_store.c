/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/frame_store.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

struct frame_store {
	atomic_uint references;
	struct arena arena;
	const char **strings; /* in slots; NULL: free */
	size_t count, slots;  /* slots: a power of two */
};

struct frame_store *frame_store_create(void)
{
	struct frame_store *store = memory_alloc(sizeof(*store));

	atomic_init(&store->references, 1);
	return store;
}

struct frame_store *frame_store_ref(struct frame_store *store)
{
	atomic_fetch_add(&store->references, 1);
	return store;
}

void frame_store_unref(struct frame_store *store)
{
	if (!store || atomic_fetch_sub(&store->references, 1) != 1)
		return;
	arena_finish(&store->arena);
	free(store->strings);
	free(store);
}

/* FNV-1a; an attacker who makes strings fall together costs himself no more than the bound. */
static size_t hash_of(const char *string)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *string; string++)
		hash = (hash ^ (unsigned char)*string) * UINT64_C(0x100000001b3);
	return (size_t)(hash ^ hash >> 32);
}

static size_t slot_of(const struct frame_store *store, const char *string)
{
	size_t slot = hash_of(string) & (store->slots - 1);

	while (store->strings[slot] && strcmp(store->strings[slot], string) != 0)
		slot = (slot + 1) & (store->slots - 1);
	return slot;
}

static void grow(struct frame_store *store)
{
	const char **former = store->strings;
	const size_t count = store->slots;

	store->slots = count ? 2 * count : 256;
	store->strings = memory_alloc(store->slots * sizeof(*store->strings));
	for (size_t i = 0; i < count; i++)
		if (former[i])
			store->strings[slot_of(store, former[i])] = former[i];
	free(former);
}

static const char *keep(struct frame_store *store, const char *string)
{
	size_t slot;

	if (!string)
		return NULL;
	if (store->count >= store->slots / 2)
		grow(store);
	slot = slot_of(store, string);
	if (!store->strings[slot]) {
		store->strings[slot] = arena_copy(&store->arena, string, strlen(string));
		store->count++;
	}
	return store->strings[slot];
}

const struct code_frame *frame_store_keep(struct frame_store *store,
					  const struct code_frame *frames, size_t count)
{
	struct code_frame *copies;

	if (arena_bytes(&store->arena) >= FRAME_STORE_BYTES)
		return NULL;
	copies = arena_alloc(&store->arena, count * sizeof(*copies));
	for (size_t i = 0; i < count; i++) {
		copies[i] = frames[i];
		copies[i].module = keep(store, frames[i].module);
		copies[i].function = keep(store, frames[i].function);
		copies[i].file = keep(store, frames[i].file);
	}
	return copies;
}
