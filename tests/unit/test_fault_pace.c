/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/fault_pace.h"

static const struct fault_cost cheap = {.count_ns = 10, .sample_ns = 300, .copy_ns = 2000};

static void few_faults_are_all_sampled(void **state)
{
	(void)state;
	assert_int_equal(fault_pace_period(&cheap, false, 0, 0), 1);
	assert_int_equal(fault_pace_period(&cheap, false, FAULT_PACE_SAMPLES, 0), 1);
	assert_int_equal(fault_pace_period(&cheap, false, FAULT_PACE_SAMPLES + 1, 0), 3);
}

/* For any rate, any cost: not more samples than allowed, but at the coarsest period. */
static void samples_are_bounded(void **state)
{
	(void)state;
	for (double rate = 1; rate < 1e8; rate *= 1.1) {
		uint64_t period = fault_pace_period(&cheap, false, rate, 0);
		uint64_t copied = fault_pace_period(&cheap, true, rate, 0);

		assert_true(rate / (double)period <= FAULT_PACE_SAMPLES);
		if (copied < 133117)
			assert_true(rate / (double)copied <= FAULT_PACE_COPIED_SAMPLES);
		assert_true(copied >= period);
	}
}

static void dear_samples_are_rarer(void **state)
{
	const struct fault_cost dear = {.sample_ns = 50000, .copy_ns = 500000};

	(void)state;
	for (double rate = 1; rate < 1e6; rate *= 1.1) {
		double samples = rate / (double)fault_pace_period(&dear, false, rate, 0);

		assert_true(samples * dear.sample_ns <= FAULT_PACE_SHARE * 1e9);
	}
}

/* Of many threads with a few faults each none would have a sample by the usual period. */
static void many_threads_are_sampled_more_often(void **state)
{
	(void)state;
	assert_int_equal(fault_pace_spread(&cheap, 2, 1e6, 1553), 0);
	assert_int_equal(fault_pace_spread(&cheap, 10000, 80000, 739), 17);
	assert_true(80000 / 17.0 <= FAULT_PACE_SPREAD_SAMPLES);
	assert_int_equal(fault_pace_spread(&cheap, 10000, 100, 1), 0); /* all are sampled */
	assert_int_equal(fault_pace_spread(&cheap, 10000, 0, 37), 1);
}

/* A rate that sways about a border does not make the period change to and fro. */
static void the_period_is_calm(void **state)
{
	uint64_t period;

	(void)state;
	for (double rate = 10000; rate < 1e7; rate *= 1.37) {
		period = fault_pace_period(&cheap, false, rate * 1.05, 0);
		assert_int_equal(fault_pace_period(&cheap, false, rate * 0.95, period), period);
		assert_int_equal(fault_pace_period(&cheap, false, rate * 1.05, period), period);
	}
	assert_int_equal(fault_pace_period(&cheap, false, 1, 3259), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_faults_are_all_sampled),
		cmocka_unit_test(samples_are_bounded),
		cmocka_unit_test(dear_samples_are_rarer),
		cmocka_unit_test(many_threads_are_sampled_more_often),
		cmocka_unit_test(the_period_is_calm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
