/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/timeline.h"

#include <stdlib.h>

#include "base/memory.h"

#define POINTS 4096

void timeline_init(struct timeline *timeline, int64_t start_ns, int64_t end_ns)
{
	*timeline = (struct timeline){.start_ns = start_ns, .end_ns = end_ns};
	series_init(&timeline->size, POINTS);
	series_init(&timeline->rss, POINTS);
}

void timeline_finish(struct timeline *timeline)
{
	for (size_t i = 0; i < timeline->mark_count; i++)
		free(timeline->marks[i].words);
	free(timeline->marks);
	series_finish(&timeline->size);
	series_finish(&timeline->rss);
	*timeline = (struct timeline){.marks = NULL};
}

void timeline_add_mark(struct timeline *timeline, enum timeline_mark_type type, int64_t time_ns,
		       const char *words)
{
	timeline->marks = memory_array_grow(timeline->marks, timeline->mark_count,
					    &timeline->mark_room, sizeof(*timeline->marks));
	timeline->marks[timeline->mark_count++] =
		(struct timeline_mark){type, time_ns, words ? memory_copy_string(words) : NULL};
}

static int compare_marks(const void *a, const void *b)
{
	const struct timeline_mark *x = a, *y = b;

	if (x->time_ns != y->time_ns)
		return x->time_ns > y->time_ns ? 1 : -1;
	return (int)x->type - (int)y->type;
}

void timeline_sort(struct timeline *timeline)
{
	if (timeline->mark_count)
		qsort(timeline->marks, timeline->mark_count, sizeof(*timeline->marks),
		      compare_marks);
}

const struct timeline_mark *timeline_note(const struct timeline *timeline, int64_t time_ns)
{
	const struct timeline_mark *found = NULL;

	for (size_t i = 0; i < timeline->mark_count; i++) {
		if (timeline->marks[i].time_ns > time_ns)
			break;
		if (timeline->marks[i].type == TIMELINE_NOTE)
			found = &timeline->marks[i];
	}
	return found;
}
