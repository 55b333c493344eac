/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/glibc_heap.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"
#include "inside/glibc_chunks.h"
#include "inside/glibc_lists.h"
#include "inside/glibc_pages.h"
#include "inside/glibc_places.h"
#include "inside/heap_usage.h"
#include "inside/memory_window.h"

/* Pages held while memory is walked, and while lists lead here and there. */
#define WALK_PAGES 64
#define LIST_PAGES 1

/* Chunks in a row that make sure that chunks begin there. */
#define SURE_CHUNKS 8

/* Places tried for the first chunk in memory that others have used, too. */
#define SEEK_MAX (UINT64_C(1) << 22)

/* The walk over one arena. */
struct walking {
	const struct glibc_memory *memory;
	struct memory_window window, lists; /* for the walk, for what links lead to */
	struct heap_usage *heap;
	const struct glibc_arena *arena;
	struct heap_arena *usage;
	struct glibc_pages pages;
	struct glibc_list known; /* where chunks begin, by the bins */
	bool has_known;
	struct glibc_list fast, cached; /* of all arenas: what only looks as if it were in use */
	struct heap_piece *spans;       /* which arena's the memory is, ascending in the end */
	size_t span_count, span_capacity;
	size_t piece_capacity;
	bool list_pieces;
};

static void add_piece(struct walking *walking, const struct heap_piece *piece)
{
	struct heap_usage *heap = walking->heap;

	if (!walking->list_pieces || piece->start >= piece->end)
		return;
	heap->pieces = memory_array_grow(heap->pieces, heap->piece_count, &walking->piece_capacity,
					 sizeof(*heap->pieces));
	heap->pieces[heap->piece_count] = *piece;
	heap->pieces[heap->piece_count++].arena = (uint32_t)(walking->usage - heap->arenas);
}

/* A piece of which nothing is free. */
static void add_busy_piece(struct walking *walking, uint64_t start, uint64_t end, enum heap_use use)
{
	add_piece(walking, &(struct heap_piece){.start = start, .end = end, .use = use});
}

static void add_free_piece(struct walking *walking, const struct glibc_chunk *chunk,
			   enum heap_use use)
{
	uint64_t in_memory =
		glibc_pages_free(&walking->pages, &walking->window, chunk->start, chunk->end);

	add_piece(walking,
		  &(struct heap_piece){
			  .start = chunk->start, .end = chunk->end, .free = in_memory, .use = use});
}

static void add_span(struct walking *walking, const struct glibc_range *range)
{
	walking->spans = memory_array_grow(walking->spans, walking->span_count,
					   &walking->span_capacity, sizeof(*walking->spans));
	if (!walking->usage->start || range->start < walking->usage->start)
		walking->usage->start = range->start;
	walking->spans[walking->span_count++] =
		(struct heap_piece){.start = range->start,
				    .end = range->end,
				    .arena = (uint32_t)(walking->usage - walking->heap->arenas)};
}

static void count_free(struct heap_arena *usage, uint64_t size)
{
	unsigned class = 63 - (unsigned)__builtin_clzll(size);

	usage->free += size;
	usage->free_chunks++;
	if (size > usage->largest_free)
		usage->largest_free = size;
	usage->free_by_class[class < HEAP_CLASSES ? class : HEAP_CLASSES - 1] += size;
}

static void take_chunk(struct walking *walking, const struct glibc_chunk *chunk)
{
	struct heap_arena *usage = walking->usage;
	uint64_t size = chunk->end - chunk->start;

	switch (chunk->state) {
	case GLIBC_CHUNK_USED:
		usage->used_chunks++;
		glibc_list_cache(&walking->cached, &walking->lists, &walking->memory->writable,
				 chunk);
		glibc_pages_use(&walking->pages, &walking->window, chunk->start, chunk->end);
		add_busy_piece(walking, chunk->start, chunk->end, HEAP_USE_USED);
		break;
	case GLIBC_CHUNK_FREE:
		count_free(usage, size);
		add_free_piece(walking, chunk, HEAP_USE_FREE);
		break;
	case GLIBC_CHUNK_TOP:
		usage->top += size;
		add_free_piece(walking, chunk, HEAP_USE_TOP);
		break;
	case GLIBC_CHUNK_FENCE:
		add_busy_piece(walking, chunk->start, chunk->end, HEAP_USE_OTHER);
		break;
	}
}

/* Where the next chunk surely begins, by the bins and top; limit: nowhere. */
static uint64_t find_known(struct walking *walking, uint64_t address, uint64_t limit)
{
	uint64_t top = walking->arena->top, next = limit;
	size_t index;

	if (!walking->has_known) {
		walking->has_known = true;
		glibc_list_bins(&walking->known, &walking->lists, &walking->memory->writable,
				walking->arena);
		glibc_list_sort(&walking->known);
	}
	index = SEARCH_ABOVE(walking->known.chunks, walking->known.count, start, address);
	if (index < walking->known.count && walking->known.chunks[index].start < next)
		next = walking->known.chunks[index].start;
	if (top > address && top < next)
		next = top;
	return next;
}

/* Walks from the first chunk on; returns where the last one ends, or the limit if that is top:
 * behind it nothing is the arena's. */
static uint64_t walk(struct walking *walking, uint64_t start, uint64_t limit)
{
	struct glibc_walk walk = {.window = &walking->window,
				  .limit = limit,
				  .top = walking->arena->top,
				  .at = start};
	struct glibc_chunk chunk = {start, start, GLIBC_CHUNK_USED};

	for (;;) {
		uint64_t at = walk.at;

		switch (glibc_walk_next(&walk, &chunk)) {
		case GLIBC_STEP_CHUNK: take_chunk(walking, &chunk); break;
		case GLIBC_STEP_END: return chunk.state == GLIBC_CHUNK_TOP ? limit : chunk.end;
		case GLIBC_STEP_LOST:
			walk.at = find_known(walking, at, limit);
			walking->usage->unknown += walk.at - at;
			add_busy_piece(walking, at, walk.at, HEAP_USE_UNKNOWN);
			chunk = (struct glibc_chunk){at, walk.at, GLIBC_CHUNK_USED};
			break;
		}
	}
}

/*
 * The first place from start on where chunks begin; limit when there is none. *ret_sure: all that
 * lies before it was seen, and is no chunk.
 */
static uint64_t seek(struct walking *walking, uint64_t start, uint64_t limit, bool *ret_sure)
{
	const struct glibc_walk trial = {
		.window = &walking->window, .limit = limit, .top = walking->arena->top};
	uint64_t step = glibc_chunk_align(walking->memory->word);
	uint64_t page_size = walking->window.page_size;
	uint64_t at = (start + step - 1) & ~(step - 1);

	*ret_sure = true;
	for (uint64_t i = 0; i < SEEK_MAX && at < limit; i++) {
		if (glibc_walk_holds(&trial, at, SURE_CHUNKS))
			return at;
		if (memory_window_is_present(&walking->window, at)) {
			at += step;
		} else {
			*ret_sure = false;
			at = (at & ~(page_size - 1)) + page_size;
		}
	}
	*ret_sure = false;
	return limit;
}

/* Goes from one place to where chunks begin; returns that. */
static uint64_t skip(struct walking *walking, uint64_t at, uint64_t first, uint64_t limit)
{
	bool sure;
	uint64_t start = seek(walking, first, limit, &sure);

	if (!sure)
		walking->usage->unknown += start - at;
	add_busy_piece(walking, at, start, sure ? HEAP_USE_OTHER : HEAP_USE_UNKNOWN);
	return start;
}

/* Walks memory in which chunks begin at the start or behind what others have in it. */
static void walk_shared(struct walking *walking, const struct glibc_range *range)
{
	uint64_t at = range->start;

	while (at < range->end) {
		at = skip(walking, at, at, range->end);
		if (at < range->end)
			at = walk(walking, at, range->end);
	}
}

/* Walks a heap: behind what malloc itself has there, the size of which differs. */
static void walk_heap(struct walking *walking, const struct glibc_place *place)
{
	uint64_t start = skip(walking, place->range.start, place->first, place->range.end);

	if (start < place->range.end)
		walk(walking, start, place->range.end);
}

static void walk_arena(struct walking *walking)
{
	struct glibc_places places;

	glibc_places_find(&places, &walking->lists, &walking->memory->writable,
			  &walking->memory->heap, walking->arena);
	for (size_t i = 0; i < places.count; i++) {
		const struct glibc_place *place = &places.places[i];

		add_span(walking, &place->range);
		if (place->shared)
			walk_shared(walking, &place->range);
		else
			walk_heap(walking, place);
	}
	glibc_places_finish(&places);
}

/* What the walk did not see, and what malloc needs itself, is in use, as mallinfo(3) counts. */
static void balance(struct heap_arena *usage)
{
	uint64_t known = usage->free + usage->top + usage->unknown;

	/* The walk was later than the reading of the arena, which had grown by then. */
	if (usage->system < known)
		usage->system = known;
	usage->used = usage->system - known;
}

static void take_arena(struct walking *walking, const struct glibc_arena *arena)
{
	size_t fast = walking->fast.count;

	walking->arena = arena;
	walking->usage = &walking->heap->arenas[walking->heap->count++];
	walking->pages = (struct glibc_pages){0};
	*walking->usage = (struct heap_arena){
		.address = arena->address, .is_main = arena->is_main, .system = arena->system};
	walk_arena(walking);
	glibc_pages_end(&walking->pages, &walking->window);
	walking->usage->resident_free = walking->pages.free;
	walking->usage->pinned = walking->pages.pinned;
	glibc_list_fast_bins(&walking->fast, &walking->lists, &walking->memory->writable, arena);
	for (; fast < walking->fast.count; fast++) {
		count_free(walking->usage, walking->fast.chunks[fast].size);
		walking->usage->used_chunks -= walking->usage->used_chunks > 0;
	}
	balance(walking->usage);
	glibc_list_finish(&walking->known);
	walking->has_known = false;
}

/* Chunks with mappings of their own, one behind the other from a mapping's beginning on. */
static void walk_mapped(struct walking *walking, const struct glibc_range *range)
{
	uint64_t size;

	for (uint64_t at = range->start;
	     glibc_chunk_is_mapped(&walking->lists, at, range->end, &size); at += size) {
		walking->heap->mapped += size;
		walking->heap->mapped_chunks++;
		walking->usage = walking->heap->arenas;
		add_busy_piece(walking, at, at + size, HEAP_USE_MAPPED);
	}
}

/* Whether the memory is an arena's. */
static bool is_span(const struct walking *walking, uint64_t address)
{
	size_t index = SEARCH_ABOVE(walking->spans, walking->span_count, end, address);

	return index < walking->span_count && walking->spans[index].start <= address;
}

/* A thread may keep chunks of any arena. */
static void count_cached(struct walking *walking)
{
	for (size_t i = 0; i < walking->cached.count; i++) {
		const struct glibc_listed *chunk = &walking->cached.chunks[i];
		size_t index = SEARCH_ABOVE(walking->spans, walking->span_count, end, chunk->start);
		struct heap_arena *usage;

		if (index == walking->span_count || walking->spans[index].start > chunk->start)
			continue;
		usage = &walking->heap->arenas[walking->spans[index].arena];
		if (chunk->size > usage->used - usage->cached)
			continue;
		usage->cached += chunk->size;
		usage->cached_chunks++;
	}
}

/* What lists tell of a chunk that looks as if it were in use. */
static void correct_use(const struct walking *walking, struct heap_piece *piece)
{
	if (piece->use != HEAP_USE_USED)
		return;
	if (glibc_list_has(&walking->cached, piece->start)) {
		piece->use = HEAP_USE_CACHED;
	} else if (glibc_list_has(&walking->fast, piece->start)) {
		piece->use = HEAP_USE_FREE;
		piece->free = piece->end - piece->start;
	}
}

static void settle_pieces(struct walking *walking)
{
	for (size_t i = 0; i < walking->heap->piece_count; i++)
		correct_use(walking, &walking->heap->pieces[i]);
	heap_usage_settle(walking->heap);
}

/* Walks all arenas and what is in none. */
static void walk_all(struct walking *walking, const struct glibc_arena *arenas, size_t count)
{
	const struct glibc_ranges *anonymous = &walking->memory->anonymous;

	walking->heap->arenas = memory_alloc(count * sizeof(*walking->heap->arenas));
	for (size_t i = 0; i < count; i++)
		take_arena(walking, &arenas[i]);
	heap_pieces_sort(walking->spans, walking->span_count);
	for (size_t i = 0; i < anonymous->count; i++)
		if (!is_span(walking, anonymous->ranges[i].start))
			walk_mapped(walking, &anonymous->ranges[i]);
	glibc_list_sort(&walking->cached);
	glibc_list_sort(&walking->fast);
	count_cached(walking);
	if (walking->list_pieces)
		settle_pieces(walking);
}

int glibc_heap_read(const struct glibc_memory *memory, bool pieces, struct heap_usage *ret_heap)
{
	struct heap_usage heap = {0};
	struct walking walking = {.memory = memory, .heap = &heap, .list_pieces = pieces};
	struct glibc_arena *arenas;
	size_t count;
	int error;

	memory_window_init(&walking.window, memory->reader, memory->word, WALK_PAGES);
	memory_window_init(&walking.lists, memory->reader, memory->word, LIST_PAGES);
	error = glibc_arenas_find(&walking.window, &memory->data, &memory->writable, &arenas,
				  &count);
	if (!error) {
		walk_all(&walking, arenas, count);
		free(arenas);
		*ret_heap = heap;
	}
	free(walking.spans);
	glibc_list_finish(&walking.cached);
	glibc_list_finish(&walking.fast);
	memory_window_finish(&walking.window);
	memory_window_finish(&walking.lists);
	return error;
}
