/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "config.h"

#include <errno.h>
#include <sys/utsname.h>

#include "record/recording_schema.h"
#include "record/recording_setup.h"
#include "recording_tables.h"

static int uname_errno;

int uname(struct utsname *ret_system)
{
	*ret_system =
		(struct utsname){.sysname = "s", .release = "r", .machine = "m", .nodename = "n"};
	errno = uname_errno;
	return uname_errno ? -1 : 0;
}

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

/* What this machine says of itself. */
static void the_origin_is_this_machine(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	fclose(fopen(place.path, "w"));
	assert_int_equal(database_open(place.path, &database), 0);
	uname_errno = EFAULT;
	assert_int_equal(recording_setup_here(database, 7), -EFAULT);
	assert_false(database_in_transaction(database));
	uname_errno = 0;
	assert_int_equal(recording_setup_here(database, 7), 0);
	assert_int_equal(recording_tables_ask(database,
					      "SELECT count(*) FROM recording WHERE system='s' AND "
					      "release='r' AND machine='m' AND host='n' AND "
					      "vastop='" PACKAGE_VERSION "'"),
			 1);
	/* There are tables already. */
	assert_true(recording_setup_here(database, 7) < 0);
	assert_int_equal(database_run(database, "ROLLBACK"), 0);
	database_close(database);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_database_becomes_a_recording),
		cmocka_unit_test(the_origin_is_this_machine),
	};

	return cmocka_run_group_tests_name("recording_setup", tests, NULL, NULL);
}
