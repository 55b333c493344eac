/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_INTERVAL_TABLE_H
#define RECORD_INTERVAL_TABLE_H

/*
 * A table of a recording that holds what lasts: each row one thing with the samples from first to
 * last in which it was so. It knows the rows that still last, and writes what is different in
 * what it is given.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct database;
struct statement;

/* What the rows hold. */
struct interval_table_kind {
	const char *table, *columns;                /* those after id, first and last */
	int width;                                  /* columns */
	size_t size;                                /* of a value, bytes */
	int (*order)(const void *a, const void *b); /* 0: they are the same thing */
	bool (*equal)(const void *a, const void *b);
	void (*bind)(struct statement *statement, int from, const void *value);
};

struct interval_table_row {
	int64_t id, first;
};

struct interval_table {
	const struct interval_table_kind *kind;
	struct statement *insert, *close, *erase;
	int64_t next_id;
	struct interval_table_row *rows; /* those that last, in the order of their values */
	char *values;
	size_t count;
};

/* An empty table's. Returns 0 or -errno; interval_table_finish() in any case. */
int interval_table_init(struct interval_table *table, struct database *database,
			const struct interval_table_kind *kind);
void interval_table_finish(struct interval_table *table);

/*
 * So it is from the sample on: count values, in order, no two of them the same thing. They are
 * copied; strings in them must live until the next call. Returns the rows that were written, or
 * -errno.
 */
int64_t interval_table_update(struct interval_table *table, int64_t sample, const void *values,
			      size_t count);

/* Ends all rows before the sample, and begins them again with it. Returns as
 * interval_table_update(). */
int64_t interval_table_restart(struct interval_table *table, int64_t sample);

#endif
