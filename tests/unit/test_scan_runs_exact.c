/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "residency/scan_runs.h"

/* Which runs there are exactly, at each border of limits, blocks, mappings and truths. */

#define PAGE  UINT64_C(4096)
#define MB    (UINT64_C(1) << 20)
#define LIMIT 16 /* of one mapping */

static void add(struct scan_runs *runs, uint64_t start, uint64_t end, unsigned flags)
{
	scan_runs_add(runs,
		      (struct residency_run){.start = start, .end = end, .flags = (uint8_t)flags});
}

static void expect(const struct scan_runs *runs, size_t at, uint64_t start, uint64_t end,
		   unsigned flags)
{
	assert_in_range(at, 0, runs->count - 1);
	assert_int_equal(runs->runs[at].start, start);
	assert_int_equal(runs->runs[at].end, end);
	assert_int_equal(runs->runs[at].flags, flags);
}

static void what_adjoins_is_one_run(void **state)
{
	struct scan_runs runs;

	(void)state;
	scan_runs_init(&runs, NULL, 0, 0);
	assert_int_equal(runs.limit, 0);
	scan_runs_init(&runs, NULL, 1, LIMIT - 1);
	assert_int_equal(runs.limit, LIMIT);
	scan_runs_init(&runs, NULL, 1, LIMIT + 1);
	assert_int_equal(runs.limit, LIMIT + 1);
	add(&runs, PAGE, PAGE, RUN_RESIDENT);
	add(&runs, 2 * PAGE, PAGE, RUN_RESIDENT);
	assert_int_equal(runs.count, 0);
	add(&runs, PAGE, 2 * PAGE, RUN_RESIDENT);
	add(&runs, 2 * PAGE, 3 * PAGE, RUN_RESIDENT);
	add(&runs, 3 * PAGE, 4 * PAGE, RUN_SWAPPED);
	add(&runs, 5 * PAGE, 6 * PAGE, RUN_SWAPPED);
	assert_int_equal(runs.count, 3);
	expect(&runs, 0, PAGE, 3 * PAGE, RUN_RESIDENT);
	expect(&runs, 1, 3 * PAGE, 4 * PAGE, RUN_SWAPPED);
	expect(&runs, 2, 5 * PAGE, 6 * PAGE, RUN_SWAPPED);
	scan_runs_finish(&runs);
}

/* At the limit, and not before; within a block each sort lies together, from its first page on. */
static void at_the_limit_blocks_are_summed_up(void **state)
{
	const struct scan_range range = {.start = 0, .end = 64 * MB};
	struct scan_runs runs;

	(void)state;
	scan_runs_init(&runs, &range, 1, 0);
	for (uint64_t i = 0; i < LIMIT - 1; i++)
		add(&runs, (2 * i + 1) * PAGE, (2 * i + 2) * PAGE,
		    i % 3 ? RUN_RESIDENT : RUN_SWAPPED);
	assert_int_equal(runs.count, LIMIT - 1);
	assert_int_equal(runs.block, 0);
	add(&runs, 40 * PAGE, 41 * PAGE, RUN_RESIDENT | RUN_SUSPECT);
	assert_int_equal(runs.block, 2 * MB);
	assert_int_equal(runs.count, 3);
	expect(&runs, 0, PAGE, 11 * PAGE, RUN_RESIDENT);
	expect(&runs, 1, 11 * PAGE, 16 * PAGE, RUN_SWAPPED);
	expect(&runs, 2, 16 * PAGE, 17 * PAGE, RUN_RESIDENT | RUN_SUSPECT);
	scan_runs_finish(&runs);
}

/* Until half of the limit is free. */
static void blocks_double_as_often_as_it_takes(void **state)
{
	const struct scan_range range = {.start = 0, .end = 64 * MB};
	struct scan_runs runs;

	(void)state;
	scan_runs_init(&runs, &range, 1, 0);
	for (uint64_t i = 0; i < LIMIT; i++)
		add(&runs, i * 2 * MB, i * 2 * MB + PAGE, RUN_RESIDENT);
	assert_int_equal(runs.block, 4 * MB);
	assert_int_equal(runs.count, LIMIT / 2);
	expect(&runs, 0, 0, 2 * PAGE, RUN_RESIDENT);
	expect(&runs, 7, 28 * MB, 28 * MB + 2 * PAGE, RUN_RESIDENT);
	/* The next ones are summed up in such blocks, too. */
	for (uint64_t i = 0; i < LIMIT / 2; i++)
		add(&runs, 32 * MB + 2 * i * PAGE, 32 * MB + (2 * i + 1) * PAGE, RUN_RESIDENT);
	assert_int_equal(runs.block, 8 * MB);
	assert_int_equal(runs.count, 5);
	expect(&runs, 3, 24 * MB, 24 * MB + 4 * PAGE, RUN_RESIDENT);
	expect(&runs, 4, 32 * MB, 32 * MB + 8 * PAGE, RUN_RESIDENT);
	scan_runs_finish(&runs);
}

/* Each sort stays a run however large the blocks are. */
static void blocks_do_not_double_for_ever(void **state)
{
	const struct scan_range range = {.start = 0, .end = 64 * MB};
	struct scan_runs runs;

	(void)state;
	scan_runs_init(&runs, &range, 1, 0);
	for (uint64_t i = 0; i < LIMIT; i++)
		add(&runs, i * PAGE, (i + 1) * PAGE, (unsigned)i);
	assert_int_equal(runs.block, UINT64_C(1) << 46);
	assert_int_equal(runs.count, LIMIT);
	expect(&runs, 15, 15 * PAGE, 16 * PAGE, 15);
	scan_runs_finish(&runs);
}

/* Blocks end where mappings begin and end; above the last one there is only the block. */
static void blocks_end_at_mappings(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = MB, .end = MB + 8 * PAGE},
		{.start = 0, .end = 4 * MB}, /* not one of them, nor is the next */
		{.start = 12 * MB + 4 * PAGE, .end = 13 * MB},
	};
	struct scan_runs runs;

	(void)state;
	scan_runs_init(&runs, ranges, 1, 0);
	for (uint64_t i = 0; i < 4; i++)
		add(&runs, MB - (8 - 2 * i) * PAGE, MB - (7 - 2 * i) * PAGE, RUN_RESIDENT);
	add(&runs, MB - PAGE, MB + PAGE, RUN_SWAPPED);
	for (uint64_t i = 1; i < 4; i++)
		add(&runs, MB + 2 * i * PAGE, MB + (2 * i + 1) * PAGE, RUN_RESIDENT);
	add(&runs, MB + 8 * PAGE, MB + 9 * PAGE, RUN_RESIDENT);
	add(&runs, 2 * MB - PAGE, 2 * MB + PAGE, RUN_RESIDENT);
	for (uint64_t i = 0; i < 6; i++)
		add(&runs, 12 * MB + 2 * i * PAGE, 12 * MB + (2 * i + 1) * PAGE, RUN_RESIDENT);
	assert_int_equal(runs.block, 2 * MB);
	assert_int_equal(runs.count, 7);
	expect(&runs, 0, MB - 8 * PAGE, MB - 4 * PAGE, RUN_RESIDENT);
	expect(&runs, 1, MB - 4 * PAGE, MB - 3 * PAGE, RUN_SWAPPED);
	expect(&runs, 2, MB, MB + 3 * PAGE, RUN_RESIDENT);
	expect(&runs, 3, MB + 3 * PAGE, MB + 4 * PAGE, RUN_SWAPPED);
	expect(&runs, 4, MB + 8 * PAGE, MB + 10 * PAGE, RUN_RESIDENT);
	expect(&runs, 5, 2 * MB, 2 * MB + PAGE, RUN_RESIDENT);
	expect(&runs, 6, 12 * MB, 12 * MB + 6 * PAGE, RUN_RESIDENT);
	scan_runs_finish(&runs);
}

/* What lies below is summed up by itself, and sorted once. */
static void a_pass_that_turned_is_summed_up(void **state)
{
	const struct scan_range range = {.start = 0, .end = 64 * MB};
	struct scan_runs runs, copy;

	(void)state;
	scan_runs_init(&runs, &range, 1, 0);
	for (uint64_t i = 0; i < 8; i++)
		add(&runs, MB + 2 * i * PAGE, MB + (2 * i + 1) * PAGE, RUN_RESIDENT);
	scan_runs_turn(&runs);
	assert_int_equal(runs.turn, 8);
	for (uint64_t i = 0; i < 8; i++)
		add(&runs, 2 * i * PAGE, (2 * i + 1) * PAGE, RUN_SWAPPED);
	assert_int_equal(runs.count, 2);
	assert_int_equal(runs.turn, 1);
	expect(&runs, 0, MB, MB + 8 * PAGE, RUN_RESIDENT);
	expect(&runs, 1, 0, 8 * PAGE, RUN_SWAPPED);
	scan_runs_copy(&runs, &copy);
	for (int i = 0; i < 2; i++) {
		scan_runs_sort(&copy);
		expect(&copy, 0, 0, 8 * PAGE, RUN_SWAPPED);
		expect(&copy, 1, MB, MB + 8 * PAGE, RUN_RESIDENT);
		assert_int_equal(copy.count, 2);
		assert_int_equal(copy.capacity, 2);
	}
	expect(&runs, 0, MB, MB + 8 * PAGE, RUN_RESIDENT);
	scan_runs_finish(&copy);
	scan_runs_finish(&runs);
	/* Where nothing lies above, or nothing below, all is sorted. */
	scan_runs_init(&runs, &range, 1, 0);
	scan_runs_turn(&runs);
	add(&runs, PAGE, 2 * PAGE, RUN_RESIDENT);
	scan_runs_sort(&runs);
	expect(&runs, 0, PAGE, 2 * PAGE, RUN_RESIDENT);
	scan_runs_turn(&runs);
	scan_runs_sort(&runs);
	expect(&runs, 0, PAGE, 2 * PAGE, RUN_RESIDENT);
	assert_int_equal(runs.count, 1);
	scan_runs_finish(&runs);
	assert_null(runs.runs);
}

static void the_cursor_stays_at_what_reaches_farther(void **state)
{
	struct residency_run list[] = {{0x1000, 0x3000, RUN_RESIDENT},
				       {0x3000, 0x5000, RUN_SWAPPED},
				       {0x6000, 0x7000, RUN_RESIDENT | RUN_SUSPECT}};
	const struct scan_runs runs = {.runs = list, .count = 3};
	size_t cursor = 0;

	(void)state;
	assert_int_equal(scan_runs_amounts(&runs, &cursor, 0x2000, 0x3000).resident, 0x1000);
	assert_int_equal(cursor, 0);
	assert_int_equal(scan_runs_amounts(&runs, &cursor, 0x3000, 0x3001).swapped, 1);
	assert_int_equal(cursor, 1);
	assert_int_equal(scan_runs_amounts(&runs, &cursor, 0x6000, 0x9000).suspect, 0x1000);
	assert_int_equal(cursor, 2);
	assert_int_equal(scan_runs_amounts(&runs, &cursor, 0x7000, 0x9000).suspect, 0);
	assert_int_equal(cursor, 3);
}

/* What a truth takes away, it takes from the end. */
static void amounts_are_taken_from_the_first(void **state)
{
	static const struct scan_truth truths[] = {
		{.start = 10 * PAGE, .end = 20 * PAGE, .resident = 5 * PAGE, .swapped = 2 * PAGE},
		{.start = 20 * PAGE, .end = 21 * PAGE, .resident = 0, .swapped = 0},
		{.start = 21 * PAGE, .end = 22 * PAGE, .kind = TRUTH_NOTHING},
	};
	struct scan_runs runs;

	(void)state;
	scan_runs_init(&runs, NULL, 0, SCAN_RUNS_MAX);
	add(&runs, 9 * PAGE, 12 * PAGE, RUN_RESIDENT | RUN_SUSPECT);
	add(&runs, 12 * PAGE, 13 * PAGE, RUN_RESIDENT);
	add(&runs, 13 * PAGE, 14 * PAGE, RUN_RESIDENT | RUN_SUSPECT | RUN_HUGE);
	add(&runs, 14 * PAGE, 16 * PAGE, RUN_RESIDENT | RUN_SUSPECT);
	add(&runs, 17 * PAGE, 23 * PAGE, RUN_SWAPPED);
	scan_runs_settle(&runs, truths, 3, PAGE);
	assert_int_equal(runs.count, 5);
	expect(&runs, 0, 9 * PAGE, 13 * PAGE, RUN_RESIDENT);
	expect(&runs, 1, 13 * PAGE, 14 * PAGE, RUN_RESIDENT | RUN_HUGE);
	expect(&runs, 2, 14 * PAGE, 15 * PAGE, RUN_RESIDENT);
	expect(&runs, 3, 17 * PAGE, 19 * PAGE, RUN_SWAPPED);
	expect(&runs, 4, 22 * PAGE, 23 * PAGE, RUN_SWAPPED);
	scan_runs_finish(&runs);
}

/* In 64 pieces, of which each has its share of the pages; the first of all are resident. */
static void amounts_without_places_are_spread(void **state)
{
	struct scan_truth truth = {.start = 1000 * PAGE,
				   .end = 1128 * PAGE,
				   .resident = 32 * PAGE,
				   .swapped = 32 * PAGE,
				   .kind = TRUTH_UNREAD};
	struct scan_runs runs;

	(void)state;
	scan_runs_init(&runs, NULL, 0, SCAN_RUNS_MAX);
	scan_runs_settle(&runs, &truth, 1, PAGE);
	assert_int_equal(runs.count, 64);
	for (uint64_t i = 0; i < 64; i++)
		expect(&runs, i, (1000 + 2 * i) * PAGE, (1001 + 2 * i) * PAGE,
		       i < 32 ? RUN_RESIDENT : RUN_SWAPPED);
	scan_runs_finish(&runs);
	/* A piece of both; and no more than there are pages. */
	truth.end = 1256 * PAGE;
	truth.resident = 5 * PAGE;
	truth.swapped = 300 * PAGE;
	scan_runs_init(&runs, NULL, 0, SCAN_RUNS_MAX);
	scan_runs_settle(&runs, &truth, 1, PAGE);
	assert_int_equal(runs.count, 2);
	expect(&runs, 0, 1000 * PAGE, 1005 * PAGE, RUN_RESIDENT);
	expect(&runs, 1, 1005 * PAGE, 1256 * PAGE, RUN_SWAPPED);
	scan_runs_finish(&runs);
	truth.resident = 257 * PAGE;
	scan_runs_init(&runs, NULL, 0, SCAN_RUNS_MAX);
	scan_runs_settle(&runs, &truth, 1, PAGE);
	assert_int_equal(runs.count, 1);
	expect(&runs, 0, 1000 * PAGE, 1256 * PAGE, RUN_RESIDENT);
	scan_runs_finish(&runs);
}

static void what_is_taken_is_gone(void **state)
{
	struct scan_runs runs;
	struct residency_run *taken;
	size_t count = 9;

	(void)state;
	scan_runs_init(&runs, NULL, 0, SCAN_RUNS_MAX);
	add(&runs, PAGE, 2 * PAGE, RUN_RESIDENT);
	taken = scan_runs_take(&runs, &count);
	assert_int_equal(count, 1);
	assert_int_equal(runs.count, 0);
	assert_int_equal(runs.capacity, 0);
	assert_null(runs.runs);
	free(taken);
	add(&runs, PAGE, 2 * PAGE, RUN_RESIDENT); /* and more may come */
	assert_int_equal(runs.count, 1);
	scan_runs_finish(&runs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_adjoins_is_one_run),
		cmocka_unit_test(at_the_limit_blocks_are_summed_up),
		cmocka_unit_test(blocks_double_as_often_as_it_takes),
		cmocka_unit_test(blocks_do_not_double_for_ever),
		cmocka_unit_test(blocks_end_at_mappings),
		cmocka_unit_test(a_pass_that_turned_is_summed_up),
		cmocka_unit_test(the_cursor_stays_at_what_reaches_farther),
		cmocka_unit_test(amounts_are_taken_from_the_first),
		cmocka_unit_test(amounts_without_places_are_spread),
		cmocka_unit_test(what_is_taken_is_gone),
	};

	return cmocka_run_group_tests_name("scan_runs_exact", tests, NULL, NULL);
}
