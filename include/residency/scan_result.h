/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_RESULT_H
#define RESIDENCY_SCAN_RESULT_H

/*
 * Makes a residency of what a walk has found (residency/scan_walk.h), so that it equals what smaps
 * says. Mostly that is a matter of page tables alone. smaps is needed
 * - where it cannot be found out otherwise which mappings are of hugetlbfs,
 * - with entries, for suspects and for mappings that are too large to be read,
 * - for memory with markers of userfaultfd(2) in a process that has swapped pages as well: the
 *   kernel reports markers (pages that are write-protected but not there, or poisoned) as swapped.
 *   Where nothing is swapped (VmSwap of status is 0) there is no doubt.
 */

#include <stddef.h>
#include <stdint.h>

struct residency;
struct scan_target;
struct scan_walk;
struct usage_ranges;

/*
 * Compares what was found with what smaps said (NULL: nothing). Then walk->uncertain tells that
 * some numbers are right only with smaps; mappings that were not read are not covered. May be
 * called again when there is another smaps.
 */
void scan_result(struct scan_walk *walk, struct scan_target *target,
		 const struct usage_ranges *smaps);

/* The result of a walk that is over and settled; never NULL. *ret_cost_ns: processor time. */
struct residency *scan_result_take(struct scan_walk *walk, uint64_t *ret_cost_ns);

/* What was found so far, as a partial residency; the walk can go on. Never NULL. */
struct residency *scan_result_part(struct scan_walk *walk, struct scan_target *target,
				   const struct usage_ranges *smaps, uint64_t *ret_cost_ns);

#endif
