/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/survey_walk.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "model/target.h"
#include "model/usage.h"
#include "sampler/avoid.h"
#include "sampler/clock.h"
#include "sampler/pagemap.h"
#include "sampler/procmap_query.h"
#include "sampler/survey_target.h"

/* What of entries is read: mappings up to 16 GB, 64 GB of them together. */
#define READ_VMA_MAX (UINT64_C(16) << 30)
#define READ_MAX     (UINT64_C(64) << 30)
#define GAP_PAGES    UINT64_C(64)    /* a gap that is read across */
#define HUGE_ALIGN   UINT64_C(65536) /* the smallest huge page of hugetlbfs there is */
#define ENTRY_NS     UINT64_C(8)

static void add_truth(struct survey_walk *walk, struct survey_truth truth)
{
	walk->truths = memory_array_grow(walk->truths, walk->truth_count, &walk->truth_capacity,
					 sizeof(*walk->truths));
	walk->truths[walk->truth_count++] = truth;
}

static bool is_read(uint64_t size, uint64_t *sum)
{
	if (size > READ_VMA_MAX || *sum > READ_MAX - size)
		return false;
	*sum += size;
	return true;
}

/* Which mappings are small enough to read their entries. */
static void choose_ranges(struct survey_walk *walk)
{
	uint64_t sum = 0;

	walk->read = memory_alloc((walk->count + 1) * sizeof(*walk->read));
	for (size_t i = 0; i < walk->count; i++)
		if (is_read(walk->ranges[i].end - walk->ranges[i].start, &sum))
			walk->read[walk->read_count++] = walk->ranges[i];
}

/* Whether this kernel has the ioctl: a scan of nothing tells. */
static bool can_scan(struct survey_walk *walk)
{
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	uint64_t walked;
	size_t count;

	return pagemap_scan(&walk->scan, walk->pagemap, walk->page_size, 2 * walk->page_size, 1,
			    runs, &count, &walked) == 0;
}

int survey_walk_begin(struct survey_walk *walk, const struct survey_target *target, unsigned avoid,
		      const struct survey_range *ranges, size_t count, uint64_t visible_start)
{
	int pagemap = avoid & AVOID_PAGEMAP ? -ENOENT : survey_target_open_file(target, "pagemap");

	if (pagemap < 0)
		return pagemap;
	*walk = (struct survey_walk){.source = RESIDENCY_PAGEMAP_SCAN,
				     .pagemap = pagemap,
				     .can_query = !(avoid & AVOID_PROCMAP_QUERY),
				     .page_size = target->page_size,
				     .ranges = ranges,
				     .count = count};
	if ((avoid & AVOID_PAGEMAP_SCAN) || !can_scan(walk)) {
		walk->source = RESIDENCY_PAGEMAP;
		choose_ranges(walk);
		survey_plan_begin(&walk->plan, walk->read, walk->read_count, visible_start);
	} else {
		survey_plan_begin(&walk->plan, ranges, count, visible_start);
	}
	survey_runs_init(&walk->runs, ranges, count, SURVEY_RUNS_MAX);
	return 0;
}

static int step_scan(struct survey_walk *walk, const struct survey_step *step,
		     uint64_t *ret_expected_ns)
{
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	uint64_t walked, pages = 0;
	size_t count;
	int error = pagemap_scan(&walk->scan, walk->pagemap, step->start, step->end,
				 SURVEY_STEP_PAGES, runs, &count, &walked);

	if (error)
		return error;
	for (size_t i = 0; i < count; i++) {
		survey_runs_add(&walk->runs, runs[i]);
		pages += (runs[i].end - runs[i].start) / walk->page_size;
	}
	survey_plan_walked(&walk->plan, walked);
	*ret_expected_ns = survey_pace_expected(pages, step->vmas, walked - step->start);
	return 0;
}

/* The end of a piece from address on: small gaps are read across. */
static uint64_t piece_end(const struct survey_walk *walk, size_t index, uint64_t address,
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

static void add_page(struct survey_walk *walk, uint64_t address, enum pagemap_page page)
{
	static const uint8_t flags[] = {
		[PAGEMAP_RESIDENT] = RUN_RESIDENT,
		[PAGEMAP_SUSPECT] = RUN_RESIDENT | RUN_SUSPECT,
		[PAGEMAP_SWAPPED] = RUN_SWAPPED,
	};

	if (page != PAGEMAP_NONE)
		survey_runs_add(&walk->runs,
				(struct residency_run){.start = address,
						       .end = address + walk->page_size,
						       .flags = flags[page]});
}

static int read_piece(struct survey_walk *walk, size_t *index, uint64_t start, uint64_t end)
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

static int step_entries(struct survey_walk *walk, const struct survey_step *step,
			uint64_t *ret_expected_ns)
{
	uint64_t at = step->start, pages = 0;
	size_t index = 0, high = walk->read_count;

	while (index < high) {
		size_t middle = index + (high - index) / 2;

		if (walk->read[middle].end > at)
			high = middle;
		else
			index = middle + 1;
	}
	while (at < step->end && pages < SURVEY_STEP_PAGES) {
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
	survey_plan_walked(&walk->plan, at);
	*ret_expected_ns = survey_pace_expected(0, step->vmas, 0) + pages * ENTRY_NS;
	return 0;
}

int survey_walk_step(struct survey_walk *walk, uint64_t *ret_held_ns, uint64_t *ret_expected_ns)
{
	uint64_t began = clock_ns(CLOCK_MONOTONIC), cost = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	bool wrapped = walk->plan.wrapped;
	struct survey_step step;
	int error;

	if (!survey_plan_next(&walk->plan, &step))
		return 0;
	if (walk->plan.wrapped && !wrapped)
		survey_runs_turn(&walk->runs);
	error = walk->read ? step_entries(walk, &step, ret_expected_ns)
			   : step_scan(walk, &step, ret_expected_ns);
	*ret_held_ns = clock_ns(CLOCK_MONOTONIC) - began;
	walk->held_ns += *ret_held_ns;
	walk->cost_ns += clock_ns(CLOCK_THREAD_CPUTIME_ID) - cost;
	return error ? error : 1;
}

/* What smaps says of exactly that range; NULL when it does not. *next goes up with the ranges. */
static const struct usage *find_usage(const struct usage_range *smaps, size_t count, size_t *next,
				      const struct survey_range *range)
{
	while (*next < count && smaps[*next].start < range->start)
		++*next;
	if (*next < count && smaps[*next].start == range->start && smaps[*next].end == range->end)
		return &smaps[*next].usage;
	return NULL;
}

/*
 * Memory of hugetlbfs is a file's, and begins and ends at huge pages. Few other mappings are like
 * that; the kernel is asked about those.
 */
static bool may_be_hugetlb(const struct survey_walk *walk, const struct survey_range *range,
			   const struct survey_amounts *amounts)
{
	if (!range->file || (range->start | range->end) & (HUGE_ALIGN - 1))
		return false;
	return amounts->huge || (walk->read && amounts->resident + amounts->suspect);
}

/* 1 yes, 0 no, -1 not known. */
static int is_hugetlb(struct survey_walk *walk, int maps, const struct survey_range *range,
		      const struct usage *usage)
{
	struct procmap map;

	if (maps >= 0 && procmap_query(maps, range->start, &map) == 0)
		return map.page_size > walk->page_size;
	if (!usage || usage->page_size == TARGET_UNKNOWN)
		return -1;
	return usage->page_size > walk->page_size;
}

static void settle_suspects(struct survey_walk *walk, const struct survey_range *range,
			    const struct usage *usage, const struct survey_amounts *amounts)
{
	if (!amounts->suspect)
		return;
	if (usage && usage->rss != TARGET_UNKNOWN)
		add_truth(walk, (struct survey_truth){.start = range->start,
						      .end = range->end,
						      .resident = usage->rss,
						      .kind = TRUTH_SUSPECTS});
	else
		walk->uncertain = true;
}

static void settle_unread(struct survey_walk *walk, const struct survey_range *range,
			  const struct usage *usage, size_t *unread)
{
	if (!usage || usage->rss == TARGET_UNKNOWN || usage->swap == TARGET_UNKNOWN) {
		walk->uncertain = true;
		++*unread;
		return;
	}
	if (usage->page_size != TARGET_UNKNOWN && usage->page_size > walk->page_size)
		return;
	add_truth(walk, (struct survey_truth){.start = range->start,
					      .end = range->end,
					      .resident = usage->rss,
					      .swapped = usage->swap,
					      .kind = TRUTH_UNREAD});
}

static void settle_range(struct survey_walk *walk, int maps, const struct survey_range *range,
			 const struct usage *usage, size_t *runs_cursor)
{
	struct survey_amounts amounts =
		survey_runs_amounts(&walk->runs, runs_cursor, range->start, range->end);
	int hugetlb = 0;

	if (may_be_hugetlb(walk, range, &amounts))
		hugetlb = is_hugetlb(walk, maps, range, usage);
	if (hugetlb < 0)
		walk->uncertain = true;
	if (hugetlb > 0)
		add_truth(walk, (struct survey_truth){.start = range->start,
						      .end = range->end,
						      .kind = TRUTH_HUGETLB});
	else
		settle_suspects(walk, range, usage, &amounts);
}

void survey_walk_settle(struct survey_walk *walk, const struct survey_target *target,
			const struct usage_range *smaps, size_t smaps_count, size_t *ret_unread)
{
	int maps = walk->can_query ? survey_target_open_file(target, "maps") : -1;
	uint64_t sum = 0, cost = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	size_t next = 0, cursor = 0, unread = 0;

	survey_runs_sort(&walk->runs);
	walk->truth_count = 0;
	walk->uncertain = false;
	for (size_t i = 0; i < walk->count; i++) {
		const struct survey_range *range = &walk->ranges[i];
		const struct usage *usage = find_usage(smaps, smaps_count, &next, range);

		if (walk->read && !is_read(range->end - range->start, &sum))
			settle_unread(walk, range, usage, &unread);
		else
			settle_range(walk, maps, range, usage, &cursor);
	}
	if (maps >= 0)
		close(maps);
	walk->cost_ns += clock_ns(CLOCK_THREAD_CPUTIME_ID) - cost;
	*ret_unread = unread;
}

struct residency *survey_walk_take(struct survey_walk *walk)
{
	uint64_t cost = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	struct residency *residency;
	struct residency_run *runs;
	size_t count;

	/* Entries have suspects, whose mark is taken off in any case. */
	if (walk->read || walk->truth_count)
		survey_runs_settle(&walk->runs, walk->truths, walk->truth_count, walk->page_size);
	runs = survey_runs_take(&walk->runs, &count);
	residency = residency_create(runs, count, walk->source, (int64_t)clock_ns(CLOCK_REALTIME),
				     walk->held_ns);
	walk->cost_ns += clock_ns(CLOCK_THREAD_CPUTIME_ID) - cost;
	return residency;
}

void survey_walk_finish(struct survey_walk *walk)
{
	close(walk->pagemap);
	free(walk->read);
	free(walk->truths);
	survey_runs_finish(&walk->runs);
	*walk = (struct survey_walk){.pagemap = -1};
}
