/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "residency/scan_runs.h"

#define PAGE UINT64_C(4096)
#define MB   (UINT64_C(1) << 20)

static void add(struct scan_runs *runs, uint64_t start, uint64_t end, unsigned flags)
{
	scan_runs_add(runs,
		      (struct residency_run){.start = start, .end = end, .flags = (uint8_t)flags});
}

static struct residency *take(struct scan_runs *runs)
{
	size_t count;
	struct residency_run *taken = scan_runs_take(runs, &count);

	scan_runs_finish(runs);
	return residency_create(taken, count, RESIDENCY_PAGEMAP_SCAN, 0, 0);
}

static void check(const struct residency *residency, uint64_t start, uint64_t end,
		  uint64_t resident, uint64_t swapped)
{
	struct residency_sum sum = residency_between(residency, start, end);

	assert_int_equal(sum.resident, resident);
	assert_int_equal(sum.swapped, swapped);
}

static void what_lies_below_is_sorted(void **state)
{
	struct scan_runs runs;
	struct residency *residency;

	(void)state;
	scan_runs_init(&runs, NULL, 0, SCAN_RUNS_MAX);
	add(&runs, 8 * PAGE, 9 * PAGE, RUN_RESIDENT);
	add(&runs, 9 * PAGE, 10 * PAGE, RUN_RESIDENT);
	scan_runs_turn(&runs);
	add(&runs, 2 * PAGE, 3 * PAGE, RUN_SWAPPED);
	add(&runs, 4 * PAGE, 5 * PAGE, RUN_RESIDENT);
	scan_runs_sort(&runs);
	assert_int_equal(runs.count, 3);
	assert_true(runs.runs[0].start == 2 * PAGE && runs.runs[2].start == 8 * PAGE);
	residency = take(&runs);
	check(residency, 0, 100 * PAGE, 3 * PAGE, PAGE);
	residency_destroy(residency);
}

/* Every second page, and a swapped one now and then, in two mappings that share a block. */
static void fill(struct scan_runs *runs, uint64_t start, uint64_t end)
{
	for (uint64_t at = start; at < end; at += 2 * PAGE)
		add(runs, at, at + PAGE, at / PAGE % 10 ? RUN_RESIDENT : RUN_SWAPPED);
}

static struct residency *crowd(size_t limit, size_t *ret_count)
{
	static const struct scan_range ranges[] = {
		{.start = 64 * MB, .end = 65 * MB},
		{.start = 65 * MB, .end = 200 * MB},
		{.start = 300 * MB, .end = 400 * MB},
	};
	struct scan_runs runs;

	scan_runs_init(&runs, ranges, 3, limit);
	fill(&runs, ranges[1].start + 20 * MB, ranges[1].end);
	fill(&runs, ranges[2].start, ranges[2].end);
	scan_runs_turn(&runs);
	fill(&runs, ranges[0].start, ranges[0].end);
	fill(&runs, ranges[1].start, ranges[1].start + 20 * MB);
	scan_runs_sort(&runs);
	*ret_count = runs.count;
	return take(&runs);
}

static void sums_of_blocks_and_mappings_stay_exact(void **state)
{
	static const uint64_t borders[] = {64 * MB,  65 * MB,  66 * MB,  68 * MB, 200 * MB,
					   300 * MB, 302 * MB, 350 * MB, 400 * MB};
	size_t all, few;
	struct residency *exact = crowd(SCAN_RUNS_MAX, &all), *rough = crowd(1000, &few);

	(void)state;
	assert_true(all > 30000);
	assert_in_range(few, 1, 1000);
	for (size_t i = 0; i + 1 < sizeof(borders) / sizeof(borders[0]); i++) {
		struct residency_sum sum = residency_between(exact, borders[i], borders[i + 1]);

		check(rough, borders[i], borders[i + 1], sum.resident, sum.swapped);
	}
	residency_destroy(exact);
	residency_destroy(rough);
}

static void blocks_double_until_the_runs_fit(void **state)
{
	size_t all, few;
	struct residency *exact = crowd(SCAN_RUNS_MAX, &all), *rough = crowd(64, &few);
	struct residency_sum sum = residency_between(exact, 65 * MB, 200 * MB);

	(void)state;
	assert_in_range(few, 1, 64);
	check(rough, 65 * MB, 200 * MB, sum.resident, sum.swapped);
	sum = residency_between(exact, 64 * MB, 65 * MB);
	check(rough, 64 * MB, 65 * MB, sum.resident, sum.swapped);
	residency_destroy(exact);
	residency_destroy(rough);
}

static void truths_correct_what_was_found(void **state)
{
	static const struct scan_truth truths[] = {
		{.start = 10 * PAGE, .end = 20 * PAGE, .resident = 3 * PAGE, .swapped = PAGE},
		{.start = 20 * PAGE, .end = 30 * PAGE, .kind = TRUTH_NOTHING},
		{.start = 1000 * PAGE,
		 .end = 1127 * PAGE,
		 .resident = 65 * PAGE,
		 .swapped = 61 * PAGE,
		 .kind = TRUTH_UNREAD},
		{.start = 2000 * PAGE,
		 .end = 2010 * PAGE,
		 .resident = 20 * PAGE,
		 .kind = TRUTH_UNREAD},
	};
	struct scan_runs runs;
	struct residency *residency;

	(void)state;
	scan_runs_init(&runs, NULL, 0, SCAN_RUNS_MAX);
	add(&runs, 5 * PAGE, 12 * PAGE, RUN_RESIDENT);
	add(&runs, 14 * PAGE, 18 * PAGE, RUN_RESIDENT | RUN_SUSPECT);
	add(&runs, 18 * PAGE, 35 * PAGE, RUN_SWAPPED);
	add(&runs, 40 * PAGE, 41 * PAGE, RUN_RESIDENT | RUN_SUSPECT);
	scan_runs_settle(&runs, truths, 4, PAGE);
	residency = take(&runs);
	check(residency, 0, 10 * PAGE, 5 * PAGE, 0);
	check(residency, 10 * PAGE, 20 * PAGE, 3 * PAGE, PAGE); /* the other is a marker */
	check(residency, 20 * PAGE, 30 * PAGE, 0, 0);
	check(residency, 30 * PAGE, 40 * PAGE, 0, 5 * PAGE);
	check(residency, 40 * PAGE, 50 * PAGE, PAGE, 0); /* nobody knew better */
	check(residency, 1000 * PAGE, 1127 * PAGE, 65 * PAGE, 61 * PAGE);
	check(residency, 2000 * PAGE, 2010 * PAGE, 10 * PAGE, 0); /* never more than there is */
	for (size_t i = 0; i < residency->count; i++)
		assert_false(residency->runs[i].flags & RUN_SUSPECT);
	residency_destroy(residency);
}

static void what_runs_have_in_a_range_is_added_up(void **state)
{
	struct residency_run list[] = {{0x1000, 0x3000, RUN_RESIDENT},
				       {0x3000, 0x5000, RUN_SWAPPED},
				       {0x6000, 0xa000, RUN_RESIDENT | RUN_HUGE},
				       {0xa000, 0xb000, RUN_RESIDENT | RUN_SUSPECT}};
	struct scan_runs runs = {.runs = list, .count = 4}, copy;
	struct scan_amounts amounts;
	size_t cursor = 0;

	(void)state;
	amounts = scan_runs_amounts(&runs, &cursor, 0, 0x1000);
	assert_int_equal(amounts.resident + amounts.huge + amounts.suspect + amounts.swapped, 0);
	amounts = scan_runs_amounts(&runs, &cursor, 0x2000, 0x4000);
	assert_int_equal(amounts.resident, 0x1000);
	assert_int_equal(amounts.swapped, 0x1000);
	amounts = scan_runs_amounts(&runs, &cursor, 0x4000, 0x8000);
	assert_int_equal(amounts.resident, 0x2000);
	assert_int_equal(amounts.huge, 0x2000);
	assert_int_equal(amounts.swapped, 0x1000);
	amounts = scan_runs_amounts(&runs, &cursor, 0x9000, 0x20000);
	assert_int_equal(amounts.resident, 0x1000);
	assert_int_equal(amounts.huge, 0x1000);
	assert_int_equal(amounts.suspect, 0x1000);
	scan_runs_copy(&runs, &copy);
	scan_runs_drop_swapped(&copy);
	assert_int_equal(copy.count, 3);
	assert_int_equal(copy.runs[1].start, 0x6000);
	assert_int_equal(runs.count, 4);
	assert_int_equal(runs.runs[1].flags, RUN_SWAPPED);
	scan_runs_finish(&copy);
	runs.count = 0;
	scan_runs_copy(&runs, &copy);
	assert_int_equal(copy.count, 0);
	scan_runs_finish(&copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_below_is_sorted),
		cmocka_unit_test(sums_of_blocks_and_mappings_stay_exact),
		cmocka_unit_test(blocks_double_until_the_runs_fit),
		cmocka_unit_test(truths_correct_what_was_found),
		cmocka_unit_test(what_runs_have_in_a_range_is_added_up),
	};

	return cmocka_run_group_tests_name("scan_runs", tests, NULL, NULL);
}
