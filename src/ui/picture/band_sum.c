/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_sum.h"

#include "layout/diagram.h"
#include "model/address_space.h"
#include "model/query_matches.h"
#include "model/usage_sum.h"
#include "ui/find.h"
#include "ui/picture/band_folds.h"
#include "ui/scene.h"

/* So many of which not all is known are worth to be looked at one by one among the others. */
#define UNKNOWN_MAX 4096

bool band_sum_has_runs(const struct scene *scene)
{
	return scene->residency && scene->residency->source != RESIDENCY_NONE &&
	       scene->residency->source != RESIDENCY_SMAPS;
}

/* Of parts of a mapping of that kind only what pages tell is known. */
static struct usage part_usage(const struct scene *scene, uint64_t start, uint64_t end,
			       enum kind kind)
{
	struct usage usage = usage_unknown();
	struct residency_sum sum;

	if (!band_sum_has_runs(scene) || !residency_covered(scene->residency, start, end))
		return usage;
	sum = residency_between(scene->residency, start, end);
	usage.last = sum.resident;
	if (residency_covered(scene->residency, start, end) < end - start)
		return usage;
	usage.rss = sum.resident;
	usage.hugetlb = 0; /* or counted among the rest */
	if (usage_swap_is_told(scene->residency, kind))
		usage.swap = sum.swapped;
	return usage;
}

/* What is swapped out of a mapping of that kind, as far as it was scanned before it grew. */
static uint64_t known_swap(const struct scene *scene, uint64_t start, uint64_t end, enum kind kind,
			   const struct usage *found)
{
	if (found->swap != TARGET_UNKNOWN || !band_sum_has_runs(scene) ||
	    !residency_covered(scene->residency, start, end) ||
	    !usage_swap_is_told(scene->residency, kind))
		return found->swap;
	return residency_between(scene->residency, start, end).swapped;
}

/* A mapping of that kind, or a part of one. */
static void add_one(struct band_sum *sum, const struct scene *scene, uint64_t start, uint64_t end,
		    enum kind kind, const struct usage *found)
{
	sum->size += end - start;
	usage_add(&sum->rss, usage_in_memory(found));
	usage_last_add(&sum->last, usage_last_in_memory(found), end - start);
	usage_last_add(&sum->last_swap, known_swap(scene, start, end, kind, found), end - start);
	usage_add(&sum->hugetlb, found->hugetlb);
	usage_add(&sum->pss, found->pss);
	usage_add(&sum->swap, found->swap);
}

/* What must be known of mappings, to add them up together. */
static const size_t known_fields[] = {USAGE_FIELD(rss), USAGE_FIELD(swap), USAGE_FIELD(hugetlb)};

/* The mappings of a band that are added up: those that match, NULL: all. */
struct summed {
	const struct usage_list *usages;
	size_t first, end;
	const struct query_matches *matches;
	size_t unknown[sizeof(known_fields) / sizeof(known_fields[0])]; /* the next of each field */
};

/* None where there are only gaps. */
static struct summed find_mappings(const struct scene *scene, const struct band *band,
				   const struct query_matches *matches)
{
	const struct region *low = &scene->regions->regions[band->region];
	const struct region *high = low + band->count - 1;
	struct summed summed = {.usages = &scene->usage->vmas, .matches = matches};

	while (low < high && low->vma == REGION_GAP)
		low++;
	while (low < high && high->vma == REGION_GAP)
		high--;
	if (low->vma == REGION_GAP)
		return summed;
	summed.first = low->vma;
	summed.end = high->vma + (size_t)1;
	return summed;
}

/* The next mapping of which a field is not known; the end: there is none. */
static size_t next_unknown(struct summed *summed, size_t field, size_t first)
{
	size_t *next = &summed->unknown[field];

	if (first > summed->first && *next >= first)
		return *next;
	*next = usage_next_unknown(summed->usages, known_fields[field], first, summed->end);
	while (*next < summed->end && summed->matches && !query_matches_bit(summed->matches, *next))
		*next = usage_next_unknown(summed->usages, known_fields[field], *next + 1,
					   summed->end);
	return *next;
}

/* The first one from there on of which not all is known. */
static size_t find_known_end(struct summed *summed, size_t first)
{
	size_t end = summed->end;

	for (size_t i = 0; i < sizeof(known_fields) / sizeof(known_fields[0]); i++) {
		size_t unknown = next_unknown(summed, i, first);

		end = unknown < end ? unknown : end;
	}
	return end;
}

static uint64_t sum_field(const struct summed *summed, size_t field, size_t first, size_t end)
{
	if (!summed->matches)
		return usage_sum(summed->usages, field, first, end - first);
	return usage_sum_matching(summed->usages, field, first, end - first, summed->matches);
}

/*
 * Those from the first one on that all is known of; their size is not added yet. Returns false
 * where 64 bits do not hold a sum: it does not say what was last known of each.
 */
static bool add_known(struct band_sum *sum, const struct summed *summed, size_t first, size_t end)
{
	const uint64_t hugetlb = sum_field(summed, USAGE_FIELD(hugetlb), first, end);
	const uint64_t swap = sum_field(summed, USAGE_FIELD(swap), first, end);
	uint64_t rss = sum_field(summed, USAGE_FIELD(rss), first, end);

	usage_add(&rss, hugetlb);
	if (rss == TARGET_UNKNOWN || swap == TARGET_UNKNOWN)
		return false;
	usage_add(&sum->rss, rss);
	usage_add(&sum->hugetlb, hugetlb);
	usage_add(&sum->swap, swap);
	usage_add(&sum->pss, sum_field(summed, USAGE_FIELD(pss), first, end));
	usage_last_add(&sum->last, rss, 0);
	usage_last_add(&sum->last_swap, swap, 0);
	return true;
}

/* What of the region lies outside of the band, as where the picture is a part of it. */
static uint64_t size_outside(const struct region *region, const struct band *band)
{
	if (region->vma == REGION_GAP)
		return 0;
	return (region->start < band->start ? band->start - region->start : 0) +
	       (region->end > band->end ? region->end - band->end : 0);
}

/* Of a band of several regions, whole mappings, which the picture has mostly added up already. */
static uint64_t sum_size(const struct scene *scene, const struct band *band)
{
	const struct region *first = &scene->regions->regions[band->region];
	struct fold fold;

	band_folds_find(scene->folds, scene->space, scene->regions, band, &fold);
	return fold.mapped + size_outside(first, band) +
	       size_outside(first + band->count - 1, band);
}

/* Those that are not hidden, as the list of regions has it; NULL: it hides none. */
static const struct query_matches *find_kept(const struct scene *scene)
{
	return scene->regions->filtered && scene->find ? find_filtered(scene->find) : NULL;
}

/* Adds up all mappings from the first one on; returns false: they must be looked at one by one. */
static bool add_mappings(struct band_sum *sum, const struct scene *scene, struct summed *summed)
{
	size_t unknown = 0;

	for (size_t at = summed->first; at < summed->end; at++) {
		const size_t end = find_known_end(summed, at);
		struct usage found;

		if (end > at && !add_known(sum, summed, at, end))
			return false;
		at = end;
		if (at == summed->end)
			break;
		if (unknown++ == UNKNOWN_MAX)
			return false;
		found = usage_list_get(summed->usages, at);
		add_one(sum, scene, scene->space->vmas[at].start, scene->space->vmas[at].end,
			(enum kind)scene->space->vmas[at].kind, &found);
	}
	return true;
}

/*
 * A fold of many mappings that are whole and side by side, or all that a filter keeps, as mostly:
 * their usages are added up without looking at each. Returns false where it is another one, or
 * where of too many not all is known, or a sum is too large.
 */
static bool find_together(const struct scene *scene, const struct band *band,
			  struct band_sum *ret_sum)
{
	const struct query_matches *kept = find_kept(scene);
	struct band_sum sum = {0};
	struct summed summed;
	uint64_t known;

	if (!scene->usage || band->count <= 2 || scene->space->part_count ||
	    scene->usage->vmas.count != scene->space->vma_count ||
	    (scene->regions->filtered && !kept))
		return false;
	summed = find_mappings(scene, band, kept);
	if (!add_mappings(&sum, scene, &summed))
		return false;
	known = sum_size(scene, band) - sum.size;
	sum.size += known;
	usage_last_add(&sum.last, 0, known);
	usage_last_add(&sum.last_swap, 0, known);
	*ret_sum = sum;
	return true;
}

/* Looks at each mapping, or part of one, of the band. */
static void find_each(const struct scene *scene, const struct band *band, struct band_sum *ret_sum)
{
	struct band_sum sum = {0};

	if (!scene->usage)
		sum.rss = sum.pss = sum.swap = sum.hugetlb = TARGET_UNKNOWN;
	for (size_t i = band->region, next; i < band->region + band->count; i = next) {
		const struct region *region = &scene->regions->regions[i];
		struct usage found;
		enum kind kind;
		uint64_t end;
		bool whole;

		next = region_list_mapping_end(scene->regions, scene->space, i,
					       band->region + band->count, &whole);
		if (region->vma == REGION_GAP)
			continue;
		end = scene->regions->regions[next - 1].end;
		/* Not the region's, which may be a stack in it. */
		kind = (enum kind)scene->space->vmas[region->vma].kind;
		found = !scene->usage || whole ? usage_table_at(scene->usage, region->vma)
					       : part_usage(scene, region->start, end, kind);
		add_one(&sum, scene, region->start, end, kind, &found);
	}
	*ret_sum = sum;
}

void band_sum_find(const struct scene *scene, const struct band *band, struct band_sum *ret_sum)
{
	if (!find_together(scene, band, ret_sum))
		find_each(scene, band, ret_sum);
}
