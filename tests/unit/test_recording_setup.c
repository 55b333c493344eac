/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "record/recording_schema.h"
#include "record/recording_setup.h"
#include "recording_tables.h"

static void an_empty_database_becomes_a_recording(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;
	size_t count;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	fclose(fopen(place.path, "w"));
	assert_int_equal(database_open(place.path, &database), 0);
	assert_int_equal(recording_setup_here(database, 7), 0);
	assert_true(database_in_transaction(database));
	assert_int_equal(database_run(database, "COMMIT"), 0);
	recording_tables(&count);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM sqlite_schema"),
			 count);
	assert_int_equal(recording_tables_ask(database, "SELECT interval_ns FROM recording"), 7);
	assert_int_equal(recording_tables_ask(database, "PRAGMA application_id"),
			 RECORDING_APPLICATION);
	assert_int_equal(recording_tables_ask(database, "PRAGMA user_version"), RECORDING_VERSION);
	database_close(database);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_database_becomes_a_recording),
	};

	return cmocka_run_group_tests_name("recording_setup", tests, NULL, NULL);
}
