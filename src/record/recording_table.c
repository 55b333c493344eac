/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/vma.h"
#include "record/database.h"

#define ROWS_MAX ((size_t)1 << 22) /* what a process can have is half a million by default */

int recording_table_open(struct recording_table_reader *reader, struct database *database,
			 const char *table, const char *columns,
			 bool (*read)(const struct statement *statement, int from, void *ret_value),
			 size_t size)
{
	struct text sql = {0};
	int error;

	*reader = (struct recording_table_reader){.read = read, .size = size};
	/* Between keyframe and sample there are few rows; the others are skipped by their last. */
	text_append_format(&sql,
			   "SELECT %s FROM %s WHERE first BETWEEN ? AND ? AND "
			   "(last IS NULL OR last>=?)",
			   columns, table);
	error = database_prepare(database, text_string(&sql), &reader->get);
	text_finish(&sql);
	return error;
}

void recording_table_close(struct recording_table_reader *reader)
{
	statement_free(reader->get);
	reader->get = NULL;
}

static int order(const void *a, const void *b)
{
	uint64_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return x < y ? -1 : x > y;
}

int recording_table_read(struct recording_table_reader *reader, int64_t keyframe, int64_t sample,
			 struct arena *names, struct recording_list *ret_list)
{
	size_t count = 0, capacity = 0;
	char *values = NULL;
	int more;

	statement_bind(reader->get, 1, keyframe);
	statement_bind(reader->get, 2, sample);
	statement_bind(reader->get, 3, sample);
	while ((more = statement_step(reader->get)) > 0) {
		struct vma *vma;
		void *value;

		values = memory_array_grow(values, count, &capacity, reader->size);
		value = vma = (void *)(values + count * reader->size);
		if (count == ROWS_MAX || !reader->read(reader->get, 0, value))
			break;
		if (names)
			vma->name = arena_copy(names, vma->name, strlen(vma->name));
		count++;
	}
	statement_reset(reader->get);
	/* Two of the same address, as stacks can be, are of no order. */
	if (count)
		qsort(values, count, reader->size, order);
	*ret_list = (struct recording_list){values, count};
	return more > 0 ? -EBADMSG : more;
}

void recording_list_finish(struct recording_list *list)
{
	free(list->values);
	*list = (struct recording_list){0};
}
