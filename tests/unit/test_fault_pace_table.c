/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/fault_pace.h"

/* Each decision of the pace, at its borders. */

static const struct fault_cost cheap = {.count_ns = 10, .sample_ns = 300, .copy_ns = 2000};
static const struct fault_cost dear = {.count_ns = 10, .sample_ns = 50000, .copy_ns = 500000};

static void a_period_is_the_next_above(void **state)
{
	static const struct {
		const struct fault_cost *cost;
		bool copies;
		double rate, cpu_ns;
		uint64_t present, period;
	} cases[] = {
		/* 1000 samples a second; 200 with a copy. */
		{&cheap, false, 0, 0, 0, 1},
		{&cheap, false, 17000, 0, 0, 17},
		{&cheap, false, 17001, 0, 0, 37},
		{&cheap, true, 3400, 0, 0, 17},
		{&cheap, true, 3401, 0, 0, 37},
		/* Half a hundredth of the time. */
		{&dear, false, 300, 0, 0, 3},
		{&dear, false, 301, 0, 0, 7},
		{&dear, true, 30, 0, 0, 3},
		{&dear, true, 31, 0, 0, 7},
		/* A hundredth of the processor time, if that is not nothing. */
		{&dear, false, 20000, 1000, 0, 6841},
		{&dear, false, 20000, 10000, 0, 739},
		{&dear, false, 20000, -1, 0, 353},
		{&dear, false, 2000, 1000, 0, 1553},
		{&dear, false, 100, 1000, 0, 79},
		/* Beyond the last there is none. */
		{&cheap, false, 133117000, 0, 0, 133117},
		{&cheap, false, 1e12, 0, 0, 133117},
		{&cheap, false, 1e12, 0, 133117, 133117},
		{&cheap, false, 1, 0, UINT64_MAX, 1},
		/* Down only when half as much again could come: by one step where it could. */
		{&cheap, false, 17000, 0, 37, 37},
		{&cheap, false, 11334, 0, 37, 37},
		{&cheap, false, 11333, 0, 37, 17},
		{&cheap, false, 11333, 0, 79, 17},
		{&cheap, false, 7000, 0, 17, 17},
		{&cheap, false, 4667, 0, 17, 17},
		{&cheap, false, 4666, 0, 17, 7},
		{&cheap, false, 667, 0, 3, 3},
		{&cheap, false, 666, 0, 3, 1},
		{&cheap, false, 1000, 0, 2, 3},
		{&cheap, false, 1000, 0, 1, 1},
		{&cheap, false, 17000, 0, 17, 17},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct fault_pace_load load = {.faults_per_second = cases[i].rate,
						     .cpu_ns = cases[i].cpu_ns};

		if (fault_pace_period(cases[i].cost, cases[i].copies, &load, cases[i].present) !=
		    cases[i].period)
			fail_msg("case %zu is not %d", i, (int)cases[i].period);
	}
}

static void a_spread_is_for_events_with_few_faults(void **state)
{
	static const struct {
		const struct fault_cost *cost;
		double rate;
		size_t events;
		uint64_t period, spread;
	} cases[] = {
		/* Two seconds of an event have four faults. */
		{&cheap, 1000, 500, 4, 0},
		{&cheap, 1000, 500, 5, 1},
		{&cheap, 10, 0, 1, 0},
		{&cheap, 10, 0, 3, 1},
		/* 5000 samples a second. */
		{&cheap, 80000, 10000, 739, 17},
		{&cheap, 85000, 10000, 739, 17},
		{&cheap, 85001, 10000, 739, 37},
		/* It has to be a finer one. */
		{&cheap, 85000, 10000, 17, 0},
		{&cheap, 85000, 10000, 18, 17},
		{&dear, 1700, 10000, 739, 17},
		{&dear, 1701, 10000, 739, 37},
		{&cheap, 1e12, SIZE_MAX, 133118, 133117},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct fault_pace_load load = {.faults_per_second = cases[i].rate,
						     .events = cases[i].events};

		if (fault_pace_spread(cases[i].cost, &load, cases[i].period) != cases[i].spread)
			fail_msg("case %zu is not %d", i, (int)cases[i].spread);
	}
}

/* The same chance, the same periods. */
static void varied_periods_are_those_of_the_chance(void **state)
{
	static const struct {
		uint64_t period, varied;
	} cases[] = {
		{15, 15},    {16, 17},         {17, 17},     {37, 41}, {353, 233},
		{1553, 907}, {133117, 182531}, {1553, 2039}, {17, 17}, {17, 17},
	};
	uint64_t chance = 4711;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(fault_pace_vary(cases[i].period, &chance), cases[i].varied);
	assert_true(chance == UINT64_C(0x92d935419fcb0ee2));
}

static void a_rate_halves_in_a_second(void **state)
{
	(void)state;
	assert_true(fault_pace_rate(900, 0, 2000000000) == 300);
	assert_true(fault_pace_rate(900, 299, 2000000000) == 300);
	assert_true(fault_pace_rate(900, 301, 2000000000) == 301);
	assert_true(fault_pace_rate(900, 0, 0) == 900);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_period_is_the_next_above),
		cmocka_unit_test(a_spread_is_for_events_with_few_faults),
		cmocka_unit_test(varied_periods_are_those_of_the_chance),
		cmocka_unit_test(a_rate_halves_in_a_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
