/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>

#include "failing_sqlite.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/residency.h"
#include "model/timeline.h"
#include "model/usage.h"
#include "record/database.h"
#include "record/recording.h"
#include "record/recording_cut.h"
#include "record/recording_marks.h"
#include "record/recording_timeline.h"
#include "record/recording_writer.h"
#include "recording_place.h"
#include "support/sample.h"

/*
 * Each call of SQLite fails once, in writing a recording, in reading it, and in cutting it: the
 * error is reported, whichever it was, and nothing is kept or left behind.
 */

static int add(struct recording_writer *writer, size_t stacks, int second)
{
	struct address_space *space = sample_stacks(stacks);
	struct residency_run *runs = calloc(1, sizeof(*runs));
	struct residency *residency;
	struct usage_table usage;
	int error;

	assert_non_null(runs);
	*runs = (struct residency_run){space->vmas[0].start, space->vmas[0].start + 4096,
				       RUN_RESIDENT};
	residency = residency_create(runs, 1, RESIDENCY_PAGEMAP_SCAN, second, 2);
	usage_table_init(&usage, space, residency, NULL, 0);
	space->time_ns = second * INT64_C(1000000000);
	error = recording_writer_add(writer, space);
	if (!error)
		error = recording_writer_add_usage(writer, &usage, residency);
	usage_table_finish(&usage);
	residency_destroy(residency);
	address_space_destroy(space);
	return error;
}

static int write_all(const char *path)
{
	const struct recording_plan plan = {
		.path = path, .force = true, .limit = 1 << 20, .interval_ns = 5};
	struct recording_writer *writer = NULL;
	int error = recording_writer_create(&plan, &writer), closed;

	if (error) {
		assert_null(writer);
		assert_int_not_equal(access(path, F_OK), 0);
		return error;
	}
	error = add(writer, 1, 1);
	error = error ? error : add(writer, 3, 2);
	error = error ? error : recording_writer_add_baseline(writer, 2);
	error = error ? error : recording_writer_add_note(writer, 2, "words");
	error = error ? error : recording_writer_commit(writer);
	error = error ? error : add(writer, 2, 3);
	error = error ? error : recording_writer_add_usage(writer, NULL, NULL);
	error = error ? error : recording_writer_add_end(writer, 4);
	closed = recording_writer_close(writer);
	return error ? error : closed;
}

static int read_sample(struct recording *recording, int64_t sample)
{
	struct address_space *space = NULL;
	struct kept_usage usage;
	int error = recording_read(recording, sample, &space, &usage);

	if (error) {
		assert_null(space);
		return error;
	}
	kept_usage_finish(&usage);
	address_space_destroy(space);
	return 0;
}

static int read_marks(struct recording *recording)
{
	struct recording_marks marks = {0};
	int error = recording_marks_read(recording, 1, 3, &marks);

	if (!error)
		assert_int_equal(marks.count, 3);
	recording_marks_finish(&marks);
	return error;
}

static int read_timeline(struct recording *recording)
{
	struct timeline timeline;
	int error = recording_timeline(recording, &timeline);

	if (!error)
		timeline_finish(&timeline);
	return error;
}

static int read_all(const char *path)
{
	struct recording *recording = NULL;
	int64_t time = -1;
	int error = recording_open(path, &recording);

	if (error) {
		assert_null(recording);
		return error;
	}
	error = recording_time(recording, 2, &time);
	assert_int_equal(time, error ? -1 : INT64_C(2000000000));
	for (int64_t sample = 1; sample <= 3; sample++)
		error = error ? error : read_sample(recording, sample);
	error = error ? error : read_marks(recording);
	error = error ? error : read_timeline(recording);
	recording_close(recording);
	return error;
}

static char cut_path[128];

static int cut_all(const char *path)
{
	const struct recording_cut cut = {.path = cut_path, .first = 2, .last = 3};
	struct recording *recording = NULL;
	bool reading = false;
	int error = recording_open(path, &recording);

	if (error)
		return error;
	error = recording_cut_write(recording, &cut, &reading);
	assert_int_equal(access(cut_path, F_OK) == 0, !error);
	unlink(cut_path);
	recording_close(recording);
	return error;
}

/* Whether the call may fail without anything being lost. */
static bool is_harmless(const char *sql)
{
	static const char *const harmless[] = {
		"PRAGMA cell_size_check=1; ", /* what an old library cannot do it does not */
		"PRAGMA schema_version",      /* SQLite undoes what was begun when it is opened */
	};

	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (!strncmp(sql, harmless[i], strlen(harmless[i])))
			return true;
	return false;
}

/* Has that call fail. */
static void fail_at(int (*act)(const char *path), const char *path, int at)
{
	int error;

	failing_sqlite_set(at, SQLITE_RESULT_FULL);
	error = act(path);
	if (error != (is_harmless(failing.failed) ? 0 : -ENOSPC))
		fail_msg("call %d: %s: %d", at, failing.failed, error);
	assert_true(*failing.failed);
}

/* Of each SQL the first, the second and the last call fails. */
static void fail_each(int (*act)(const char *path), const char *path)
{
	failing_text_count = 0;
	failing_sqlite_set(0, 0);
	assert_int_equal(act(path), 0);
	assert_true(failing_text_count > 20);
	for (size_t i = 0; i < failing_text_count; i++)
		for (size_t call = 0; call < 3; call++)
			if (failing_texts[i].calls[call])
				fail_at(act, path, failing_texts[i].calls[call]);
}

static void each_call_of_writing_may_fail(void **state)
{
	struct recording_place place = recording_place_make();

	(void)state;
	SKIP_WITHOUT_SQLITE();
	fail_each(write_all, place.path);
	recording_place_remove(&place);
}

static void each_call_of_reading_may_fail(void **state)
{
	struct recording_place place = recording_place_make();

	(void)state;
	SKIP_WITHOUT_SQLITE();
	failing_sqlite_set(0, 0);
	assert_int_equal(write_all(place.path), 0);
	fail_each(read_all, place.path);
	recording_place_remove(&place);
}

static void each_call_of_cutting_may_fail(void **state)
{
	struct recording_place place = recording_place_make();

	(void)state;
	SKIP_WITHOUT_SQLITE();
	snprintf(cut_path, sizeof(cut_path), "%s/cut", place.folder);
	failing_sqlite_set(0, 0);
	assert_int_equal(write_all(place.path), 0);
	fail_each(cut_all, place.path);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_call_of_writing_may_fail),
		cmocka_unit_test(each_call_of_reading_may_fail),
		cmocka_unit_test(each_call_of_cutting_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
