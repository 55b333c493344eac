/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/fault_pace.h"

static const struct fault_cost cheap = {.count_ns = 10, .sample_ns = 300, .copy_ns = 2000};

/* By a rate alone: what the process's processor time is is not known. */
static uint64_t period_of(const struct fault_cost *cost, bool copies, double rate, uint64_t present)
{
	const struct fault_pace_load load = {.faults_per_second = rate};

	return fault_pace_period(cost, copies, &load, present);
}

static uint64_t spread_of_rate(size_t events, double rate, uint64_t period)
{
	const struct fault_pace_load load = {.faults_per_second = rate, .events = events};

	return fault_pace_spread(&cheap, &load, period);
}

static void few_faults_are_all_sampled(void **state)
{
	(void)state;
	assert_int_equal(period_of(&cheap, false, 0, 0), 1);
	assert_int_equal(period_of(&cheap, false, FAULT_PACE_SAMPLES, 0), 1);
	assert_int_equal(period_of(&cheap, false, FAULT_PACE_SAMPLES + 1, 0), 3);
}

/* For any rate, any cost: not more samples than allowed, but at the coarsest period. */
static void samples_are_bounded(void **state)
{
	(void)state;
	for (double rate = 1; rate < 1e8; rate *= 1.1) {
		uint64_t period = period_of(&cheap, false, rate, 0);
		uint64_t copied = period_of(&cheap, true, rate, 0);

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
		double samples = rate / (double)period_of(&dear, false, rate, 0);

		assert_true(samples * dear.sample_ns <= FAULT_PACE_SHARE * 1e9);
	}
}

/* However idle the process is: of its own processor time samples take a small share. */
static void the_process_pays_little_of_its_own_time(void **state)
{
	(void)state;
	for (double rate = 10; rate < 1e7; rate *= 1.5)
		for (double cpu_ns = 500; cpu_ns < 1e6; cpu_ns *= 2) {
			const struct fault_pace_load load = {
				.faults_per_second = rate, .cpu_ns = cpu_ns, .events = 1000};
			const double period = (double)fault_pace_period(&cheap, false, &load, 0);
			const double spread = (double)fault_pace_spread(&cheap, &load, 133117);
			const double paid = rate / period * cheap.sample_ns;

			assert_true(paid <= FAULT_PACE_CPU_SHARE * rate * cpu_ns ||
				    paid <= FAULT_PACE_CPU_FREE * 1e9);
			if (spread > 0)
				assert_true(cheap.sample_ns / spread <=
						    FAULT_PACE_CPU_SHARE * cpu_ns ||
					    rate / spread * cheap.sample_ns <=
						    FAULT_PACE_CPU_FREE * 1e9);
		}
}

/* Of many threads with a few faults each none would have a sample by the usual period. */
static void many_threads_are_sampled_more_often(void **state)
{
	(void)state;
	assert_int_equal(spread_of_rate(2, 1e6, 1553), 0);
	assert_int_equal(spread_of_rate(10000, 80000, 739), 17);
	assert_true(80000 / 17.0 <= FAULT_PACE_SPREAD_SAMPLES);
	assert_int_equal(spread_of_rate(10000, 100, 1), 0); /* all are sampled */
	assert_int_equal(spread_of_rate(10000, 0, 37), 1);
}

/* A rate that sways about a border does not make the period change to and fro. */
static void the_period_is_calm(void **state)
{
	uint64_t period;

	(void)state;
	for (double rate = 10000; rate < 1e7; rate *= 1.37) {
		period = period_of(&cheap, false, rate * 1.05, 0);
		assert_int_equal(period_of(&cheap, false, rate * 0.95, period), period);
		assert_int_equal(period_of(&cheap, false, rate * 1.05, period), period);
	}
	assert_int_equal(period_of(&cheap, false, 1, 3259), 1);
}

static void events_differ_about_the_period(void **state)
{
	uint64_t chance = 4711;
	double sum = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		uint64_t varied = fault_pace_vary(1553, &chance);

		assert_in_range(varied, 777, 2360);
		assert_true(varied % 2 && varied % 3 && varied % 5 && varied % 7);
		sum += (double)varied;
	}
	assert_true(sum / 10000 > 1500 && sum / 10000 < 1610);
	assert_int_equal(fault_pace_vary(1, &chance), 1);
	assert_int_equal(fault_pace_vary(7, &chance), 7);
}

/* Between two bursts the rate falls by half a second, and rises at once. */
static void bursts_are_remembered(void **state)
{
	double rate = fault_pace_rate(0, 10000, 100000000);

	(void)state;
	assert_true(rate == 10000);
	rate = fault_pace_rate(rate, 0, 1000000000);
	assert_true(rate == 5000);
	assert_true(fault_pace_rate(rate, 4900, 1) > 4900);
	assert_true(fault_pace_rate(rate, 50000, 100000000) == 50000);
	for (int i = 0; i < 30; i++)
		rate = fault_pace_rate(rate, 0, 1000000000);
	assert_true(rate < 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_faults_are_all_sampled),
		cmocka_unit_test(samples_are_bounded),
		cmocka_unit_test(dear_samples_are_rarer),
		cmocka_unit_test(the_process_pays_little_of_its_own_time),
		cmocka_unit_test(many_threads_are_sampled_more_often),
		cmocka_unit_test(the_period_is_calm),
		cmocka_unit_test(events_differ_about_the_period),
		cmocka_unit_test(bursts_are_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
