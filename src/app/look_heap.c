/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/look_heap.h"

#include <inttypes.h>
#include <time.h>

#include "files/allocator_finder.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "residency/heap_walk.h"
#include "residency/scan_plan.h"

void look_heap_init(struct look_heap *look, const struct procfs_options *procfs,
		    const struct address_space *space, size_t index, bool pieces)
{
	enum kind kind = (enum kind)space->vmas[index].kind;
	struct allocator_finder finder = {.procfs = procfs};
	struct scan_pace pace;

	*look = (struct look_heap){.is_heap = kind == KIND_HEAP || kind == KIND_ARENA};
	if (!look->is_heap)
		return;
	look->found = allocator_finder_find(&finder, space);
	scan_pace_init(&pace, SCAN_SHARE_ONCE_MAX, SCAN_SHARE_ONCE_MIN, clock_ns(CLOCK_MONOTONIC));
	look->known = !heap_walk(procfs, space, &look->found, &pace, pieces, &look->heap);
}

void look_heap_finish(struct look_heap *look)
{
	heap_usage_finish(&look->heap);
}

/* The bytes in holes by the least size of each class, a power of two. */
static void write_holes(const struct heap_arena *arena, FILE *stream)
{
	bool any = false;

	for (unsigned class = 0; class < HEAP_CLASSES; class ++) {
		if (!arena->free_by_class[class])
			continue;
		fprintf(stream, "%s  %" PRIu64 "+ %" PRIu64, any ? "" : "holes",
			UINT64_C(1) << class, arena->free_by_class[class]);
		any = true;
	}
	if (any)
		fputc('\n', stream);
}

void look_heap_write(const struct look_heap *look, FILE *stream)
{
	for (size_t i = 0; i < look->heap.count; i++) {
		const struct heap_arena *arena = &look->heap.arenas[i];

		fprintf(stream,
			"arena  %012" PRIx64 "%s  size %" PRIu64 "  used %" PRIu64 "  free %" PRIu64
			"  top %" PRIu64,
			arena->address, arena->is_main ? " (main)" : "", arena->system, arena->used,
			arena->free, arena->top);
		if (arena->unknown)
			fprintf(stream, "  unknown %" PRIu64, arena->unknown);
		fputc('\n', stream);
		write_holes(arena, stream);
	}
}
