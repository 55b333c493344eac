/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/session.h"

#include "model/address_space.h"
#include "model/identity.h"

#define JOURNAL_CHANGES 10000
#define POINTS_FINE     4096                /* of series that pulses feed, up to 100 a second */
#define POINTS_COARSE   512                 /* of series that snapshots feed */
#define FOCUS_MOMENTS   256                 /* how far back a mapping is followed at most */
#define FOCUS_VMAS      (UINT64_C(1) << 16) /* how many VMAs are looked at for that */

/* Sets the range to that of the mapping at the address; to an empty one where there is none. */
static void find_range(const struct address_space *space, uint64_t address, uint64_t *ret_start,
		       uint64_t *ret_end)
{
	size_t index = address_space_find(space, address);
	bool found = index < space->vma_count;

	*ret_start = found ? space->vmas[index].start : 0;
	*ret_end = found ? space->vmas[index].end : 0;
}

/* Where the followed mapping is after the latest changes. */
static void follow_changes(struct session *session, const struct address_space *space)
{
	const struct change_list *latest = &session->latest;

	if (session->focus_start == session->focus_end)
		return;
	for (size_t i = 0; i < latest->count; i++) {
		const struct change *change = &latest->changes[i];

		if (change->type == CHANGE_EXEC) {
			session->focus_start = session->focus_end = 0;
			return;
		}
		if (change->start < change->end && change->old_start == session->focus_start &&
		    change->old_end == session->focus_end) {
			session->focus_start = change->start;
			session->focus_end = change->end;
			break;
		}
	}
	find_range(space, session->focus_start, &session->focus_start, &session->focus_end);
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
		series_add(&session->focus, time, session->focus_end - session->focus_start);
}

void session_init(struct session *session, struct address_space *first, size_t history_limit,
		  const struct hash_key *key)
{
	*session = (struct session){
		.start_ns = first->time_ns, .now = first, .baseline = address_space_copy(first)};
	session->history = history_create(history_limit, key);
	journal_init(&session->journal, JOURNAL_CHANGES);
	series_init(&session->heap, POINTS_FINE);
	series_init(&session->rss, POINTS_FINE);
	series_init(&session->size, POINTS_FINE);
	series_init(&session->heap_used, POINTS_COARSE);
	series_init(&session->heap_free, POINTS_COARSE);
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
	series_finish(&session->heap_used);
	series_finish(&session->heap_free);
	heap_walks_finish(&session->walks);
	series_finish(&session->focus);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		series_finish(&session->kinds[kind]);
}

static void note_latest(struct session *session)
{
	for (size_t i = 0; i < session->latest.count; i++)
		journal_add(&session->journal, &session->latest.changes[i]);
}

void session_add_heap(struct session *session, int64_t time_ns, const struct heap_part *parts,
		      size_t count)
{
	struct heap_part all;

	heap_walks_add(&session->walks, time_ns, parts, count);
	all = heap_sums_all(&session->walks.last);
	series_add(&session->heap_used, time_ns, all.used);
	series_add(&session->heap_free, time_ns, all.free);
}

void session_add_usage(struct session *session, const struct usage_table *usage,
		       const struct residency *residency)
{
	history_add_usage(session->history, session->now, usage, residency);
}

void session_add(struct session *session, struct address_space *space)
{
	struct session_step step;

	session_step_begin(session, space, &step);
	session_step_make(&step);
	session_step_add(session, &step);
}

void session_step_begin(struct session *session, struct address_space *space,
			struct session_step *ret_step)
{
	*ret_step = (struct session_step){.space = space,
					  .now = session->now,
					  .same = address_space_same_list(session->now, space),
					  .history = session->history};
	session->away_first = history_first(session->history);
	session->away_end = history_end(session->history);
	session->history = NULL;
}

void session_step_make(struct session_step *step)
{
	if (step->same) {
		history_add_same(step->history, step->space);
		return;
	}
	change_compute(&step->latest, step->now, step->space);
	history_add(step->history, step->space);
}

static void replace_newest(struct session *session, struct address_space *space)
{
	note_latest(session);
	follow_changes(session, space);
	address_space_destroy(session->now);
	session->now = space;
}

void session_step_add(struct session *session, struct session_step *step)
{
	struct address_space *space = step->space;

	change_list_finish(&session->latest);
	session->latest = step->latest;
	session->same = step->same;
	session->history = step->history;
	*step = (struct session_step){.space = NULL};
	if (session->same)
		address_space_renew(session->now, space);
	else
		replace_newest(session, space);
	add_to_series(session, session->now);
	/* Nothing of another program is there to be compared with. */
	if (change_list_has_exec(&session->latest))
		session_set_baseline(session, session->now);
}

uint64_t session_first_moment(const struct session *session)
{
	return session->history ? history_first(session->history) : session->away_first;
}

uint64_t session_end_moment(const struct session *session)
{
	return session->history ? history_end(session->history) : session->away_end;
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
	struct address_space *baseline = address_space_copy(space);

	address_space_destroy(session->baseline);
	session->baseline = baseline;
	heap_walks_finish(&session->walks);
}

/* A mapping on its way back through the history. */
struct trail {
	uint64_t start, end; /* in the space that was looked at last; empty: it is not there */
	bool found;          /* it was there in one of them */
};

/* Goes back to the space before; space is the one after it, NULL at first. */
static void go_back(struct trail *trail, uint64_t address, const struct address_space *before,
		    const struct address_space *space)
{
	struct identity identity;
	uint32_t other;

	if (!trail->found) {
		find_range(before, address, &trail->start, &trail->end);
		trail->found = trail->start < trail->end;
		return;
	}
	if (trail->start == trail->end)
		return;
	identity_init(&identity, before, space);
	other = identity_other(&identity, IDENTITY_NOW, address_space_find(space, trail->start));
	identity_finish(&identity);
	trail->start = other == IDENTITY_NONE ? 0 : before->vmas[other].start;
	trail->end = other == IDENTITY_NONE ? 0 : before->vmas[other].end;
}

/* The sizes of the mapping up to now, of which the newest moment is at hand. */
static void look_back(struct session *session, uint64_t address)
{
	struct {
		int64_t time_ns;
		uint64_t size;
	} seen[FOCUS_MOMENTS];
	const uint64_t first = session_first_moment(session);
	const uint64_t most = FOCUS_VMAS / (session->now->vma_count + 1);
	struct address_space *space = session->now, *before;
	uint64_t moment = session_end_moment(session) - 1;
	struct trail trail = {0};
	size_t count = 0;

	go_back(&trail, address, space, NULL);
	for (;;) {
		seen[count].time_ns = space->time_ns;
		seen[count++].size = trail.end - trail.start;
		if (moment-- == first || count == FOCUS_MOMENTS || count >= most ||
		    !session->history || history_get(session->history, moment, &before))
			break;
		go_back(&trail, address, before, space);
		if (space != session->now)
			address_space_destroy(space);
		space = before;
	}
	if (space != session->now)
		address_space_destroy(space);
	while (count-- > 0)
		series_add(&session->focus, seen[count].time_ns, seen[count].size);
}

void session_set_focus(struct session *session, uint64_t address)
{
	uint64_t start, end;

	find_range(session->now, address, &start, &end);
	if (start < end ? start == session->focus_start && end == session->focus_end
			: address == session->focus_address)
		return;
	series_finish(&session->focus);
	series_init(&session->focus, POINTS_COARSE);
	session->focus_address = address;
	session->focus_start = start;
	session->focus_end = end;
	look_back(session, address);
}
