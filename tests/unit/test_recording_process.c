/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "record/recording_process.h"
#include "recording_tables.h"

static void the_row_that_holds_is_read(void **state)
{
	struct recording_place place = recording_place_make();
	struct recording_process_reader reader = {0};
	struct recorded_process process;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	assert_int_equal(
		database_run(database,
			     "INSERT INTO sample VALUES(1,5,6,'R',2,NULL,7),(2,6,6,'S',NULL,1,1);"
			     "INSERT INTO process VALUES"
			     "(1,9,NULL,'sh','/bin/sh',0,'root',4096,0,0,5,-2,NULL,1),"
			     "(2,9,NULL,'ls',NULL,0,NULL,4096,0,0,5,-2,NULL,1);"
			     "INSERT INTO argument VALUES(1,0,'sh'),(1,1,'-c'),(2,0,'ls')"),
		0);
	assert_int_equal(recording_process_open(&reader, database), 0);
	assert_int_equal(recording_process_read(&reader, 1, &process), 0);
	assert_string_equal(process.target.comm, "sh");
	assert_string_equal(process.target.cmdline[1], "-c");
	assert_int_equal(process.target.cmdline_count, 2);
	assert_true(process.target.limits.stack == TARGET_UNLIMITED);
	assert_true(process.target.rss == TARGET_UNKNOWN && process.target.swap == 7);
	assert_string_equal(process.user, "root");
	recorded_process_finish(&process);
	assert_int_equal(recording_process_read(&reader, 2, &process), 0);
	assert_string_equal(process.target.comm, "ls");
	assert_null(process.target.exe);
	assert_null(process.user);
	assert_int_equal(process.target.threads, 0);
	recorded_process_finish(&process);
	assert_true(recording_process_read(&reader, 3, &process) < 0);
	recorded_process_finish(&process);
	recording_process_close(&reader);
	database_close(database);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_row_that_holds_is_read),
	};

	return cmocka_run_group_tests_name("recording_process", tests, NULL, NULL);
}
