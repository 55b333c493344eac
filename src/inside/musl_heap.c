/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/musl_heap.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/memory.h"
#include "inside/heap_memory.h"
#include "inside/heap_pages.h"
#include "inside/heap_usage.h"
#include "inside/memory_window.h"
#include "inside/musl_context.h"
#include "inside/musl_groups.h"

/* Pages held while memory is gone through. */
#define WALK_PAGES 64

struct counting {
	struct heap_usage *heap;
	struct heap_arena *usage;
	struct memory_window *window;
	struct heap_pages pages;
	size_t piece_capacity;
};

static void add_piece(struct counting *counting, uint64_t start, uint64_t end, enum heap_use use)
{
	struct heap_usage *heap = counting->heap;

	if (start >= end)
		return;
	heap->pieces = memory_array_grow(heap->pieces, heap->piece_count, &counting->piece_capacity,
					 sizeof(*heap->pieces));
	heap->pieces[heap->piece_count++] =
		(struct heap_piece){.start = start, .end = end, .use = use};
}

/* What lies between the slots of a group is musl's own. */
static void add_slots(struct counting *counting, const struct musl_group *group)
{
	uint64_t at = musl_group_slot(group, 0);

	add_piece(counting, group->start, at, HEAP_USE_OTHER);
	for (unsigned i = 0; i < group->slots; i++, at += group->stride) {
		bool is_free = group->free >> i & 1;

		if (group->holds >> i & 1)
			continue;
		add_piece(counting, at, at + group->stride,
			  is_free ? HEAP_USE_FREE : HEAP_USE_USED);
		if (is_free)
			heap_arena_count_free(counting->usage, group->stride);
		else
			counting->usage->used_chunks++;
	}
	if (!group->is_inner)
		add_piece(counting, at, group->end, HEAP_USE_OTHER);
}

static void take_group(struct counting *counting, const struct musl_group *group)
{
	struct heap_arena *usage = counting->usage;
	uint64_t size = group->end - group->start;

	if (group->is_single && group->is_sure) {
		counting->heap->mapped += size;
		counting->heap->mapped_chunks++;
		add_piece(counting, group->start, group->end, HEAP_USE_MAPPED);
		return;
	}
	if (!group->is_inner) {
		usage->system += size;
		if (!usage->start)
			usage->start = group->start;
	}
	if (group->is_sure) {
		add_slots(counting, group);
	} else {
		usage->unknown += size;
		add_piece(counting, group->start, group->end, HEAP_USE_UNKNOWN);
	}
}

/* Free chunks side by side leave whole pages free. Returns where the pieces go on. */
static size_t count_free_run(struct counting *counting, size_t first)
{
	struct heap_piece *pieces = counting->heap->pieces;
	size_t next = first;

	do {
		struct heap_pages of_one = {0};

		pieces[next].free = heap_pages_free(&of_one, counting->window, pieces[next].start,
						    pieces[next].end, 0);
		next++;
	} while (next < counting->heap->piece_count && pieces[next].use == HEAP_USE_FREE &&
		 pieces[next].start == pieces[next - 1].end);
	heap_pages_free(&counting->pages, counting->window, pieces[first].start,
			pieces[next - 1].end, 0);
	return next;
}

/* What the pieces, which are sorted and disjoint, do to pages. */
static void count_pages(struct counting *counting)
{
	const struct heap_usage *heap = counting->heap;

	for (size_t i = 0; i < heap->piece_count;) {
		const struct heap_piece *piece = &heap->pieces[i];

		if (piece->use == HEAP_USE_FREE) {
			i = count_free_run(counting, i);
			continue;
		}
		if (piece->use == HEAP_USE_USED || piece->use == HEAP_USE_OTHER)
			heap_pages_use(&counting->pages, counting->window, piece->start,
				       piece->end);
		i++;
	}
	heap_pages_end(&counting->pages, counting->window);
	counting->usage->resident_free = counting->pages.free;
	counting->usage->pinned = counting->pages.pinned;
}

static void count(struct counting *counting, const struct musl_groups *groups)
{
	struct heap_arena *usage = counting->usage;

	for (size_t i = 0; i < groups->count; i++)
		take_group(counting, &groups->groups[i]);
	for (size_t i = 0; i < groups->area_count; i++)
		add_piece(counting, groups->areas[i], groups->areas[i] + MUSL_AREA_SIZE,
			  HEAP_USE_OTHER);
	usage->system += groups->area_count * MUSL_AREA_SIZE;
	/* Where the list of areas breaks off there is one more, at least. */
	if (!groups->complete) {
		usage->system += MUSL_AREA_SIZE;
		usage->unknown += MUSL_AREA_SIZE;
	}
	usage->used = usage->system - usage->free - usage->unknown;
	heap_pieces_sort(counting->heap->pieces, counting->heap->piece_count);
	count_pages(counting);
	heap_usage_settle(counting->heap);
}

static void drop_pieces(struct heap_usage *heap)
{
	free(heap->pieces);
	free(heap->free_before);
	heap->pieces = NULL;
	heap->free_before = NULL;
	heap->piece_count = 0;
}

int musl_heap_read(const struct heap_memory *memory, uint64_t symbol, bool pieces,
		   struct heap_usage *ret_heap)
{
	struct heap_usage heap = {.allocator = ALLOCATOR_MUSL};
	struct memory_window window;
	struct musl_context context;
	struct musl_groups groups;
	struct counting counting = {.heap = &heap, .window = &window};
	int error;

	memory_window_init(&window, memory->reader, memory->word, WALK_PAGES);
	error = musl_context_find(&window, memory, symbol, &context);
	if (!error) {
		musl_groups_init(&groups, memory, &context);
		heap.arenas = memory_alloc(sizeof(*heap.arenas));
		heap.count = 1;
		counting.usage = heap.arenas;
		*counting.usage = (struct heap_arena){.address = context.address, .is_main = true};
		count(&counting, &groups);
		musl_groups_finish(&groups);
		if (!pieces)
			drop_pieces(&heap);
		*ret_heap = heap;
	}
	memory_window_finish(&window);
	return error;
}
