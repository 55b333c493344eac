/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/glibc_walker.h"

#include "base/memory.h"
#include "base/search.h"
#include "inside/glibc_chunks.h"
#include "inside/glibc_places.h"

/* Chunks in a row that make sure that chunks begin there. */
#define SURE_CHUNKS 8

/* Pages of a mapping that are looked at for pieces of the main arena, at most. */
#define PIECE_PAGES (UINT64_C(1) << 18)

/* Words at the beginning of a free chunk that malloc needs: sizes and four links. */
#define FREE_WORDS 6

/* Places tried for the first chunk in memory that others have used, too. */
#define SEEK_MAX (UINT64_C(1) << 22)

void glibc_walker_add(struct glibc_walker *walker, const struct heap_piece *piece)
{
	struct heap_usage *heap = walker->heap;

	if (!walker->list_pieces || piece->start >= piece->end)
		return;
	heap->pieces = memory_array_grow(heap->pieces, heap->piece_count, &walker->piece_capacity,
					 sizeof(*heap->pieces));
	heap->pieces[heap->piece_count] = *piece;
	heap->pieces[heap->piece_count++].arena = (uint32_t)(walker->usage - heap->arenas);
}

/* A piece of which nothing is free. */
static void add_busy_piece(struct glibc_walker *walker, uint64_t start, uint64_t end,
			   enum heap_use use)
{
	glibc_walker_add(walker, &(struct heap_piece){.start = start, .end = end, .use = use});
}

static void add_free_piece(struct glibc_walker *walker, const struct glibc_chunk *chunk,
			   enum heap_use use)
{
	uint64_t in_memory =
		heap_pages_free(&walker->pages, &walker->window, chunk->start, chunk->end,
				(uint64_t)FREE_WORDS * walker->window.word);

	glibc_walker_add(walker, &(struct heap_piece){.start = chunk->start,
						      .end = chunk->end,
						      .free = in_memory,
						      .use = use});
}

static void add_span(struct glibc_walker *walker, const struct heap_range *range)
{
	walker->spans = memory_array_grow(walker->spans, walker->span_count, &walker->span_capacity,
					  sizeof(*walker->spans));
	if (!walker->usage->start || range->start < walker->usage->start)
		walker->usage->start = range->start;
	walker->spans[walker->span_count++] =
		(struct heap_piece){.start = range->start,
				    .end = range->end,
				    .arena = (uint32_t)(walker->usage - walker->heap->arenas)};
}

static void take_chunk(struct glibc_walker *walker, const struct glibc_chunk *chunk)
{
	struct heap_arena *usage = walker->usage;
	uint64_t size = chunk->end - chunk->start;

	walker->seen += size;
	switch (chunk->state) {
	case GLIBC_CHUNK_USED:
		usage->used_chunks++;
		glibc_list_cache(&walker->cached, &walker->lists, &walker->memory->writable, chunk);
		heap_pages_use(&walker->pages, &walker->window, chunk->start, chunk->end);
		add_busy_piece(walker, chunk->start, chunk->end, HEAP_USE_USED);
		break;
	case GLIBC_CHUNK_FREE:
		heap_arena_count_free(usage, size);
		add_free_piece(walker, chunk, HEAP_USE_FREE);
		break;
	case GLIBC_CHUNK_TOP:
		usage->top += size;
		add_free_piece(walker, chunk, HEAP_USE_TOP);
		break;
	case GLIBC_CHUNK_FENCE:
		add_busy_piece(walker, chunk->start, chunk->end, HEAP_USE_OTHER);
		break;
	}
}

/* Where the next chunk surely begins, by the bins and top; limit: nowhere. */
static uint64_t find_known(struct glibc_walker *walker, uint64_t address, uint64_t limit)
{
	uint64_t top = walker->arena->top, next = limit;
	size_t index;

	if (!walker->has_known) {
		walker->has_known = true;
		glibc_list_bins(&walker->known, &walker->lists, &walker->memory->writable,
				walker->arena);
		glibc_list_sort(&walker->known);
	}
	index = SEARCH_ABOVE(walker->known.chunks, walker->known.count, start, address);
	if (index < walker->known.count && walker->known.chunks[index].start < next)
		next = walker->known.chunks[index].start;
	if (top > address && top < next)
		next = top;
	return next;
}

/* Walks from the first chunk on; returns where the last one ends. */
static uint64_t walk(struct glibc_walker *walker, uint64_t start, uint64_t limit)
{
	struct glibc_walk walk = {
		.window = &walker->window, .limit = limit, .top = walker->arena->top, .at = start};
	struct glibc_chunk chunk = {start, start, GLIBC_CHUNK_USED};

	for (;;) {
		uint64_t at = walk.at;

		switch (glibc_walk_next(&walk, &chunk)) {
		case GLIBC_STEP_CHUNK: take_chunk(walker, &chunk); break;
		case GLIBC_STEP_END: return chunk.end;
		case GLIBC_STEP_LOST:
			walk.at = find_known(walker, at, limit);
			walker->usage->unknown += walk.at - at;
			walker->seen += walk.at - at;
			add_busy_piece(walker, at, walk.at, HEAP_USE_UNKNOWN);
			chunk = (struct glibc_chunk){at, walk.at, GLIBC_CHUNK_USED};
			break;
		}
	}
}

/*
 * The first place from start on where chunks begin; limit when there is none. *ret_sure says
 * whether the walk saw everything before that place and found no chunk there.
 */
static uint64_t seek(struct glibc_walker *walker, uint64_t start, uint64_t limit, bool *ret_sure)
{
	const struct glibc_walk trial = {
		.window = &walker->window, .limit = limit, .top = walker->arena->top};
	uint64_t step = glibc_chunk_align(walker->memory->word);
	uint64_t page_size = walker->window.page_size;
	uint64_t at = (start + step - 1) & ~(step - 1);

	*ret_sure = true;
	for (uint64_t i = 0; i < SEEK_MAX && at < limit; i++) {
		if (glibc_walk_holds(&trial, at, SURE_CHUNKS))
			return at;
		if (memory_window_is_present(&walker->window, at)) {
			at += step;
		} else {
			*ret_sure = false;
			at = (at & ~(page_size - 1)) + page_size;
		}
	}
	*ret_sure &= at >= limit;
	return limit;
}

/*
 * Goes over what others have in the brk heap to where chunks begin; returns that. What they took
 * after malloc is a part of what malloc counts (sysmalloc()); what they took before is not, so that
 * the arena's size says in the end whether the first pages, if they are not in memory, are its own.
 */
static uint64_t skip(struct glibc_walker *walker, uint64_t at, const struct heap_range *heap)
{
	bool sure;
	uint64_t start = seek(walker, at, heap->end, &sure);

	if (at > heap->start) {
		walker->seen += start - at;
		walker->usage->unknown += sure ? 0 : start - at;
	} else if (!sure) {
		walker->unsure += start - at;
	}
	add_busy_piece(walker, at, start, sure ? HEAP_USE_OTHER : HEAP_USE_UNKNOWN);
	return start;
}

/*
 * Walks the brk heap, in which chunks begin at the start or behind what others have in it. Behind
 * top nothing is the arena's.
 */
static void walk_shared(struct glibc_walker *walker, const struct heap_range *range)
{
	uint64_t at = range->start;

	while (at < range->end) {
		at = skip(walker, at, range);
		if (at < range->end)
			at = walk(walker, at, range->end);
		if (at > walker->arena->top && walker->arena->top >= range->start)
			return;
	}
}

/* Walks a heap: behind what malloc itself has there, the size of which differs. */
static void walk_heap(struct glibc_walker *walker, const struct glibc_place *place)
{
	bool sure;
	uint64_t start = seek(walker, place->first, place->range.end, &sure);

	sure &= start < place->range.end;
	walker->seen += start - place->range.start;
	if (!sure)
		walker->usage->unknown += start - place->range.start;
	add_busy_piece(walker, place->range.start, start, sure ? HEAP_USE_OTHER : HEAP_USE_UNKNOWN);
	if (start < place->range.end)
		walk(walker, start, place->range.end);
}

/* Whether memory of the arena is elsewhere, whatever may lie in what was gone over. */
static bool has_more(const struct glibc_walker *walker)
{
	return walker->usage->system > walker->seen &&
	       walker->usage->system - walker->seen > walker->unsure;
}

/* What of the arena's memory was not found yet. */
static uint64_t missing(const struct glibc_walker *walker)
{
	return walker->usage->system > walker->seen ? walker->usage->system - walker->seen : 0;
}

/*
 * Where the break could not be moved, the main arena has pieces that mmap(2) gave, of whole pages
 * and often side by side, the newest one lowest. Each begins with a chunk. Other memory may be
 * among them.
 */
static void walk_pieces(struct glibc_walker *walker, const struct heap_range *range)
{
	const struct glibc_walk trial = {
		.window = &walker->window, .limit = range->end, .top = walker->arena->top};
	uint64_t page_size = walker->window.page_size, at = range->start, end;
	bool found = false;

	for (uint64_t i = 0; i < PIECE_PAGES && at < range->end && has_more(walker); i++) {
		if (!glibc_walk_holds(&trial, at, SURE_CHUNKS)) {
			at += page_size;
			continue;
		}
		found = true;
		end = walk(walker, at, range->end);
		at = (end + page_size - 1) & ~(page_size - 1);
		/* Behind a fence a few bytes may be left over. */
		walker->seen += at - end;
		add_busy_piece(walker, end, at, HEAP_USE_OTHER);
	}
	if (found)
		add_span(walker, range);
}

/* The pieces that are not in the brk heap: first where top is, then wherever they are. */
static void walk_elsewhere(struct glibc_walker *walker)
{
	const struct heap_ranges *anonymous = &walker->memory->anonymous;

	for (int with_top = 1; with_top >= 0; with_top--)
		for (size_t i = 0; i < anonymous->count && has_more(walker); i++) {
			const struct heap_range *range = &anonymous->ranges[i];
			bool has_top = walker->arena->top >= range->start &&
				       walker->arena->top < range->end;

			if (has_top == (bool)with_top)
				walk_pieces(walker, range);
		}
}

/* All of the arena was seen: what was gone over is of others. */
static void settle_unsure(struct glibc_walker *walker, size_t first_piece)
{
	for (size_t i = first_piece; i < walker->heap->piece_count; i++)
		if (walker->heap->pieces[i].use == HEAP_USE_UNKNOWN)
			walker->heap->pieces[i].use = HEAP_USE_OTHER;
}

void glibc_walker_walk(struct glibc_walker *walker)
{
	const size_t first_piece = walker->heap->piece_count;
	struct glibc_places places;

	glibc_places_find(&places, &walker->lists, walker->memory, walker->arena);
	walker->seen = walker->unsure = 0;
	for (size_t i = 0; i < places.count; i++) {
		const struct glibc_place *place = &places.places[i];

		add_span(walker, &place->range);
		if (place->shared)
			walk_shared(walker, &place->range);
		else
			walk_heap(walker, place);
	}
	glibc_places_finish(&places);
	if (walker->arena->is_main)
		walk_elsewhere(walker);
	if (!missing(walker) && !walker->usage->unknown)
		settle_unsure(walker, first_piece);
	walker->usage->unknown += missing(walker);
}
