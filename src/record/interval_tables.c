/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/interval_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/residency.h"
#include "model/residency_coarse.h"
#include "model/usage.h"
#include "record/database.h"

#define PAGES_MOST ((size_t)16384) /* rows of pages at a time, about */

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int order_vmas(const void *a, const void *b)
{
	return compare(((const struct vma *)a)->start, ((const struct vma *)b)->start);
}

static bool equal_vmas(const void *a, const void *b)
{
	return vma_equal(a, b) &&
	       !strcmp(((const struct vma *)a)->name, ((const struct vma *)b)->name);
}

static int order_stacks(const void *a, const void *b)
{
	const struct lodged_stack *x = a, *y = b;
	int order = compare(x->address, y->address);

	return order ? order : compare((uint32_t)x->tid, (uint32_t)y->tid);
}

static bool equal_stacks(const void *a, const void *b)
{
	return ((const struct lodged_stack *)a)->alternate ==
	       ((const struct lodged_stack *)b)->alternate;
}

static int order_usages(const void *a, const void *b)
{
	return compare(((const struct recording_usage *)a)->start,
		       ((const struct recording_usage *)b)->start);
}

static bool equal_usages(const void *a, const void *b)
{
	return !memcmp(a, b, sizeof(struct recording_usage));
}

static int order_ranges(const void *a, const void *b)
{
	const struct recording_range *x = a, *y = b;
	int order = compare(x->what > RECORDING_PAGES_SWAPPED ? x->what : 0,
			    y->what > RECORDING_PAGES_SWAPPED ? y->what : 0);

	return order ? order : compare(x->start, y->start);
}

static bool equal_ranges(const void *a, const void *b)
{
	return !memcmp(a, b, sizeof(struct recording_range));
}

static const struct interval_table_kind mapping_kind = {"mapping",
							RECORDING_MAPPING_COLUMNS,
							RECORDING_MAPPING_WIDTH,
							sizeof(struct vma),
							order_vmas,
							equal_vmas,
							recording_mapping_bind};
static const struct interval_table_kind part_kind = {
	"part",     RECORDING_PART_COLUMNS, RECORDING_PART_WIDTH, sizeof(struct vma), order_vmas,
	equal_vmas, recording_part_bind};
static const struct interval_table_kind stack_kind = {"stack",
						      RECORDING_STACK_COLUMNS,
						      RECORDING_STACK_WIDTH,
						      sizeof(struct lodged_stack),
						      order_stacks,
						      equal_stacks,
						      recording_stack_bind};
static const struct interval_table_kind usage_kind = {"usage",
						      RECORDING_USAGE_COLUMNS,
						      RECORDING_USAGE_WIDTH,
						      sizeof(struct recording_usage),
						      order_usages,
						      equal_usages,
						      recording_usage_bind};
static const struct interval_table_kind pages_kind = {"pages",
						      RECORDING_PAGES_COLUMNS,
						      RECORDING_PAGES_WIDTH,
						      sizeof(struct recording_range),
						      order_ranges,
						      equal_ranges,
						      recording_pages_bind};

int interval_tables_init(struct interval_tables *tables, struct database *database)
{
	int error;

	*tables = (struct interval_tables){0};
	error = interval_table_init(&tables->mappings, database, &mapping_kind);
	error = error ? error : interval_table_init(&tables->parts, database, &part_kind);
	error = error ? error : interval_table_init(&tables->stacks, database, &stack_kind);
	error = error ? error : interval_table_init(&tables->usages, database, &usage_kind);
	error = error ? error : interval_table_init(&tables->pages, database, &pages_kind);
	return error ? error
		     : database_prepare(database,
					"INSERT OR REPLACE INTO memory VALUES"
					"(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
					&tables->put_memory);
}

void interval_tables_finish(struct interval_tables *tables)
{
	interval_table_finish(&tables->mappings);
	interval_table_finish(&tables->parts);
	interval_table_finish(&tables->stacks);
	interval_table_finish(&tables->usages);
	interval_table_finish(&tables->pages);
	statement_free(tables->put_memory);
}

int64_t interval_tables_update(struct interval_tables *tables, int64_t sample,
			       const struct address_space *space)
{
	int64_t mappings =
		interval_table_update(&tables->mappings, sample, space->vmas, space->vma_count);
	int64_t parts =
		interval_table_update(&tables->parts, sample, space->parts, space->part_count);
	int64_t stacks =
		interval_table_update(&tables->stacks, sample, space->lodged, space->lodged_count);

	if (mappings < 0 || parts < 0 || stacks < 0)
		return mappings < 0 ? mappings : parts < 0 ? parts : stacks;
	return mappings + parts + stacks;
}

static bool is_known(const struct usage *usage)
{
	const struct usage unknown = usage_unknown();

	return memcmp(usage, &unknown, sizeof(unknown)) != 0;
}

/* One row for each mapping of which something is known. */
static int64_t update_usages(struct interval_tables *tables, int64_t sample,
			     const struct address_space *space, const struct usage_table *usage)
{
	struct recording_usage *values = memory_alloc((space->vma_count + 1) * sizeof(*values));
	size_t count = 0;
	int64_t rows;

	for (size_t i = 0; i < space->vma_count && usage; i++) {
		values[count].start = space->vmas[i].start;
		values[count].usage = usage_table_at(usage, i);
		count += is_known(&values[count].usage);
	}
	rows = interval_table_update(&tables->usages, sample, values, count);
	free(values);
	return rows;
}

static struct recording_range *add_ranges(struct recording_range *at,
					  const struct residency_range *ranges, size_t count,
					  enum recording_pages what)
{
	for (size_t i = 0; i < count; i++)
		*at++ = (struct recording_range){ranges[i].start, ranges[i].end, what};
	return at;
}

/* coarse may be NULL: nothing is known. */
static int64_t update_pages(struct interval_tables *tables, int64_t sample,
			    const struct residency *coarse)
{
	struct recording_range *ranges, *at;
	int64_t rows;

	if (!coarse)
		return interval_table_update(&tables->pages, sample, NULL, 0);
	ranges = memory_alloc((coarse->count + coarse->covered_count + coarse->blurred_count + 1) *
			      sizeof(*ranges));
	at = ranges;
	for (size_t i = 0; i < coarse->count; i++)
		*at++ = (struct recording_range){
			coarse->runs[i].start, coarse->runs[i].end,
			coarse->runs[i].flags & RUN_SWAPPED ? RECORDING_PAGES_SWAPPED
			: coarse->runs[i].flags & RUN_HUGE  ? RECORDING_PAGES_HUGE
							    : RECORDING_PAGES_RESIDENT};
	at = add_ranges(at, coarse->covered, coarse->covered_count, RECORDING_PAGES_SCANNED);
	at = add_ranges(at, coarse->blurred, coarse->blurred_count, RECORDING_PAGES_BLURRED);
	rows = interval_table_update(&tables->pages, sample, ranges, (size_t)(at - ranges));
	free(ranges);
	return rows;
}

static bool equal_memory(const struct recording_memory *a, const struct recording_memory *b)
{
	/* Both are constants of the same names. */
	return a->known == b->known && a->source == b->source && a->pages == b->pages &&
	       a->partial == b->partial && a->swap_hides == b->swap_hides &&
	       a->smaps_ns == b->smaps_ns && !memcmp(&a->total, &b->total, sizeof(a->total));
}

static int64_t put_memory(struct interval_tables *tables, int64_t sample)
{
	const struct recording_memory *memory = &tables->memory;
	struct statement *put = tables->put_memory;
	int error;

	statement_bind(put, 1, sample);
	statement_bind_string(put, 2, memory->known ? memory->source : "unknown");
	statement_bind_string(put, 3, memory->pages);
	statement_bind(put, 4, memory->partial);
	statement_bind(put, 5, memory->swap_hides);
	statement_bind(put, 6, memory->smaps_ns);
	recording_sum_bind(put, 7, &memory->total);
	error = statement_run(put);
	return error ? error : 1;
}

static struct recording_memory describe(const struct usage_table *usage,
					const struct residency *coarse)
{
	struct recording_memory memory = {.total = usage_unknown()};

	if (usage) {
		memory.known = true;
		memory.source = residency_source_name(usage->source);
		memory.smaps_ns = usage->smaps_ns;
		memory.total = usage->total;
	}
	if (coarse) {
		memory.pages = residency_source_name(coarse->source);
		memory.partial = coarse->partial;
		memory.swap_hides = coarse->swap_hides;
	}
	return memory;
}

int64_t interval_tables_update_usage(struct interval_tables *tables, int64_t sample,
				     const struct address_space *space,
				     const struct usage_table *usage,
				     const struct residency *residency)
{
	struct residency *coarse = usage ? residency_coarse(residency, space, PAGES_MOST) : NULL;
	const struct recording_memory memory = describe(usage, coarse);
	int64_t usages = update_usages(tables, sample, space, usage), pages, row = 0;

	pages = usages < 0 ? 0 : update_pages(tables, sample, coarse);
	residency_destroy(coarse);
	if (usages < 0 || pages < 0)
		return usages < 0 ? usages : pages;
	if (!equal_memory(&memory, &tables->memory)) {
		tables->memory = memory;
		row = put_memory(tables, sample);
	}
	return row < 0 ? row : usages + pages + row;
}

int64_t interval_tables_restart(struct interval_tables *tables, int64_t sample)
{
	struct interval_table *all[] = {&tables->mappings, &tables->parts, &tables->stacks,
					&tables->usages, &tables->pages};
	int64_t rows = 0, more = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]) && more >= 0; i++) {
		more = interval_table_restart(all[i], sample);
		rows += more;
	}
	if (more >= 0 && tables->memory.known)
		more = put_memory(tables, sample);
	return more < 0 ? more : rows + 1;
}
