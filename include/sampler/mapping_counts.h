/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_MAPPING_COUNTS_H
#define SAMPLER_MAPPING_COUNTS_H

/*
 * How many mappings processes have. The kernel keeps the number but does not report it: the lines
 * of maps are counted, which costs the process's lock for a moment, so only of the processes that
 * are wanted, within a budget, and of each the more seldom the longer it takes. [vsyscall] does not
 * count, as it does not against vm.max_map_count. All zeroes: nothing was counted yet.
 */

#include <stddef.h>
#include <stdint.h>

struct mapping_count;
struct process_list;

struct mapping_counts {
	struct mapping_count *entries;
	size_t count, capacity;
};

void mapping_counts_finish(struct mapping_counts *counts);

/*
 * Counts those of the wanted processes that are due, those first that were counted longest ago,
 * until the budget (nanoseconds) is used up; at least one. Then fills in what is known of all in
 * the list, and forgets what is not in it.
 */
void mapping_counts_fill(struct mapping_counts *counts, struct process_list *list,
			 const int32_t *wanted, size_t wanted_count, uint64_t budget_ns);

#endif
