/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/fault_rests.h"

#define SECOND INT64_C(1000000000)
#define HALF   (SECOND / 2)

static int64_t length(double open, double closed, double cpu, int64_t window)
{
	return fault_rests_length(
		&(struct fault_rests_load){.open = open, .closed = closed, .cpu = cpu}, window);
}

/* Switches that cost no more than they may need no rest. */
static void a_cheap_process_is_always_listened_to(void **state)
{
	(void)state;
	assert_int_equal(length(0, 0, 1, HALF), 0);
	assert_int_equal(length(FAULT_RESTS_SHARE, 0, 1, HALF), 0);
	assert_true(length(FAULT_RESTS_SHARE * 1.001, 0, 1, HALF) > 0);
	/* It runs but half of the time. */
	assert_int_equal(length(FAULT_RESTS_SHARE / 2, 0, 0.5, HALF), 0);
	assert_true(length(FAULT_RESTS_SHARE / 2 * 1.001, 0, 0.5, HALF) > 0);
	/* It hardly runs: of the time that passes nearly nothing is free. */
	assert_int_equal(length(FAULT_RESTS_FREE, 0, 0, HALF), 0);
	assert_true(length(FAULT_RESTS_FREE * 1.001, 0, 0, HALF) > 0);
}

/* In the long run a rest makes up for what the window and the second after it cost. */
static void a_rest_makes_up_for_its_window(void **state)
{
	static const struct {
		double open, closed, cpu;
		int64_t window;
	} cases[] = {
		{0.01, 0.0025, 1, HALF},     {0.036, 0.009, 1, HALF},
		{0.036, 0.018, 0.9, HALF},   {0.01, 0.01, 0.5, HALF},
		{0.05, 0.001, 1, 800000000}, {0.01, 0.002, 1, 5 * SECOND},
		{0.0011, 0.0001, 0.1, HALF},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const int64_t window = cases[i].window;
		const int64_t rest = length(cases[i].open, cases[i].closed, cases[i].cpu, window);
		const double paid =
			cases[i].open * (double)window + cases[i].closed * (double)SECOND;
		double allowed = FAULT_RESTS_SHARE * cases[i].cpu;

		if (allowed < FAULT_RESTS_FREE)
			allowed = FAULT_RESTS_FREE;
		assert_true(rest >= SECOND);
		assert_true(rest < FAULT_RESTS_MOST_NS);
		assert_int_equal((rest + window) % SECOND, 0);
		assert_true(paid <= allowed * (double)(rest + window));
		/* And it is no longer than that takes. */
		if (rest >= 2 * SECOND)
			assert_true(paid > allowed * (double)(rest + window - SECOND));
	}
	assert_int_equal(length(0.018, 0.0029, 1, HALF), 4 * SECOND - HALF);
	assert_int_equal(length(0.018, 0.0031, 1, HALF), 5 * SECOND - HALF);
	assert_int_equal(length(0.0031, 0, 1, HALF), 2 * SECOND - HALF);
	assert_int_equal(length(0.0119, 0, 1, HALF), 2 * SECOND - HALF);
	assert_int_equal(length(0.0121, 0, 1, HALF), 3 * SECOND - HALF);
}

static void no_rest_is_too_long(void **state)
{
	(void)state;
	assert_int_equal(length(0.4, 0.1, 1, HALF), FAULT_RESTS_MOST_NS);
	assert_int_equal(length(1e9, 1e9, 1, HALF), FAULT_RESTS_MOST_NS);
	assert_int_equal(length(0.036, 0.009, 1, 5 * SECOND), FAULT_RESTS_MOST_NS);
	assert_int_equal(length(0.0089, 0, 1, 5 * SECOND), 10 * SECOND);
	assert_int_equal(length(0.0091, 0, 1, 5 * SECOND), 11 * SECOND);
	assert_int_equal(length(0.0118, 0, 1, 5 * SECOND), FAULT_RESTS_MOST_NS);
}

static void windows_and_rests_follow_one_another(void **state)
{
	struct fault_rests rests = {.resting = false};

	(void)state;
	fault_rests_clear(&rests, 100);
	assert_int_equal(rests.until_ns, 100 + SECOND);
	assert_int_equal(rests.window_ns, SECOND);
	assert_true(fault_rests_factor(&rests) == 1);
	assert_int_equal(fault_rests_listened(&rests, 150), 50);
	assert_int_equal(fault_rests_closed(&rests, 150), 0);
	fault_rests_begin(&rests, 100 + SECOND, HALF, 0);
	assert_false(rests.resting);
	assert_int_equal(rests.since_ns, 100 + SECOND);
	assert_int_equal(rests.until_ns, 100 + SECOND + HALF);
	assert_true(fault_rests_factor(&rests) == 1);
	fault_rests_begin(&rests, 100 + 2 * SECOND, HALF, 3 * HALF);
	assert_true(rests.resting);
	assert_int_equal(rests.until_ns, 100 + 2 * SECOND + 3 * HALF);
	assert_int_equal(fault_rests_listened(&rests, 105 + 2 * SECOND), 2 * SECOND);
	assert_int_equal(fault_rests_closed(&rests, 105 + 2 * SECOND), 5);
	assert_int_equal(fault_rests_closed(&rests, 101 + 3 * SECOND), SECOND);
	fault_rests_end(&rests, 100 + 4 * SECOND);
	assert_false(rests.resting);
	assert_int_equal(rests.until_ns, 100 + 4 * SECOND + HALF);
	assert_true(fault_rests_factor(&rests) == 4);
	assert_int_equal(fault_rests_listened(&rests, 107 + 4 * SECOND), 2 * SECOND + 7);
	assert_int_equal(fault_rests_closed(&rests, 107 + 4 * SECOND), SECOND);
	/* A rest that ended early. */
	fault_rests_begin(&rests, 100 + 5 * SECOND, HALF, HALF);
	fault_rests_end(&rests, 300 + 5 * SECOND);
	assert_int_equal(fault_rests_closed(&rests, 6 * SECOND), SECOND + 200);
	assert_int_equal(fault_rests_listened(&rests, 300 + 5 * SECOND), 3 * SECOND);
}

/* What switches may take: 40 ms at once. */
static void what_may_be_taken_is_limited(void **state)
{
	const struct fault_rests_load load = {.open = 0.036, .closed = 0.01, .cpu = 0.5};
	struct fault_rests rests;

	(void)state;
	fault_rests_init(&rests);
	assert_int_equal(rests.window_ns, SECOND);
	assert_false(rests.resting);
	fault_rests_clear(&rests, 0);
	assert_true(rests.left_ns == 4e7);
	fault_rests_pay(&rests, &(struct fault_rests_load){.cpu = 1}, SECOND);
	assert_true(rests.left_ns == 4e7);
	fault_rests_pay(&rests, &load, SECOND);
	assert_true(rests.left_ns == 4e7 + 1.5e6 - 36e6);
	fault_rests_begin(&rests, SECOND, HALF, 5 * HALF);
	fault_rests_pay(&rests, &load, 4 * SECOND);
	assert_true(rests.left_ns == 5.5e6 + 4.5e6 - 1e7);
	rests.left_ns = -5;
	fault_rests_clear(&rests, 9 * SECOND);
	assert_true(rests.left_ns == -5);
}

static void counting_anew_ends_a_rest(void **state)
{
	struct fault_rests rests = {.resting = false};

	(void)state;
	fault_rests_clear(&rests, 0);
	fault_rests_begin(&rests, SECOND, HALF, 20 * SECOND);
	fault_rests_clear(&rests, 2 * SECOND);
	assert_true(rests.resting);
	assert_int_equal(rests.until_ns, 2 * SECOND);
	assert_true(fault_rests_factor(&rests) == 1);
	assert_int_equal(fault_rests_listened(&rests, 2 * SECOND), 0);
	fault_rests_end(&rests, 2 * SECOND);
	assert_int_equal(rests.until_ns, 3 * SECOND);
	assert_true(fault_rests_factor(&rests) == 1);
	assert_int_equal(fault_rests_closed(&rests, 3 * SECOND), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cheap_process_is_always_listened_to),
		cmocka_unit_test(a_rest_makes_up_for_its_window),
		cmocka_unit_test(no_rest_is_too_long),
		cmocka_unit_test(windows_and_rests_follow_one_another),
		cmocka_unit_test(what_may_be_taken_is_limited),
		cmocka_unit_test(counting_anew_ends_a_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
