/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "schedule_run.h"
#include "sampler/schedule.h"

static void pulses_are_as_fine_as_needed(void **state)
{
	static const struct {
		int64_t interval, pulse;
	} cases[] = {
		{1, 10 * MS},       {10 * MS, 10 * MS}, {19 * MS, 19 * MS}, {25 * MS, 12500000},
		{50 * MS, 10 * MS}, {90 * MS, 10 * MS}, {99 * MS, 11 * MS}, {100 * MS, 100 * MS},
		{SECOND, SECOND},   {HOUR, HOUR},       {2 * HOUR, HOUR},   {INT64_MAX, HOUR},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct schedule schedule;

		schedule_init(&schedule, (uint64_t)cases[i].interval, 0, 0);
		assert_int_equal(schedule_next(&schedule), cases[i].pulse);
	}
}

static void an_idle_process_is_listed_every_second(void **state)
{
	static const int64_t intervals[] = {10 * MS, 50 * MS, 100 * MS, SECOND / 2, SECOND};

	(void)state;
	for (size_t i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++) {
		struct schedule_run run = {.cost = 50 * US, .late = 60 * US};

		schedule_run_start(&run, intervals[i], 0);
		assert_true(intervals[i] < 100 * MS ||
			    schedule_run_turn(&run, false)); /* the first one */
		schedule_run_until(&run, intervals[i] + 10 * SECOND + 5 * MS, false);
		assert_in_range(run.lists, 10, 11);
		assert_true(run.longest <= SECOND + 10 * MS);
		assert_int_equal(run.turns * run.schedule.pulse_interval / MS,
				 (intervals[i] + 10 * SECOND) / MS);
	}
}

/* 30 ms a list: 1.5 s by the budget where something moved, three times as long where nothing did.
 */
static void a_long_list_that_nothing_asks_for_is_rare(void **state)
{
	struct schedule_run run = {.cost = 30 * MS, .late = 60 * US};

	(void)state;
	schedule_run_start(&run, SECOND, 0);
	schedule_run_turn(&run, true);
	schedule_run_until(&run, 46 * SECOND, false);
	assert_in_range(run.lists, 10, 11);
	assert_true(run.longest <= 6 * SECOND);
	assert_int_equal(schedule_coverage(&run.schedule).rest_ns, 4500 * MS);
	assert_int_equal(schedule_coverage(&run.schedule).seen_ns, 1500 * MS);
}

/*
 * 30 ms a list, for which the budget has 2 %, less what all else takes; but a third of what pulses
 * leave, and a fifth, always.
 */
static void what_else_is_done_counts(void **state)
{
	static const struct {
		double pulses, others;
		int64_t lists; /* in ten minutes */
	} cases[] = {{0, 0, 400},     {0, 0.005, 300}, {0, 0.01, 200},  {0, 0.013, 140},
		     {0, 0.03, 133},  {0, 1, 133},     {0.005, 0, 300}, {0.005, 0.005, 200},
		     {0.005, 1, 100}, {0.03, 0, 133},  {1, 1, 80}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct schedule_run run = {.cost = 30 * MS,
					   .late = 60 * US,
					   .pulses = cases[i].pulses,
					   .others = cases[i].others};

		schedule_run_start(&run, SECOND, 0);
		schedule_run_until(&run, 600 * SECOND, true);
		assert_in_range(run.lists, cases[i].lists - cases[i].lists / 25,
				cases[i].lists + cases[i].lists / 25);
		/* Where that is over, it is soon forgotten. */
		run.pulses = run.others = 0;
		schedule_run_until(&run, 660 * SECOND, true);
		assert_in_range(schedule_coverage(&run.schedule).seen_ns, 1500 * MS, 1510 * MS);
	}
}

static void a_long_interval_has_a_list_each(void **state)
{
	struct schedule_run run = {.cost = 50 * US, .late = 60 * US};

	(void)state;
	schedule_run_start(&run, HOUR, 0);
	schedule_run_until(&run, 24 * HOUR + SECOND, false);
	assert_int_equal(run.turns, 24);
	assert_int_equal(run.lists, 24);
}

static void what_moved_is_listed_at_once(void **state)
{
	struct schedule_run run = {.cost = 50 * US};

	(void)state;
	schedule_run_start(&run, 10 * MS, 0);
	assert_true(schedule_run_turn(
		&run, false)); /* what happened before the first pulse is not known */
	for (int i = 0; i < 50; i++)
		assert_false(schedule_run_turn(&run, false));
	assert_true(schedule_run_turn(&run, true));
	assert_false(schedule_run_turn(&run, false));
	assert_true(schedule_run_turn(&run, true));
	assert_true(schedule_run_turn(&run, true));
}

static void not_more_lists_than_frames(void **state)
{
	struct schedule_run run = {.cost = 10 * US};

	(void)state;
	schedule_run_start(&run, 50 * MS, 1);
	schedule_run_until(&run, 10 * SECOND, true);
	assert_int_equal(run.turns, 1000);
	assert_int_equal(run.lists, 200);
	assert_true(run.shortest >= 47 * MS && run.longest <= 53 * MS);
}

static void turns_that_are_late_miss_no_beat(void **state)
{
	struct schedule_run run = {.cost = 10 * US};

	(void)state;
	schedule_run_start(&run, 100 * MS, 1);
	for (int i = 1; i <= 1000; i++) {
		run.late = i % 7 * 300 * US; /* now more, now less */
		assert_true(schedule_run_turn(&run, true));
		assert_int_equal(run.last_list - run.late, i * 100 * MS); /* no drift */
	}
}

static void beats_that_were_slept_through_are_left_out(void **state)
{
	struct schedule_run run = {.late = 3 * SECOND + 30 * MS};

	(void)state;
	schedule_run_start(&run, 100 * MS, 0);
	schedule_run_turn(&run, false);
	assert_int_equal(run.now, 3 * SECOND + 130 * MS);
	assert_int_equal(schedule_next(&run.schedule), 3 * SECOND + 200 * MS);
}

/* Lists of 15 ms, as of 65 000 mappings, and of more: their share of the time is the budget. */
static void the_budget_is_kept_whatever_a_list_costs(void **state)
{
	static const int64_t costs[] = {10 * US, 300 * US, 15 * MS, 150 * MS, 3 * SECOND};
	static const double budgets[] = {0.001, 0.02, 0.5};

	(void)state;
	for (size_t i = 0; i < 5; i++)
		for (size_t j = 0; j < 3; j++) {
			struct schedule_run run = {.cost = costs[i], .late = 50 * US};
			int64_t first;
			double share;

			schedule_run_start(&run, 10 * MS, budgets[j]);
			schedule_run_turn(&run, true);
			first = run.last_list;
			while (run.lists < 20)
				schedule_run_turn(&run, true);
			share = (double)run.cost * (run.lists - 1) /
				(double)(run.last_list - first);
			assert_true(share <= budgets[j] * 1.001);
			/* And not wasted: what is over is less than the interval. */
			assert_true(run.longest <=
				    (int64_t)((double)run.cost / budgets[j]) + 10 * MS + run.late);
		}
}

/* The time between lists that the budget forces; 0 while it lets the plan be kept. */
static int64_t stretched(const struct schedule *schedule)
{
	struct coverage coverage = schedule_coverage(schedule);

	return (int64_t)coverage.seen_ns > schedule->interval ? (int64_t)coverage.seen_ns : 0;
}

static void a_list_put_off_comes_when_it_may(void **state)
{
	struct schedule_run run = {.cost = 15 * MS};

	(void)state;
	schedule_run_start(&run, SECOND / 2, 0);
	assert_true(schedule_run_turn(&run, false));
	assert_int_equal(run.last_list, 500 * MS);
	assert_int_equal(stretched(&run.schedule), 750 * MS);
	assert_false(schedule_run_turn(&run, true)); /* at 1 s */
	assert_int_equal(schedule_next(&run.schedule), 1250 * MS);
	assert_true(schedule_run_turn(&run, false));
	assert_int_equal(run.last_list, 1250 * MS);
	assert_int_equal(schedule_next(&run.schedule), 1500 * MS); /* the beat goes on */
}

static void says_when_the_interval_is_stretched(void **state)
{
	struct schedule schedule;

	(void)state;
	schedule_init(&schedule, (uint64_t)SECOND, 0, 0);
	assert_int_equal(stretched(&schedule), 0);
	schedule_listed(&schedule, SECOND, 15 * MS, false);
	assert_int_equal(stretched(&schedule), 0);
	schedule_set_interval(&schedule, (uint64_t)(100 * MS), SECOND);
	assert_int_equal(stretched(&schedule), 750 * MS);
	for (int i = 0; i < 30; i++) /* it became small */
		schedule_listed(&schedule, SECOND, 100 * US, false);
	assert_int_equal(stretched(&schedule), 0);
	schedule_listed(&schedule, SECOND, INT64_MAX / 8, false);
	assert_int_equal(stretched(&schedule), HOUR);
}

static void a_strange_budget_is_the_default(void **state)
{
	static const double budgets[] = {0, -1, 1.5, NAN, INFINITY, -INFINITY};

	(void)state;
	for (size_t i = 0; i < sizeof(budgets) / sizeof(budgets[0]); i++) {
		struct schedule schedule;

		schedule_init(&schedule, (uint64_t)(10 * MS), budgets[i], 0);
		assert_true(schedule.budget == SCHEDULE_BUDGET_DEFAULT);
	}
}

static void another_interval_counts_from_now(void **state)
{
	struct schedule_run run = {.cost = 10 * US};

	(void)state;
	schedule_run_start(&run, HOUR, 0);
	run.now = 7 * MS;
	schedule_set_interval(&run.schedule, (uint64_t)(20 * MS), run.now);
	assert_int_equal(schedule_next(&run.schedule), 17 * MS);
	schedule_run_until(&run, SECOND, true);
	assert_in_range(run.lists, 48, 50);
	schedule_set_interval(&run.schedule, (uint64_t)HOUR, SECOND);
	assert_int_equal(schedule_next(&run.schedule), SECOND + HOUR);
}

static void the_end_comes_after_so_many_intervals(void **state)
{
	static const int64_t intervals[] = {10 * MS, 50 * MS, 100 * MS, SECOND, 60 * SECOND};

	(void)state;
	for (size_t i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++) {
		/* Nothing moves, and lists are dear: neither counts at the end. */
		struct schedule_run run = {.now = 5 * MS, .cost = 100 * MS, .late = 60 * US};
		int64_t end = run.now + 7 * intervals[i];

		schedule_run_start(&run, intervals[i], 0);
		schedule_end_after(&run.schedule, 7, run.now);
		while (!schedule_is_over(&run.schedule, run.last_list))
			schedule_run_turn(&run, false);
		assert_in_range(run.last_list, end, end + run.cost);
	}
}

static void without_an_end_there_is_none(void **state)
{
	static const uint64_t intervals[] = {0, UINT32_MAX, UINT64_MAX};

	(void)state;
	for (size_t i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++) {
		struct schedule_run run = {.cost = 50 * US};

		schedule_run_start(&run, HOUR, 0);
		schedule_end_after(&run.schedule, intervals[i], run.now);
		schedule_run_until(&run, 1000 * HOUR, false);
		assert_int_equal(run.lists, 1000);
		assert_false(schedule_is_over(&run.schedule, run.now));
	}
}

static void without_pulses_every_interval_has_a_list(void **state)
{
	struct schedule_run run = {.cost = 10 * US};

	(void)state;
	schedule_run_start(&run, 50 * MS, 0);
	schedule_without_pulses(&run.schedule);
	schedule_run_until(&run, 10 * SECOND, false);
	assert_in_range(run.lists, 199, 200);
	schedule_set_interval(&run.schedule, (uint64_t)(20 * MS), run.now);
	assert_int_equal(schedule_next(&run.schedule), run.now + 20 * MS);
}

static void what_changed_during_a_list_is_listed_again(void **state)
{
	struct schedule_run run = {.cost = 10 * US};

	(void)state;
	schedule_run_start(&run, 10 * MS, 0);
	schedule_run_turn(&run, true);
	assert_false(schedule_run_turn(&run, false));
	schedule_listed(&run.schedule, run.now, run.cost, true);
	assert_true(schedule_run_turn(&run, false));
	assert_false(schedule_run_turn(&run, false));
}

/* What waits to be taken is not replaced; how long that takes is a part of what may be missed. */
static void a_list_that_waits_is_not_replaced(void **state)
{
	struct schedule_run run = {.cost = 100 * US};
	uint64_t seen;

	(void)state;
	schedule_run_start(&run, 10 * MS, 0);
	assert_true(schedule_run_turn(&run, true));
	seen = schedule_coverage(&run.schedule).seen_ns;
	for (int i = 0; i < 20; i++) {
		int64_t listed = run.last_list;

		schedule_hold(&run.schedule);
		while (run.now < listed + 95 * MS)
			assert_false(schedule_run_turn(&run, true));
		/* The next beat is near. */
		assert_false(schedule_release(&run.schedule, run.now));
		assert_true(schedule_run_turn(&run, true));
		assert_in_range(run.last_list - listed, 95 * MS, 115 * MS);
	}
	assert_in_range(schedule_coverage(&run.schedule).seen_ns, 95 * MS, 115 * MS);
	for (int i = 0; i < 200; i++) {
		schedule_release(&run.schedule, run.now);
		schedule_run_turn(&run, true);
	}
	assert_in_range(schedule_coverage(&run.schedule).seen_ns, seen, seen + MS);
}

static void a_list_that_waited_is_followed_at_once(void **state)
{
	struct schedule_run run = {.cost = 15 * MS};

	(void)state;
	schedule_run_start(&run, SECOND, 0);
	assert_true(schedule_run_turn(&run, true)); /* at 1 s; the budget puts off the next */
	schedule_hold(&run.schedule);
	assert_false(schedule_release(&run.schedule, run.now));
	schedule_hold(&run.schedule);
	assert_false(schedule_run_turn(&run, true));
	/* While it waits only beats come. */
	assert_int_equal(schedule_next(&run.schedule), 3 * SECOND);
	assert_false(schedule_run_turn(&run, true));
	assert_true(schedule_release(&run.schedule, run.now + 10 * MS));
	assert_true(schedule_next(&run.schedule) <= run.now);
	assert_true(schedule_run_turn(&run, true));
	/* The last one comes in any case. */
	schedule_hold(&run.schedule);
	schedule_end_after(&run.schedule, 1, run.now);
	assert_true(schedule_run_turn(&run, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pulses_are_as_fine_as_needed),
		cmocka_unit_test(an_idle_process_is_listed_every_second),
		cmocka_unit_test(a_long_list_that_nothing_asks_for_is_rare),
		cmocka_unit_test(what_else_is_done_counts),
		cmocka_unit_test(a_long_interval_has_a_list_each),
		cmocka_unit_test(what_moved_is_listed_at_once),
		cmocka_unit_test(not_more_lists_than_frames),
		cmocka_unit_test(turns_that_are_late_miss_no_beat),
		cmocka_unit_test(beats_that_were_slept_through_are_left_out),
		cmocka_unit_test(the_budget_is_kept_whatever_a_list_costs),
		cmocka_unit_test(a_list_put_off_comes_when_it_may),
		cmocka_unit_test(says_when_the_interval_is_stretched),
		cmocka_unit_test(a_strange_budget_is_the_default),
		cmocka_unit_test(another_interval_counts_from_now),
		cmocka_unit_test(the_end_comes_after_so_many_intervals),
		cmocka_unit_test(without_an_end_there_is_none),
		cmocka_unit_test(without_pulses_every_interval_has_a_list),
		cmocka_unit_test(what_changed_during_a_list_is_listed_again),
		cmocka_unit_test(a_list_that_waits_is_not_replaced),
		cmocka_unit_test(a_list_that_waited_is_followed_at_once),
	};

	return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
