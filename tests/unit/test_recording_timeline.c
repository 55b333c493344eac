/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "model/timeline.h"
#include "record/database.h"
#include "record/recording.h"
#include "record/recording_timeline.h"
#include "recording_made.h"

static void the_curve_has_each_sample(void **state)
{
	struct recording_place place;
	struct recording *recording;
	struct timeline timeline;
	struct address_space *last;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_timeline(recording, &timeline), 0);
	assert_true(timeline.start_ns == RECORDING_MADE_START);
	assert_true(timeline.end_ns ==
		    RECORDING_MADE_START + (RECORDING_MADE_SAMPLES - 1) * RECORDING_MADE_SECOND);
	assert_int_equal(timeline.size.count, RECORDING_MADE_SAMPLES);
	last = sample_python_grown((RECORDING_MADE_SAMPLES - 1) * 8192);
	assert_int_equal(timeline.size.peak, last->size);
	address_space_destroy(last);
	/* Each sample but the first one changes something. */
	assert_int_equal(timeline.mark_count, RECORDING_MADE_SAMPLES - 1);
	for (size_t i = 0; i < timeline.mark_count; i++) {
		assert_int_equal(timeline.marks[i].type, TIMELINE_CHANGE);
		assert_true(timeline.marks[i].time_ns ==
			    RECORDING_MADE_START + (int64_t)(i + 1) * RECORDING_MADE_SECOND);
	}
	timeline_finish(&timeline);
	recording_close(recording);
	recording_place_remove(&place);
}

/* More samples than runs: a peak of one sample is seen all the same. */
static void of_a_long_one_peaks_stay(void **state)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct address_space *small = sample_python(), *large = sample_python_grown(1 << 20);
	struct recording_writer *writer;
	struct recording *recording;
	struct timeline timeline;

	(void)state;
	if (!recording_place_is_possible()) {
		recording_place_remove(&place);
		skip();
	}
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	for (int i = 0; i < 2 * RECORDING_TIMELINE_RUNS; i++) {
		struct address_space *space = i == 700 ? large : small;

		space->time_ns = (i + 1) * RECORDING_MADE_SECOND;
		assert_int_equal(recording_writer_add(writer, space), 0);
		if (i == 100)
			assert_int_equal(recording_writer_add_note(writer, space->time_ns, "here"),
					 0);
	}
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_timeline(recording, &timeline), 0);
	assert_int_equal(timeline.size.peak, large->size);
	assert_string_equal(timeline_note(&timeline, INT64_MAX)->words, "here");
	timeline_finish(&timeline);
	recording_close(recording);
	address_space_destroy(small);
	address_space_destroy(large);
	recording_place_remove(&place);
}

/* Where what was in memory is unknown it has no point; marks have their types. */
static void what_is_known_of_each_sample_is_there(void **state)
{
	static const uint64_t rss[] = {8192, TARGET_UNKNOWN, 4096};
	static const enum timeline_mark_type types[] = {TIMELINE_BASELINE, TIMELINE_NOTE,
							TIMELINE_END};
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct address_space *space = sample_python();
	struct recording_writer *writer;
	struct recording *recording;
	struct timeline timeline;

	(void)state;
	if (!recording_place_is_possible()) {
		recording_place_remove(&place);
		skip();
	}
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	for (int i = 0; i < 3; i++) {
		space->time_ns = (i + 1) * RECORDING_MADE_SECOND;
		space->target.rss = rss[i];
		assert_int_equal(recording_writer_add(writer, space), 0);
	}
	assert_int_equal(recording_writer_add_baseline(writer, 5), 0);
	assert_int_equal(recording_writer_add_note(writer, 6, "words"), 0);
	assert_int_equal(recording_writer_add_end(writer, 7), 0);
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_timeline(recording, &timeline), 0);
	assert_int_equal(timeline.size.count, 1); /* one list */
	assert_int_equal(timeline.rss.count, 2);
	assert_int_equal(timeline.rss.points[0].time_ns, RECORDING_MADE_SECOND);
	assert_int_equal(timeline.rss.points[0].last, 8192);
	assert_int_equal(timeline.rss.points[1].time_ns, 3 * RECORDING_MADE_SECOND);
	assert_int_equal(timeline.rss.points[1].last, 4096);
	assert_int_equal(timeline.mark_count, 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(timeline.marks[i].type, types[i]);
		assert_int_equal(timeline.marks[i].time_ns, 5 + i);
	}
	assert_null(timeline.marks[0].words);
	assert_string_equal(timeline.marks[1].words, "words");
	timeline_finish(&timeline);
	recording_close(recording);
	address_space_destroy(space);
	recording_place_remove(&place);
}

static void what_is_damaged_is_refused(void **state)
{
	static const char *const damages[][2] = {
		{"UPDATE list SET size=-size", "UPDATE list SET size=-size"},
		{"UPDATE sample SET rss=-5", "UPDATE sample SET rss=5"},
		{"INSERT INTO note VALUES(1,1,1,x'00')", "DELETE FROM note"},
		{"UPDATE sample SET time_ns=-time_ns WHERE id=2",
		 "UPDATE sample SET time_ns=-time_ns WHERE id=2"},
	};
	struct recording_place place;
	struct recording *recording;
	struct timeline timeline = {.mark_count = 7};
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	assert_int_equal(database_open(place.path, &database), 0);
	assert_int_equal(database_run(database, "PRAGMA synchronous=OFF"), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		assert_int_equal(database_run(database, damages[i][0]), 0);
		if (recording_timeline(recording, &timeline) != -EBADMSG)
			fail_msg("taken: %s", damages[i][0]);
		assert_int_equal(timeline.mark_count, 7);
		assert_int_equal(database_run(database, damages[i][1]), 0);
	}
	assert_int_equal(recording_timeline(recording, &timeline), 0);
	timeline_finish(&timeline);
	recording_close(recording);
	assert_int_equal(database_close(database), 0);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_curve_has_each_sample),
		cmocka_unit_test(of_a_long_one_peaks_stay),
		cmocka_unit_test(what_is_known_of_each_sample_is_there),
		cmocka_unit_test(what_is_damaged_is_refused),
	};

	return cmocka_run_group_tests_name("recording_timeline", tests, NULL, NULL);
}
