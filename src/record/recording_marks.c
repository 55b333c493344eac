/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_marks.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "record/database.h"
#include "record/recording.h"

static const struct {
	enum recording_mark_type type;
	const char *sql;
} sorts[] = {
	{RECORDING_BASELINE, "SELECT sample,time_ns FROM baseline WHERE sample BETWEEN ?1 AND ?2"},
	{RECORDING_NOTE, "SELECT sample,time_ns,words FROM note WHERE sample BETWEEN ?1 AND ?2"},
	{RECORDING_END, "SELECT sample,time_ns FROM event WHERE sample BETWEEN ?1 AND ?2 AND "
			"change='exit'"},
};

static bool take(const struct statement *get, enum recording_mark_type type,
		 struct recording_mark *ret_mark)
{
	const char *words = NULL;

	*ret_mark = (struct recording_mark){.type = type};
	if (!statement_number(get, 0, 1, INT64_MAX, &ret_mark->sample) ||
	    !statement_number(get, 1, 0, INT64_MAX, &ret_mark->time_ns) ||
	    (type == RECORDING_NOTE && !statement_string(get, 2, &words)))
		return false;
	ret_mark->words = words ? memory_copy_string(words) : NULL;
	return true;
}

static int read_sort(struct recording *recording, int64_t first, int64_t last, size_t sort,
		     struct recording_marks *marks)
{
	struct statement *get;
	struct recording_mark mark;
	int more = database_prepare(recording_database(recording), sorts[sort].sql, &get);

	if (more)
		return more;
	statement_bind(get, 1, first);
	statement_bind(get, 2, last);
	while (marks->count < RECORDING_MARKS_MAX && (more = statement_step(get)) > 0) {
		if (!take(get, sorts[sort].type, &mark)) {
			more = -EBADMSG;
			break;
		}
		marks->marks = memory_array_grow(marks->marks, marks->count, &marks->capacity,
						 sizeof(mark));
		marks->marks[marks->count++] = mark;
	}
	statement_free(get);
	return more < 0 ? more : 0;
}

static int compare_marks(const void *a, const void *b)
{
	const struct recording_mark *x = a, *y = b;

	if (x->sample != y->sample)
		return x->sample > y->sample ? 1 : -1;
	if (x->time_ns != y->time_ns)
		return x->time_ns > y->time_ns ? 1 : -1;
	return (int)x->type - (int)y->type;
}

int recording_marks_read(struct recording *recording, int64_t first, int64_t last,
			 struct recording_marks *ret_marks)
{
	struct recording_marks marks = {0};
	int error = 0;

	for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]) && !error; i++)
		error = read_sort(recording, first, last, i, &marks);
	if (error) {
		recording_marks_finish(&marks);
		return error;
	}
	if (marks.count)
		qsort(marks.marks, marks.count, sizeof(*marks.marks), compare_marks);
	*ret_marks = marks;
	return 0;
}

void recording_marks_finish(struct recording_marks *marks)
{
	for (size_t i = 0; i < marks->count; i++)
		free(marks->marks[i].words);
	free(marks->marks);
	*marks = (struct recording_marks){0};
}
