/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_SURVEY_WALK_H
#define SAMPLER_SURVEY_WALK_H

/*
 * One pass over an address space: a step at a time from pagemap, then the result, which equals
 * what smaps says. With PAGEMAP_SCAN that needs smaps only where it cannot be found out otherwise
 * which mappings are of hugetlbfs. With entries (sampler/pagemap.h) it needs it for suspects, and
 * for mappings that are too large to be read: entries of 2 MB cost about 2 us, empty or not.
 *
 * The ranges stay the caller's and must live as long as the walk.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/residency.h"
#include "sampler/pagemap_scan.h"
#include "sampler/survey_plan.h"
#include "sampler/survey_runs.h"

struct survey_target;
struct usage_range;

struct survey_walk {
	enum residency_source source;
	uint64_t held_ns, cost_ns;
	/* Private: */
	int pagemap;
	bool can_query; /* single mappings */
	uint64_t page_size;
	struct pagemap_scan scan;
	const struct survey_range *ranges; /* all of them */
	size_t count;
	struct survey_range *read; /* those whose entries are read; NULL with PAGEMAP_SCAN */
	size_t read_count;
	struct survey_plan plan;
	struct survey_runs runs;
	struct survey_truth *truths;
	size_t truth_count, truth_capacity;
	bool uncertain; /* smaps is needed and did not tell */
};

/*
 * Opens what is walked; avoid is as in sampler/avoid.h. Returns 0; -EACCES when it may not be
 * read, -ENOENT when there is no pagemap (or it is avoided), or another -errno.
 */
int survey_walk_begin(struct survey_walk *walk, const struct survey_target *target, unsigned avoid,
		      const struct survey_range *ranges, size_t count, uint64_t visible_start);

/*
 * Takes one step. Returns 1, and sets *ret_held_ns, how long the lock was held at most, and
 * *ret_expected_ns (survey_pace_expected()); 0 when all is walked; or -errno.
 */
int survey_walk_step(struct survey_walk *walk, uint64_t *ret_held_ns, uint64_t *ret_expected_ns);

/*
 * After the last step: compares what was found with what smaps said (NULL: nothing). Then
 * walk->uncertain tells that some numbers are right only with smaps: suspects (which count as
 * resident else) may be passed over, but *ret_unread mappings are missing. May be called again
 * when there is another smaps.
 */
void survey_walk_settle(struct survey_walk *walk, const struct survey_target *target,
			const struct usage_range *smaps, size_t smaps_count, size_t *ret_unread);

/* The result; never NULL. */
struct residency *survey_walk_take(struct survey_walk *walk);

void survey_walk_finish(struct survey_walk *walk);

#endif
