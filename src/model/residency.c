/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/residency.h"

#include <stdlib.h>

#include "base/memory.h"

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
	residency->source = source;
	residency->time_ns = time_ns;
	residency->held_ns = held_ns;
	return residency;
}

void residency_destroy(struct residency *residency)
{
	if (!residency)
		return;
	free(residency->runs);
	free(residency->before);
	free(residency);
}

/* What lies below the address: of all runs that begin there, less what reaches above it. */
static struct residency_sum sum_below(const struct residency *residency, uint64_t address)
{
	size_t low = 0, high = residency->count;
	const struct residency_run *last;
	struct residency_sum sum, above = {0};

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (residency->runs[middle].start < address)
			low = middle + 1;
		else
			high = middle;
	}
	sum = residency->before[low];
	last = low ? &residency->runs[low - 1] : NULL;
	if (last && last->end > address)
		add_bytes(&above, last->flags, last->end - address);
	sum.resident -= above.resident;
	sum.swapped -= above.swapped;
	sum.huge -= above.huge;
	return sum;
}

struct residency_sum residency_between(const struct residency *residency, uint64_t start,
				       uint64_t end)
{
	struct residency_sum low, sum;

	if (start >= end)
		return (struct residency_sum){0};
	low = sum_below(residency, start);
	sum = sum_below(residency, end);
	sum.resident -= low.resident;
	sum.swapped -= low.swapped;
	sum.huge -= low.huge;
	return sum;
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
