/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_usage.h"

#include "inside/heap_usage.h"
#include "layout/diagram.h"
#include "model/usage.h"
#include "ui/picture/band_sum.h"
#include "ui/scene.h"

typedef uint64_t (*sum_between)(const struct scene *scene, uint64_t start, uint64_t end);

/* The sum over so many regions, as wholes, without what is hidden. */
static uint64_t sum_shown(const struct scene *scene, sum_between between, size_t first,
			  size_t count)
{
	const struct region *regions = &scene->regions->regions[first];
	const uint64_t sum = between(scene, regions[0].start, regions[count - 1].end);

	/* Mostly there is none, or nothing is hidden: then no region is looked at. */
	if (!sum || !scene->regions->filtered)
		return sum;
	if (count == 1)
		return regions->vma == REGION_GAP ? 0 : sum;
	return sum_shown(scene, between, first, count / 2) +
	       sum_shown(scene, between, first + count / 2, count - count / 2);
}

static uint64_t huge_between(const struct scene *scene, uint64_t start, uint64_t end)
{
	return residency_between(scene->residency, start, end).huge;
}

static uint64_t free_between(const struct scene *scene, uint64_t start, uint64_t end)
{
	return scene->heap ? heap_usage_free_between(scene->heap, start, end) : 0;
}

void band_usage_find(const struct scene *scene, const struct band *band,
		     struct band_usage *ret_usage)
{
	struct band_sum sum;

	band_sum_find(scene, band, &sum);
	*ret_usage = (struct band_usage){
		.size = sum.size,
		.rss = sum.rss,
		.swap = sum.swap,
		.last = usage_last_known(&sum.last),
		.last_swap = usage_last_known(&sum.last_swap),
		.hugetlb = sum.hugetlb,
		.pss = sum.pss,
	};
	if (band_sum_has_runs(scene))
		ret_usage->huge = sum_shown(scene, huge_between, band->region, band->count);
}

uint64_t band_usage_last(const struct band_usage *usage)
{
	return usage->rss == TARGET_UNKNOWN ? usage->last : usage->rss;
}

uint64_t band_usage_spare(const struct scene *scene, uint64_t start, uint64_t end,
			  uint64_t resident)
{
	uint64_t spare = free_between(scene, start, end);

	return spare < resident ? spare : resident;
}

/* A share of the whole, for every row the same. */
static void whole_band(const struct scene *scene, const struct band *band,
		       const struct band_usage *usage, struct row_usage *row)
{
	uint64_t resident = band_usage_last(usage), spare;

	row->known = resident != TARGET_UNKNOWN && usage->size;
	if (!row->known)
		return;
	row->size = usage->size;
	row->resident = resident;
	row->swapped = usage->swap != TARGET_UNKNOWN ? usage->swap : 0;
	row->huge = usage->huge < resident ? usage->huge : resident;
	spare = sum_shown(scene, free_between, band->region, band->count);
	row->spare = spare < resident ? spare : resident;
}

void band_usage_row(const struct scene *scene, const struct band *band,
		    const struct band_usage *usage, uint64_t row, struct row_usage *ret_row)
{
	struct residency_sum sum;
	uint64_t start, end, covered;

	*ret_row = (struct row_usage){.size = 1};
	if (band->count > 1 || !band_sum_has_runs(scene)) {
		whole_band(scene, band, usage, ret_row);
		return;
	}
	diagram_row_range(scene->diagram, row, &start, &end);
	/* Where rows are smaller than pages they may be empty; their page is what one asks for. */
	if (start == end)
		end++;
	/* A mapping may have grown since: what is told is of the part that was looked at. */
	covered = residency_covered(scene->residency, start, end);
	if (covered < end - start - covered)
		return;
	sum = residency_between(scene->residency, start, end);
	*ret_row = (struct row_usage){
		.known = true,
		.size = covered,
		.resident = sum.resident,
		.swapped = sum.swapped,
		.huge = sum.huge,
		.spare = band_usage_spare(scene, start, end, sum.resident),
	};
}
