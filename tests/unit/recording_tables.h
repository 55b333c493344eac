/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RECORDING_TABLES_H
#define TESTS_UNIT_RECORDING_TABLES_H

/* A database with the tables of a recording and nothing in them; and counts of their rows. */

#include "record/database.h"
#include "record/recording_schema.h"
#include "recording_place.h"

static inline struct database *recording_tables_make(const struct recording_place *place)
{
	struct database *database = NULL;
	size_t count;
	const struct recording_table *tables = recording_tables(&count);

	fclose(fopen(place->path, "w"));
	assert_int_equal(database_open(place->path, &database), 0);
	/* No test waits for a disk. */
	assert_int_equal(
		database_run(database, "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY"), 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(database_run(database, tables[i].sql), 0);
	return database;
}

/* The number that the question has as its only result. */
static inline int64_t recording_tables_ask(struct database *database, const char *sql)
{
	struct statement *get = NULL;
	int64_t number = -1;

	assert_int_equal(database_prepare(database, sql, &get), 0);
	assert_int_equal(statement_step(get), 1);
	assert_true(statement_number(get, 0, INT64_MIN, INT64_MAX, &number));
	statement_free(get);
	return number;
}

#endif
