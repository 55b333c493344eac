/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BLOCK_MIN    (UINT64_C(2) << 20)
#define BLOCK_MAX    (UINT64_C(1) << 46)
#define RUN_SORTS    16u /* values of flags */
#define RUNS_A_RANGE 16u
#define SPREAD       UINT64_C(64) /* pieces */

void scan_runs_init(struct scan_runs *runs, const struct scan_range *ranges, size_t range_count,
		    size_t limit)
{
	size_t least = range_count * RUNS_A_RANGE;

	*runs = (struct scan_runs){.ranges = ranges,
				   .range_count = range_count,
				   .limit = limit > least ? limit : least};
}

void scan_runs_finish(struct scan_runs *runs)
{
	free(runs->runs);
	*runs = (struct scan_runs){0};
}

static void append(struct scan_runs *runs, uint64_t start, uint64_t end, uint8_t flags)
{
	struct residency_run *last = runs->count ? &runs->runs[runs->count - 1] : NULL;

	if (start >= end)
		return;
	if (last && last->end == start && last->flags == flags) {
		last->end = end;
		return;
	}
	runs->runs =
		memory_array_grow(runs->runs, runs->count, &runs->capacity, sizeof(*runs->runs));
	runs->runs[runs->count++] =
		(struct residency_run){.start = start, .end = end, .flags = flags};
}

/* A block, or the part of it in one mapping or gap. */
struct cell {
	uint64_t start, end;
	uint64_t bytes[RUN_SORTS];
};

static void flush(struct scan_runs *out, struct cell *cell)
{
	uint64_t at = cell->start;

	for (unsigned sort = 0; sort < RUN_SORTS; sort++) {
		append(out, at, at + cell->bytes[sort], (uint8_t)sort);
		at += cell->bytes[sort];
	}
	*cell = (struct cell){0};
}

/*
 * The cell from the address on, up to the end of its block, mapping or gap: what begins at the
 * first page found stays where the pass was. *range is the first mapping that ends above.
 */
static struct cell cell_at(const struct scan_runs *runs, uint64_t address, size_t *range)
{
	struct cell cell = {.start = address, .end = (address | (runs->block - 1)) + 1};
	const struct scan_range *ranges = runs->ranges;
	uint64_t border;

	while (*range < runs->range_count && ranges[*range].end <= address)
		++*range;
	if (*range == runs->range_count)
		return cell;
	border = ranges[*range].start <= address ? ranges[*range].end : ranges[*range].start;
	if (cell.end > border)
		cell.end = border;
	return cell;
}

/* Sums up the runs from begin to end into cells. */
static void sum_up(const struct scan_runs *runs, size_t begin, size_t end, struct scan_runs *out)
{
	struct cell cell = {0};
	size_t range = 0;

	for (size_t i = begin; i < end; i++) {
		struct residency_run run = runs->runs[i];

		while (run.start < run.end) {
			uint64_t until;

			if (run.start >= cell.end) {
				flush(out, &cell);
				cell = cell_at(runs, run.start, &range);
			}
			until = run.end < cell.end ? run.end : cell.end;
			cell.bytes[run.flags % RUN_SORTS] += until - run.start;
			run.start = until;
		}
	}
	flush(out, &cell);
}

static void compact(struct scan_runs *runs)
{
	struct scan_runs out = {0};
	size_t turn = runs->turned ? runs->turn : runs->count;

	sum_up(runs, 0, turn, &out);
	turn = out.count;
	if (runs->turned)
		sum_up(runs, runs->turn, runs->count, &out);
	free(runs->runs);
	runs->runs = out.runs;
	runs->count = out.count;
	runs->capacity = out.capacity;
	runs->turn = turn;
}

void scan_runs_add(struct scan_runs *runs, struct residency_run run)
{
	append(runs, run.start, run.end, run.flags);
	if (runs->count < runs->limit)
		return;
	if (!runs->block)
		runs->block = BLOCK_MIN;
	compact(runs);
	/* Half of it must become free, or soon the next run would cost as much again. */
	while (runs->count > runs->limit / 2 && runs->block < BLOCK_MAX) {
		runs->block *= 2;
		compact(runs);
	}
}

void scan_runs_turn(struct scan_runs *runs)
{
	runs->turned = true;
	runs->turn = runs->count;
}

void scan_runs_sort(struct scan_runs *runs)
{
	size_t low = runs->count - runs->turn;
	struct residency_run *sorted;

	if (runs->turned && runs->turn && low) {
		sorted = memory_alloc(runs->count * sizeof(*sorted));
		memcpy(sorted, runs->runs + runs->turn, low * sizeof(*sorted));
		memcpy(sorted + low, runs->runs, runs->turn * sizeof(*sorted));
		free(runs->runs);
		runs->runs = sorted;
		runs->capacity = runs->count;
	}
	runs->turned = false;
}

struct scan_amounts scan_runs_amounts(const struct scan_runs *runs, size_t *cursor, uint64_t start,
				      uint64_t end)
{
	struct scan_amounts amounts = {0};
	size_t i;

	while (*cursor < runs->count && runs->runs[*cursor].end <= start)
		++*cursor;
	for (i = *cursor; i < runs->count && runs->runs[i].start < end; i++) {
		const struct residency_run *run = &runs->runs[i];
		uint64_t bytes = (run->end < end ? run->end : end) -
				 (run->start > start ? run->start : start);

		if (run->flags & RUN_SUSPECT)
			amounts.suspect += bytes;
		else if (run->flags & RUN_RESIDENT)
			amounts.resident += bytes;
		if (run->flags & RUN_HUGE)
			amounts.huge += bytes;
		if (run->flags & RUN_SWAPPED)
			amounts.swapped += bytes;
	}
	return amounts;
}

/* Appends the run's part in [start, end) with what the flags mean in the end. */
static void append_part(struct scan_runs *out, const struct residency_run *run, uint64_t start,
			uint64_t end)
{
	append(out, run->start > start ? run->start : start, run->end < end ? run->end : end,
	       run->flags & (uint8_t)~RUN_SUSPECT);
}

static uint64_t scaled(uint64_t pages, uint64_t part, uint64_t whole)
{
	return (uint64_t)((__uint128_t)pages * part / whole);
}

/*
 * Spreads the amounts over the mapping, in pieces: of the pages up to any border of a piece the
 * share that is taken is that of the whole, and of the pages taken the first are resident.
 */
static void spread(struct scan_runs *out, const struct scan_truth *truth, uint64_t page_size)
{
	uint64_t pages = (truth->end - truth->start) / page_size, done = 0;
	uint64_t resident = truth->resident / page_size, swapped = truth->swapped / page_size, all;

	if (resident > pages)
		resident = pages;
	all = swapped > pages - resident ? pages : resident + swapped;
	for (uint64_t piece = 0; piece < SPREAD; piece++) {
		uint64_t from = scaled(pages, piece, SPREAD), to = scaled(pages, piece + 1, SPREAD);
		uint64_t more = to ? scaled(all, to, pages) - done : 0;
		uint64_t present = resident > done ? resident - done : 0;
		uint64_t at = truth->start + from * page_size;

		if (present > more)
			present = more;
		append(out, at, at + present * page_size, RUN_RESIDENT);
		append(out, at + present * page_size, at + more * page_size, RUN_SWAPPED);
		done += more;
	}
}

/* Cuts the run so that no more than what is left of it counts. */
static void take_left(struct residency_run *run, const struct scan_truth *truth, uint64_t *left)
{
	if (run->start < truth->start)
		run->start = truth->start;
	if (run->end > truth->end)
		run->end = truth->end;
	if (run->end - run->start > *left)
		run->end = run->start + *left;
	*left -= run->end - run->start;
}

static void settle_amounts(const struct scan_runs *runs, struct scan_runs *out, size_t first,
			   const struct scan_truth *truth)
{
	size_t cursor = first;
	struct scan_amounts amounts = scan_runs_amounts(runs, &cursor, truth->start, truth->end);
	uint64_t left = truth->resident > amounts.resident ? truth->resident - amounts.resident : 0;
	uint64_t swapped_left = truth->swapped;

	for (size_t i = first; i < runs->count && runs->runs[i].start < truth->end; i++) {
		struct residency_run run = runs->runs[i];

		if (run.flags & RUN_SUSPECT)
			take_left(&run, truth, &left);
		if (run.flags & RUN_SWAPPED)
			take_left(&run, truth, &swapped_left);
		append_part(out, &run, truth->start, truth->end);
	}
}

void scan_runs_settle(struct scan_runs *runs, const struct scan_truth *truths, size_t count,
		      uint64_t page_size)
{
	struct scan_runs out = {0};
	uint64_t done = 0;
	size_t i = 0;

	for (size_t t = 0; t <= count; t++) {
		uint64_t start = t < count ? truths[t].start : UINT64_MAX;

		for (; i < runs->count && runs->runs[i].start < start; i++) {
			append_part(&out, &runs->runs[i], done, start);
			if (runs->runs[i].end > start)
				break;
		}
		if (t == count)
			break;
		done = truths[t].end;
		if (truths[t].kind == TRUTH_UNREAD)
			spread(&out, &truths[t], page_size);
		else if (truths[t].kind == TRUTH_AMOUNTS)
			settle_amounts(runs, &out, i, &truths[t]);
		while (i < runs->count && runs->runs[i].end <= done)
			i++;
	}
	free(runs->runs);
	runs->runs = out.runs;
	runs->count = out.count;
	runs->capacity = out.capacity;
}

void scan_runs_drop_swapped(struct scan_runs *runs)
{
	size_t kept = 0;

	for (size_t i = 0; i < runs->count; i++)
		if (!(runs->runs[i].flags & RUN_SWAPPED))
			runs->runs[kept++] = runs->runs[i];
	runs->count = kept;
}

void scan_runs_copy(const struct scan_runs *runs, struct scan_runs *copy)
{
	size_t size = runs->count * sizeof(*runs->runs);

	*copy = *runs;
	copy->capacity = runs->count;
	copy->runs = size ? memory_alloc(size) : NULL;
	if (size)
		memcpy(copy->runs, runs->runs, size);
}

struct residency_run *scan_runs_take(struct scan_runs *runs, size_t *ret_count)
{
	struct residency_run *taken = runs->runs;

	*ret_count = runs->count;
	runs->runs = NULL;
	runs->count = runs->capacity = 0;
	return taken;
}
