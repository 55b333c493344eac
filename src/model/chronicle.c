/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/chronicle.h"

#include "model/address_space.h"

#define JOURNAL_CHANGES 10000
#define POINTS_FINE     4096                /* of series that pulses feed, up to 100 a second */
#define POINTS_COARSE   512                 /* of series that snapshots feed */
#define FOCUS_MOMENTS   256                 /* how far back a mapping is followed at most */
#define FOCUS_VMAS      (UINT64_C(1) << 18) /* how many VMAs are looked at for that */

static struct address_space *copy_space(const struct address_space *space)
{
	struct address_space *copy = NULL;

	/* What was a snapshot is one again: there is no error. */
	address_space_create(&space->target, space->vmas, space->vma_count, space->time_ns,
			     space->cost_ns, &copy);
	address_space_set_stacks(copy, space->parts, space->part_count, space->lodged,
				 space->lodged_count);
	return copy;
}

/* The size of the mapping at the address; 0 where there is none. */
static uint64_t size_at(const struct address_space *space, uint64_t address)
{
	size_t index = address_space_find(space, address);

	return index < space->vma_count ? vma_size(&space->vmas[index]) : 0;
}

static void add_to_series(struct chronicle *chronicle, const struct address_space *space)
{
	int64_t time = space->time_ns;

	if (!chronicle->pulses_know_heap)
		series_add(&chronicle->heap, time, space->by_kind[KIND_HEAP].size);
	if (space->target.rss != TARGET_UNKNOWN)
		series_add(&chronicle->rss, time, space->target.rss);
	series_add(&chronicle->size, time, space->size);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		series_add(&chronicle->kinds[kind], time, space->by_kind[kind].size);
	if (chronicle->focus_address)
		series_add(&chronicle->focus, time, size_at(space, chronicle->focus_address));
}

void chronicle_init(struct chronicle *chronicle, struct address_space *first, size_t history_limit,
		    const struct hash_key *key)
{
	*chronicle = (struct chronicle){.now = first, .mark = copy_space(first)};
	chronicle->history = history_create(history_limit, key);
	journal_init(&chronicle->journal, JOURNAL_CHANGES);
	series_init(&chronicle->heap, POINTS_FINE);
	series_init(&chronicle->rss, POINTS_FINE);
	series_init(&chronicle->size, POINTS_FINE);
	series_init(&chronicle->focus, POINTS_COARSE);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		series_init(&chronicle->kinds[kind], POINTS_COARSE);
	history_add(chronicle->history, first);
	add_to_series(chronicle, first);
}

void chronicle_finish(struct chronicle *chronicle)
{
	address_space_destroy(chronicle->now);
	address_space_destroy(chronicle->mark);
	change_list_finish(&chronicle->latest);
	history_destroy(chronicle->history);
	journal_finish(&chronicle->journal);
	series_finish(&chronicle->heap);
	series_finish(&chronicle->rss);
	series_finish(&chronicle->size);
	series_finish(&chronicle->focus);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		series_finish(&chronicle->kinds[kind]);
}

static void note_latest(struct chronicle *chronicle)
{
	for (size_t i = 0; i < chronicle->latest.count; i++)
		journal_add(&chronicle->journal, &chronicle->latest.changes[i]);
}

void chronicle_add(struct chronicle *chronicle, struct address_space *space)
{
	change_list_finish(&chronicle->latest);
	change_compute(&chronicle->latest, chronicle->now, space);
	note_latest(chronicle);
	address_space_destroy(chronicle->now);
	chronicle->now = space;
	history_add(chronicle->history, space);
	add_to_series(chronicle, space);
	/* Nothing of another program is there to be compared with. */
	if (chronicle->latest.count && chronicle->latest.changes[0].type == CHANGE_EXEC)
		chronicle_set_mark(chronicle, space);
}

void chronicle_add_pulse(struct chronicle *chronicle, const struct pulse *pulse)
{
	if (pulse->heap != TARGET_UNKNOWN) {
		chronicle->pulses_know_heap = true;
		series_add(&chronicle->heap, pulse->time_ns, pulse->heap);
	}
	if (pulse->resident != TARGET_UNKNOWN)
		series_add(&chronicle->rss, pulse->time_ns, pulse->resident);
	if (pulse->size != TARGET_UNKNOWN)
		series_add(&chronicle->size, pulse->time_ns, pulse->size);
}

void chronicle_end(struct chronicle *chronicle, int64_t time_ns)
{
	change_list_finish(&chronicle->latest);
	change_append_exit(&chronicle->latest, chronicle->now, time_ns);
	note_latest(chronicle);
}

void chronicle_set_mark(struct chronicle *chronicle, const struct address_space *space)
{
	struct address_space *mark = copy_space(space);

	address_space_destroy(chronicle->mark);
	chronicle->mark = mark;
}

void chronicle_set_focus(struct chronicle *chronicle, uint64_t address)
{
	uint64_t first = history_first(chronicle->history);
	uint64_t end = history_end(chronicle->history);
	uint64_t most = FOCUS_VMAS / (chronicle->now->vma_count + 1);

	if (address == chronicle->focus_address)
		return;
	series_finish(&chronicle->focus);
	series_init(&chronicle->focus, POINTS_COARSE);
	chronicle->focus_address = address;
	if (most > FOCUS_MOMENTS)
		most = FOCUS_MOMENTS;
	if (end - first > most)
		first = end - most;
	for (uint64_t moment = first; moment < end; moment++) {
		struct address_space *space;

		if (history_get(chronicle->history, moment, &space))
			continue;
		series_add(&chronicle->focus, space->time_ns, size_at(space, address));
		address_space_destroy(space);
	}
}
