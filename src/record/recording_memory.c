/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/residency.h"
#include "record/database.h"
#include "record/recording_rows.h"
#include "record/recording_usage.h"

/* The row that holds at a sample. */
struct memory_row {
	int source, pages; /* enum residency_source */
	bool known, has_pages, partial, swap_hides;
	int64_t smaps_ns;
	struct usage total;
};

int recording_memory_open(struct recording_memory_reader *reader, struct database *database)
{
	int error = database_prepare(database,
				     "SELECT source,pages,partial,swap_hides,"
				     "smaps_ns," RECORDING_SUM_COLUMNS " FROM memory "
				     "WHERE first BETWEEN ? AND ? ORDER BY first DESC LIMIT 1",
				     &reader->get);

	error = error ? error
		      : recording_table_open(&reader->usages, database, "usage",
					     RECORDING_USAGE_COLUMNS, recording_usage_read,
					     sizeof(struct recording_usage));
	return error ? error
		     : recording_table_open(&reader->pages, database, "pages",
					    RECORDING_PAGES_COLUMNS, recording_pages_read,
					    sizeof(struct recording_range));
}

void recording_memory_close(struct recording_memory_reader *reader)
{
	statement_free(reader->get);
	reader->get = NULL;
	recording_table_close(&reader->usages);
	recording_table_close(&reader->pages);
}

static bool take_row(const struct statement *get, struct memory_row *row)
{
	int64_t partial, swap_hides;
	const char *source;

	if (!statement_string(get, 0, &source) || !statement_number(get, 2, 0, 1, &partial) ||
	    !statement_number(get, 3, 0, 1, &swap_hides) ||
	    !statement_number(get, 4, 0, INT64_MAX, &row->smaps_ns) ||
	    !recording_sum_read(get, 5, &row->total) || !recording_source_read(get, 1, &row->pages))
		return false;
	row->known = strcmp(source, "unknown") != 0;
	row->has_pages = !statement_is_null(get, 1);
	row->partial = partial;
	row->swap_hides = swap_hides;
	return !row->known || recording_source_read(get, 0, &row->source);
}

static int read_row(struct recording_memory_reader *reader, int64_t keyframe, int64_t sample,
		    struct memory_row *row)
{
	struct statement *get = reader->get;
	int more;

	*row = (struct memory_row){0};
	statement_bind(get, 1, keyframe);
	statement_bind(get, 2, sample);
	more = statement_step(get);
	if (more > 0)
		more = take_row(get, row) ? 0 : -EBADMSG;
	statement_reset(get);
	return more;
}

static struct usage_list make_usages(const struct recording_list *rows,
				     const struct address_space *space)
{
	const struct recording_usage *values = rows->values;
	struct usage_list list;
	size_t at = 0;

	usage_list_init(&list, space->vma_count);
	for (size_t i = 0; i < space->vma_count; i++) {
		while (at < rows->count && values[at].start < space->vmas[i].start)
			at++;
		if (at < rows->count && values[at].start == space->vmas[i].start)
			usage_list_set(&list, i, &values[at].usage);
	}
	return list;
}

static size_t count_pages(const struct recording_list *rows, uint64_t least, uint64_t most)
{
	const struct recording_range *values = rows->values;
	size_t count = 0;

	for (size_t i = 0; i < rows->count; i++)
		count += values[i].what >= least && values[i].what <= most;
	return count;
}

static struct residency_run *make_runs(const struct recording_list *rows, size_t *ret_count)
{
	static const uint8_t flags[] = {
		[RECORDING_PAGES_RESIDENT] = RUN_RESIDENT,
		[RECORDING_PAGES_HUGE] = RUN_RESIDENT | RUN_HUGE,
		[RECORDING_PAGES_SWAPPED] = RUN_SWAPPED,
	};
	const struct recording_range *values = rows->values;
	size_t count = count_pages(rows, 0, RECORDING_PAGES_SWAPPED), at = 0;
	struct residency_run *runs = memory_alloc((count + 1) * sizeof(*runs));

	for (size_t i = 0; i < rows->count; i++)
		if (values[i].what <= RECORDING_PAGES_SWAPPED)
			runs[at++] = (struct residency_run){values[i].start, values[i].end,
							    flags[values[i].what]};
	*ret_count = count;
	return runs;
}

static struct residency_range *make_ranges(const struct recording_list *rows, uint64_t what,
					   size_t *ret_count)
{
	const struct recording_range *values = rows->values;
	size_t count = count_pages(rows, what, what), at = 0;
	struct residency_range *ranges = memory_alloc((count + 1) * sizeof(*ranges));

	for (size_t i = 0; i < rows->count; i++)
		if (values[i].what == what)
			ranges[at++] = (struct residency_range){values[i].start, values[i].end};
	*ret_count = count;
	return ranges;
}

/* Of one sort, ranges are sorted and disjoint: they are in a recording. */
static bool are_disjoint(const struct recording_list *rows)
{
	const struct recording_range *values = rows->values;
	uint64_t ends[RECORDING_PAGES_COUNT] = {0};

	for (size_t i = 0; i < rows->count; i++) {
		uint64_t sort = values[i].what <= RECORDING_PAGES_SWAPPED ? 0 : values[i].what;

		if (values[i].start < ends[sort])
			return false;
		ends[sort] = values[i].end;
	}
	return true;
}

static struct residency *make_residency(const struct recording_list *rows,
					const struct memory_row *row, int64_t time_ns)
{
	size_t count, ranges;
	struct residency_run *runs = make_runs(rows, &count);
	struct residency *residency =
		residency_create(runs, count, (enum residency_source)row->pages, time_ns, 0);
	struct residency_range *covered = make_ranges(rows, RECORDING_PAGES_SCANNED, &ranges);

	residency_cover(residency, covered, ranges);
	residency->blurred = make_ranges(rows, RECORDING_PAGES_BLURRED, &residency->blurred_count);
	residency->partial = row->partial;
	residency->swap_hides = row->swap_hides;
	return residency;
}

/* What the rows say, put together. */
static void make_usage(const struct memory_row *row, const struct recording_list *usages,
		       const struct recording_list *pages, const struct address_space *space,
		       struct kept_usage *ret_usage)
{
	*ret_usage = (struct kept_usage){.known = true};
	usage_table_restore(&ret_usage->table, space, make_usages(usages, space), &row->total);
	ret_usage->table.source = (enum residency_source)row->source;
	ret_usage->table.smaps_ns = row->smaps_ns;
	if (row->has_pages)
		ret_usage->residency = make_residency(pages, row, space->time_ns);
}

int recording_memory_read(struct recording_memory_reader *reader, int64_t keyframe, int64_t sample,
			  const struct address_space *space, struct kept_usage *ret_usage)
{
	struct recording_list usages = {0}, pages = {0};
	struct memory_row row;
	int error = read_row(reader, keyframe, sample, &row);

	if (error || !row.known) {
		if (!error)
			*ret_usage = (struct kept_usage){0};
		return error;
	}
	error = recording_table_read(&reader->usages, keyframe, sample, NULL, &usages);
	error = error ? error
		      : recording_table_read(&reader->pages, keyframe, sample, NULL, &pages);
	if (!error && !are_disjoint(&pages))
		error = -EBADMSG;
	if (!error)
		make_usage(&row, &usages, &pages, space, ret_usage);
	recording_list_finish(&usages);
	recording_list_finish(&pages);
	return error;
}
