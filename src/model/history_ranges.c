/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_ranges.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/history_code.h"

static bool is_same(const struct residency_run *a, const struct residency_run *b)
{
	return a->start == b->start && a->end == b->end && a->flags == b->flags;
}

/* The two lists, and how far they are passed. */
struct lists {
	const struct residency_run *old, *new;
	size_t old_count, new_count, old_at, new_at;
};

static bool at_same(const struct lists *lists)
{
	return lists->old_at < lists->old_count && lists->new_at < lists->new_count &&
	       is_same(&lists->old[lists->old_at], &lists->new[lists->new_at]);
}

/* Passes all that goes and comes up to the next range that is as before. */
static void pass_hunk(struct lists *lists)
{
	do {
		bool old_left = lists->old_at < lists->old_count;
		bool new_left = lists->new_at < lists->new_count;
		uint64_t old = old_left ? lists->old[lists->old_at].start : UINT64_MAX;
		uint64_t new = new_left ? lists->new[lists->new_at].start : UINT64_MAX;

		lists->old_at += old_left && old <= new;
		lists->new_at += new_left && new <= old;
	} while ((lists->old_at < lists->old_count || lists->new_at < lists->new_count) &&
		 !at_same(lists));
}

size_t history_ranges_put(struct text *out, const struct history_ranges *from,
			  const struct residency_run *to, size_t count)
{
	struct lists lists = {
		.old = from->ranges, .new = to, .old_count = from->count, .new_count = count};
	size_t same = 0, moved = 0;

	while (lists.old_at < lists.old_count || lists.new_at < lists.new_count) {
		size_t old = lists.old_at, new = lists.new_at;
		uint64_t below = new ? to[new - 1].end : 0;

		if (at_same(&lists)) {
			lists.old_at++;
			lists.new_at++;
			same++;
			continue;
		}
		pass_hunk(&lists);
		history_number_put(out, same);
		history_number_put(out, lists.old_at - old);
		history_number_put(out, lists.new_at - new);
		if (lists.old_at - old != lists.new_at - new && !moved)
			moved = from->count - old + count - new;
		for (; new < lists.new_at; new ++) {
			history_delta_put(out, below, to[new].start);
			history_delta_put(out, to[new].start, to[new].end);
			history_number_put(out, to[new].flags);
			below = to[new].end;
		}
		same = 0;
	}
	return moved;
}

/*
 * Hunks are applied where the ranges lie as long as as many come as go. From the first other hunk
 * on, what was there before is read from a copy, and so moved only once.
 */
struct patch {
	struct history_ranges *ranges;
	const struct residency_run *before; /* the next one, in the list or in the copy */
	size_t before_left;
	size_t done; /* ranges of the list that are final */
	struct residency_run *copy;
};

static void detach(struct patch *patch)
{
	patch->copy = memory_alloc(patch->before_left * sizeof(*patch->copy));
	if (patch->before_left)
		memcpy(patch->copy, patch->before, patch->before_left * sizeof(*patch->copy));
	patch->before = patch->copy;
}

/* A little more than needed: the number of ranges moves up and down all the time. */
static void reserve(struct history_ranges *ranges, size_t count)
{
	if (count <= ranges->capacity)
		return;
	ranges->capacity = count + count / 8 + 4;
	ranges->ranges = memory_resize(ranges->ranges, ranges->capacity * sizeof(*ranges->ranges));
}

/* Passes ranges of before, which is NULL where there are none. */
static void pass(struct patch *patch, size_t count)
{
	if (count)
		patch->before += count;
	patch->before_left -= count;
}

static void keep(struct patch *patch, size_t count)
{
	if (patch->copy && count)
		memcpy(&patch->ranges->ranges[patch->done], patch->before,
		       count * sizeof(*patch->before));
	pass(patch, count);
	patch->done += count;
}

static void take_ranges(struct patch *patch, struct history_cursor *reader, size_t count)
{
	struct residency_run *ranges = patch->ranges->ranges;
	uint64_t below = patch->done ? ranges[patch->done - 1].end : 0;

	for (; count; count--) {
		struct residency_run *range = &ranges[patch->done++];

		range->start = history_delta_take(reader, below);
		range->end = history_delta_take(reader, range->start);
		range->flags = (uint8_t)history_number_take(reader);
		below = range->end;
	}
}

void history_ranges_apply(struct history_ranges *ranges, struct history_cursor *reader)
{
	struct patch patch = {
		.ranges = ranges, .before = ranges->ranges, .before_left = ranges->count};

	while (reader->at < reader->end) {
		size_t same = history_number_take(reader);
		size_t go = history_number_take(reader), come = history_number_take(reader);

		if (come != go && !patch.copy)
			detach(&patch);
		if (patch.copy)
			reserve(ranges, patch.done + patch.before_left + come);
		keep(&patch, same);
		take_ranges(&patch, reader, come);
		pass(&patch, go);
	}
	keep(&patch, patch.before_left);
	ranges->count = patch.done;
	free(patch.copy);
}

void history_ranges_finish(struct history_ranges *ranges)
{
	free(ranges->ranges);
	*ranges = (struct history_ranges){0};
}
