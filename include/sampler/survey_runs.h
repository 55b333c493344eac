/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_SURVEY_RUNS_H
#define SAMPLER_SURVEY_RUNS_H

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
#include "sampler/survey_plan.h"

#define SURVEY_RUNS_MAX ((size_t)1 << 20) /* 24 MB */

/* Beside the flags of model/residency.h: perhaps the page of zeroes, with RUN_RESIDENT. */
#define RUN_SUSPECT 8

struct survey_runs {
	struct residency_run *runs;
	size_t count, capacity;
	size_t limit;
	uint64_t block; /* bytes; 0 while all is exact */
	size_t turn;    /* runs from here on lie below the others: the pass has wrapped */
	bool turned;
	const struct survey_range *ranges; /* the mappings, not owned */
	size_t range_count;
};

/* limit: how many runs are kept, at least 16 for each mapping. */
void survey_runs_init(struct survey_runs *runs, const struct survey_range *ranges,
		      size_t range_count, size_t limit);
void survey_runs_finish(struct survey_runs *runs);

/* Adds a run that lies above the last one. */
void survey_runs_add(struct survey_runs *runs, struct residency_run run);

/* What follows lies below all others. */
void survey_runs_turn(struct survey_runs *runs);

/* Sorts by address: the pass has ended. */
void survey_runs_sort(struct survey_runs *runs);

/* What the runs (sorted) have in [start, end). *cursor: 0 for the first range, ascending. */
struct survey_amounts {
	uint64_t resident; /* without suspects */
	uint64_t huge, suspect, swapped;
};
struct survey_amounts survey_runs_amounts(const struct survey_runs *runs, size_t *cursor,
					  uint64_t start, uint64_t end);

/* A mapping for which something else is known. */
struct survey_truth {
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
void survey_runs_settle(struct survey_runs *runs, const struct survey_truth *truths, size_t count,
			uint64_t page_size);

/* Nothing is swapped, whatever was found. */
void survey_runs_drop_swapped(struct survey_runs *runs);

/* Makes *copy, of what was found so far, which is finished separately. */
void survey_runs_copy(const struct survey_runs *runs, struct survey_runs *copy);

/* Gives the runs away (free()). */
struct residency_run *survey_runs_take(struct survey_runs *runs, size_t *ret_count);

#endif
