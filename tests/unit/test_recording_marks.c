/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "record/database.h"
#include "record/recording.h"
#include "record/recording_marks.h"
#include "recording_made.h"

/* One with marks in its samples 2, 3 and 3. */
static struct recording_place make_marked(void)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct address_space *space = sample_python();
	struct recording_writer *writer;

	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	for (int i = 1; i <= 4; i++) {
		space->time_ns = i * RECORDING_MADE_SECOND;
		assert_int_equal(recording_writer_add(writer, space), 0);
		if (i == 2)
			assert_int_equal(recording_writer_add_baseline(writer, space->time_ns), 0);
		if (i == 3) {
			assert_int_equal(recording_writer_add_note(writer, space->time_ns + 1, "x"),
					 0);
			assert_int_equal(recording_writer_add_end(writer, space->time_ns + 2), 0);
		}
	}
	assert_int_equal(recording_writer_close(writer), 0);
	address_space_destroy(space);
	return place;
}

static void marks_are_read_by_sample(void **state)
{
	struct recording_place place;
	struct recording_marks marks;
	struct recording *recording;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = make_marked();
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_marks_read(recording, 1, 4, &marks), 0);
	assert_int_equal(marks.count, 3);
	assert_int_equal(marks.marks[0].type, RECORDING_BASELINE);
	assert_int_equal(marks.marks[0].sample, 2);
	assert_null(marks.marks[0].words);
	assert_int_equal(marks.marks[1].type, RECORDING_NOTE);
	assert_string_equal(marks.marks[1].words, "x");
	assert_true(marks.marks[1].time_ns == 3 * RECORDING_MADE_SECOND + 1);
	assert_int_equal(marks.marks[2].type, RECORDING_END);
	recording_marks_finish(&marks);
	assert_int_equal(recording_marks_read(recording, 1, 2, &marks), 0);
	assert_int_equal(marks.count, 1);
	recording_marks_finish(&marks);
	recording_close(recording);
	recording_place_remove(&place);
}

static void what_is_damaged_is_refused(void **state)
{
	static const char *const damages[][2] = {
		{"UPDATE note SET words=x'00ff00'", "UPDATE note SET words='x'"},
		{"UPDATE note SET sample=0", "UPDATE note SET sample=3"},
		{"UPDATE baseline SET time_ns=-1", "UPDATE baseline SET time_ns=0"},
	};
	struct recording_place place;
	struct recording_marks marks = {.count = 7};
	struct recording *recording;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = make_marked();
	assert_int_equal(database_open(place.path, &database), 0);
	assert_int_equal(database_run(database, "PRAGMA synchronous=OFF"), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		assert_int_equal(database_run(database, damages[i][0]), 0);
		assert_int_equal(recording_marks_read(recording, 0, 4, &marks), -EBADMSG);
		assert_int_equal(marks.count, 7);
		assert_int_equal(database_run(database, damages[i][1]), 0);
	}
	assert_int_equal(recording_marks_read(recording, 0, 4, &marks), 0);
	recording_marks_finish(&marks);
	recording_close(recording);
	assert_int_equal(database_close(database), 0);
	recording_place_remove(&place);
}

/* By sample, then by time, then by type; and no more than there is room for. */
static void marks_are_sorted(void **state)
{
	static const struct {
		int sample, time;
		enum recording_mark_type type;
	} expected[] = {{1, 9, RECORDING_NOTE},
			{2, 3, RECORDING_BASELINE},
			{2, 3, RECORDING_NOTE},
			{2, 4, RECORDING_BASELINE}};
	struct recording_place place;
	struct recording_marks marks;
	struct recording *recording;
	struct database *database;
	char sql[200];

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = make_marked();
	assert_int_equal(database_open(place.path, &database), 0);
	assert_int_equal(database_run(database, "PRAGMA synchronous=OFF; DELETE FROM event; DELETE "
						"FROM note; DELETE FROM baseline;"
						"INSERT INTO baseline VALUES(1,2,4),(2,2,3);"
						"INSERT INTO note VALUES(1,2,3,'a'),(2,1,9,'b')"),
			 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_marks_read(recording, 1, 2, &marks), 0);
	assert_int_equal(marks.count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(marks.marks[i].sample, expected[i].sample);
		assert_int_equal(marks.marks[i].time_ns, expected[i].time);
		assert_int_equal(marks.marks[i].type, expected[i].type);
	}
	recording_marks_finish(&marks);
	assert_null(marks.marks);
	assert_int_equal(recording_marks_read(recording, 3, 4, &marks), 0);
	assert_int_equal(marks.count, 0);
	recording_marks_finish(&marks);
	recording_close(recording);
	snprintf(sql, sizeof(sql),
		 "WITH RECURSIVE c(x) AS (SELECT 3 UNION ALL SELECT x+1 FROM c WHERE x<%d) "
		 "INSERT INTO baseline SELECT x,2,x FROM c",
		 (int)RECORDING_MARKS_MAX + 5);
	assert_int_equal(database_run(database, sql), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_marks_read(recording, 1, 4, &marks), 0);
	assert_int_equal(marks.count, RECORDING_MARKS_MAX);
	recording_marks_finish(&marks);
	recording_close(recording);
	assert_int_equal(database_close(database), 0);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_read_by_sample),
		cmocka_unit_test(what_is_damaged_is_refused),
		cmocka_unit_test(marks_are_sorted),
	};

	return cmocka_run_group_tests_name("recording_marks", tests, NULL, NULL);
}
