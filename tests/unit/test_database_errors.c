/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "failing_sqlite.h"
#include "record/database.h"
#include "recording_place.h"

/* Which number each result of SQLite has. */

static const struct {
	int result, system_errno, told;
} cases[] = {
	{SQLITE_RESULT_OK, 0, 0},
	{SQLITE_RESULT_DONE, 0, 0},
	{SQLITE_RESULT_FULL, 5, -ENOSPC},
	{SQLITE_RESULT_READONLY, 0, -EROFS},
	{SQLITE_RESULT_READONLY | 5 << 8, 0, -EROFS},
	{SQLITE_RESULT_BUSY, 0, -EBUSY},
	{SQLITE_RESULT_LOCKED, 0, -EBUSY},
	{SQLITE_RESULT_NOMEM, 0, -ENOMEM},
	{SQLITE_RESULT_PERM, 0, -EACCES},
	{SQLITE_RESULT_INTERRUPT, 0, -ETIMEDOUT},
	{SQLITE_RESULT_IOERR, 0, -EIO},
	{SQLITE_RESULT_IOERR | 3 << 8, ENOSPC, -ENOSPC},
	{SQLITE_RESULT_CANTOPEN, 0, -EIO},
	{SQLITE_RESULT_CANTOPEN, EMFILE, -EMFILE},
	{SQLITE_RESULT_ERROR, 0, -EBADMSG},
	{11, 0, -EBADMSG}, /* SQLITE_CORRUPT */
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

static struct database *open_new(const struct recording_place *place)
{
	struct database *database = NULL;

	failing_sqlite_set(0, 0);
	fclose(fopen(place->path, "w"));
	assert_int_equal(database_open(place->path, &database), 0);
	return database;
}

static void each_result_has_its_number(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = open_new(&place);
	for (size_t i = 0; i < CASES; i++) {
		failing_sqlite_set(1, cases[i].result);
		failing.system_errno = cases[i].system_errno;
		assert_int_equal(database_run(database, "SELECT 1"), cases[i].told);
		assert_string_equal(failing.failed, "SELECT 1");
	}
	for (size_t i = 2; i < CASES; i++) {
		struct statement *statement = NULL;

		failing_sqlite_set(1, cases[i].result);
		failing.system_errno = cases[i].system_errno;
		assert_int_equal(database_prepare(database, "SELECT 1", &statement), cases[i].told);
		assert_null(statement);
		failing.fail_at = 3;
		assert_int_equal(database_prepare(database, "SELECT 1", &statement), 0);
		assert_int_equal(statement_step(statement), cases[i].told);
		statement_reset(statement);
		assert_int_equal(statement_step(statement), 1);
		statement_reset(statement);
		failing.fail_at = 5;
		assert_int_equal(statement_run(statement), cases[i].told);
		assert_int_equal(statement_run(statement), 0);
		statement_free(statement);
	}
	assert_int_equal(database_close(database), 0);
	recording_place_remove(&place);
}

static void what_cannot_be_opened_is_told(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database = NULL;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	failing_sqlite_set(1, SQLITE_RESULT_NOMEM);
	assert_int_equal(database_open(place.path, &database), -ENOMEM);
	failing_sqlite_set(1, SQLITE_RESULT_CANTOPEN);
	failing.system_errno = EMFILE; /* of no handle */
	assert_int_equal(database_open_hostile(place.path, &database), -EIO);
	failing_sqlite_set(0, 0);
	failing.missing = true;
	assert_int_equal(database_open(place.path, &database), -ELIBACC);
	assert_null(database);
	/* What fails when it is closed is reported, and all is freed nevertheless. */
	database = open_new(&place);
	failing.close_fails = true;
	failing.result = SQLITE_RESULT_FULL;
	assert_int_equal(database_close(database), -ENOSPC);
	assert_int_equal(database_close(NULL), 0);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_result_has_its_number),
		cmocka_unit_test(what_cannot_be_opened_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
