/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/growers_heap.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/heap_walks.h"

static struct growers_entry make(const struct heap_part *now, const struct heap_part *before,
				 enum growers_part part, bool known)
{
	uint64_t size = part == GROWERS_USED ? now->used : now->free;
	uint64_t had = !before ? 0 : part == GROWERS_USED ? before->used : before->free;

	return (struct growers_entry){
		.start = now->start,
		.end = now->start ? now->start + 1 : 0,
		.size = known ? size : 0,
		.delta = known ? (int64_t)(size - had) : 0,
		.kind = now->is_main ? KIND_HEAP : KIND_ARENA,
		.vma = UINT32_MAX,
		.part = (uint8_t)part,
		.unknown = !known,
		.arena = now->address,
	};
}

/* Greatest growth first; ties by address, what is in use first. */
static int compare(const void *a, const void *b)
{
	const struct growers_entry *x = a, *y = b;

	if (x->delta != y->delta)
		return x->delta < y->delta ? 1 : -1;
	if (x->arena != y->arena)
		return x->arena > y->arena ? 1 : -1;
	return x->part - y->part;
}

/* The parts of all arenas that grew. */
static size_t list_grown(const struct heap_walks *walks, struct growers_entry *entries)
{
	size_t count = 0;

	for (size_t i = 0; i < walks->last.count; i++) {
		const struct heap_part *now = &walks->last.parts[i];
		const struct heap_part *before = heap_walks_before(walks, now->address);

		for (int part = GROWERS_USED; part <= GROWERS_FREE; part++) {
			entries[count] = make(now, before, (enum growers_part)part, true);
			count += entries[count].delta > 0;
		}
	}
	if (count)
		qsort(entries, count, sizeof(*entries), compare);
	return count;
}

void growers_add_heap(struct growers *growers, const struct heap_walks *walks, bool known)
{
	struct heap_part now = heap_sums_all(&walks->last), before = heap_sums_all(&walks->first);
	size_t arenas = walks->last.count, count = 0;
	struct growers_entry *entries;

	if (!arenas)
		return;
	now.start = walks->last.parts[0].start;
	now.is_main = true;
	/* A place more than there can be entries. */
	entries = memory_alloc((2 * arenas + 3) * sizeof(*entries));
	entries[count++] = make(&now, &before, GROWERS_USED, known);
	entries[count++] = make(&now, &before, GROWERS_FREE, known);
	if (arenas > 1 && known) {
		size_t grown = list_grown(walks, entries + count);

		count += grown < GROWERS_ARENAS ? grown : GROWERS_ARENAS;
	}
	growers->heap = entries;
	growers->heap_count = count;
}
