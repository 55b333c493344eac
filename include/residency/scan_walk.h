/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_WALK_H
#define RESIDENCY_SCAN_WALK_H

/*
 * One pass over an address space, a step at a time from pagemap: with PAGEMAP_SCAN, or entries
 * (kernel/pagemap.h) of mappings that are not too large for that: entries of 2 MB cost about 2 us,
 * empty or not. residency/scan_result.h makes a result of what was found.
 *
 * The ranges stay the caller's and must live as long as the walk.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/pagemap_scan.h"
#include "model/residency.h"
#include "residency/scan_plan.h"
#include "residency/scan_runs.h"

struct scan_target;

struct scan_walk {
	enum residency_source source;
	uint64_t held_ns;
	/* Private, and for residency/scan_result.h: */
	uint64_t cpu_ns; /* what the thread had used when the walk began */
	int pagemap;
	bool can_query; /* single mappings */
	uint64_t page_size;
	struct pagemap_scan scan;
	const struct scan_range *ranges; /* all of them */
	size_t count;
	struct scan_range *read; /* those whose entries are read; NULL with PAGEMAP_SCAN */
	size_t read_count;
	struct scan_plan plan;
	struct scan_runs runs;
	struct scan_truth *truths;
	size_t truth_count, truth_capacity;
	struct residency_range *covered;
	size_t covered_count, covered_capacity;
	bool uncertain; /* smaps is needed and did not have it */
};

/*
 * Opens what is walked; avoid is as in kernel/avoid.h. Returns 0; -EACCES when it may not be
 * read, -ENOENT when there is no pagemap (or it is avoided), or another -errno.
 */
int scan_walk_begin(struct scan_walk *walk, const struct scan_target *target, unsigned avoid,
		    const struct scan_range *ranges, size_t count, uint64_t visible_start);

/*
 * Takes one step. Returns 1, and sets *ret_held_ns, how long the lock was held at most, and
 * *ret_expected_ns (scan_pace_expected()); 0 when all is walked; or -errno.
 */
int scan_walk_step(struct scan_walk *walk, uint64_t *ret_held_ns, uint64_t *ret_expected_ns);

/* Whether there is no more step to take. */
bool scan_walk_is_over(const struct scan_walk *walk);

void scan_walk_finish(struct scan_walk *walk);

#endif
