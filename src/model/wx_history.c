/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/wx_history.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"

/* A growing list of ranges. */
struct list {
	struct wx_history_range *ranges;
	size_t count, capacity;
};

void wx_history_finish(struct wx_history *wx_history)
{
	free(wx_history->ranges);
	free(wx_history->past);
	*wx_history = (struct wx_history){0};
}

/* Appends a range that starts at or above the last one's end. */
static void append(struct list *list, const struct wx_history_range *range)
{
	if (list->count == WX_HISTORY_RANGES_MAX) {
		/* Rather too much flagged than too little. */
		list->ranges[list->count - 1].end = range->end;
		return;
	}
	list->ranges = memory_array_grow(list->ranges, list->count, &list->capacity,
					 sizeof(*list->ranges));
	list->ranges[list->count++] = *range;
}

static void add_past(struct wx_history *wx_history, const struct wx_history_range *range,
		     int64_t time_ns)
{
	if (wx_history->past_count == WX_HISTORY_PAST_MAX) {
		wx_history->past_count--;
		memmove(wx_history->past, wx_history->past + 1,
			wx_history->past_count * sizeof(*wx_history->past));
	}
	wx_history->past = memory_array_grow(wx_history->past, wx_history->past_count,
					     &wx_history->past_capacity, sizeof(*wx_history->past));
	wx_history->past[wx_history->past_count] = *range;
	wx_history->past[wx_history->past_count++].gone_ns = time_ns;
	wx_history->past_total++;
}

/*
 * Appends what is flagged of one mapping: all of it when it is writable and executable now, else
 * the parts that were. The ranges from first on end above the mapping's start; parts that touch are
 * one. Returns whether anything is.
 */
static bool flag_mapping(struct list *list, const struct vma *vma,
			 const struct wx_history *wx_history, size_t first, int64_t time_ns)
{
	const struct wx_history_range *ranges = wx_history->ranges;
	struct wx_history_range piece = {0};
	bool is = vma_is_writable_executable(vma), flagged = is;

	if (is)
		piece = (struct wx_history_range){vma->start, vma->end, time_ns, 0, vma->kind};
	for (size_t i = first; i < wx_history->count && ranges[i].start < vma->end; i++) {
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
		piece = (struct wx_history_range){start, end, ranges[i].seen_ns, 0, vma->kind};
		flagged = true;
	}
	if (flagged)
		append(list, &piece);
	return flagged;
}

/* Those of which nothing is mapped any more are past. */
static void retire(struct wx_history *wx_history, const struct address_space *space)
{
	for (size_t i = 0; i < wx_history->count; i++) {
		const struct wx_history_range *range = &wx_history->ranges[i];
		size_t at = address_space_lower_bound(space, range->start);

		if (at == space->vma_count || space->vmas[at].start >= range->end)
			add_past(wx_history, range, space->time_ns);
	}
}

void wx_history_add(struct wx_history *wx_history, const struct address_space *space)
{
	struct list list = {0};
	size_t first = 0;

	if (space->time_ns < wx_history->time_ns)
		return;
	wx_history->time_ns = space->time_ns;
	if (wx_history->count == 0 && space->writable_executable == 0)
		return;
	wx_history->mappings = 0;
	retire(wx_history, space);
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		while (first < wx_history->count && wx_history->ranges[first].end <= vma->start)
			first++;
		wx_history->mappings += flag_mapping(&list, vma, wx_history, first, space->time_ns);
	}
	free(wx_history->ranges);
	wx_history->ranges = list.ranges;
	wx_history->count = list.count;
	wx_history->capacity = list.capacity;
}

void wx_history_exec(struct wx_history *wx_history, int64_t time_ns)
{
	for (size_t i = 0; i < wx_history->count; i++)
		add_past(wx_history, &wx_history->ranges[i], time_ns);
	wx_history->count = 0;
	wx_history->mappings = 0;
}

static bool overlaps(const struct wx_history_range *range, uint64_t start, uint64_t end)
{
	return range->start < end && range->end > start;
}

bool wx_history_contains(const struct wx_history *wx_history, uint64_t start, uint64_t end,
			 int64_t time_ns)
{
	const struct wx_history_range *ranges = wx_history->ranges, *past = wx_history->past;

	for (size_t i = SEARCH_ABOVE(ranges, wx_history->count, end, start);
	     i < wx_history->count && ranges[i].start < end; i++)
		if (ranges[i].seen_ns <= time_ns)
			return true;
	for (size_t i = 0; time_ns < wx_history->time_ns && i < wx_history->past_count; i++)
		if (past[i].seen_ns <= time_ns && past[i].gone_ns > time_ns &&
		    overlaps(&past[i], start, end))
			return true;
	return false;
}

uint64_t wx_history_count(const struct wx_history *wx_history, int64_t time_ns)
{
	uint64_t count = wx_history->past_total - wx_history->past_count;

	if (time_ns >= wx_history->time_ns)
		return wx_history->mappings + wx_history->past_total;
	for (size_t i = 0; i < wx_history->count; i++)
		count += wx_history->ranges[i].seen_ns <= time_ns;
	for (size_t i = 0; i < wx_history->past_count; i++)
		count += wx_history->past[i].seen_ns <= time_ns;
	return count;
}
