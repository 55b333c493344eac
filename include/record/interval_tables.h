/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_INTERVAL_TABLES_H
#define RECORD_INTERVAL_TABLES_H

/* What of a recording lasts, table by table: mappings, their parts, lodged stacks, usage, pages. */

#include <stdint.h>

#include "record/interval_table.h"
#include "record/recording_rows.h"
#include "record/recording_usage.h"

struct address_space;
struct residency;
struct usage_table;

struct recording_memory {
	bool known; /* else nothing is, and the rest is all zeroes */
	const char *source, *pages;
	bool partial, swap_hides;
	int64_t smaps_ns;
	struct usage total;
};

struct interval_tables {
	struct interval_table mappings, parts, stacks, usages, pages;
	struct statement *put_memory;
	struct recording_memory memory; /* the newest row */
};

/* Of empty tables. Returns 0 or -errno; interval_tables_finish() in any case. */
int interval_tables_init(struct interval_tables *tables, struct database *database);
void interval_tables_finish(struct interval_tables *tables);

/*
 * The list of the sample, which must live until the next one is given. Returns the rows written, or
 * -errno, as do the others.
 */
int64_t interval_tables_update(struct interval_tables *tables, int64_t sample,
			       const struct address_space *space);

/* What of the sample is in memory; each may be NULL: not known. */
int64_t interval_tables_update_usage(struct interval_tables *tables, int64_t sample,
				     const struct address_space *space,
				     const struct usage_table *usage,
				     const struct residency *residency);

/* A keyframe at the sample. */
int64_t interval_tables_restart(struct interval_tables *tables, int64_t sample);

#endif
