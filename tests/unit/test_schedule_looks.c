/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "schedule_run.h"
#include "sampler/schedule.h"

/* Each interval has a list or a look at everything: nothing that lasts for one is missed. */
static void a_cheap_process_is_looked_at_every_interval(void **state)
{
	static const int64_t intervals[] = {10 * MS, 50 * MS, 100 * MS, SECOND / 2};

	(void)state;
	for (size_t i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++) {
		struct schedule_run run = {
			.cost = 20 * US, .late = 60 * US, .look_costs = {9 * US, 3 * US}};

		schedule_run_start(&run, intervals[i], 0);
		schedule_run_until(&run, intervals[i] + 10 * SECOND + 5 * MS, false);
		assert_in_range(run.lists + run.looks[COVERAGE_ALL], 10 * SECOND / intervals[i],
				10 * SECOND / intervals[i] + 1);
		assert_int_equal(run.looks[COVERAGE_CODE], 0);
		assert_int_equal(schedule_coverage(&run.schedule).level, COVERAGE_ALL);
	}
}

static void what_a_look_sees_is_listed_at_once(void **state)
{
	struct schedule_run run = {.cost = 20 * US, .look_costs = {9 * US, 3 * US}};

	(void)state;
	schedule_run_start(&run, 10 * MS, 0);
	assert_true(schedule_run_turn(&run, false));
	assert_false(schedule_run_turn(&run, false));
	assert_true(schedule_run_turn_with(&run, false, true));
	assert_false(schedule_run_turn(&run, false));
	assert_true(schedule_run_turn_with(&run, false, true));
	assert_true(schedule_run_turn_with(&run, false, true));
}

/* As a process grows: all of it is looked at, then its code, then nothing but its size. */
static void looks_are_as_close_as_a_quarter_of_the_budget_allows(void **state)
{
	static const struct {
		int64_t cost;
		enum coverage_level level;
		int64_t seen, rest;
	} cases[] = {
		{100 * US, COVERAGE_ALL, 100 * MS, SECOND},
		{600 * US, COVERAGE_CODE, 100 * MS, SECOND},
		{1500 * US, COVERAGE_SIZES, 100 * MS, SECOND},
		{5 * MS, COVERAGE_SIZES, 250 * MS, SECOND},
		{100 * US, COVERAGE_ALL, 100 * MS, SECOND},
		{50 * MS, COVERAGE_SIZES, 2500 * MS, 7500 * MS},
	};
	struct schedule_run run = {.late = 60 * US};

	(void)state;
	schedule_run_start(&run, 100 * MS, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct coverage coverage;
		int64_t begin, spent;

		run.cost = cases[i].cost;
		run.look_costs[COVERAGE_ALL] = run.cost * 9 / 10;
		run.look_costs[COVERAGE_CODE] = run.cost / 2;
		schedule_run_until(&run, run.now + 300 * SECOND, false); /* it learns */
		begin = run.now;
		spent = run.spent;
		schedule_run_until(&run, run.now + 300 * SECOND, false);
		coverage = schedule_coverage(&run.schedule);
		assert_int_equal(coverage.level, cases[i].level);
		assert_in_range(coverage.seen_ns, cases[i].seen * 99 / 100, cases[i].seen);
		assert_in_range(coverage.rest_ns, cases[i].rest * 99 / 100, cases[i].rest);
		assert_true(run.spent - spent <= (run.now - begin) / 50 + run.cost);
	}
}

/* A busy machine makes all dearer by the half, now and then. */
static void looks_do_not_come_and_go(void **state)
{
	struct schedule_run run = {.look_costs = {400 * US, 100 * US}};
	enum coverage_level last = COVERAGE_ALL;
	int changes = 0;

	(void)state;
	schedule_run_start(&run, 100 * MS, 0);
	for (int i = 0; i < 100000; i++) {
		enum coverage_level level;

		run.cost = (i / 50 % 2 ? 1200 : 800) * US;
		run.look_costs[COVERAGE_ALL] = run.cost / 2;
		schedule_run_turn(&run, false);
		level = schedule_coverage(&run.schedule).level;
		changes += level != last;
		last = level;
	}
	assert_true(changes <= 1);
}

static void a_source_without_looks_has_none(void **state)
{
	struct schedule_run run = {.cost = 20 * US};

	(void)state;
	schedule_run_start(&run, 10 * MS, 0);
	schedule_run_turn(&run, false);
	schedule_without_looks(&run.schedule, COVERAGE_ALL);
	schedule_run_turn(&run, false);
	assert_int_equal(run.looks[COVERAGE_CODE], 1);
	schedule_without_looks(&run.schedule, COVERAGE_CODE);
	schedule_run_until(&run, SECOND - 10 * MS, false);
	assert_int_equal(run.looks[COVERAGE_CODE] + run.looks[COVERAGE_ALL], 1);
	assert_int_equal(run.lists, 1);
	assert_int_equal(schedule_coverage(&run.schedule).level, COVERAGE_SIZES);
}

/* A process that does not run costs looks nothing, which says nothing of what they would cost. */
static void looks_that_were_not_needed_are_not_counted(void **state)
{
	struct schedule_run run = {.cost = 400 * US};
	double part;

	(void)state;
	schedule_run_start(&run, 100 * MS, 0);
	schedule_run_turn(&run, false);
	part = run.schedule.look_parts[COVERAGE_ALL];
	schedule_run_until(&run, 10 * SECOND, false);
	assert_true(run.looks[COVERAGE_ALL] > 80);
	assert_true(run.schedule.look_parts[COVERAGE_ALL] == part);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cheap_process_is_looked_at_every_interval),
		cmocka_unit_test(what_a_look_sees_is_listed_at_once),
		cmocka_unit_test(looks_are_as_close_as_a_quarter_of_the_budget_allows),
		cmocka_unit_test(looks_do_not_come_and_go),
		cmocka_unit_test(a_source_without_looks_has_none),
		cmocka_unit_test(looks_that_were_not_needed_are_not_counted),
	};

	return cmocka_run_group_tests_name("schedule_looks", tests, NULL, NULL);
}
