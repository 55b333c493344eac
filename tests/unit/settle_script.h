/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SETTLE_SCRIPT_H
#define TESTS_UNIT_SETTLE_SCRIPT_H

/* What scan_result.c asks of the kernel, as a script replies it; and what is made of a walk, in
 * words. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/sysinfo.h>
#include <time.h>
#include <unistd.h>

#include "call_log.h"
#include "kernel/clock.h"
#include "kernel/procmap_query.h"
#include "residency/scan_result.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"
#include "support/told.h"

static struct {
	int file_error, query_error, sysinfo_error;
	int maps; /* the descriptor */
	uint64_t page_size, swap;
	unsigned long totalswap;
} script;

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_REALTIME ? 70 : clock == CLOCK_THREAD_CPUTIME_ID ? 900 : -1;
}

int sysinfo(struct sysinfo *info)
{
	*info = (struct sysinfo){.totalswap = script.totalswap};
	return script.sysinfo_error;
}

int scan_target_open_file(const struct scan_target *target, const char *name)
{
	assert_int_equal(target->pid, 7);
	call_log_say("open %s", name);
	script.maps = script.file_error ? script.file_error : open("/", O_PATH | O_CLOEXEC);
	return script.maps;
}

uint64_t scan_target_swap(struct scan_target *target)
{
	assert_int_equal(target->pid, 7);
	return script.swap;
}

int procmap_query(int maps, uint64_t address, struct procmap *ret_map)
{
	assert_int_equal(maps, script.maps);
	call_log_say("query %x", (unsigned)address);
	if (!script.query_error)
		ret_map->page_size = script.page_size;
	return script.query_error;
}

static struct scan_target target = {.pid = 7};
static struct scan_walk walk;

/* A walk of these ranges, of which nothing was found yet. */
static inline void begin(const struct scan_range *ranges, size_t count)
{
	walk = (struct scan_walk){.source = RESIDENCY_PAGEMAP_SCAN,
				  .pagemap = -1,
				  .page_size = 4096,
				  .can_query = true,
				  .held_ns = 33,
				  .cpu_ns = 400,
				  .ranges = ranges,
				  .count = count};
	scan_runs_init(&walk.runs, ranges, count, SCAN_RUNS_MAX);
	call_log_clear();
}

static inline void end(void)
{
	scan_runs_finish(&walk.runs);
	free(walk.truths);
	free(walk.covered);
}

static inline void found(uint64_t start, uint64_t pages, uint8_t flags)
{
	scan_runs_add(&walk.runs, (struct residency_run){.start = start,
							 .end = start + pages * 4096,
							 .flags = flags});
}

/* Pages of an amount, or -1. */
static inline int pages(uint64_t bytes)
{
	return bytes == UINT64_MAX ? -1 : (int)(bytes / 4096);
}

static inline void say(void)
{
	for (size_t i = 0; i < walk.truth_count; i++) {
		const struct scan_truth *truth = &walk.truths[i];

		call_log_say("%x to %x: kind %d, %d resident, %d swapped", (unsigned)truth->start,
			     (unsigned)truth->end, (int)truth->kind, pages(truth->resident),
			     pages(truth->swapped));
	}
	for (size_t i = 0; i + 1 < walk.covered_count; i++)
		call_log_say("covers %x to %x", (unsigned)walk.covered[i].start,
			     (unsigned)walk.covered[i].end);
	/* The kernel's half is always last. */
	assert_true(walk.covered[walk.covered_count - 1].start == UINT64_C(1) << 63);
	assert_true(walk.covered[walk.covered_count - 1].end == UINT64_MAX);
	if (walk.uncertain)
		call_log_say("uncertain");
}

/* Settles the walk, with what smaps said of mappings; and expects that. */
static inline void settle(const struct told *told, size_t count, const char *expected)
{
	struct usage_ranges *smaps = told_ranges(told, count);

	scan_result(&walk, &target, smaps);
	usage_ranges_destroy(smaps);
	say();
	call_log_expect(expected);
}

#endif
