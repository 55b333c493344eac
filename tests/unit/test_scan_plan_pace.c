/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "residency/scan_plan.h"

/* Each pause and each step, in numbers. */

static void what_is_expected_is_a_sum(void **state)
{
	(void)state;
	assert_int_equal(scan_pace_expected(0, 0, 0), 20000);
	assert_int_equal(scan_pace_expected(1000, 0, 0), 26000);
	assert_int_equal(scan_pace_expected(0, 10, 0), 21500);
	assert_int_equal(scan_pace_expected(0, 0, (UINT64_C(1) << 40) - 1), 20000);
	assert_int_equal(scan_pace_expected(0, 0, UINT64_C(3) << 40), 65000);
	assert_int_equal(scan_pace_expected(1, 1, UINT64_C(1) << 40), 35156);
	assert_int_equal(scan_smaps_estimate(3, 2 * 4096 + 4095), 6026);
	assert_int_equal(scan_smaps_estimate(0, 4095), 0);
	assert_int_equal(scan_smaps_estimate(0, 4096 * 4096), 53248);
}

static void a_pace_begins_with_all_credit(void **state)
{
	struct scan_pace pace;

	(void)state;
	scan_pace_init(&pace, 0.5, 0.125, 7);
	assert_true(pace.share == 0.5 && pace.most == 0.5 && pace.least == 0.125);
	assert_true(pace.credit_ns == 4000000);
	assert_int_equal(pace.last_ns, 7);
	assert_int_equal(pace.calm, 0);
}

/* What is held beyond the credit is paused for, by the share; never for less than is worth it. */
static void pauses_make_up_for_what_was_held(void **state)
{
	struct scan_pace pace;

	(void)state;
	scan_pace_init(&pace, 0.5, 0.125, 0);
	assert_int_equal(scan_pace_pause(&pace, 4000000, 4000000, 0), 0);
	assert_true(pace.credit_ns == 0);
	assert_int_equal(scan_pace_pause(&pace, 100001, 100001, 0), 200002);
	assert_int_equal(scan_pace_pause(&pace, 0, 0, 200002), 0); /* it was made up for */
	assert_int_equal(pace.last_ns, 200002);
	assert_int_equal(scan_pace_pause(&pace, 99999, 99999, 200002), 200000);
	/* A long step gives what it earned itself, beyond the most. */
	assert_int_equal(scan_pace_pause(&pace, 0, 0, 1000000000), 0);
	assert_true(pace.credit_ns == 4000000);
	assert_int_equal(scan_pace_pause(&pace, 8000000, 8000000, 1008000000), 0);
	assert_true(pace.credit_ns == 0);
}

/* The program has 2 %: 20 ms in a second, its scans 5 of them in any case. */
static void a_budget_is_the_programs(void **state)
{
	struct scan_budget budget;

	(void)state;
	scan_budget_init(&budget, 0.02, 1000, 500);
	assert_true(budget.credit_ns == 0);
	/* 1 ms of its own in 50: as much as there is. */
	assert_int_equal(scan_budget_pause(&budget, 1000000, 50001000, 1000500), 0);
	assert_int_equal(scan_budget_pause(&budget, 1000000, 50001000, 2000500), 50000000);
	/* It was waited for; then others take as much, which takes as much time. */
	assert_int_equal(scan_budget_pause(&budget, 1000000, 100001000, 3000500), 50000000);
	/* Others take more: every 200 ms a step of 1 ms. */
	assert_int_equal(scan_budget_pause(&budget, 1000000, 100001000, 13000500), 200000000);
	assert_int_equal(scan_budget_pause(&budget, 500000, 100001000, 13500500), 100000000);
	/* What a second gives is made up for, or saved, at most. */
	assert_int_equal(scan_budget_pause(&budget, 1000000000, 100001000, 9913500500), 1000000000);
	assert_true(budget.credit_ns == -20000000);
	assert_int_equal(scan_budget_pause(&budget, 0, 99900001000, 9913500500), 0);
	assert_true(budget.credit_ns == 20000000);
	assert_int_equal(scan_budget_pause(&budget, 20000000, 99900001000, 9933500500), 0);
	assert_int_equal(scan_budget_pause(&budget, 200, 99900001000, 9933500700), 10000);
}

/* Ten times what was expected is no contention yet, a part more is. */
static void contention_is_more_than_ten_times(void **state)
{
	struct scan_pace pace;

	(void)state;
	scan_pace_init(&pace, 0.5, 0.125, 0);
	scan_pace_pause(&pace, 1009, 100, 0);
	assert_true(pace.share == 0.5 && pace.calm == 1);
	assert_int_equal(scan_pace_pause(&pace, 1010, 100, 0), 200000);
	assert_true(pace.share == 0.25 && pace.calm == 0 && pace.credit_ns == -1010);
	assert_int_equal(scan_pace_pause(&pace, 200000, 0, 0), 1600000);
	assert_true(pace.share == 0.125);
	scan_pace_pause(&pace, 10, 0, 0);
	assert_true(pace.share == 0.125); /* not less than the least */
	/* Sixteen calm steps double it, up to the most. */
	for (unsigned calm = 1; calm < 16; calm++) {
		scan_pace_pause(&pace, 0, 0, 0);
		assert_true(pace.share == 0.125 && pace.calm == calm);
	}
	scan_pace_pause(&pace, 0, 0, 0);
	assert_true(pace.share == 0.25 && pace.calm == 0);
	for (int step = 0; step < 16; step++)
		scan_pace_pause(&pace, 0, 0, 0);
	assert_true(pace.share == 0.5);
	for (int step = 0; step < 16; step++)
		scan_pace_pause(&pace, 0, 0, 0);
	assert_true(pace.share == 0.5);
	pace.share = 0.3;
	for (int step = 0; step < 16; step++)
		scan_pace_pause(&pace, 0, 0, 0);
	assert_true(pace.share == 0.5);
	pace.share = 0.2;
	scan_pace_pause(&pace, 10, 0, 0);
	assert_true(pace.share == 0.125);
}

static const struct scan_range ranges[] = {
	{.start = 0x20000, .end = 0x30000},
	{.start = 0x40000, .end = 0x50000},
	{.start = 0x90000, .end = 0xa0000},
};

static void check_step(struct scan_plan *plan, uint64_t start, uint64_t end, size_t vmas)
{
	struct scan_step step;

	assert_true(scan_plan_next(plan, &step));
	assert_int_equal(step.start, start);
	assert_int_equal(step.end, end);
	assert_int_equal(step.vmas, vmas);
}

static void a_pass_begins_at_the_address_and_wraps(void **state)
{
	struct scan_plan plan;
	struct scan_step step = {1, 2, 3};

	(void)state;
	scan_plan_begin(&plan, ranges, 3, 0x4ffff);
	assert_int_equal(plan.first, 0x40000);
	check_step(&plan, 0x40000, 0xa0000, 2);
	scan_plan_walked(&plan, 0x48000);
	check_step(&plan, 0x48000, 0xa0000, 2);
	scan_plan_walked(&plan, 0x50000);
	check_step(&plan, 0x90000, 0xa0000, 1);
	assert_false(plan.wrapped);
	scan_plan_walked(&plan, 0xa0000);
	check_step(&plan, 0x20000, 0x30000, 1);
	assert_true(plan.wrapped);
	scan_plan_walked(&plan, 0x30000);
	assert_false(scan_plan_next(&plan, &step));
	assert_int_equal(step.start, 1);
	/* Within a mapping: it is walked in two parts. */
	scan_plan_begin(&plan, ranges, 2, 0x4ffff);
	plan.first = plan.cursor = 0x48000;
	check_step(&plan, 0x48000, 0x50000, 1);
	scan_plan_walked(&plan, 0x50000);
	check_step(&plan, 0x20000, 0x48000, 2);
	scan_plan_walked(&plan, 0x48000);
	assert_false(scan_plan_next(&plan, &step));
}

static void a_pass_above_all_begins_at_the_lowest(void **state)
{
	struct scan_plan plan;
	struct scan_step step;

	(void)state;
	scan_plan_begin(&plan, ranges, 3, 0x9ffff);
	assert_int_equal(plan.first, 0x90000);
	scan_plan_begin(&plan, ranges, 3, 0xa0000);
	assert_int_equal(plan.first, 0);
	assert_int_equal(plan.cursor, 0);
	check_step(&plan, 0x20000, 0xa0000, 3);
	scan_plan_walked(&plan, 0xa0000);
	assert_false(scan_plan_next(&plan, &step));
	scan_plan_begin(&plan, NULL, 0, 0x10000);
	assert_int_equal(plan.first, 0);
	assert_false(scan_plan_next(&plan, &step));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_expected_is_a_sum),
		cmocka_unit_test(a_pace_begins_with_all_credit),
		cmocka_unit_test(pauses_make_up_for_what_was_held),
		cmocka_unit_test(contention_is_more_than_ten_times),
		cmocka_unit_test(a_budget_is_the_programs),
		cmocka_unit_test(a_pass_begins_at_the_address_and_wraps),
		cmocka_unit_test(a_pass_above_all_begins_at_the_lowest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
