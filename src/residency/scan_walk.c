/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_walk.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/search.h"
#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/pagemap.h"
#include "model/target.h"
#include "residency/scan_target.h"

/* What of entries is read: mappings up to 16 GB, 64 GB of them together. */
#define READ_VMA_MAX (UINT64_C(16) << 30)
#define READ_MAX     (UINT64_C(64) << 30)
#define GAP_PAGES    UINT64_C(64)    /* a gap that is read across */
#define HUGE_ALIGN   UINT64_C(65536) /* the smallest huge page of hugetlbfs there is */
#define ENTRY_NS     UINT64_C(8)

static bool is_read(uint64_t size, uint64_t *sum)
{
	if (size > READ_VMA_MAX || *sum > READ_MAX - size)
		return false;
	*sum += size;
	return true;
}

/* Which mappings are small enough to read their entries. */
static void choose_ranges(struct scan_walk *walk)
{
	uint64_t sum = 0;

	walk->read = memory_alloc((walk->count + 1) * sizeof(*walk->read));
	for (size_t i = 0; i < walk->count; i++)
		if (is_read(walk->ranges[i].end - walk->ranges[i].start, &sum))
			walk->read[walk->read_count++] = walk->ranges[i];
}

/* Entries are all there is: older kernels, or as if. */
static void use_entries(struct scan_walk *walk, uint64_t visible_start)
{
	walk->source = RESIDENCY_PAGEMAP;
	choose_ranges(walk);
	scan_plan_begin(&walk->plan, walk->read, walk->read_count, visible_start);
}

int scan_walk_begin(struct scan_walk *walk, const struct scan_target *target, unsigned avoid,
		    const struct scan_range *ranges, size_t count, uint64_t visible_start)
{
	int pagemap = avoid & AVOID_PAGEMAP ? -ENOENT : scan_target_open_file(target, "pagemap");

	if (pagemap < 0)
		return pagemap;
	*walk = (struct scan_walk){.source = RESIDENCY_PAGEMAP_SCAN,
				   .pagemap = pagemap,
				   .can_query = !(avoid & AVOID_PROCMAP_QUERY),
				   .page_size = target->page_size,
				   .ranges = ranges,
				   .count = count,
				   .cpu_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID)};
	if (avoid & AVOID_PAGEMAP_SCAN)
		use_entries(walk, visible_start);
	else
		scan_plan_begin(&walk->plan, ranges, count, visible_start);
	scan_runs_init(&walk->runs, ranges, count, SCAN_RUNS_MAX);
	return 0;
}

static int step_scan(struct scan_walk *walk, const struct scan_step *step,
		     uint64_t *ret_expected_ns)
{
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	uint64_t walked, pages = 0;
	size_t count;
	int error = pagemap_scan(&walk->scan, walk->pagemap, step->start, step->end,
				 SCAN_STEP_PAGES, runs, &count, &walked);

	if (error)
		return error;
	for (size_t i = 0; i < count; i++) {
		scan_runs_add(&walk->runs, runs[i]);
		pages += (runs[i].end - runs[i].start) / walk->page_size;
	}
	scan_plan_walked(&walk->plan, walked);
	*ret_expected_ns = scan_pace_expected(pages, step->vmas, walked - step->start);
	return 0;
}

/* The end of a piece from address on: small gaps are read across. */
static uint64_t piece_end(const struct scan_walk *walk, size_t index, uint64_t address,
			  uint64_t limit)
{
	uint64_t most = address + PAGEMAP_PIECE * walk->page_size;
	uint64_t end = walk->read[index].end;

	while (index + 1 < walk->read_count && end < most &&
	       walk->read[index + 1].start - end <= GAP_PAGES * walk->page_size)
		end = walk->read[++index].end;
	if (end > most)
		end = most;
	return end < limit ? end : limit;
}

static void add_page(struct scan_walk *walk, uint64_t address, enum pagemap_page page)
{
	static const uint8_t flags[] = {
		[PAGEMAP_RESIDENT] = RUN_RESIDENT,
		[PAGEMAP_SUSPECT] = RUN_RESIDENT | RUN_SUSPECT,
		[PAGEMAP_SWAPPED] = RUN_SWAPPED,
	};

	if (page != PAGEMAP_NONE)
		scan_runs_add(&walk->runs, (struct residency_run){.start = address,
								  .end = address + walk->page_size,
								  .flags = flags[page]});
}

static int read_piece(struct scan_walk *walk, size_t *index, uint64_t start, uint64_t end)
{
	uint64_t entries[PAGEMAP_PIECE];
	size_t count = (size_t)((end - start) / walk->page_size);
	int error = pagemap_read(walk->pagemap, start, walk->page_size, count, entries);

	for (size_t i = 0; !error && i < count; i++) {
		uint64_t address = start + i * walk->page_size;

		while (*index < walk->read_count && walk->read[*index].end <= address)
			++*index;
		if (entries[i] && *index < walk->read_count && walk->read[*index].start <= address)
			add_page(walk, address,
				 pagemap_page(entries[i], walk->read[*index].anonymous));
	}
	return error;
}

static int step_entries(struct scan_walk *walk, const struct scan_step *step,
			uint64_t *ret_expected_ns)
{
	uint64_t at = step->start, pages = 0;
	size_t index = SEARCH_ABOVE(walk->read, walk->read_count, end, at);

	while (at < step->end && pages < SCAN_STEP_PAGES) {
		uint64_t end;
		int error;

		while (index < walk->read_count && walk->read[index].end <= at)
			index++;
		if (index == walk->read_count)
			at = step->end;
		else if (walk->read[index].start > at)
			at = walk->read[index].start;
		if (at >= step->end)
			break;
		end = piece_end(walk, index, at, step->end);
		error = read_piece(walk, &index, at, end);
		if (error)
			return error;
		pages += (end - at) / walk->page_size;
		at = end;
	}
	scan_plan_walked(&walk->plan, at);
	*ret_expected_ns = scan_pace_expected(0, step->vmas, 0) + pages * ENTRY_NS;
	return 0;
}

/* The first step finds out whether the kernel has the ioctl: nothing has been walked then. */
static int take_step(struct scan_walk *walk, struct scan_step *step, uint64_t *ret_expected_ns)
{
	int error = walk->read ? 0 : step_scan(walk, step, ret_expected_ns);

	if (error && !walk->held_ns) {
		use_entries(walk, walk->plan.first);
		if (!scan_plan_next(&walk->plan, step))
			return 0;
		error = 0;
	}
	return walk->read ? step_entries(walk, step, ret_expected_ns) : error;
}

int scan_walk_step(struct scan_walk *walk, uint64_t *ret_held_ns, uint64_t *ret_expected_ns)
{
	uint64_t began;
	bool wrapped = walk->plan.wrapped;
	struct scan_step step;
	int error;

	if (!scan_plan_next(&walk->plan, &step))
		return 0;
	if (walk->plan.wrapped && !wrapped)
		scan_runs_turn(&walk->runs);
	began = clock_ns(CLOCK_MONOTONIC);
	error = take_step(walk, &step, ret_expected_ns);
	*ret_held_ns = clock_ns(CLOCK_MONOTONIC) - began;
	walk->held_ns += *ret_held_ns;
	return error ? error : 1;
}

bool scan_walk_is_over(const struct scan_walk *walk)
{
	struct scan_plan plan = walk->plan;
	struct scan_step step;

	return !scan_plan_next(&plan, &step);
}

void scan_walk_finish(struct scan_walk *walk)
{
	close(walk->pagemap);
	free(walk->read);
	free(walk->truths);
	free(walk->covered);
	scan_runs_finish(&walk->runs);
	*walk = (struct scan_walk){.pagemap = -1};
}
