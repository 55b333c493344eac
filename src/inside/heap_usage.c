/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/heap_usage.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"

/* Of a group of one slot, before it (musl, src/malloc/mallocng/meta.h: UNIT). */
#define MUSL_HEADER 16

static const char *const use_names[HEAP_USE_COUNT] = {
	[HEAP_USE_USED] = "used",     [HEAP_USE_CACHED] = "cached",   [HEAP_USE_FREE] = "free",
	[HEAP_USE_TOP] = "top",       [HEAP_USE_UNKNOWN] = "unknown", [HEAP_USE_OTHER] = "other",
	[HEAP_USE_MAPPED] = "mapped",
};

const char *heap_use_name(enum heap_use use)
{
	return use_names[use];
}

void heap_usage_finish(struct heap_usage *heap)
{
	free(heap->arenas);
	free(heap->pieces);
	free(heap->free_before);
	*heap = (struct heap_usage){0};
}

void heap_arena_count_free(struct heap_arena *arena, uint64_t size)
{
	unsigned class = 63 - (unsigned)__builtin_clzll(size);

	arena->free += size;
	arena->free_chunks++;
	if (size > arena->largest_free)
		arena->largest_free = size;
	arena->free_by_class[class < HEAP_CLASSES ? class : HEAP_CLASSES - 1] += size;
}

struct heap_arena heap_usage_sum(const struct heap_usage *heap)
{
	struct heap_arena sum = {0};

	for (size_t i = 0; i < heap->count; i++) {
		const struct heap_arena *arena = &heap->arenas[i];

		sum.system += arena->system;
		sum.used += arena->used;
		sum.free += arena->free;
		sum.top += arena->top;
		sum.unknown += arena->unknown;
		sum.used_chunks += arena->used_chunks;
		sum.free_chunks += arena->free_chunks;
		sum.cached += arena->cached;
		sum.cached_chunks += arena->cached_chunks;
		sum.resident_free += arena->resident_free;
		sum.pinned += arena->pinned;
		if (arena->largest_free > sum.largest_free)
			sum.largest_free = arena->largest_free;
		for (size_t class = 0; class < HEAP_CLASSES; class ++)
			sum.free_by_class[class] += arena->free_by_class[class];
	}
	return sum;
}

double heap_usage_certain(const struct heap_usage *heap)
{
	double system = 0, unknown = 0;

	/* As what the target says may be anything, sums of integers could wrap round. */
	for (size_t i = 0; i < heap->count; i++) {
		system += (double)heap->arenas[i].system;
		unknown += (double)heap->arenas[i].unknown;
	}
	return system > 0 ? 1 - unknown / system : 1;
}

static int compare_pieces(const void *a, const void *b)
{
	uint64_t x = ((const struct heap_piece *)a)->start;
	uint64_t y = ((const struct heap_piece *)b)->start;

	return (x > y) - (x < y);
}

void heap_pieces_sort(struct heap_piece *pieces, size_t count)
{
	if (count)
		qsort(pieces, count, sizeof(*pieces), compare_pieces);
}

static void take_out_overlaps(struct heap_usage *heap)
{
	size_t kept = 0;

	for (size_t i = 0; i < heap->piece_count; i++)
		if (!kept || heap->pieces[i].start >= heap->pieces[kept - 1].end)
			heap->pieces[kept++] = heap->pieces[i];
	heap->piece_count = kept;
}

void heap_usage_settle(struct heap_usage *heap)
{
	uint64_t sum = 0;

	heap_pieces_sort(heap->pieces, heap->piece_count);
	take_out_overlaps(heap);
	free(heap->free_before);
	heap->free_before = memory_alloc((heap->piece_count + 1) * sizeof(*heap->free_before));
	for (size_t i = 0; i < heap->piece_count; i++) {
		heap->free_before[i] = sum;
		sum += heap->pieces[i].free;
	}
	heap->free_before[heap->piece_count] = sum;
}

size_t heap_usage_find(const struct heap_usage *heap, uint64_t address)
{
	return SEARCH_ABOVE(heap->pieces, heap->piece_count, end, address);
}

/* What is free and in memory below the address. */
static uint64_t free_below(const struct heap_usage *heap, uint64_t address)
{
	size_t index = heap_usage_find(heap, address);
	const struct heap_piece *piece = &heap->pieces[index];
	uint64_t below = heap->free_before[index];

	if (index < heap->piece_count && address > piece->start)
		below += (uint64_t)((unsigned __int128)piece->free * (address - piece->start) /
				    (piece->end - piece->start));
	return below;
}

uint64_t heap_usage_free_between(const struct heap_usage *heap, uint64_t start, uint64_t end)
{
	if (!heap->free_before || start >= end)
		return 0;
	return free_below(heap, end) - free_below(heap, start);
}

bool heap_usage_covers(const struct heap_usage *heap, uint64_t start, uint64_t end)
{
	size_t index = heap_usage_find(heap, start);

	return index < heap->piece_count && heap->pieces[index].start < end;
}

uint64_t heap_usage_data(const struct heap_usage *heap, const struct heap_piece *chunk,
			 unsigned word)
{
	/* A slot of musl's has its header at the end of the one before. */
	if (heap->allocator == ALLOCATOR_MUSL)
		return chunk->start + (chunk->use == HEAP_USE_MAPPED ? MUSL_HEADER : 0);
	/* The size of the chunk before, and its own with flags. */
	return chunk->start + 2 * (uint64_t)word;
}

struct heap_tally heap_usage_tally(const struct heap_usage *heap, uint64_t start, uint64_t end)
{
	struct heap_tally tally = {0};

	for (size_t i = heap_usage_find(heap, start);
	     i < heap->piece_count && heap->pieces[i].start < end; i++) {
		const struct heap_piece *piece = &heap->pieces[i];
		uint64_t size = piece->end - piece->start;
		uint64_t from = piece->start > start ? piece->start : start;
		uint64_t to = piece->end < end ? piece->end : end;

		if (!tally.of[piece->use].count++)
			tally.of[piece->use].size = size;
		else if (tally.of[piece->use].size != size)
			tally.of[piece->use].size = 0;
		tally.of[piece->use].bytes += to - from;
	}
	return tally;
}
