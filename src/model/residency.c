/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/residency.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"

static int compare_runs(const void *a, const void *b)
{
	const struct residency_run *one = a, *other = b;

	if (one->start != other->start)
		return one->start < other->start ? -1 : 1;
	if (one->end != other->end)
		return one->end < other->end ? -1 : 1;
	return one->flags - other->flags;
}

static bool is_sorted(const struct residency_run *runs, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (runs[i].start < runs[i - 1].start)
			return false;
	return true;
}

/* In place: no empty runs, no overlap (the lower run keeps it), equal neighbours as one. */
static size_t merge_runs(struct residency_run *runs, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct residency_run run = runs[i];
		struct residency_run *last = kept ? &runs[kept - 1] : NULL;

		if (last && run.start < last->end)
			run.start = last->end;
		if (run.start >= run.end)
			continue;
		if (last && last->end == run.start && last->flags == run.flags)
			last->end = run.end;
		else
			runs[kept++] = run;
	}
	return kept;
}

static void add_bytes(struct residency_sum *sum, uint8_t flags, uint64_t bytes)
{
	if (flags & RUN_RESIDENT)
		sum->resident += bytes;
	if (flags & RUN_SWAPPED)
		sum->swapped += bytes;
	if (flags & RUN_HUGE)
		sum->huge += bytes;
}

struct residency *residency_create(struct residency_run *runs, size_t count,
				   enum residency_source source, int64_t time_ns, uint64_t held_ns)
{
	struct residency *residency = memory_alloc(sizeof(*residency));

	if (!is_sorted(runs, count))
		qsort(runs, count, sizeof(*runs), compare_runs);
	residency->runs = runs;
	residency->count = merge_runs(runs, count);
	residency->before = memory_alloc((residency->count + 1) * sizeof(*residency->before));
	for (size_t i = 0; i < residency->count; i++) {
		residency->before[i + 1] = residency->before[i];
		add_bytes(&residency->before[i + 1], runs[i].flags, runs[i].end - runs[i].start);
	}
	residency->covered = memory_alloc(sizeof(*residency->covered));
	residency->covered[0] = (struct residency_range){.end = UINT64_MAX};
	residency->covered_count = 1;
	residency->source = source;
	residency->time_ns = time_ns;
	residency->held_ns = held_ns;
	return residency;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct residency_range *one = a, *other = b;

	return (one->start > other->start) - (one->start < other->start);
}

void residency_cover(struct residency *residency, struct residency_range *ranges, size_t count)
{
	size_t kept = 0;

	for (size_t i = 1; i < count; i++)
		if (ranges[i].start < ranges[i - 1].start) {
			qsort(ranges, count, sizeof(*ranges), compare_ranges);
			break;
		}
	for (size_t i = 0; i < count; i++) {
		struct residency_range range = ranges[i];

		if (range.start >= range.end)
			continue;
		if (!kept || range.start > ranges[kept - 1].end)
			ranges[kept++] = range;
		else if (range.end > ranges[kept - 1].end)
			ranges[kept - 1].end = range.end;
	}
	free(residency->covered);
	residency->covered = ranges;
	residency->covered_count = kept;
}

/* The first covered range that ends above the address. */
static size_t find_covered(const struct residency *residency, uint64_t address)
{
	return SEARCH_ABOVE(residency->covered, residency->covered_count, end, address);
}

/* Takes off both ends what belongs to a blurred range that reaches beyond them. */
static void trim(const struct residency *residency, uint64_t *start, uint64_t *end)
{
	const struct residency_range *blurred = residency->blurred;
	size_t count = residency->blurred_count, at;

	if (!count || *start >= *end)
		return;
	at = SEARCH_ABOVE(blurred, count, end, *start);
	if (at < count && blurred[at].start < *start)
		*start = blurred[at].end < *end ? blurred[at].end : *end;
	at = SEARCH_ABOVE(blurred, count, end, *end);
	if (at < count && blurred[at].start < *end)
		*end = blurred[at].start > *start ? blurred[at].start : *start;
}

/* Of [start, end), from the first covered range on that ends above its start. */
static uint64_t covered_from(const struct residency *residency, size_t first, uint64_t start,
			     uint64_t end)
{
	const struct residency_range *covered = residency->covered;
	uint64_t bytes = 0;

	for (size_t i = first; i < residency->covered_count && covered[i].start < end; i++)
		bytes += (covered[i].end < end ? covered[i].end : end) -
			 (covered[i].start > start ? covered[i].start : start);
	return bytes;
}

uint64_t residency_covered(const struct residency *residency, uint64_t start, uint64_t end)
{
	trim(residency, &start, &end);
	return covered_from(residency, find_covered(residency, start), start, end);
}

/* Writes what of the run newer does not cover; returns how many pieces. *next goes up with runs. */
static size_t cut_out(struct residency_run run, const struct residency *newer, size_t *next,
		      struct residency_run *pieces)
{
	const struct residency_range *covered = newer->covered;
	size_t count = 0, i;

	while (*next < newer->covered_count && covered[*next].end <= run.start)
		++*next;
	for (i = *next; i < newer->covered_count && covered[i].start < run.end; i++) {
		if (covered[i].start > run.start)
			pieces[count++] =
				(struct residency_run){run.start, covered[i].start, run.flags};
		run.start = covered[i].end;
	}
	if (run.start < run.end)
		pieces[count++] = run;
	return count;
}

static void put_runs(const struct residency *older, const struct residency *newer,
		     struct residency_run *runs, size_t *ret_count)
{
	size_t count = 0, next = 0, i = 0, most = older->count + newer->covered_count;
	struct residency_run *kept = memory_alloc((most + 1) * sizeof(*kept));
	size_t kept_count = 0;

	for (size_t o = 0; o < older->count; o++)
		kept_count += cut_out(older->runs[o], newer, &next, kept + kept_count);
	for (size_t k = 0; k < kept_count || i < newer->count;) {
		bool old = k < kept_count &&
			   (i == newer->count || kept[k].start < newer->runs[i].start);

		runs[count++] = old ? kept[k++] : newer->runs[i++];
	}
	free(kept);
	*ret_count = count;
}

struct residency *residency_renew(struct residency *older, struct residency *newer)
{
	size_t count, ranges_count = older ? older->covered_count + newer->covered_count : 0;
	struct residency_range *ranges;
	struct residency_run *runs;
	struct residency *both;

	if (!older || !newer->partial) {
		residency_destroy(older);
		return newer;
	}
	runs = memory_alloc((older->count + ranges_count + newer->count + 1) * sizeof(*runs));
	put_runs(older, newer, runs, &count);
	both = residency_create(runs, count, newer->source, newer->time_ns, newer->held_ns);
	ranges = memory_alloc((ranges_count + 1) * sizeof(*ranges));
	memcpy(ranges, older->covered, older->covered_count * sizeof(*ranges));
	memcpy(ranges + older->covered_count, newer->covered,
	       newer->covered_count * sizeof(*ranges));
	residency_cover(both, ranges, ranges_count);
	both->partial = older->partial;
	both->swap_hides = newer->swap_hides;
	residency_destroy(older);
	residency_destroy(newer);
	return both;
}

static void *copy_array(const void *array, size_t count, size_t size)
{
	void *copy = memory_alloc((count + 1) * size);

	if (count)
		memcpy(copy, array, count * size);
	return copy;
}

struct residency *residency_copy(const struct residency *residency)
{
	struct residency *copy;

	if (!residency)
		return NULL;
	copy = memory_alloc(sizeof(*copy));
	*copy = *residency;
	copy->runs = copy_array(residency->runs, residency->count, sizeof(*copy->runs));
	copy->before = copy_array(residency->before, residency->count + 1, sizeof(*copy->before));
	copy->covered =
		copy_array(residency->covered, residency->covered_count, sizeof(*copy->covered));
	copy->blurred =
		copy_array(residency->blurred, residency->blurred_count, sizeof(*copy->blurred));
	return copy;
}

void residency_destroy(struct residency *residency)
{
	if (!residency)
		return;
	free(residency->runs);
	free(residency->before);
	free(residency->covered);
	free(residency->blurred);
	free(residency);
}

/*
 * What lies below the address, where the first runs, so many, begin below it: all of these, less
 * what reaches above it.
 */
static struct residency_sum sum_of(const struct residency *residency, size_t below,
				   uint64_t address)
{
	const struct residency_run *last = below ? &residency->runs[below - 1] : NULL;
	struct residency_sum sum = residency->before[below], above = {0};

	if (last && last->end > address)
		add_bytes(&above, last->flags, last->end - address);
	sum.resident -= above.resident;
	sum.swapped -= above.swapped;
	sum.huge -= above.huge;
	return sum;
}

static struct residency_sum sum_below(const struct residency *residency, uint64_t address)
{
	return sum_of(residency, SEARCH_FROM(residency->runs, residency->count, start, address),
		      address);
}

static struct residency_sum less(struct residency_sum sum, const struct residency_sum *low)
{
	sum.resident -= low->resident;
	sum.swapped -= low->swapped;
	sum.huge -= low->huge;
	return sum;
}

struct residency_sum residency_between(const struct residency *residency, uint64_t start,
				       uint64_t end)
{
	struct residency_sum low;

	trim(residency, &start, &end);
	if (start >= end)
		return (struct residency_sum){0};
	low = sum_below(residency, start);
	return less(sum_below(residency, end), &low);
}

/* Whether no run is in [start, end), where next is the first one that does not begin below it. */
static bool is_empty(const struct residency *residency, size_t next, uint64_t start, uint64_t end)
{
	const struct residency_run *runs = residency->runs;

	return (next == residency->count || runs[next].start >= end) &&
	       (next == 0 || runs[next - 1].end <= start);
}

uint64_t residency_walk_next(struct residency_walk *walk, uint64_t start, uint64_t end,
			     struct residency_sum *ret_sum)
{
	const struct residency *residency = walk->residency;
	struct residency_sum low;
	uint64_t bytes = 0;

	trim(residency, &start, &end);
	while (walk->covered < residency->covered_count &&
	       residency->covered[walk->covered].end <= start)
		walk->covered++;
	bytes = covered_from(residency, walk->covered, start, end);
	*ret_sum = (struct residency_sum){0};
	if (start >= end)
		return bytes;
	while (walk->run < residency->count && residency->runs[walk->run].start < start)
		walk->run++;
	if (is_empty(residency, walk->run, start, end))
		return bytes;
	low = sum_of(residency, walk->run, start);
	while (walk->run < residency->count && residency->runs[walk->run].start < end)
		walk->run++;
	*ret_sum = less(sum_of(residency, walk->run, end), &low);
	return bytes;
}

const char *residency_source_name(enum residency_source source)
{
	switch (source) {
	case RESIDENCY_PAGEMAP_SCAN: return "pagemap-scan";
	case RESIDENCY_PAGEMAP: return "pagemap";
	case RESIDENCY_SMAPS: return "smaps";
	default: return "none";
	}
}
