/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/session.h"

#include "model/address_space.h"

#define JOURNAL_CHANGES 10000
#define POINTS_FINE     4096                /* of series that pulses feed, up to 100 a second */
#define POINTS_COARSE   512                 /* of series that snapshots feed */
#define FOCUS_MOMENTS   256                 /* how far back a mapping is followed at most */
#define FOCUS_VMAS      (UINT64_C(1) << 18) /* how many VMAs are looked at for that */

static struct address_space *copy_space(const struct address_space *space)
{
	struct address_space *copy = NULL;

	/* The space was valid before, so its copy is valid: this cannot fail. */
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

static void add_to_series(struct session *session, const struct address_space *space)
{
	int64_t time = space->time_ns;

	if (!session->pulses_know_heap)
		series_add(&session->heap, time, space->by_kind[KIND_HEAP].size);
	if (space->target.rss != TARGET_UNKNOWN)
		series_add(&session->rss, time, space->target.rss);
	series_add(&session->size, time, space->size);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		series_add(&session->kinds[kind], time, space->by_kind[kind].size);
	if (session->focus_address)
		series_add(&session->focus, time, size_at(space, session->focus_address));
}

void session_init(struct session *session, struct address_space *first, size_t history_limit,
		  const struct hash_key *key)
{
	*session = (struct session){
		.start_ns = first->time_ns, .now = first, .baseline = copy_space(first)};
	session->history = history_create(history_limit, key);
	journal_init(&session->journal, JOURNAL_CHANGES);
	series_init(&session->heap, POINTS_FINE);
	series_init(&session->rss, POINTS_FINE);
	series_init(&session->size, POINTS_FINE);
	series_init(&session->focus, POINTS_COARSE);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		series_init(&session->kinds[kind], POINTS_COARSE);
	history_add(session->history, first);
	add_to_series(session, first);
}

void session_finish(struct session *session)
{
	address_space_destroy(session->now);
	address_space_destroy(session->baseline);
	change_list_finish(&session->latest);
	history_destroy(session->history);
	journal_finish(&session->journal);
	series_finish(&session->heap);
	series_finish(&session->rss);
	series_finish(&session->size);
	series_finish(&session->focus);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		series_finish(&session->kinds[kind]);
}

static void note_latest(struct session *session)
{
	for (size_t i = 0; i < session->latest.count; i++)
		journal_add(&session->journal, &session->latest.changes[i]);
}

void session_add_usage(struct session *session, const struct usage_table *usage,
		       const struct residency *residency)
{
	history_add_usage(session->history, session->now, usage, residency);
}

void session_add(struct session *session, struct address_space *space)
{
	change_list_finish(&session->latest);
	change_compute(&session->latest, session->now, space);
	note_latest(session);
	address_space_destroy(session->now);
	session->now = space;
	history_add(session->history, space);
	add_to_series(session, space);
	/* Nothing of another program is there to be compared with. */
	if (session->latest.count && session->latest.changes[0].type == CHANGE_EXEC)
		session_set_baseline(session, space);
}

void session_add_pulse(struct session *session, const struct pulse *pulse)
{
	if (pulse->heap != TARGET_UNKNOWN) {
		session->pulses_know_heap = true;
		series_add(&session->heap, pulse->time_ns, pulse->heap);
	}
	if (pulse->resident != TARGET_UNKNOWN)
		series_add(&session->rss, pulse->time_ns, pulse->resident);
	if (pulse->size != TARGET_UNKNOWN)
		series_add(&session->size, pulse->time_ns, pulse->size);
}

void session_end(struct session *session, int64_t time_ns)
{
	change_list_finish(&session->latest);
	change_append_exit(&session->latest, session->now, time_ns);
	note_latest(session);
}

bool session_is_at_baseline(const struct session *session)
{
	return session->now->time_ns == session->baseline->time_ns;
}

void session_set_baseline(struct session *session, const struct address_space *space)
{
	struct address_space *baseline = copy_space(space);

	address_space_destroy(session->baseline);
	session->baseline = baseline;
}

void session_set_focus(struct session *session, uint64_t address)
{
	uint64_t first = history_first(session->history);
	uint64_t end = history_end(session->history);
	uint64_t most = FOCUS_VMAS / (session->now->vma_count + 1);

	if (address == session->focus_address)
		return;
	series_finish(&session->focus);
	series_init(&session->focus, POINTS_COARSE);
	session->focus_address = address;
	if (most > FOCUS_MOMENTS)
		most = FOCUS_MOMENTS;
	if (end - first > most)
		first = end - most;
	for (uint64_t moment = first; moment < end; moment++) {
		struct address_space *space;

		if (history_get(session->history, moment, &space))
			continue;
		series_add(&session->focus, space->time_ns, size_at(space, address));
		address_space_destroy(space);
	}
}
