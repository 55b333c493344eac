/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <sys/stat.h>

#include "plausible_process.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"
#include "record/recording_writer.h"
#include "recording_place.h"
#include "recording_tables.h"
#include "support/sample.h"

static struct recording_writer *create(const struct recording_place *place, uint64_t limit)
{
	const struct recording_plan plan = {.path = place->path, .limit = limit};
	struct recording_writer *writer = NULL;

	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	return writer;
}

static void what_happens_has_its_rows(void **state)
{
	struct address_space *first = sample_python(), *grown = sample_python_grown(8192);
	struct recording_place place = recording_place_make();
	struct recording_writer *writer;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	writer = create(&place, 0);
	assert_int_equal(recording_writer_add(writer, first), 0);
	assert_int_equal(recording_writer_add(writer, grown), 0);
	assert_int_equal(recording_writer_add_baseline(writer, 7), 0);
	assert_int_equal(recording_writer_add_note(writer, 8, "deploy"), 0);
	assert_int_equal(recording_writer_add_end(writer, 9), 0);
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(database_open(place.path, &database), 0);
	assert_int_equal(recording_tables_ask(database,
					      "SELECT count(*) FROM event WHERE "
					      "change='grew' AND delta=8192 AND sample=2"),
			 1);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM event WHERE "
							"change='exit' AND time_ns=9"),
			 1);
	assert_int_equal(recording_tables_ask(database,
					      "SELECT count(*) FROM note WHERE "
					      "words='deploy' AND sample=2 AND time_ns=8"),
			 1);
	assert_int_equal(recording_tables_ask(database, "SELECT time_ns FROM baseline"), 7);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM list"), 2);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM process"), 1);
	database_close(database);
	recording_place_remove(&place);
	address_space_destroy(first);
	address_space_destroy(grown);
}

static void what_is_not_committed_is_lost_alone(void **state)
{
	struct address_space *space = sample_python();
	struct recording_place place = recording_place_make();
	struct recording_writer *writer;
	struct recording *recording;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	writer = create(&place, 0);
	assert_int_equal(recording_open(place.path, &recording), -ENODATA);
	assert_int_equal(recording_writer_add(writer, space), 0);
	assert_int_equal(recording_writer_commit(writer), 0);
	assert_int_equal(recording_writer_add(writer, space), 0);
	/* Others can read meanwhile. */
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_last(recording), 1);
	recording_close(recording);
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_last(recording), 2);
	recording_close(recording);
	recording_place_remove(&place);
	address_space_destroy(space);
}

/* The newest samples stay, whole; the file grows no further. */
static void the_oldest_goes(void **state)
{
	const uint64_t limit = UINT64_C(1) << 20;
	struct recording_place place = recording_place_make();
	struct edited_process process;
	struct recording_writer *writer;
	struct address_space *space = NULL, *back;
	struct recording *recording;
	struct kept_usage usage;
	struct stat status;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	edited_process_init(&process, 5);
	writer = create(&place, limit);
	for (int i = 0; i < 6000; i++) {
		plausible_process_step(&process);
		address_space_destroy(space);
		space = edited_process_space(&process);
		assert_int_equal(recording_writer_add(writer, space), 0);
	}
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(stat(place.path, &status), 0);
	assert_true((uint64_t)status.st_size <= limit + limit / 8);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_true(recording_first(recording) > 1);
	assert_int_equal(recording_last(recording), 6000);
	assert_int_equal(recording_read(recording, recording_first(recording), &back, &usage), 0);
	address_space_destroy(back);
	kept_usage_finish(&usage);
	assert_int_equal(recording_read(recording, 6000, &back, &usage), 0);
	assert_same_space(space, back);
	address_space_destroy(back);
	kept_usage_finish(&usage);
	recording_close(recording);
	address_space_destroy(space);
	edited_process_finish(&process);
	recording_place_remove(&place);
}

static void a_place_that_takes_no_file_is_told(void **state)
{
	const struct recording_plan nowhere = {.path = "/nowhere/file"};
	struct recording_place place = recording_place_make();
	const struct recording_plan twice = {.path = place.path};
	struct recording_writer *writer = NULL, *other = NULL;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	assert_int_equal(recording_writer_create(&nowhere, &writer), -ENOENT);
	writer = create(&place, 0);
	assert_int_equal(recording_writer_create(&twice, &other), -EBUSY);
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(recording_writer_create(&twice, &other), -EEXIST);
	assert_null(other);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_happens_has_its_rows),
		cmocka_unit_test(what_is_not_committed_is_lost_alone),
		cmocka_unit_test(the_oldest_goes),
		cmocka_unit_test(a_place_that_takes_no_file_is_told),
	};

	return cmocka_run_group_tests_name("recording_writer", tests, NULL, NULL);
}
