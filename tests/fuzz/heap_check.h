/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FUZZ_HEAP_CHECK_H
#define FUZZ_HEAP_CHECK_H

#include "fuzz.h"
#include "inside/heap_usage.h"

/* What holds of every heap, whatever the memory holds that it was read from. */
static inline void heap_check(const struct heap_usage *heap)
{
	for (size_t i = 0; i < heap->count; i++) {
		const struct heap_arena *usage = &heap->arenas[i];

		FUZZ_CHECK(usage->used + usage->free + usage->top + usage->unknown ==
			   usage->system);
		FUZZ_CHECK(usage->cached <= usage->used);
		FUZZ_CHECK(usage->largest_free <= usage->free);
	}
	for (size_t i = 0; i < heap->piece_count; i++) {
		FUZZ_CHECK(heap->pieces[i].start < heap->pieces[i].end);
		FUZZ_CHECK(i == 0 || heap->pieces[i - 1].end <= heap->pieces[i].start);
		FUZZ_CHECK(heap->pieces[i].arena < heap->count);
	}
	FUZZ_CHECK(heap_usage_certain(heap) >= 0 && heap_usage_certain(heap) <= 1);
}

#endif
