/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_memory.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/residency.h"
#include "support/told.h"

#define MOST_RUNS   700 /* of a mapping */
#define MOST_RANGES 3   /* that are covered of a mapping */

static uint64_t size_of(const struct vma *vma)
{
	return vma->end - vma->start;
}

static size_t add_runs(struct random *random, struct residency_run *runs, const struct vma *vma)
{
	static const uint8_t flags[] = {RUN_RESIDENT, RUN_RESIDENT, RUN_RESIDENT | RUN_HUGE,
					RUN_SWAPPED};
	static const size_t counts[] = {0, 1, 3, 40, MOST_RUNS};
	size_t wanted = counts[random_below(random, 5)], count = 0;
	uint64_t at = vma->start, step = wanted ? size_of(vma) / wanted + 1 : 1;

	while (count < wanted && at < vma->end) {
		uint64_t end = at + random_below(random, step) + 1;

		/* One sort for long stretches, and now and then all at once. */
		if (random_below(random, 20) == 0)
			end = vma->end;
		end = end < vma->end ? end : vma->end;
		runs[count++] = (struct residency_run){at, end, flags[random_below(random, 4)]};
		at = end + random_below(random, step);
	}
	return count;
}

static size_t add_ranges(struct random *random, struct residency_range *ranges,
			 const struct vma *vma)
{
	size_t count = 0;

	if (random_below(random, 8))
		ranges[count++] = (struct residency_range){vma->start, vma->end};
	else
		for (uint64_t i = random_below(random, MOST_RANGES + 1); i; i--) {
			uint64_t start = vma->start + random_below(random, size_of(vma));

			ranges[count++] = (struct residency_range){
				start, start + random_below(random, vma->end - start) + 1};
		}
	return count;
}

/* Nothing is in memory of what is not covered. */
static struct residency *drop_uncovered(struct residency *residency)
{
	size_t most = residency->count + residency->covered_count, count = 0;
	struct residency_run *runs = memory_alloc((most + 1) * sizeof(*runs));
	struct residency *result;

	for (size_t i = 0; i < residency->count; i++)
		for (size_t k = 0; k < residency->covered_count; k++) {
			struct residency_run run = residency->runs[i];
			const struct residency_range *range = &residency->covered[k];

			run.start = run.start > range->start ? run.start : range->start;
			run.end = run.end < range->end ? run.end : range->end;
			if (run.start < run.end)
				runs[count++] = run;
		}
	result = residency_create(runs, count, residency->source, residency->time_ns, 0);
	residency_cover(result, residency->covered, residency->covered_count);
	residency->covered = NULL;
	residency_destroy(residency);
	return result;
}

struct residency *random_residency(struct random *random, const struct address_space *space)
{
	size_t most = space->vma_count + 1, run_count = 0, range_count = 0;
	struct residency_run *runs = memory_alloc(most * MOST_RUNS * sizeof(*runs));
	struct residency_range *ranges = memory_alloc(most * MOST_RANGES * sizeof(*ranges));
	struct residency *residency;

	for (size_t i = 0; i < space->vma_count; i++) {
		run_count += add_runs(random, runs + run_count, &space->vmas[i]);
		range_count += add_ranges(random, ranges + range_count, &space->vmas[i]);
	}
	residency = residency_create(runs, run_count,
				     random_below(random, 8) ? RESIDENCY_PAGEMAP_SCAN
							     : RESIDENCY_PAGEMAP,
				     (int64_t)random_next(random), 0);
	if (random_below(random, 3) == 0) {
		free(ranges);
	} else {
		residency_cover(residency, ranges, range_count);
		residency = drop_uncovered(residency);
	}
	if (random_below(random, 16) == 0) {
		residency_destroy(residency);
		return NULL;
	}
	residency->partial = random_below(random, 8) == 0;
	residency->swap_hides = random_below(random, 8) == 0;
	return residency;
}

void random_usage(struct random *random, const struct address_space *space,
		  const struct residency *residency, struct usage_table *ret_table)
{
	struct told *smaps = memory_alloc((space->vma_count + 1) * sizeof(*smaps));
	size_t count = 0;

	for (size_t i = 0; i < space->vma_count; i++) {
		struct told *range = &smaps[count];

		if (random_below(random, 4) == 0)
			continue;
		*range = (struct told){space->vmas[i].start, space->vmas[i].end, usage_unknown()};
		range->usage.rss = random_below(random, size_of(&space->vmas[i]) + 1);
		range->usage.pss = range->usage.rss / (random_below(random, 3) + 1);
		range->usage.uss = random_below(random, 2) ? 0 : TARGET_UNKNOWN;
		range->usage.swap = random_below(random, 4) * PAGE;
		range->usage.flags = random_next(random);
		range->usage.key = random_below(random, 16);
		count++;
	}
	told_table(ret_table, space, residency, random_below(random, 2) ? smaps : NULL, count,
		   (int64_t)random_magnitude(random, 1000));
	free(smaps);
}
