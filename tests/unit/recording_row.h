/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RECORDING_ROW_H
#define TESTS_UNIT_RECORDING_ROW_H

#include "record/database.h"
#include "recording_place.h"

/* One row of untyped columns, bound and read. */
struct row {
	struct recording_place place;
	struct database *database;
	struct statement *put, *get;
};

#define COLUMNS "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s"

static inline void open_row(struct row *row)
{
	row->place = recording_place_make();
	fclose(fopen(row->place.path, "w"));
	assert_int_equal(database_open(row->place.path, &row->database), 0);
	/* In one transaction: no test waits for a disk. */
	assert_int_equal(database_run(row->database, "BEGIN; CREATE TABLE t(" COLUMNS ")"), 0);
	assert_int_equal(database_prepare(row->database,
					  "INSERT INTO t VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
					  "?,?)",
					  &row->put),
			 0);
	assert_int_equal(database_prepare(row->database,
					  "SELECT " COLUMNS " FROM t ORDER BY rowid DESC LIMIT 1",
					  &row->get),
			 0);
}

static inline void close_row(struct row *row)
{
	statement_free(row->put);
	statement_free(row->get);
	assert_int_equal(database_run(row->database, "COMMIT"), 0);
	database_close(row->database);
	recording_place_remove(&row->place);
}

static inline void turn(struct row *row)
{
	statement_reset(row->get);
	assert_int_equal(statement_run(row->put), 0);
	assert_int_equal(statement_step(row->get), 1);
}

/* Reads it once the row was changed. */
static inline void change(struct row *row, const char *sql)
{
	statement_reset(row->get);
	assert_int_equal(database_run(row->database, sql), 0);
	assert_int_equal(statement_step(row->get), 1);
}

#endif
