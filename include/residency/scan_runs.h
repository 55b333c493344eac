/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_RUNS_H
#define RESIDENCY_SCAN_RUNS_H

/*
 * The runs that a pass finds, collected in bounded memory, and corrected by what smaps knows
 * better. Pure.
 *
 * A target can have every second page of terabytes in memory. When there are more runs than the
 * limit, they are summed up in blocks: what a block holds of each sort lies together, so
 * that the sum of a block, and of a mapping, stays exact, and only where within 2 MB a page lies
 * is lost. Blocks double until the runs fit. Bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/residency.h"
#include "residency/scan_plan.h"

#define SCAN_RUNS_MAX ((size_t)1 << 20) /* 24 MB */

/* Beside the flags of model/residency.h: perhaps the page of zeroes, with RUN_RESIDENT. */
#define RUN_SUSPECT 8

struct scan_runs {
	struct residency_run *runs;
	size_t count, capacity;
	size_t limit;
	uint64_t block; /* bytes; 0 while all is exact */
	size_t turn;    /* runs from here on lie below the others: the pass has wrapped */
	bool turned;
	const struct scan_range *ranges; /* the mappings, not owned */
	size_t range_count;
};

/* limit: how many runs are kept, at least 16 for each mapping. */
void scan_runs_init(struct scan_runs *runs, const struct scan_range *ranges, size_t range_count,
		    size_t limit);
void scan_runs_finish(struct scan_runs *runs);

/* Adds a run that lies above the last one. */
void scan_runs_add(struct scan_runs *runs, struct residency_run run);

/* What follows lies below all others. */
void scan_runs_turn(struct scan_runs *runs);

/* Sorts by address: the pass has ended. */
void scan_runs_sort(struct scan_runs *runs);

/* What the runs (sorted) have in [start, end). *cursor: 0 for the first range, ascending. */
struct scan_amounts {
	uint64_t resident; /* without suspects */
	uint64_t huge, suspect, swapped;
};
struct scan_amounts scan_runs_amounts(const struct scan_runs *runs, size_t *cursor, uint64_t start,
				      uint64_t end);

/* A mapping for which something else is known. */
struct scan_truth {
	uint64_t start, end;
	uint64_t resident, swapped; /* bytes, of smaps */
	enum {
		TRUTH_AMOUNTS, /* so many suspects are resident that resident is right, and no
				* more than swapped is swapped: the rest are markers */
		TRUTH_NOTHING, /* nothing counts: perhaps of hugetlb, or not complete */
		TRUTH_UNREAD,  /* nothing was read: the amounts are spread evenly */
	} kind;
};

/* Applies the truths (sorted, disjoint) to sorted runs. Suspects without a truth are resident. */
void scan_runs_settle(struct scan_runs *runs, const struct scan_truth *truths, size_t count,
		      uint64_t page_size);

/* Nothing is swapped, whatever was found. */
void scan_runs_drop_swapped(struct scan_runs *runs);

/* Makes *copy, of what was found so far, which is finished separately. */
void scan_runs_copy(const struct scan_runs *runs, struct scan_runs *copy);

/* Gives the runs away (free()). */
struct residency_run *scan_runs_take(struct scan_runs *runs, size_t *ret_count);

#endif
