/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/fault_turns.h"

static void cheap_counting_goes_on_always(void **state)
{
	struct fault_turns turns;

	(void)state;
	fault_turns_init(&turns, 0);
	for (int i = 0; i < 100; i++) {
		fault_turns_adapt(&turns, 0.0045);
		assert_true(fault_turns_next(&turns));
	}
}

/* One of each round, and over many rounds each of its turns about as often. */
static void one_turn_of_each_round_is_met(void **state)
{
	unsigned met[8] = {0};
	struct fault_turns turns;

	(void)state;
	fault_turns_init(&turns, 12345);
	fault_turns_adapt(&turns, 0.035);
	assert_int_equal(turns.one_in, 8);
	for (int round = 0; round < 8000; round++) {
		unsigned listened = 0;

		for (unsigned turn = 0; turn < 8; turn++)
			if (fault_turns_next(&turns)) {
				listened++;
				met[turn]++;
			}
		assert_int_equal(listened, 1);
	}
	for (unsigned turn = 0; turn < 8; turn++)
		assert_in_range(met[turn], 800, 1200);
}

static void what_it_takes_is_bounded(void **state)
{
	struct fault_turns turns;

	(void)state;
	for (double share = 0.001; share < 0.08; share *= 1.1) {
		fault_turns_init(&turns, 1);
		fault_turns_adapt(&turns, share);
		assert_true(share / turns.one_in <= 0.00505);
	}
	fault_turns_init(&turns, 1);
	fault_turns_adapt(&turns, 1);
	assert_int_equal(turns.one_in, FAULT_TURNS_MAX);
}

/* A share that sways about a border changes nothing, nor does anything within a round. */
static void it_is_calm(void **state)
{
	struct fault_turns turns;

	(void)state;
	fault_turns_init(&turns, 1);
	fault_turns_adapt(&turns, 0.0055);
	assert_int_equal(turns.one_in, 2);
	fault_turns_adapt(&turns, 0.0045);
	assert_int_equal(turns.one_in, 2);
	(void)fault_turns_next(&turns);
	fault_turns_adapt(&turns, 0.001);
	assert_int_equal(turns.one_in, 2);
	(void)fault_turns_next(&turns);
	fault_turns_adapt(&turns, 0.001);
	assert_int_equal(turns.one_in, 1);
}

static void a_round_is_complete_at_its_end(void **state)
{
	struct fault_turns turns;

	(void)state;
	fault_turns_init(&turns, 5);
	assert_true(fault_turns_are_complete(&turns));
	fault_turns_next(&turns);
	assert_true(fault_turns_are_complete(&turns));
	fault_turns_adapt(&turns, 0.015);
	assert_int_equal(turns.one_in, 4);
	for (int round = 0; round < 3; round++)
		for (unsigned turn = 1; turn <= 4; turn++) {
			fault_turns_next(&turns);
			assert_int_equal(fault_turns_are_complete(&turns), turn == 4);
		}
}

/* The same seed, the same turns. */
static void turns_are_those_of_the_seed(void **state)
{
	static const struct {
		uint64_t seed;
		double share;
		unsigned one_in, chosen[6];
	} cases[] = {
		{12345, 0.035, 8, {6, 4, 2, 6, 0, 7}},
		{12344, 0.015, 4, {2, 0, 2, 2, 0, 3}},
		{0, 0.04, 8, {0, 6, 7, 3, 0, 2}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fault_turns turns;

		fault_turns_init(&turns, cases[i].seed);
		fault_turns_adapt(&turns, cases[i].share);
		assert_int_equal(turns.one_in, cases[i].one_in);
		for (int round = 0; round < 6; round++)
			for (unsigned turn = 0; turn < turns.one_in; turn++)
				assert_int_equal(fault_turns_next(&turns),
						 turn == cases[i].chosen[round]);
	}
}

/* Half a percent for each of so many turns, and half as much again to go back. */
static void shares_have_borders(void **state)
{
	static const struct {
		unsigned before;
		double share;
		unsigned after;
	} cases[] = {
		{1, 0.005, 1},    {1, 0.00505, 2}, {1, 0.01, 2},    {1, 0.01005, 4},
		{1, 0.04005, 16}, {1, 0.04, 8},    {1, 0.495, 16},  {2, 0.00335, 2},
		{2, 0.0033, 1},   {4, 0.0067, 4},  {4, 0.00665, 2}, {8, 0.005, 1},
		{8, 0.01335, 8},  {8, 0.0133, 4},  {4, 0, 1},       {16, 0.0267, 16},
		{16, 0.02665, 8},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fault_turns turns = {.one_in = cases[i].before, .chance = 1};

		fault_turns_adapt(&turns, cases[i].share);
		assert_int_equal(turns.one_in, cases[i].after);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cheap_counting_goes_on_always),
		cmocka_unit_test(one_turn_of_each_round_is_met),
		cmocka_unit_test(what_it_takes_is_bounded),
		cmocka_unit_test(it_is_calm),
		cmocka_unit_test(a_round_is_complete_at_its_end),
		cmocka_unit_test(turns_are_those_of_the_seed),
		cmocka_unit_test(shares_have_borders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
