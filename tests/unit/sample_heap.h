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
	heap_usage_settle(&heap);
	return heap;
}

#endif
