/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_timeline.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/timeline.h"
#include "record/database.h"
#include "record/recording.h"
#include "record/recording_marks.h"

#define STRING(number) #number
#define LIMIT(number)  " LIMIT " STRING(number)

/* Of the samples from ?1 to ?2. Where no list begins there the one before still holds. */
enum { GET_SIZE, GET_RSS, GET_CHANGE, GET_COUNT };

static const char *const get_sql[GET_COUNT] = {
	[GET_SIZE] = "SELECT max(size) FROM (SELECT size FROM list WHERE first>=?1 AND "
		     "first<=?2" LIMIT(RECORDING_TIMELINE_SAMPLES) ")",
	[GET_RSS] = "SELECT max(rss) FROM (SELECT rss FROM sample WHERE id>=?1 AND id<=?2" LIMIT(
		RECORDING_TIMELINE_SAMPLES) ")",
	/* A list is repeated where nothing changed, at a keyframe. */
	[GET_CHANGE] = "SELECT max(first) FROM (SELECT first FROM list WHERE first>=?1 AND "
		       "first<=?2" LIMIT(RECORDING_TIMELINE_SAMPLES) ") WHERE first NOT IN (SELECT "
								     "first FROM keyframe WHERE "
								     "first>=?1 AND first<=?2)",
};

struct reading {
	struct recording *recording;
	struct statement *gets[GET_COUNT];
	struct timeline *timeline;
};

/* 1, and the number; 0: it is NULL; or -errno. */
static int get_number(const struct reading *reading, int which, int64_t first, int64_t last,
		      int64_t *ret_number)
{
	struct statement *get = reading->gets[which];
	int more;

	statement_bind(get, 1, first);
	statement_bind(get, 2, last);
	more = statement_step(get);
	if (more > 0 && statement_is_null(get, 0))
		more = 0;
	else if (more > 0 && !statement_number(get, 0, 0, INT64_MAX, ret_number))
		more = -EBADMSG;
	statement_reset(get);
	return more;
}

static int read_run(const struct reading *reading, int64_t first, int64_t last)
{
	struct timeline *timeline = reading->timeline;
	int64_t time_ns, number;
	int more = recording_time(reading->recording, last, &time_ns);

	if (more)
		return more;
	more = get_number(reading, GET_SIZE, first, last, &number);
	if (more > 0)
		series_add(&timeline->size, time_ns, (uint64_t)number);
	if (more >= 0)
		more = get_number(reading, GET_RSS, first, last, &number);
	if (more > 0)
		series_add(&timeline->rss, time_ns, (uint64_t)number);
	if (more >= 0)
		more = get_number(reading, GET_CHANGE, first, last, &number);
	if (more > 0 && number > recording_first(reading->recording)) {
		more = recording_time(reading->recording, number, &time_ns);
		timeline_add_mark(timeline, TIMELINE_CHANGE, time_ns, NULL);
	}
	return more < 0 ? more : 0;
}

static int read_runs(const struct reading *reading)
{
	int64_t first = recording_first(reading->recording);
	int64_t count = recording_last(reading->recording) - first + 1;
	int64_t runs = count < RECORDING_TIMELINE_RUNS ? count : RECORDING_TIMELINE_RUNS;
	int error = 0;

	for (int64_t i = 0; i < runs && !error; i++) {
		int64_t from = first + (int64_t)((__int128)count * i / runs);
		int64_t to = first + (int64_t)((__int128)count * (i + 1) / runs) - 1;

		error = read_run(reading, from, to);
	}
	return error;
}

static int read_marks(const struct reading *reading)
{
	static const enum timeline_mark_type types[] = {
		[RECORDING_BASELINE] = TIMELINE_BASELINE,
		[RECORDING_NOTE] = TIMELINE_NOTE,
		[RECORDING_END] = TIMELINE_END,
	};
	struct recording *recording = reading->recording;
	struct recording_marks marks;
	int error = recording_marks_read(recording, recording_first(recording),
					 recording_last(recording), &marks);

	if (error)
		return error;
	for (size_t i = 0; i < marks.count; i++)
		timeline_add_mark(reading->timeline, types[marks.marks[i].type],
				  marks.marks[i].time_ns, marks.marks[i].words);
	recording_marks_finish(&marks);
	timeline_sort(reading->timeline);
	return 0;
}

int recording_timeline(struct recording *recording, struct timeline *ret_timeline)
{
	struct timeline timeline = {.marks = NULL};
	struct reading reading = {.recording = recording, .timeline = &timeline};
	int64_t start_ns, end_ns;
	int error = recording_time(recording, recording_first(recording), &start_ns);

	error = error ? error : recording_time(recording, recording_last(recording), &end_ns);
	if (error)
		return error;
	timeline_init(&timeline, start_ns, end_ns);
	for (int i = 0; i < GET_COUNT && !error; i++)
		error = database_prepare(recording_database(recording), get_sql[i],
					 &reading.gets[i]);
	error = error ? error : read_runs(&reading);
	error = error ? error : read_marks(&reading);
	for (int i = 0; i < GET_COUNT; i++)
		statement_free(reading.gets[i]);
	if (error)
		timeline_finish(&timeline);
	else
		*ret_timeline = timeline;
	return error;
}
