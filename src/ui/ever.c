/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/ever.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"

/* A growing list of ranges. */
struct list {
	struct ever_range *ranges;
	size_t count, capacity;
};

void ever_finish(struct ever *ever)
{
	free(ever->ranges);
	free(ever->past);
	*ever = (struct ever){0};
}

/* Appends a range that starts at or above the last one's end. */
static void append(struct list *list, const struct ever_range *range)
{
	if (list->count == EVER_RANGES_MAX) {
		/* Rather too much flagged than too little. */
		list->ranges[list->count - 1].end = range->end;
		return;
	}
	list->ranges = memory_array_grow(list->ranges, list->count, &list->capacity,
					 sizeof(*list->ranges));
	list->ranges[list->count++] = *range;
}

static void add_past(struct ever *ever, const struct ever_range *range, int64_t time_ns)
{
	if (ever->past_count == EVER_PAST_MAX) {
		ever->past_count--;
		memmove(ever->past, ever->past + 1, ever->past_count * sizeof(*ever->past));
	}
	ever->past = memory_array_grow(ever->past, ever->past_count, &ever->past_capacity,
				       sizeof(*ever->past));
	ever->past[ever->past_count] = *range;
	ever->past[ever->past_count++].gone_ns = time_ns;
	ever->past_total++;
}

/*
 * Appends what is flagged of one mapping: all of it when it is writable and executable now, else
 * the parts that were. The ranges from first on end above the mapping's start; parts that touch are
 * one. Returns whether anything is.
 */
static bool flag_mapping(struct list *list, const struct vma *vma, const struct ever *ever,
			 size_t first, int64_t time_ns)
{
	const struct ever_range *ranges = ever->ranges;
	struct ever_range piece = {0};
	bool is = vma_is_writable_executable(vma), flagged = is;

	if (is)
		piece = (struct ever_range){vma->start, vma->end, time_ns, 0, vma->kind};
	for (size_t i = first; i < ever->count && ranges[i].start < vma->end; i++) {
		uint64_t start = ranges[i].start > vma->start ? ranges[i].start : vma->start;
		uint64_t end = ranges[i].end < vma->end ? ranges[i].end : vma->end;

		if (flagged && ranges[i].seen_ns < piece.seen_ns)
			piece.seen_ns = ranges[i].seen_ns;
		if (is)
			continue;
		if (flagged && piece.end == start) {
			piece.end = end;
			continue;
		}
		if (flagged)
			append(list, &piece);
		piece = (struct ever_range){start, end, ranges[i].seen_ns, 0, vma->kind};
		flagged = true;
	}
	if (flagged)
		append(list, &piece);
	return flagged;
}

/* Those of which nothing is mapped any more are past. */
static void retire(struct ever *ever, const struct address_space *space)
{
	for (size_t i = 0; i < ever->count; i++) {
		const struct ever_range *range = &ever->ranges[i];
		size_t at = address_space_lower_bound(space, range->start);

		if (at == space->vma_count || space->vmas[at].start >= range->end)
			add_past(ever, range, space->time_ns);
	}
}

void ever_add(struct ever *ever, const struct address_space *space)
{
	struct list list = {0};
	size_t first = 0;

	if (space->time_ns < ever->time_ns)
		return;
	ever->time_ns = space->time_ns;
	if (ever->count == 0 && space->writable_executable == 0)
		return;
	ever->mappings = 0;
	retire(ever, space);
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		while (first < ever->count && ever->ranges[first].end <= vma->start)
			first++;
		ever->mappings += flag_mapping(&list, vma, ever, first, space->time_ns);
	}
	free(ever->ranges);
	ever->ranges = list.ranges;
	ever->count = list.count;
	ever->capacity = list.capacity;
}

void ever_exec(struct ever *ever, int64_t time_ns)
{
	for (size_t i = 0; i < ever->count; i++)
		add_past(ever, &ever->ranges[i], time_ns);
	ever->count = 0;
	ever->mappings = 0;
}

bool ever_contains(const struct ever *ever, uint64_t start, uint64_t end)
{
	size_t low = 0, high = ever->count;

	/* The first range that ends above start. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (ever->ranges[middle].end <= start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ever->count && ever->ranges[low].start < end;
}

uint64_t ever_count(const struct ever *ever)
{
	return ever->mappings + ever->past_total;
}
