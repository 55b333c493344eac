/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/glibc_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
#include "inside/memory_window.h"

#define SIZE_MASK    (~UINT64_C(7))
#define MANGLE_SHIFT 12 /* PROTECT_PTR, whatever the page size is */

/* tcache_perthread_struct: how many chunks each list has, or has room for, and their beginnings. */
struct cache_shape {
	unsigned lists;
	unsigned count_bytes;
	bool counts_room; /* the counts are of chunks that the lists have room for */
};

/* glibc 2.26 to 2.29, 2.30 to 2.41, from 2.42 on. Of the last 12 lists sizes vary. */
static const struct cache_shape shapes[] = {{64, 1, false}, {64, 2, false}, {76, 2, true}};

/* Sizes of chunks are rounded up to multiples of it at most. */
#define CHUNK_ROUNDING 16

#define CACHE_EXACT_LISTS 64
#define CACHE_LISTS_MAX   76

/* What lists are gone through with. */
struct listing {
	struct glibc_list *list;
	struct memory_window *window;
	const struct heap_ranges *writable;
};

void glibc_list_finish(struct glibc_list *list)
{
	free(list->chunks);
	*list = (struct glibc_list){0};
}

static int compare(const void *a, const void *b)
{
	uint64_t x = ((const struct glibc_listed *)a)->start;
	uint64_t y = ((const struct glibc_listed *)b)->start;

	return (x > y) - (x < y);
}

void glibc_list_sort(struct glibc_list *list)
{
	size_t kept = 0;

	if (list->count)
		qsort(list->chunks, list->count, sizeof(*list->chunks), compare);
	for (size_t i = 0; i < list->count; i++)
		if (!kept || list->chunks[kept - 1].start != list->chunks[i].start)
			list->chunks[kept++] = list->chunks[i];
	list->count = kept;
}

bool glibc_list_has(const struct glibc_list *list, uint64_t start)
{
	size_t index = SEARCH_FROM(list->chunks, list->count, start, start);

	return index < list->count && list->chunks[index].start == start;
}

static void add(struct glibc_list *list, uint64_t start, uint64_t size)
{
	list->chunks = memory_array_grow(list->chunks, list->count, &list->capacity,
					 sizeof(*list->chunks));
	list->chunks[list->count++] = (struct glibc_listed){start, size};
}

/* The size of the chunk at the address; 0: there can be none. */
static uint64_t chunk_size(const struct listing *listing, uint64_t start)
{
	unsigned word = listing->window->word;
	uint64_t size;

	if (start % word || !memory_window_word(listing->window, start + word, &size))
		return 0;
	size &= SIZE_MASK;
	if (size < glibc_chunk_min(word) || size % glibc_chunk_align(word) ||
	    !heap_ranges_find(listing->writable, start, size))
		return 0;
	return size;
}

void glibc_list_bins(struct glibc_list *list, struct memory_window *window,
		     const struct heap_ranges *writable, const struct glibc_arena *arena)
{
	const struct listing listing = {list, window, writable};
	uint64_t pair = 2 * (uint64_t)window->word;

	for (unsigned i = 0; i < GLIBC_BINS; i++) {
		uint64_t links = arena->bins + i * pair, self = links - pair, at, size;

		if (!memory_window_word(window, links, &at))
			continue;
		while (at != self && list->steps < GLIBC_LIST_MAX) {
			list->steps++;
			size = chunk_size(&listing, at);
			if (!size)
				break;
			add(list, at, size);
			if (!memory_window_word(window, at + pair, &at))
				break;
		}
	}
}

/* A list of single links between chunks. */
struct chain {
	uint64_t first;  /* where the first link leads */
	uint64_t points; /* bytes from a chunk's beginning to where links to it lead */
	uint64_t size;   /* of each chunk; 0: any */
	size_t most;     /* chunks */
};

/* Adds the chunks of the chain. False, and nothing is added, when one of them can be none of it. */
static bool add_chain(const struct listing *listing, const struct chain *chain, bool mangled)
{
	struct glibc_list *list = listing->list;
	uint64_t header = 2 * (uint64_t)listing->window->word, at = chain->first, raw;
	size_t before = list->count;

	for (size_t i = 0; at && i < chain->most && list->steps < GLIBC_LIST_MAX; i++) {
		uint64_t start = at - chain->points, size = chunk_size(listing, start);

		list->steps++;
		if (!size || (chain->size && size != chain->size) ||
		    !memory_window_word(listing->window, start + header, &raw)) {
			list->count = before;
			return false;
		}
		add(list, start, size);
		at = mangled ? raw ^ ((start + header) >> MANGLE_SHIFT) : raw;
	}
	return true;
}

/* Mangled or not, whichever leads through chunks of the list. */
static bool add_either_chain(const struct listing *listing, const struct chain *chain)
{
	return add_chain(listing, chain, true) || add_chain(listing, chain, false);
}

/* The size of the chunks in the list with that number: fastbin_index(), csize2tidx(). */
static uint64_t fast_size(unsigned word, unsigned i)
{
	return glibc_chunk_min(word) + (uint64_t)i * 2 * word;
}

static uint64_t cached_size(unsigned word, unsigned i)
{
	return glibc_chunk_min(word) + (uint64_t)i * 16;
}

void glibc_list_fast_bins(struct glibc_list *list, struct memory_window *window,
			  const struct heap_ranges *writable, const struct glibc_arena *arena)
{
	const struct listing listing = {list, window, writable};
	unsigned word = window->word;
	uint64_t bins = arena->bins - (uint64_t)(2 + GLIBC_FAST_BINS) * word, first;

	if (!arena->has_fast_bins)
		return;
	for (unsigned i = 0; i < GLIBC_FAST_BINS; i++)
		if (memory_window_word(window, bins + (uint64_t)i * word, &first))
			add_either_chain(&listing, &(struct chain){.first = first,
								   .size = fast_size(word, i),
								   .most = GLIBC_LIST_MAX});
}

static unsigned read_count(const struct cache_shape *shape, const uint8_t *counts, unsigned list)
{
	uint16_t count;

	if (shape->count_bytes == 1)
		return counts[list];
	memcpy(&count, counts + (size_t)list * sizeof(count), sizeof(count));
	return count;
}

static bool add_cache(const struct listing *listing, const struct cache_shape *shape,
		      uint64_t bytes)
{
	unsigned word = listing->window->word;
	uint8_t counts[CACHE_LISTS_MAX * sizeof(uint16_t)];
	uint64_t entries = bytes + (uint64_t)shape->lists * shape->count_bytes;

	if (!memory_window_read(listing->window, bytes, counts,
				(size_t)shape->lists * shape->count_bytes))
		return false;
	for (unsigned i = 0; i < shape->lists; i++) {
		unsigned count = read_count(shape, counts, i);
		struct chain chain = {
			.points = 2 * (uint64_t)word,
			.size = i < CACHE_EXACT_LISTS ? cached_size(word, i) : 0,
			.most = shape->counts_room ? UINT16_MAX : count,
		};

		if (!memory_window_word(listing->window, entries + (uint64_t)i * word,
					&chain.first) ||
		    (!shape->counts_room && !chain.first != !count) ||
		    !add_either_chain(listing, &chain))
			return false;
	}
	return true;
}

bool glibc_list_cache(struct glibc_list *list, struct memory_window *window,
		      const struct heap_ranges *writable, const struct glibc_chunk *chunk)
{
	const struct listing listing = {list, window, writable};
	uint64_t size = chunk->end - chunk->start;
	size_t before = list->count;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		const struct cache_shape *shape = &shapes[i];
		uint64_t needed =
			shape->lists * ((uint64_t)shape->count_bytes + window->word) + window->word;

		if (size < needed || size - needed >= CHUNK_ROUNDING)
			continue;
		if (add_cache(&listing, shape, chunk->start + 2 * (uint64_t)window->word))
			return true;
		list->count = before;
	}
	return false;
}
