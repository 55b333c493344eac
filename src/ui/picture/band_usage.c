/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_usage.h"

#include "inside/heap_usage.h"
#include "layout/diagram.h"
#include "model/usage.h"
#include "ui/scene.h"

/* Whether it is known which pages are where, not only how many of a mapping. */
static bool has_runs(const struct scene *scene)
{
	return scene->residency && scene->residency->source != RESIDENCY_NONE &&
	       scene->residency->source != RESIDENCY_SMAPS;
}

static void add(uint64_t *sum, uint64_t value)
{
	if (*sum != TARGET_UNKNOWN)
		*sum = value == TARGET_UNKNOWN ? value : *sum + value;
}

/* Of parts of a mapping only what pages tell is known. */
static struct usage part_usage(const struct scene *scene, uint64_t start, uint64_t end)
{
	struct usage usage = usage_unknown();
	struct residency_sum sum;

	if (!has_runs(scene) || !residency_covered(scene->residency, start, end))
		return usage;
	sum = residency_between(scene->residency, start, end);
	usage.last = sum.resident;
	if (residency_covered(scene->residency, start, end) < end - start)
		return usage;
	usage.rss = sum.resident;
	usage.hugetlb = 0; /* or counted among the rest */
	usage.swap = sum.swapped;
	return usage;
}

/* What is swapped out of [region's start, end), as far as it was scanned before it grew. */
static uint64_t known_swap(const struct scene *scene, const struct region *region, uint64_t end,
			   const struct usage *found)
{
	if (found->swap != TARGET_UNKNOWN || !has_runs(scene) ||
	    !residency_covered(scene->residency, region->start, end) ||
	    (scene->residency->swap_hides && region->kind == KIND_SHARED))
		return found->swap;
	return residency_between(scene->residency, region->start, end).swapped;
}

/* The sum of what is known of each of the band's mappings; TARGET_UNKNOWN: of one it is not. */
static uint64_t sum_field(const struct scene *scene, const struct band *band, size_t field)
{
	const struct region *low = &scene->regions->regions[band->region];
	const struct region *high = low + band->count - 1;

	while (low < high && low->vma == REGION_GAP)
		low++;
	while (low < high && high->vma == REGION_GAP)
		high--;
	if (low->vma == REGION_GAP)
		return 0;
	return usage_list_sum(&scene->usage->vmas, field, low->vma, high->vma + 1 - low->vma);
}

static uint64_t sum_size(const struct scene *scene, const struct band *band)
{
	const struct region *regions = &scene->regions->regions[band->region];
	uint64_t size = 0;

	for (size_t i = 0; i < band->count; i++)
		if (regions[i].vma != REGION_GAP)
			size += regions[i].end - regions[i].start;
	return size;
}

/*
 * A fold of many mappings that are whole and side by side, as mostly: their usages are added up
 * without looking at each. Returns false where it is another one, or where not all is known.
 */
static bool find_sums(const struct scene *scene, const struct band *band,
		      struct band_usage *ret_usage)
{
	struct band_usage usage = {0};
	uint64_t rss;

	if (!scene->usage || band->count <= 2 || scene->regions->filtered ||
	    scene->space->part_count || scene->usage->vmas.count != scene->space->vma_count)
		return false;
	rss = sum_field(scene, band, USAGE_FIELD(rss));
	usage.swap = sum_field(scene, band, USAGE_FIELD(swap));
	usage.hugetlb = sum_field(scene, band, USAGE_FIELD(hugetlb));
	if (rss == TARGET_UNKNOWN || usage.swap == TARGET_UNKNOWN ||
	    usage.hugetlb == TARGET_UNKNOWN)
		return false;
	usage.rss = usage.last = rss + usage.hugetlb;
	usage.last_swap = usage.swap;
	usage.pss = sum_field(scene, band, USAGE_FIELD(pss));
	usage.size = sum_size(scene, band);
	*ret_usage = usage;
	return true;
}

/* Looks at each mapping, or part of one, of the band. */
static void find_each(const struct scene *scene, const struct band *band,
		      struct band_usage *ret_usage)
{
	struct band_usage usage = {0};
	struct usage_last last = {0}, last_swap = {0};

	if (!scene->usage)
		usage.rss = usage.pss = usage.swap = usage.hugetlb = TARGET_UNKNOWN;
	for (size_t i = band->region, next; i < band->region + band->count; i = next) {
		const struct region *region = &scene->regions->regions[i];
		struct usage found;
		uint64_t end;
		bool whole;

		next = region_list_mapping_end(scene->regions, scene->space, i,
					       band->region + band->count, &whole);
		if (region->vma == REGION_GAP)
			continue;
		end = scene->regions->regions[next - 1].end;
		usage.size += end - region->start;
		found = !scene->usage || whole ? usage_table_at(scene->usage, region->vma)
					       : part_usage(scene, region->start, end);
		add(&usage.rss, usage_in_memory(&found));
		usage_last_add(&last, usage_last_in_memory(&found), end - region->start);
		usage_last_add(&last_swap, known_swap(scene, region, end, &found),
			       end - region->start);
		add(&usage.hugetlb, found.hugetlb);
		add(&usage.pss, found.pss);
		add(&usage.swap, found.swap);
	}
	usage.last = usage_last_known(&last);
	usage.last_swap = usage_last_known(&last_swap);
	*ret_usage = usage;
}

void band_usage_find(const struct scene *scene, const struct band *band,
		     struct band_usage *ret_usage)
{
	if (!find_sums(scene, band, ret_usage))
		find_each(scene, band, ret_usage);
	if (has_runs(scene))
		ret_usage->huge = residency_between(scene->residency, band->start, band->end).huge;
}

uint64_t band_usage_last(const struct band_usage *usage)
{
	return usage->rss == TARGET_UNKNOWN ? usage->last : usage->rss;
}

uint64_t band_usage_spare(const struct scene *scene, uint64_t start, uint64_t end,
			  uint64_t resident)
{
	uint64_t spare = scene->heap ? heap_usage_free_between(scene->heap, start, end) : 0;

	return spare < resident ? spare : resident;
}

/* A share of the whole, for every row the same. */
static void whole_band(const struct scene *scene, const struct band *band,
		       const struct band_usage *usage, struct row_usage *row)
{
	uint64_t resident = band_usage_last(usage);

	row->known = resident != TARGET_UNKNOWN && usage->size;
	if (!row->known)
		return;
	row->size = usage->size;
	row->resident = resident;
	row->swapped = usage->swap != TARGET_UNKNOWN ? usage->swap : 0;
	row->huge = usage->huge < resident ? usage->huge : resident;
	row->spare = band_usage_spare(scene, band->start, band->end, resident);
}

void band_usage_row(const struct scene *scene, const struct band *band,
		    const struct band_usage *usage, uint64_t row, struct row_usage *ret_row)
{
	struct residency_sum sum;
	uint64_t start, end, covered;

	*ret_row = (struct row_usage){.size = 1};
	if (band->count > 1 || !has_runs(scene)) {
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
