/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_steps.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "model/replay.h"
#include "model/vma.h"
#include "record/database.h"
#include "record/recording.h"

/* Events are numbered in the order of their samples. */
#define IN_RANGE                                              \
	" AND ((start<?3 AND start+size>?2) OR (old_start<?3" \
	" AND old_start+old_size>?2))"
#define NEXT     "SELECT sample FROM event WHERE sample>?1"
#define PREVIOUS "SELECT sample FROM event WHERE sample<?1"
#define UP       " ORDER BY id LIMIT 1"
#define DOWN     " ORDER BY id DESC LIMIT 1"

static int find_event(struct recording *recording, int64_t from, const struct replay_wish *wish,
		      int64_t *ret_sample)
{
	static const char *const sql[] = {
		[REPLAY_NEXT_EVENT] = NEXT UP,
		[REPLAY_PREVIOUS_EVENT] = PREVIOUS DOWN,
		[REPLAY_NEXT_CHANGE] = NEXT IN_RANGE UP,
		[REPLAY_PREVIOUS_CHANGE] = PREVIOUS IN_RANGE DOWN,
	};
	bool in_range = wish->type == REPLAY_NEXT_CHANGE || wish->type == REPLAY_PREVIOUS_CHANGE;
	struct statement *get;
	int more = database_prepare(recording_database(recording), sql[wish->type], &get);

	if (more)
		return more;
	statement_bind(get, 1, from);
	if (in_range) {
		statement_bind(get, 2, (int64_t)wish->start);
		statement_bind(get, 3, (int64_t)wish->end);
	}
	more = statement_step(get);
	if (more == 0)
		more = -ENOENT;
	else if (more > 0)
		more = statement_number(get, 0, recording_first(recording),
					recording_last(recording), ret_sample)
			       ? 0
			       : -EBADMSG;
	statement_free(get);
	return more;
}

int recording_step(struct recording *recording, int64_t from, const struct replay_wish *wish,
		   int64_t *ret_sample)
{
	int64_t sample = from;

	switch (wish->type) {
	case REPLAY_NEXT: sample++; break;
	case REPLAY_PREVIOUS: sample--; break;
	case REPLAY_NOTHING:
	case REPLAY_LIFE: return -EINVAL;
	case REPLAY_TIME: return recording_find(recording, wish->time_ns, ret_sample);
	default: return find_event(recording, from, wish, ret_sample);
	}
	if (sample < recording_first(recording) || sample > recording_last(recording))
		return -ENOENT;
	*ret_sample = sample;
	return 0;
}

/* A row of a mapping: how large it was in the samples from first to last. */
struct span {
	int64_t first, last;
	uint64_t size;
};

struct spans {
	struct span *spans; /* by first */
	size_t count, capacity;
};

static bool take_span(const struct recording *recording, const struct statement *get,
		      struct span *ret_span)
{
	int64_t size;

	ret_span->last = recording_last(recording);
	if (!statement_number(get, 0, 1, INT64_MAX, &ret_span->first) ||
	    (!statement_is_null(get, 1) &&
	     !statement_number(get, 1, 1, INT64_MAX, &ret_span->last)) ||
	    !statement_number(get, 2, 1, INT64_MAX, &size))
		return false;
	ret_span->size = (uint64_t)size;
	return true;
}

static int read_spans(struct recording *recording, const struct vma *vma, struct spans *spans)
{
	struct statement *get;
	struct span span;
	int more = database_prepare(recording_database(recording),
				    "SELECT first,last,size FROM mapping WHERE start<?2 AND "
				    "start+size>?1 AND name=?3 ORDER BY first",
				    &get);

	if (more)
		return more;
	statement_bind(get, 1, (int64_t)vma->start);
	statement_bind(get, 2, (int64_t)vma->end);
	statement_bind_string(get, 3, vma->name);
	while ((more = statement_step(get)) > 0) {
		if (!take_span(recording, get, &span)) {
			more = -EBADMSG;
			break;
		}
		spans->spans = memory_array_grow(spans->spans, spans->count, &spans->capacity,
						 sizeof(span));
		spans->spans[spans->count++] = span;
	}
	statement_free(get);
	return more;
}

/* The rows that follow on each other without a gap, around the sample. */
static bool find_chain(const struct spans *spans, int64_t sample, struct span *ret_chain,
		       int64_t *ret_largest_at)
{
	struct span chain = {.first = 0};

	for (size_t i = 0; i < spans->count; i++) {
		const struct span *span = &spans->spans[i];

		if (!chain.first || span->first > chain.last + 1) {
			if (chain.first && chain.first <= sample && sample <= chain.last)
				break;
			chain = (struct span){.first = span->first, .last = span->last};
		}
		if (span->last > chain.last)
			chain.last = span->last;
		if (span->size > chain.size) {
			chain.size = span->size;
			*ret_largest_at = span->first;
		}
	}
	*ret_chain = chain;
	return chain.first && chain.first <= sample && sample <= chain.last;
}

int recording_life(struct recording *recording, int64_t sample, const struct vma *vma,
		   struct recording_life *ret_life)
{
	struct recording_life life;
	struct spans spans = {0};
	struct span chain;
	int64_t largest_at = 0;
	int error = read_spans(recording, vma, &spans);

	if (!error && !find_chain(&spans, sample, &chain, &largest_at))
		error = -ENOENT;
	free(spans.spans);
	if (error)
		return error;
	life.largest = chain.size;
	error = recording_time(recording, chain.first, &life.appeared_ns);
	error = error ? error : recording_time(recording, largest_at, &life.largest_ns);
	error = error ? error : recording_time(recording, chain.last, &life.last_ns);
	if (!error)
		*ret_life = life;
	return error;
}
