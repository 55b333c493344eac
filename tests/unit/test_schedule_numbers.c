/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sampler/schedule.h"

/* Each decision of the schedule in numbers: an interval of a second, and two hundredths of a core,
 * so that a cost allows fifty times as much. */

#define MS     INT64_C(1000000)
#define SECOND INT64_C(1000000000)

static struct schedule schedule_of(int64_t cost, int64_t others, int64_t average, int64_t looks)
{
	struct schedule schedule;

	schedule_init(&schedule, (uint64_t)SECOND, 0.02, 0);
	schedule.cost = cost;
	schedule.others = others;
	schedule.others_average = average;
	schedule.look_cost = looks;
	return schedule;
}

/* At which time the list is due, exactly. */
static void check_due(struct schedule schedule, bool moved, int64_t due)
{
	struct schedule before = schedule, then = schedule;

	before.moved = then.moved = false;
	assert_false(schedule_turn(&before, due - 1, moved));
	assert_true(schedule_turn(&then, due, moved));
}

static void a_list_is_due_by_what_it_costs(void **state)
{
	static const struct {
		int64_t cost, others, average, looks, moved, unmoved; /* milliseconds */
	} cases[] = {
		{0, 0, 0, 0, 750, 750},
		{2, 0, 0, 0, 750, 750},
		{15, 0, 0, 0, 750, 2000},
		{16, 0, 0, 0, 800, 2150},
		{20, 10, 0, 0, 1500, 2750},
		{20, 30, 0, 0, 2500, 2750},
		{20, 10, 15, 0, 1750, 2750},
		{20, 15, 10, 0, 1750, 2750},
		{20, 30, 0, 4, 2700, 3350},
		{20, 100, 100, 4, 3600, 3600},
		{100000, 0, 0, 0, 3600000, 3600000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct schedule schedule =
			schedule_of(cases[i].cost * MS, cases[i].others * MS, cases[i].average * MS,
				    cases[i].looks * MS);

		check_due(schedule, true, cases[i].moved * MS);
		check_due(schedule, false, cases[i].unmoved * MS);
	}
}

/* Without pulses anything may have moved. */
static void without_pulses_each_interval_has_a_list(void **state)
{
	struct schedule schedule = schedule_of(2 * MS, 0, 0, 0);

	(void)state;
	schedule_without_pulses(&schedule);
	assert_false(schedule.pulses);
	check_due(schedule, false, 750 * MS);
	schedule_init(&schedule, (uint64_t)(50 * MS), 0.02, 0);
	assert_int_equal(schedule.pulse_interval, 10 * MS);
	schedule_without_pulses(&schedule);
	assert_int_equal(schedule.pulse_interval, 50 * MS);
}

/* The next turn is at the beat, or where a list was put off at that time before it, or the end. */
static void the_next_turn_is_at_the_beat(void **state)
{
	struct schedule schedule = schedule_of(2 * MS, 0, 0, 0);

	(void)state;
	schedule.moved = true;
	assert_int_equal(schedule_next(&schedule), SECOND);
	schedule.cost = 30 * MS; /* due at 1.5 s */
	assert_int_equal(schedule_next(&schedule), SECOND);
	schedule.beat = 2 * SECOND;
	assert_int_equal(schedule_next(&schedule), 1500 * MS);
	schedule.moved = false;
	assert_int_equal(schedule_next(&schedule), 2 * SECOND);
	schedule.moved = true;
	schedule.cost = 20 * MS; /* due at one second: nothing was put off */
	assert_int_equal(schedule_next(&schedule), 2 * SECOND);
	schedule.cost = 20 * MS + 1;
	assert_int_equal(schedule_next(&schedule), SECOND + 50);
	schedule.end = SECOND + 49;
	assert_int_equal(schedule_next(&schedule), SECOND + 49);
}

/* Beats that were missed are passed over. */
static void a_turn_moves_the_beat_on(void **state)
{
	static const struct {
		int64_t now, beat;
	} cases[] = {{999, 1000},  {1000, 2000}, {1001, 2000},
		     {1999, 2000}, {2000, 3000}, {4500, 5000}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct schedule schedule = schedule_of(2 * MS, 0, 0, 0);

		schedule_turn(&schedule, cases[i].now * MS, false);
		assert_int_equal(schedule.beat, cases[i].beat * MS);
	}
}

/* With the end the last list is due, whatever it costs. */
static void the_end_is_after_so_many_intervals(void **state)
{
	struct schedule schedule = schedule_of(100 * SECOND, 0, 0, 0);

	(void)state;
	schedule_end_after(&schedule, 3, 5);
	assert_int_equal(schedule.end, 3 * SECOND + 5);
	assert_false(schedule_is_over(&schedule, 3 * SECOND + 4));
	assert_true(schedule_is_over(&schedule, 3 * SECOND + 5));
	assert_false(schedule_turn(&schedule, 3 * SECOND + 4, true));
	assert_true(schedule_turn(&schedule, 3 * SECOND + 5, false));
	schedule_end_after(&schedule, 0, 5);
	assert_true(schedule.end == INT64_MAX);
	schedule_end_after(&schedule, 9223372036, 0);
	assert_true(schedule.end == INT64_MAX);
	schedule_end_after(&schedule, 9223372035, 0);
	assert_true(schedule.end == INT64_C(9223372035) * SECOND);
}

/* The first cost counts wholly, others for a quarter. */
static void costs_are_averaged(void **state)
{
	struct schedule schedule = schedule_of(0, 5 * MS, 0, 5 * MS);

	(void)state;
	schedule_listed(&schedule, 7, 2 * MS, true);
	assert_int_equal(schedule.cost, 2 * MS);
	assert_int_equal(schedule.others_average, 4 * MS); /* not more than two lists */
	assert_int_equal(schedule.listed, 7);
	assert_int_equal(schedule.others + schedule.look_cost, 0);
	assert_true(schedule.moved);
	schedule.look_cost = MS;
	schedule_spent(&schedule, 10 * MS, 2 * MS);
	assert_int_equal(schedule.others, 8 * MS);
	assert_int_equal(schedule.pulse_cost, MS);
	schedule_listed(&schedule, 9, 6 * MS, false);
	assert_int_equal(schedule.cost, 3 * MS);
	assert_int_equal(schedule.others_average, 5 * MS);
	assert_int_equal(schedule.pulses_average, MS);
	assert_int_equal(schedule.others + schedule.look_cost + schedule.pulse_cost, 0);
	assert_false(schedule.moved);
	schedule_spent(&schedule, 50 * MS, 50 * MS);
	schedule_listed(&schedule, 11, 3 * MS, false);
	assert_int_equal(schedule.others_average, 5 * MS - 5 * MS / 4);
	assert_int_equal(schedule.pulses_average, MS + (6 - 1) * MS / 4); /* of two lists */
	schedule.look_cost = 6 * MS;
	schedule_spent(&schedule, 4 * MS, 5 * MS);
	assert_int_equal(schedule.others, 0);
	assert_int_equal(schedule.pulse_cost, 0);
}

/* Looks at all take a quarter of a list at first, those at code three hundredths; they may take a
 * quarter of the budget, and a half of that to begin. */
static void looks_are_as_close_as_the_budget_allows(void **state)
{
	static const struct {
		int64_t cost; /* milliseconds */
		enum coverage_level down, up;
	} cases[] = {
		{10, COVERAGE_ALL, COVERAGE_ALL},     {11, COVERAGE_ALL, COVERAGE_CODE},
		{20, COVERAGE_ALL, COVERAGE_CODE},    {21, COVERAGE_CODE, COVERAGE_CODE},
		{83, COVERAGE_CODE, COVERAGE_CODE},   {84, COVERAGE_CODE, COVERAGE_SIZES},
		{166, COVERAGE_CODE, COVERAGE_SIZES}, {167, COVERAGE_SIZES, COVERAGE_SIZES},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct schedule down = schedule_of(0, 0, 0, 0), up = down;

		assert_int_equal(down.level, COVERAGE_ALL);
		up.level = COVERAGE_SIZES;
		schedule_listed(&down, 0, cases[i].cost * MS, false);
		schedule_listed(&up, 0, cases[i].cost * MS, false);
		assert_int_equal(down.level, cases[i].down);
		assert_int_equal(up.level, cases[i].up);
	}
}

static void a_look_is_due_an_interval_after_list_and_look(void **state)
{
	struct schedule schedule = schedule_of(2 * MS, 0, 0, 0);

	(void)state;
	schedule.moved = false;
	schedule.listed = SECOND;
	assert_int_equal(schedule_look(&schedule, 1750 * MS - 1), COVERAGE_SIZES);
	assert_int_equal(schedule_look(&schedule, 1750 * MS), COVERAGE_ALL);
	schedule.looked = 1200 * MS;
	assert_int_equal(schedule_look(&schedule, 1950 * MS - 1), COVERAGE_SIZES);
	assert_int_equal(schedule_look(&schedule, 1950 * MS), COVERAGE_ALL);
	schedule.moved = true;
	assert_int_equal(schedule_look(&schedule, 9 * SECOND), COVERAGE_SIZES);
	schedule.moved = false;
	schedule.cost = 0;
	assert_int_equal(schedule_look(&schedule, 9 * SECOND), COVERAGE_SIZES);
	schedule.cost = MS;
	schedule.pulses = false;
	assert_int_equal(schedule_look(&schedule, 9 * SECOND), COVERAGE_SIZES);
}

static void what_a_look_costs_is_measured(void **state)
{
	struct schedule schedule = schedule_of(4 * MS, 0, 0, 0);

	(void)state;
	schedule.moved = false;
	assert_false(schedule_looked(&schedule, COVERAGE_ALL, 5, 3 * MS, false));
	assert_int_equal(schedule.looked, 5);
	assert_int_equal(schedule.look_cost, 3 * MS);
	assert_true(schedule.look_parts[COVERAGE_ALL] == 0.375);
	assert_false(schedule_looked(&schedule, COVERAGE_ALL, 5, 0, false));
	assert_true(schedule.look_parts[COVERAGE_ALL] == 0.375);
	/* What moved is listed at once where the list is due: 7 ms allow 350. */
	assert_false(schedule_looked(&schedule, COVERAGE_ALL, 750 * MS - 1, 0, true));
	assert_true(schedule.moved);
	assert_true(schedule_looked(&schedule, COVERAGE_ALL, 750 * MS, 0, false));
	/* However little it is. */
	schedule.cost = 4;
	schedule_looked(&schedule, COVERAGE_ALL, 5, 1, false);
	assert_true(schedule.look_parts[COVERAGE_ALL] == 0.34375);
	schedule.look_parts[COVERAGE_ALL] = 0.375;
	schedule.cost = 0;
	schedule_looked(&schedule, COVERAGE_ALL, 5, MS, false);
	assert_true(schedule.look_parts[COVERAGE_ALL] == 0.375);
	schedule_without_looks(&schedule, COVERAGE_ALL);
	assert_true(schedule.look_parts[COVERAGE_ALL] == 0);
	assert_int_equal(schedule.level, COVERAGE_CODE);
	schedule_without_looks(&schedule, COVERAGE_CODE);
	assert_int_equal(schedule.level, COVERAGE_SIZES);
}

/* What is seen at an interval, and what only a list that nothing asks for shows. */
static void the_coverage_says_what_is_seen_when(void **state)
{
	static const struct {
		int64_t cost, others, seen, rest; /* milliseconds */
		enum coverage_level level;
	} cases[] = {
		{2, 0, 1000, 1000, COVERAGE_ALL},
		{8, 0, 1000, 1200, COVERAGE_CODE},
		{24, 0, 1200, 3600, COVERAGE_CODE},
		{24, 24, 2400, 3600, COVERAGE_CODE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct schedule schedule =
			schedule_of(cases[i].cost * MS, cases[i].others * MS, 0, 0);
		struct coverage coverage;

		schedule.level = COVERAGE_CODE;
		coverage = schedule_coverage(&schedule);
		assert_int_equal(coverage.seen_ns, cases[i].seen * MS);
		assert_int_equal(coverage.rest_ns, cases[i].rest * MS);
		assert_int_equal(coverage.level, cases[i].level);
		schedule_without_pulses(&schedule);
		coverage = schedule_coverage(&schedule);
		assert_int_equal(coverage.rest_ns, cases[i].seen * MS);
		assert_int_equal(coverage.level, COVERAGE_ALL);
	}
}

static void a_beginning_is_brought_into_bounds(void **state)
{
	static const struct {
		double budget, taken;
	} cases[] = {{0, 0.02}, {-1, 0.02}, {1.5, 0.02}, {1, 1}, {0.5, 0.5}};
	struct schedule schedule;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		schedule_init(&schedule, (uint64_t)SECOND, cases[i].budget, 7);
		assert_true(schedule.budget == cases[i].taken);
	}
	assert_int_equal(schedule.listed, 7);
	assert_int_equal(schedule.beat, SECOND + 7);
	assert_true(schedule.moved && schedule.pulses && schedule.end == INT64_MAX);
	schedule.cost = 400 * MS;
	schedule.level = COVERAGE_SIZES;
	schedule_set_interval(&schedule, (uint64_t)(3600 * SECOND), 9);
	assert_int_equal(schedule.beat, 3600 * SECOND + 9);
	assert_int_equal(schedule.level, COVERAGE_ALL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_is_due_by_what_it_costs),
		cmocka_unit_test(without_pulses_each_interval_has_a_list),
		cmocka_unit_test(the_next_turn_is_at_the_beat),
		cmocka_unit_test(a_turn_moves_the_beat_on),
		cmocka_unit_test(the_end_is_after_so_many_intervals),
		cmocka_unit_test(costs_are_averaged),
		cmocka_unit_test(looks_are_as_close_as_the_budget_allows),
		cmocka_unit_test(a_look_is_due_an_interval_after_list_and_look),
		cmocka_unit_test(what_a_look_costs_is_measured),
		cmocka_unit_test(the_coverage_says_what_is_seen_when),
		cmocka_unit_test(a_beginning_is_brought_into_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
