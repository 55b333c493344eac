/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_TABLE_H
#define RECORD_RECORDING_TABLE_H

/* Reads what of a table that holds what lasts (record/interval_table.h) was so at a sample. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct database;
struct statement;

struct recording_table_reader {
	struct statement *get;
	bool (*read)(const struct statement *statement, int from, void *ret_value);
	size_t size; /* of a value, which begins with the number that it is sorted by */
};

struct recording_list {
	void *values; /* ascending by the number that they begin with */
	size_t count;
};

/* Returns 0 or -errno; recording_table_close() in any case. */
int recording_table_open(struct recording_table_reader *reader, struct database *database,
			 const char *table, const char *columns,
			 bool (*read)(const struct statement *statement, int from, void *ret_value),
			 size_t size);
void recording_table_close(struct recording_table_reader *reader);

/*
 * What was so at the sample, keyframe being the one before it. names: values are struct vma whose
 * names are copied there; NULL: they have no strings. Returns 0 and fills *ret_list, or -errno;
 * recording_list_finish() in any case.
 */
int recording_table_read(struct recording_table_reader *reader, int64_t keyframe, int64_t sample,
			 struct arena *names, struct recording_list *ret_list);
void recording_list_finish(struct recording_list *list);

#endif
