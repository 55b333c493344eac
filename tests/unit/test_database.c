/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>

#include "model/target.h"
#include "record/database.h"
#include "recording_place.h"

static struct database *open_new(const struct recording_place *place)
{
	struct database *database = NULL;
	int descriptor = open(place->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	assert_true(descriptor >= 0);
	close(descriptor);
	assert_int_equal(database_open(place->path, &database), 0);
	return database;
}

static struct statement *prepare(struct database *database, const char *sql)
{
	struct statement *statement = NULL;

	assert_int_equal(database_prepare(database, sql, &statement), 0);
	return statement;
}

static void fill(struct database *database)
{
	struct statement *insert;

	assert_int_equal(database_run(database, "CREATE TABLE t(n INTEGER,s ANY) STRICT"), 0);
	insert = prepare(database, "INSERT INTO t VALUES(?,?)");
	statement_bind(insert, 1, INT64_MIN);
	statement_bind_string(insert, 2, "na\xc3\xafve");
	assert_int_equal(statement_run(insert), 0);
	statement_bind_known(insert, 1, TARGET_UNKNOWN);
	statement_bind_string(insert, 2, "\xffz");
	assert_int_equal(statement_run(insert), 0);
	statement_bind_known(insert, 1, 7);
	statement_bind_string(insert, 2, NULL);
	assert_int_equal(statement_run(insert), 0);
	statement_free(insert);
	assert_int_equal(database_run(database, "INSERT INTO t VALUES(1,x'610062')"), 0);
}

static void values_come_back(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;
	struct statement *get;
	const char *string;
	int64_t number;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = open_new(&place);
	fill(database);
	get = prepare(database, "SELECT n,s,typeof(s) FROM t ORDER BY rowid");
	assert_int_equal(statement_step(get), 1);
	assert_true(statement_number(get, 0, INT64_MIN, 0, &number));
	assert_true(number == INT64_MIN);
	assert_false(statement_number(get, 0, 0, INT64_MAX, &number));
	assert_false(statement_string(get, 0, &string));
	assert_true(statement_string(get, 1, &string));
	assert_string_equal(string, "na\xc3\xafve");
	assert_int_equal(statement_step(get), 1);
	assert_true(statement_is_null(get, 0));
	assert_false(statement_number(get, 0, INT64_MIN, INT64_MAX, &number));
	assert_true(statement_string(get, 1, &string));
	assert_string_equal(string, "\xffz");
	assert_true(statement_string(get, 2, &string));
	assert_string_equal(string, "blob");
	assert_int_equal(statement_step(get), 1);
	assert_true(statement_number(get, 0, 7, 7, &number));
	assert_true(statement_is_null(get, 1));
	assert_int_equal(statement_step(get), 1);
	/* A string ends at its first NUL: one with more behind it is none. */
	assert_false(statement_string(get, 1, &string));
	assert_int_equal(statement_step(get), 0);
	statement_free(get);
	assert_int_equal(database_close(database), 0);
	recording_place_remove(&place);
}

static void what_strangers_wrote_runs_nothing(void **state)
{
	static const char *const refused[] = {
		"PRAGMA user_version",
		"DELETE FROM t",
		"ATTACH 'x' AS y",
		"SELECT load_extension('x')",
		"SELECT readfile('/etc/passwd')",
		"SELECT randomblob(9)",
		"SELECT upper(s) FROM t",
		"SELECT * FROM v",
		"WITH RECURSIVE c(x) AS (VALUES(1) UNION SELECT x+1 FROM c) SELECT x FROM c",
	};
	struct recording_place place = recording_place_make();
	struct database *database;
	struct statement *get = NULL;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = open_new(&place);
	fill(database);
	assert_int_equal(database_run(database, "CREATE VIEW v AS SELECT upper(s) FROM t"), 0);
	assert_int_equal(database_close(database), 0);
	assert_int_equal(database_open_hostile(place.path, &database), 0);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (database_prepare(database, refused[i], &get) == 0)
			fail_msg("taken: %s", refused[i]);
	get = prepare(database, "SELECT max(n),count(*) FROM t");
	assert_int_equal(statement_step(get), 1);
	statement_free(get);
	database_close(database);
	recording_place_remove(&place);
}

/* Expressions are at most ten deep there. */
static void what_strangers_wrote_has_limits(void **state)
{
	static const char deep[] = "SELECT 1+(2*(3+(4*(5+(6*(7+(8*(9+(1*(2+(3*n))))))))))) FROM t";
	struct recording_place place = recording_place_make();
	struct statement *get = NULL;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = open_new(&place);
	fill(database);
	statement_free(prepare(database, deep));
	assert_int_equal(database_close(database), 0);
	assert_int_equal(database_open_hostile(place.path, &database), 0);
	assert_int_equal(database_prepare(database, deep, &get), -EBADMSG);
	database_close(database);
	recording_place_remove(&place);
}

static void a_question_is_bounded(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;
	struct statement *get;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = open_new(&place);
	assert_int_equal(
		database_run(database,
			     "CREATE TABLE t(n INTEGER) STRICT;"
			     "INSERT INTO t WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 "
			     "FROM c WHERE x<2000) SELECT x FROM c"),
		0);
	database_close(database);
	assert_int_equal(database_open_hostile(place.path, &database), 0);
	get = prepare(database, "SELECT count(*) FROM t a,t b,t c");
	assert_int_equal(statement_step(get), -ETIMEDOUT);
	statement_reset(get);
	statement_free(get);
	/* One that takes a while is answered. */
	get = prepare(database, "SELECT count(*) FROM t a,t b WHERE a.n<=200");
	assert_int_equal(statement_step(get), 1);
	statement_free(get);
	/* The next one has its own time. */
	get = prepare(database, "SELECT count(*) FROM t");
	assert_int_equal(statement_step(get), 1);
	statement_free(get);
	database_close(database);
	recording_place_remove(&place);
}

static void errors_are_told_apart(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;
	struct statement *get = NULL;
	FILE *file;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	assert_int_equal(database_open_hostile("/nowhere/file", &database), -ENOENT);
	file = fopen(place.path, "w");
	fprintf(file, "%0600d", 1);
	fclose(file);
	assert_int_equal(database_open_hostile(place.path, &database), 0);
	assert_int_equal(database_prepare(database, "SELECT name FROM sqlite_schema", &get),
			 -EBADMSG);
	database_close(database);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_back),
		cmocka_unit_test(what_strangers_wrote_runs_nothing),
		cmocka_unit_test(what_strangers_wrote_has_limits),
		cmocka_unit_test(a_question_is_bounded),
		cmocka_unit_test(errors_are_told_apart),
	};

	return cmocka_run_group_tests_name("database", tests, NULL, NULL);
}
