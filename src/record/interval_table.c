/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/interval_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "record/database.h"

static int prepare(struct database *database, struct text *sql, struct statement **ret_statement)
{
	int error = database_prepare(database, text_string(sql), ret_statement);

	text_clear(sql);
	return error;
}

int interval_table_init(struct interval_table *table, struct database *database,
			const struct interval_table_kind *kind)
{
	struct text sql = {0};
	int error;

	*table = (struct interval_table){.kind = kind, .next_id = 1};
	text_append_format(&sql, "INSERT INTO %s(id,first,%s) VALUES(?,?", kind->table,
			   kind->columns);
	for (int i = 0; i < kind->width; i++)
		text_append(&sql, ",?");
	text_append(&sql, ")");
	error = prepare(database, &sql, &table->insert);
	text_append_format(&sql, "UPDATE %s SET last=? WHERE id=?", kind->table);
	error = error ? error : prepare(database, &sql, &table->close);
	text_append_format(&sql, "DELETE FROM %s WHERE id=?", kind->table);
	error = error ? error : prepare(database, &sql, &table->erase);
	text_finish(&sql);
	return error;
}

void interval_table_finish(struct interval_table *table)
{
	statement_free(table->insert);
	statement_free(table->close);
	statement_free(table->erase);
	free(table->rows);
	free(table->values);
	*table = (struct interval_table){0};
}

/* The row does not last up to the sample; one that began with it never was. */
static int end_row(struct interval_table *table, const struct interval_table_row *row,
		   int64_t sample)
{
	if (row->first == sample) {
		statement_bind(table->erase, 1, row->id);
		return statement_run(table->erase);
	}
	statement_bind(table->close, 1, sample - 1);
	statement_bind(table->close, 2, row->id);
	return statement_run(table->close);
}

static int begin_row(struct interval_table *table, const void *value, int64_t sample,
		     struct interval_table_row *ret_row)
{
	*ret_row = (struct interval_table_row){table->next_id++, sample};
	statement_bind(table->insert, 1, ret_row->id);
	statement_bind(table->insert, 2, sample);
	table->kind->bind(table->insert, 3, value);
	return statement_run(table->insert);
}

/* Both lists side by side. Returns the rows written or -errno. */
static int64_t merge(struct interval_table *table, int64_t sample, const char *values, size_t count,
		     struct interval_table_row *rows)
{
	const struct interval_table_kind *kind = table->kind;
	size_t old = 0;
	int64_t written = 0;
	int error = 0;

	for (size_t i = 0; i <= count && !error; i++) {
		const char *value = i < count ? values + i * kind->size : NULL, *before = NULL;
		int order = 1;

		while (old < table->count && !error) {
			before = table->values + old * kind->size;
			order = i < count ? kind->order(before, value) : -1;
			if (order > 0 || (order == 0 && kind->equal(before, value)))
				break;
			error = end_row(table, &table->rows[old++], sample);
			written++;
			order = 1;
		}
		if (i == count || error)
			break;
		if (order == 0) {
			rows[i] = table->rows[old++];
			continue;
		}
		error = begin_row(table, value, sample, &rows[i]);
		written++;
	}
	return error ? error : written;
}

int64_t interval_table_update(struct interval_table *table, int64_t sample, const void *values,
			      size_t count)
{
	struct interval_table_row *rows = memory_alloc((count + 1) * sizeof(*rows));
	int64_t written = merge(table, sample, values, count, rows);

	if (written < 0) {
		free(rows);
		return written;
	}
	free(table->rows);
	table->rows = rows;
	table->values = memory_resize(table->values, (count + 1) * table->kind->size);
	if (count)
		memcpy(table->values, values, count * table->kind->size);
	table->count = count;
	return written;
}

int64_t interval_table_restart(struct interval_table *table, int64_t sample)
{
	int error = 0;

	for (size_t i = 0; i < table->count && !error; i++) {
		error = end_row(table, &table->rows[i], sample);
		if (!error)
			error = begin_row(table, table->values + i * table->kind->size, sample,
					  &table->rows[i]);
	}
	return error ? error : (int64_t)table->count;
}
