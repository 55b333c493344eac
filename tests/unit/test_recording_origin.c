/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "base/arena.h"
#include "record/database.h"
#include "record/recording_origin.h"
#include "record/recording_setup.h"
#include "recording_place.h"

static void it_comes_back_as_it_was_written(void **state)
{
	const struct recording_origin written = {"9.9", "Linux", "6.1", "riscv64", "far", 7};
	struct recording_place place = recording_place_make();
	struct recording_origin origin;
	struct arena strings = {0};
	struct database *database;

	(void)state;
	if (!recording_place_is_possible()) {
		recording_place_remove(&place);
		skip();
	}
	fclose(fopen(place.path, "w"));
	assert_int_equal(database_open(place.path, &database), 0);
	assert_int_equal(recording_setup(database, &written), 0);
	assert_int_equal(recording_origin_read(database, &strings, &origin), 0);
	assert_string_equal(origin.vastop, "9.9");
	assert_string_equal(origin.system, "Linux");
	assert_string_equal(origin.release, "6.1");
	assert_string_equal(origin.machine, "riscv64");
	assert_string_equal(origin.host, "far");
	assert_int_equal(origin.interval_ns, 7);
	assert_int_equal(database_run(database, "UPDATE recording SET interval_ns=-1"), 0);
	assert_int_equal(recording_origin_read(database, &strings, &origin), -EBADMSG);
	assert_int_equal(database_run(database, "DELETE FROM recording"), 0);
	assert_int_equal(recording_origin_read(database, &strings, &origin), -EBADMSG);
	database_run(database, "COMMIT");
	assert_int_equal(database_close(database), 0);
	arena_finish(&strings);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_comes_back_as_it_was_written),
	};

	return cmocka_run_group_tests_name("recording_origin", tests, NULL, NULL);
}
