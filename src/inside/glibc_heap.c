/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/glibc_heap.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"
#include "inside/glibc_chunks.h"
#include "inside/glibc_walker.h"

/* Pages held while memory is walked, and while lists lead here and there. */
#define WALK_PAGES 64
#define LIST_PAGES 1

/* What the walk did not see, and what malloc needs itself, is in use, as mallinfo(3) counts. */
static void balance(struct heap_arena *usage)
{
	uint64_t known = usage->free + usage->top + usage->unknown;

	/* The walk was later than the reading of the arena, which had grown by then. */
	if (usage->system < known)
		usage->system = known;
	usage->used = usage->system - known;
}

static void take_arena(struct glibc_walker *walker, const struct glibc_arena *arena)
{
	size_t fast = walker->fast.count;

	walker->arena = arena;
	walker->usage = &walker->heap->arenas[walker->heap->count++];
	walker->pages = (struct heap_pages){0};
	*walker->usage = (struct heap_arena){
		.address = arena->address, .is_main = arena->is_main, .system = arena->system};
	glibc_walker_walk(walker);
	heap_pages_end(&walker->pages, &walker->window);
	walker->usage->resident_free = walker->pages.free;
	walker->usage->pinned = walker->pages.pinned;
	glibc_list_fast_bins(&walker->fast, &walker->lists, &walker->memory->writable, arena);
	for (; fast < walker->fast.count; fast++) {
		heap_arena_count_free(walker->usage, walker->fast.chunks[fast].size);
		walker->usage->used_chunks -= walker->usage->used_chunks > 0;
	}
	balance(walker->usage);
	glibc_list_finish(&walker->known);
	walker->has_known = false;
}

/* Chunks with mappings of their own, one behind the other from a mapping's beginning on. */
static void walk_mapped(struct glibc_walker *walker, const struct heap_range *range)
{
	uint64_t size;

	for (uint64_t at = range->start;
	     glibc_chunk_is_mapped(&walker->lists, at, range->end, &size); at += size) {
		walker->heap->mapped += size;
		walker->heap->mapped_chunks++;
		walker->usage = walker->heap->arenas;
		glibc_walker_add(walker, &(struct heap_piece){.start = at,
							      .end = at + size,
							      .use = HEAP_USE_MAPPED});
	}
}

/* The span of an arena that the address lies in; NULL: none. */
static const struct heap_piece *find_span(const struct glibc_walker *walker, uint64_t address)
{
	size_t index = SEARCH_ABOVE(walker->spans, walker->span_count, end, address);

	return index < walker->span_count && walker->spans[index].start <= address
		       ? &walker->spans[index]
		       : NULL;
}

/* A thread may keep chunks of any arena. */
static void count_cached(struct glibc_walker *walker)
{
	for (size_t i = 0; i < walker->cached.count; i++) {
		const struct glibc_listed *chunk = &walker->cached.chunks[i];
		const struct heap_piece *span = find_span(walker, chunk->start);
		struct heap_arena *usage;

		if (!span)
			continue;
		usage = &walker->heap->arenas[span->arena];
		if (chunk->size > usage->used - usage->cached)
			continue;
		usage->cached += chunk->size;
		usage->cached_chunks++;
	}
}

/* What lists tell of a chunk that looks as if it were in use. */
static void correct_use(const struct glibc_walker *walker, struct heap_piece *piece)
{
	if (piece->use != HEAP_USE_USED)
		return;
	if (glibc_list_has(&walker->cached, piece->start)) {
		piece->use = HEAP_USE_CACHED;
	} else if (glibc_list_has(&walker->fast, piece->start)) {
		piece->use = HEAP_USE_FREE;
		piece->free = piece->end - piece->start;
	}
}

static void settle_pieces(struct glibc_walker *walker)
{
	for (size_t i = 0; i < walker->heap->piece_count; i++)
		correct_use(walker, &walker->heap->pieces[i]);
	heap_usage_settle(walker->heap);
}

/* Walks all arenas and what is in none. */
static void walk_all(struct glibc_walker *walker, const struct glibc_arena *arenas, size_t count)
{
	const struct heap_ranges *anonymous = &walker->memory->anonymous;

	walker->heap->arenas = memory_alloc(count * sizeof(*walker->heap->arenas));
	for (size_t i = 0; i < count; i++)
		take_arena(walker, &arenas[i]);
	heap_pieces_sort(walker->spans, walker->span_count);
	for (size_t i = 0; i < anonymous->count; i++)
		if (!find_span(walker, anonymous->ranges[i].start))
			walk_mapped(walker, &anonymous->ranges[i]);
	glibc_list_sort(&walker->cached);
	glibc_list_sort(&walker->fast);
	count_cached(walker);
	if (walker->list_pieces)
		settle_pieces(walker);
}

int glibc_heap_read(const struct heap_memory *memory, bool pieces, struct heap_usage *ret_heap)
{
	struct heap_usage heap = {.allocator = ALLOCATOR_GLIBC};
	struct glibc_walker walker = {.memory = memory, .heap = &heap, .list_pieces = pieces};
	struct glibc_arena *arenas;
	size_t count;
	int error;

	memory_window_init(&walker.window, memory->reader, memory->word, WALK_PAGES);
	memory_window_init(&walker.lists, memory->reader, memory->word, LIST_PAGES);
	error = glibc_arenas_find(&walker.window, &memory->data, &memory->writable, &arenas,
				  &count);
	if (!error) {
		walk_all(&walker, arenas, count);
		free(arenas);
		*ret_heap = heap;
	}
	free(walker.spans);
	glibc_list_finish(&walker.cached);
	glibc_list_finish(&walker.fast);
	memory_window_finish(&walker.window);
	memory_window_finish(&walker.lists);
	return error;
}
