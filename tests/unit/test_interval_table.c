/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "record/database.h"
#include "record/interval_table.h"
#include "recording_place.h"

struct pair {
	int key, value;
};

static int order(const void *a, const void *b)
{
	return ((const struct pair *)a)->key - ((const struct pair *)b)->key;
}

static bool equal(const void *a, const void *b)
{
	return ((const struct pair *)a)->value == ((const struct pair *)b)->value;
}

static void bind(struct statement *statement, int from, const void *value)
{
	statement_bind(statement, from, ((const struct pair *)value)->key);
	statement_bind(statement, from + 1, ((const struct pair *)value)->value);
}

static const struct interval_table_kind kind = {"t",   "k,v", 2,   sizeof(struct pair),
						order, equal, bind};

/* "1-2:7=5" for each row: first-last:key=value, no last where it lasts. */
static void check(struct database *database, const char *expected)
{
	struct statement *get = NULL;
	struct text text = {0};
	int64_t numbers[4];

	assert_int_equal(
		database_prepare(database, "SELECT first,last,k,v FROM t ORDER BY id", &get), 0);
	while (statement_step(get) > 0) {
		numbers[1] = 0;
		for (int i = 0; i < 4; i++)
			statement_number(get, i, 0, 1000, &numbers[i]);
		text_append_format(&text, "%s%d-", text.length ? " " : "", (int)numbers[0]);
		if (numbers[1])
			text_append_format(&text, "%d", (int)numbers[1]);
		text_append_format(&text, ":%d=%d", (int)numbers[2], (int)numbers[3]);
	}
	statement_free(get);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void rows_last_as_long_as_what_they_say(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;
	struct interval_table table;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	fclose(fopen(place.path, "w"));
	assert_int_equal(database_open(place.path, &database), 0);
	database_run(
		database,
		"PRAGMA synchronous=OFF; CREATE TABLE t(id INTEGER PRIMARY KEY,first,last,k,v)");
	assert_int_equal(interval_table_init(&table, database, &kind), 0);
	assert_int_equal(interval_table_update(&table, 1, (struct pair[]){{3, 0}, {5, 0}}, 2), 2);
	assert_int_equal(interval_table_update(&table, 2, (struct pair[]){{3, 0}, {5, 0}}, 2), 0);
	check(database, "1-:3=0 1-:5=0");
	/* One that ends, one that is another now, new ones before, between and behind. */
	assert_int_equal(interval_table_update(&table, 3,
					       (struct pair[]){{1, 0}, {3, 9}, {4, 0}, {8, 0}}, 4),
			 6);
	check(database, "1-2:3=0 1-2:5=0 3-:1=0 3-:3=9 3-:4=0 3-:8=0");
	/* What is said anew of the same sample never was otherwise. */
	interval_table_update(&table, 3, (struct pair[]){{1, 0}, {8, 1}}, 2);
	check(database, "1-2:3=0 1-2:5=0 3-:1=0 3-:8=1");
	assert_int_equal(interval_table_restart(&table, 5), 2);
	check(database, "1-2:3=0 1-2:5=0 3-4:1=0 3-4:8=1 5-:1=0 5-:8=1");
	interval_table_update(&table, 6, NULL, 0);
	check(database, "1-2:3=0 1-2:5=0 3-4:1=0 3-4:8=1 5-5:1=0 5-5:8=1");
	interval_table_finish(&table);
	database_close(database);
	recording_place_remove(&place);
}

static void what_cannot_be_written_is_an_error(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;
	struct interval_table table;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	fclose(fopen(place.path, "w"));
	assert_int_equal(database_open(place.path, &database), 0);
	assert_true(interval_table_init(&table, database, &kind) < 0);
	interval_table_finish(&table);
	database_run(database, "PRAGMA synchronous=OFF; CREATE TABLE t(id INTEGER PRIMARY "
			       "KEY,first,last,k CHECK(k<5),v)");
	assert_int_equal(interval_table_init(&table, database, &kind), 0);
	assert_true(interval_table_update(&table, 1, (struct pair[]){{3, 0}, {5, 0}}, 2) < 0);
	assert_int_equal(table.count, 0);
	assert_int_equal(interval_table_update(&table, 2, (struct pair[]){{3, 0}, {4, 0}}, 2), 2);
	assert_true(interval_table_update(&table, 3, (struct pair[]){{5, 0}, {6, 0}}, 2) < 0);
	assert_int_equal(table.count, 2); /* what was before stays */
	assert_int_equal(((struct pair *)(void *)table.values)[1].key, 4);
	database_run(database, "CREATE TRIGGER u BEFORE UPDATE ON t WHEN old.k=4 BEGIN "
			       "SELECT RAISE(ABORT,''); END");
	assert_true(interval_table_restart(&table, 4) < 0);
	assert_true(interval_table_update(&table, 5, NULL, 0) < 0);
	interval_table_finish(&table);
	assert_null(table.rows);
	database_close(database);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_last_as_long_as_what_they_say),
		cmocka_unit_test(what_cannot_be_written_is_an_error),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
