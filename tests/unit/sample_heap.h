/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_SAMPLE_HEAP_H
#define TESTS_SAMPLE_HEAP_H

/* A walked heap of the sample of support/sample.h: the brk heap, half free, and one arena. */

#include <string.h>

#include "base/memory.h"
#include "inside/heap_usage.h"

#define SAMPLE_HEAP_START  UINT64_C(0x55b5f7c8d000)
#define SAMPLE_HEAP_END    UINT64_C(0x55b5f7e87000)
#define SAMPLE_ARENA_START UINT64_C(0x7f839c000000)
#define SAMPLE_ARENA_END   UINT64_C(0x7f839c021000)

/* heap_usage_finish() frees it. */
static inline struct heap_usage sample_heap(void)
{
	const uint64_t half = SAMPLE_HEAP_START + (SAMPLE_HEAP_END - SAMPLE_HEAP_START) / 2;
	const struct heap_arena arenas[] = {
		{.address = UINT64_C(0x7f83a9900c60),
		 .start = SAMPLE_HEAP_START,
		 .is_main = true,
		 .system = SAMPLE_HEAP_END - SAMPLE_HEAP_START,
		 .used = half - SAMPLE_HEAP_START,
		 .free = SAMPLE_HEAP_END - half - 0x3000,
		 .top = 0x3000,
		 .used_chunks = 4711,
		 .free_chunks = 12,
		 .largest_free = 0x40000,
		 .cached = 0x1800,
		 .cached_chunks = 40,
		 .resident_free = 0xe0000,
		 .pinned = 0x5000},
		{.address = SAMPLE_ARENA_START + 0x30,
		 .start = SAMPLE_ARENA_START,
		 .system = SAMPLE_ARENA_END - SAMPLE_ARENA_START,
		 .used = 0x20000,
		 .top = 0x800,
		 .unknown = 0x800,
		 .used_chunks = 3},
	};
	const struct heap_piece pieces[] = {
		{.start = SAMPLE_HEAP_START, .end = half, .use = HEAP_USE_USED},
		{.start = half,
		 .end = SAMPLE_HEAP_END,
		 .free = (SAMPLE_HEAP_END - half) / 4,
		 .use = HEAP_USE_FREE},
		{.start = SAMPLE_ARENA_START, .end = SAMPLE_ARENA_END, .use = HEAP_USE_USED},
	};
	struct heap_usage heap = {.arenas = memory_alloc(sizeof(arenas)),
				  .count = 2,
				  .pieces = memory_alloc(sizeof(pieces)),
				  .piece_count = 3,
				  .mapped = 0x201000,
				  .mapped_chunks = 2};

	memcpy(heap.arenas, arenas, sizeof(arenas));
	memcpy(heap.pieces, pieces, sizeof(pieces));
	heap.arenas[0].free_by_class[5] = 0x4000;
	heap.arenas[0].free_by_class[9] = 0xa0000;
	heap.arenas[0].free_by_class[10] = 0x16000;
	heap.arenas[0].free_by_class[18] = 0x40000;
	heap_usage_settle(&heap);
	return heap;
}

/* The next chunk, from the end of the last one on. */
static inline void sample_chunk(struct heap_usage *heap, uint64_t size, enum heap_use use)
{
	uint64_t start =
		heap->piece_count ? heap->pieces[heap->piece_count - 1].end : SAMPLE_HEAP_START;
	bool is_free = use == HEAP_USE_FREE || use == HEAP_USE_TOP;

	if (start + size > SAMPLE_HEAP_END)
		size = SAMPLE_HEAP_END - start;
	heap->pieces[heap->piece_count++] = (struct heap_piece){
		.start = start, .end = start + size, .free = is_free ? size : 0, .use = use};
}

#define SAMPLE_CHUNKS   6000
#define SAMPLE_EQUAL    UINT64_C(48)   /* 1204 used ones of that size, */
#define SAMPLE_EQUALS   UINT64_C(1204) /* behind the first, */
#define SAMPLE_EQUAL_AT (SAMPLE_HEAP_START + 0x290)
#define SAMPLE_LARGE    (UINT64_C(1) << 18) /* and one of that size, */
#define SAMPLE_LARGE_AT (SAMPLE_EQUAL_AT + SAMPLE_EQUALS * SAMPLE_EQUAL)

/* The chunks of a brk heap: of all sorts, most of them small, with a hole behind each used one. */
static inline struct heap_usage sample_chunks(void)
{
	struct heap_usage heap = sample_heap();

	heap.pieces = memory_resize(heap.pieces, SAMPLE_CHUNKS * sizeof(*heap.pieces));
	heap.piece_count = 0;
	sample_chunk(&heap, 0x290, HEAP_USE_USED);
	for (size_t i = 0; i < SAMPLE_EQUALS; i++)
		sample_chunk(&heap, SAMPLE_EQUAL, HEAP_USE_USED);
	sample_chunk(&heap, SAMPLE_LARGE, HEAP_USE_USED);
	for (size_t i = 0; i < 1800; i++) {
		sample_chunk(&heap, 32 + i * 7 % 640 / 16 * 16, HEAP_USE_USED);
		sample_chunk(&heap, i % 9 ? 512 : 64, i % 9 ? HEAP_USE_FREE : HEAP_USE_CACHED);
	}
	sample_chunk(&heap, 0x8000, HEAP_USE_OTHER);
	sample_chunk(&heap, 0x10000, HEAP_USE_UNKNOWN);
	sample_chunk(&heap, SAMPLE_HEAP_END, HEAP_USE_TOP);
	heap_usage_settle(&heap);
	return heap;
}

#endif
