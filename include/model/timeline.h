/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_TIMELINE_H
#define MODEL_TIMELINE_H

/*
 * All of a recording at a glance: its size and RSS over time, and what stands out. Bytes and
 * CLOCK_REALTIME nanoseconds.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/series.h"

enum timeline_mark_type {
	TIMELINE_CHANGE, /* something was mapped, unmapped, grew … about then */
	TIMELINE_BASELINE,
	TIMELINE_NOTE,
	TIMELINE_END, /* of the process */
};

struct timeline_mark {
	enum timeline_mark_type type;
	int64_t time_ns;
	char *words; /* of a note, not escaped; else NULL */
};

struct timeline {
	int64_t start_ns, end_ns;    /* of the first and the last sample */
	struct series size, rss;     /* the latter is empty where it is not known */
	struct timeline_mark *marks; /* by time, those that matter less first */
	size_t mark_count, mark_room;
};

/* One without points and marks; timeline_finish() frees what it has. */
void timeline_init(struct timeline *timeline, int64_t start_ns, int64_t end_ns);
void timeline_finish(struct timeline *timeline);

/* Copies the words (NULL: none). */
void timeline_add_mark(struct timeline *timeline, enum timeline_mark_type type, int64_t time_ns,
		       const char *words);

/* Puts marks into their order, once all were added. */
void timeline_sort(struct timeline *timeline);

/* The last note that is not later; NULL: there is none. */
const struct timeline_mark *timeline_note(const struct timeline *timeline, int64_t time_ns);

#endif
