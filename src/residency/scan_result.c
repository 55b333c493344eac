/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_result.h"

#include <sys/sysinfo.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procmap_query.h"
#include "model/residency.h"
#include "model/target.h"
#include "model/usage.h"
#include "model/usage_ranges.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"

#define HUGE_ALIGN UINT64_C(65536) /* the smallest huge page of hugetlbfs there is */
#define NOT_OPEN   (-1)
#define CANNOT     (-2)

/* The upper half of all addresses is the kernel's: none of it counts. */
#define KERNEL_HALF (UINT64_C(1) << 63)

/* Of what is swapped so much may have come or gone since it was walked: a part of it. */
#define SWAP_MOVES 16

/* One settling. */
struct settling {
	struct scan_walk *walk;
	struct scan_target *target;
	int maps;             /* opened when needed; NOT_OPEN, CANNOT */
	uint64_t userfaultfd; /* the VmFlags of memory that may have markers */
	uint64_t swapped;     /* what the walk found of it */
	bool unexplained;     /* some of that is of a mapping that smaps said nothing about */
};

static void add_truth(struct scan_walk *walk, struct scan_truth truth)
{
	walk->truths = memory_array_grow(walk->truths, walk->truth_count, &walk->truth_capacity,
					 sizeof(*walk->truths));
	walk->truths[walk->truth_count++] = truth;
}

static void cover(struct scan_walk *walk, uint64_t start, uint64_t end)
{
	size_t count = walk->covered_count;

	if (start >= end)
		return;
	if (count && walk->covered[count - 1].end == start) {
		walk->covered[count - 1].end = end;
		return;
	}
	walk->covered = memory_array_grow(walk->covered, count, &walk->covered_capacity,
					  sizeof(*walk->covered));
	walk->covered[walk->covered_count++] = (struct residency_range){start, end};
}

/* The range was covered last, and is not known after all: the snapshot takes it for a file's. */
static void uncover(struct scan_walk *walk, const struct scan_range *range)
{
	struct residency_range *last;

	while (walk->covered_count &&
	       (last = &walk->covered[walk->covered_count - 1])->end > range->start) {
		if (last->start < range->start)
			last->end = range->start;
		else
			walk->covered_count--;
	}
}

/*
 * Memory of hugetlbfs is a file's, and begins and ends at huge pages. Few other mappings are like
 * that; the kernel is asked about those.
 */
static bool may_be_hugetlb(const struct scan_walk *walk, const struct scan_range *range,
			   const struct scan_amounts *amounts)
{
	if (!range->file || (range->start | range->end) & (HUGE_ALIGN - 1))
		return false;
	return amounts->huge || (walk->read && amounts->resident + amounts->suspect);
}

/* 1 yes, 0 no, -1 not known. */
static int is_hugetlb(struct settling *settling, const struct scan_range *range,
		      const struct usage *usage)
{
	struct procmap map;

	if (settling->maps == NOT_OPEN) {
		settling->maps = scan_target_open_file(settling->target, "maps");
		if (settling->maps < 0)
			settling->maps = CANNOT;
	}
	if (settling->maps >= 0 && procmap_query(settling->maps, range->start, &map) == 0)
		return map.page_size > settling->walk->page_size;
	if (!usage || (usage->page_size == TARGET_UNKNOWN && usage->flags == TARGET_UNKNOWN))
		return -1;
	return usage_is_hugetlb(usage, settling->walk->page_size);
}

static void settle_amounts(struct settling *settling, const struct scan_range *range,
			   const struct usage *usage, const struct scan_amounts *amounts)
{
	struct scan_truth truth = {.start = range->start,
				   .end = range->end,
				   .resident = UINT64_MAX,
				   .swapped = UINT64_MAX,
				   .kind = TRUTH_AMOUNTS};

	settling->swapped += amounts->swapped;
	if (amounts->swapped && !usage)
		settling->unexplained = true;
	if (amounts->suspect && usage)
		truth.resident = usage->rss;
	if (amounts->suspect && truth.resident == UINT64_MAX)
		settling->walk->uncertain = true;
	if (amounts->swapped && usage && usage->flags != TARGET_UNKNOWN &&
	    (usage->flags & settling->userfaultfd))
		truth.swapped = usage->swap;
	if (truth.resident != UINT64_MAX || truth.swapped != UINT64_MAX)
		add_truth(settling->walk, truth);
}

static void forget_range(struct scan_walk *walk, const struct scan_range *range)
{
	add_truth(walk, (struct scan_truth){
				.start = range->start, .end = range->end, .kind = TRUTH_NOTHING});
}

/* All that is there is resident, shared by several processes or not; none of it is ever swapped. */
static void keep_hugetlb(struct scan_walk *walk, const struct scan_range *range)
{
	add_truth(walk, (struct scan_truth){.start = range->start,
					    .end = range->end,
					    .resident = UINT64_MAX,
					    .kind = TRUTH_AMOUNTS});
}

static void settle_unread(struct scan_walk *walk, const struct scan_range *range,
			  const struct usage *usage)
{
	if (!usage || usage->rss == TARGET_UNKNOWN || usage->swap == TARGET_UNKNOWN) {
		walk->uncertain = true;
		return;
	}
	if (range->hugetlb && usage->hugetlb == TARGET_UNKNOWN)
		return;
	cover(walk, range->start, range->end);
	if (!range->hugetlb && usage_is_hugetlb(usage, walk->page_size))
		return;
	add_truth(walk,
		  (struct scan_truth){.start = range->start,
				      .end = range->end,
				      .resident = range->hugetlb ? usage->hugetlb : usage->rss,
				      .swapped = usage->swap,
				      .kind = TRUTH_UNREAD});
}

static void settle_range(struct settling *settling, const struct scan_range *range,
			 const struct usage *usage, size_t *runs_cursor)
{
	struct scan_walk *walk = settling->walk;
	struct scan_amounts amounts =
		scan_runs_amounts(&walk->runs, runs_cursor, range->start, range->end);
	int hugetlb = 0;

	if (range->hugetlb) {
		keep_hugetlb(walk, range);
		return;
	}
	if (may_be_hugetlb(walk, range, &amounts))
		hugetlb = is_hugetlb(settling, range, usage);
	if (hugetlb < 0)
		walk->uncertain = true;
	if (hugetlb > 0) {
		forget_range(walk, range);
		uncover(walk, range);
	} else {
		settle_amounts(settling, range, usage, &amounts);
	}
}

/*
 * Covers what was walked of the range. Entries are compared with smaps, which tells of whole
 * mappings, so that one of which there is a part only does not count yet: false.
 */
static bool cover_walked(struct scan_walk *walk, const struct scan_range *range)
{
	const struct scan_plan *plan = &walk->plan;
	uint64_t low = plan->wrapped ? plan->cursor : 0; /* the end of what lies below the rest */
	uint64_t high = plan->wrapped ? UINT64_MAX : plan->cursor;

	if (range->end <= low || (range->start >= plan->first && range->end <= high)) {
		cover(walk, range->start, range->end);
		return true;
	}
	if (walk->read)
		return false;
	cover(walk, range->start, low < range->end ? low : range->end);
	cover(walk, range->start > plan->first ? range->start : plan->first,
	      range->end < high ? range->end : high);
	return true;
}

/* Whether the entries of the range are read; *next goes up with the ranges. */
static bool is_read(const struct scan_walk *walk, const struct scan_range *range, size_t *next)
{
	while (*next < walk->read_count && walk->read[*next].start < range->start)
		++*next;
	return *next < walk->read_count && walk->read[*next].start == range->start;
}

/*
 * What is told as swapped has to be swapped by the kernel's own account, or it is markers. Those
 * of a process that has both are only known from smaps.
 */
static void settle_swapped(struct settling *settling)
{
	struct scan_walk *walk = settling->walk;
	uint64_t swap;

	if (!settling->swapped)
		return;
	swap = scan_target_swap(settling->target);
	if (swap == 0)
		scan_runs_drop_swapped(&walk->runs);
	else if (swap != TARGET_UNKNOWN && settling->swapped > swap + swap / SWAP_MOVES &&
		 settling->unexplained)
		walk->uncertain = true;
}

static void settle(struct scan_walk *walk, struct scan_target *target,
		   const struct usage_ranges *smaps, bool part)
{
	struct settling settling = {
		.walk = walk,
		.target = target,
		.maps = walk->can_query ? NOT_OPEN : CANNOT,
		.userfaultfd = usage_flag_bit("um") | usage_flag_bit("uw") | usage_flag_bit("ui"),
	};
	size_t next = 0, next_read = 0, cursor = 0;

	scan_runs_sort(&walk->runs);
	walk->truth_count = walk->covered_count = 0;
	walk->uncertain = false;
	for (size_t i = 0; i < walk->count; i++) {
		const struct scan_range *range = &walk->ranges[i];
		struct usage said;
		const struct usage *usage = NULL;

		if (usage_ranges_find(smaps, &next, range->start, range->end, &said))
			usage = &said;
		if (walk->read && !is_read(walk, range, &next_read)) {
			settle_unread(walk, range, usage);
		} else if (part && !cover_walked(walk, range)) {
			forget_range(walk, range);
		} else {
			if (!part)
				cover(walk, range->start, range->end);
			settle_range(&settling, range, usage, &cursor);
		}
	}
	cover(walk, KERNEL_HALF, UINT64_MAX);
	settle_swapped(&settling);
	if (settling.maps >= 0)
		close(settling.maps);
}

void scan_result(struct scan_walk *walk, struct scan_target *target,
		 const struct usage_ranges *smaps)
{
	settle(walk, target, smaps, false);
}

static bool has_swap(void)
{
	struct sysinfo info;

	return sysinfo(&info) == 0 && info.totalswap > 0;
}

struct residency *scan_result_take(struct scan_walk *walk, uint64_t *ret_cost_ns)
{
	struct residency *residency;
	struct residency_run *runs;
	size_t count;

	/* Entries have suspects, whose mark is taken off in any case. */
	if (walk->read || walk->truth_count)
		scan_runs_settle(&walk->runs, walk->truths, walk->truth_count, walk->page_size);
	runs = scan_runs_take(&walk->runs, &count);
	residency = residency_create(runs, count, walk->source, clock_ns(CLOCK_REALTIME),
				     walk->held_ns);
	residency_cover(residency, walk->covered, walk->covered_count);
	walk->covered = NULL;
	walk->covered_count = walk->covered_capacity = 0;
	residency->swap_hides = has_swap();
	*ret_cost_ns = (uint64_t)clock_ns(CLOCK_THREAD_CPUTIME_ID) - walk->cpu_ns;
	return residency;
}

struct residency *scan_result_part(struct scan_walk *walk, struct scan_target *target,
				   const struct usage_ranges *smaps, uint64_t *ret_cost_ns)
{
	struct scan_runs all = walk->runs;
	struct residency *residency;

	scan_runs_copy(&all, &walk->runs);
	settle(walk, target, smaps, true);
	residency = scan_result_take(walk, ret_cost_ns);
	residency->partial = true;
	scan_runs_finish(&walk->runs);
	walk->runs = all;
	return residency;
}
