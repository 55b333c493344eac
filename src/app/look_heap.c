/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/look_heap.h"

#include <errno.h>
#include <inttypes.h>
#include <time.h>

#include "base/text.h"
#include "files/allocator_finder.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "residency/heap_walk.h"
#include "residency/scan_plan.h"
#include "ui/text/heap_words.h"

/* Any malloc but glibc's has its chunks in memory without a name. */
static bool is_heap(const struct vma *vma, const struct allocator_found *found)
{
	return vma->kind == KIND_HEAP || vma->kind == KIND_ARENA || runtime_is_heap(vma->runtime) ||
	       (vma->kind == KIND_ANON && found->allocator != ALLOCATOR_GLIBC &&
		found->allocator != ALLOCATOR_UNKNOWN);
}

/* Whether it can be one. */
static bool may_be_heap(const struct vma *vma)
{
	return vma->kind == KIND_ANON || is_heap(vma, &(struct allocator_found){0});
}

void look_heap_init(struct look_heap *look, const struct procfs_options *procfs,
		    const struct address_space *space, size_t index, bool pieces)
{
	struct allocator_finder finder = {.procfs = procfs};
	struct scan_pace pace;

	*look = (struct look_heap){.error = -ENOENT};
	if (!may_be_heap(&space->vmas[index]))
		return;
	look->found = allocator_finder_find(&finder, space);
	look->is_heap = is_heap(&space->vmas[index], &look->found);
	if (!look->is_heap)
		return;
	scan_pace_init(&pace, SCAN_SHARE_ONCE_MAX, SCAN_SHARE_ONCE_MIN, clock_ns(CLOCK_MONOTONIC));
	look->error = heap_walk(procfs, space, &look->found, &pace, pieces, &look->heap);
	look->keeper_count = heap_keepers_list(space, &look->found, look->keepers);
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

static void write_ask(const char *ask, FILE *stream)
{
	if (ask)
		fprintf(stream, "  ask %s", ask);
	fputc('\n', stream);
}

/* Which malloc it is, and what has heaps beside it. */
static void write_keepers(const struct look_heap *look, FILE *stream)
{
	const char *name = allocator_name(look->found.allocator);

	fprintf(stream, "malloc %s", name ? name : "-");
	write_ask(allocator_ask(look->found.allocator), stream);
	for (size_t i = 0; i < look->keeper_count; i++) {
		const struct heap_keeper *keeper = &look->keepers[i];

		fprintf(stream, "other  %s", keeper->name);
		if (keeper->size != TARGET_UNKNOWN)
			fprintf(stream, "  size %" PRIu64, keeper->size);
		write_ask(keeper->ask, stream);
	}
}

static void write_lack(const struct look_heap *look, FILE *stream)
{
	struct text text = {0};

	heap_words_append_lack(&text, look->found.allocator, look->error);
	fprintf(stream, "heap   -  %s\n", text_string(&text));
	text_finish(&text);
}

void look_heap_write(const struct look_heap *look, FILE *stream)
{
	if (!look->is_heap)
		return;
	write_keepers(look, stream);
	if (look->error)
		write_lack(look, stream);
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
