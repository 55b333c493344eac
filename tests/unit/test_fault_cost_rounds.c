/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>

#include "growth/fault_cost.h"
#include "growth/fault_record.h"
#include "growth/switch_pair.h"
#include "inside/unwind_sample.h"
#include "kernel/clock.h"
#include "perf_script.h"

/* How the cost is measured, by clocks that a script sets. */

#define WAYS   4
#define PASSES 8 /* of switches, of each sort */

static int64_t times[20][WAYS]; /* nanoseconds of a page, of each way in each round */
static int clocks;              /* how often the clock was asked */
static int64_t now;

/* It is asked twice for each way: of it half of the pages are measured. */
int64_t clock_ns(clockid_t clock)
{
	const int measure = clocks++ / 2;
	const int64_t pages = measure % WAYS == WAYS - 1 ? 64 * sysconf(_SC_PAGESIZE) / 32768 : 128;

	assert_int_equal(clock, CLOCK_THREAD_CPUTIME_ID);
	assert_true(measure / WAYS < 20);
	if (clocks % 2)
		return now;
	now += times[measure / WAYS][measure % WAYS] * pages;
	return now;
}

/* What the passes of switches take, one after the other: without an event, with one, and after it.
 */
static struct {
	int start_error;
	pthread_t thread;
	double times[3 * PASSES];
	int passes, ends;
} pair;

int switch_pair_start(struct switch_pair *ret_pair)
{
	assert_non_null(ret_pair);
	pair.thread = pthread_self();
	return pair.start_error;
}

double switch_pair_time(struct switch_pair *of)
{
	assert_non_null(of);
	assert_int_equal(perf_is_open(), pair.passes / PASSES == 1);
	assert_true(pair.passes < 3 * PASSES);
	assert_true(pthread_equal(pair.thread, pthread_self()));
	return pair.times[pair.passes++];
}

void switch_pair_end(struct switch_pair *of)
{
	assert_non_null(of);
	pair.ends++;
}

static void begin_pair(void)
{
	memset(&pair, 0, sizeof(pair));
	for (int pass = 0; pass < 3 * PASSES; pass++)
		pair.times[pass] = (double[]){2600, 3000, 2700}[pass / PASSES];
}

static void begin(void)
{
	begin_pair();
	perf_reset();
	clocks = 0;
	for (int round = 0; round < 20; round++)
		for (int way = 0; way < WAYS; way++)
			times[round][way] = (int64_t[]){1000, 1100, 1500, 4000}[way];
}

/* Measures; returns how many rounds it took. */
static int measure(struct fault_cost *cost)
{
	fault_cost_measure(cost);
	assert_int_equal(clocks % (2 * WAYS), 0);
	return clocks / (2 * WAYS);
}

static void check(const struct fault_cost *cost, double count, double sample, double copy)
{
	assert_true(cost->count_ns == count);
	assert_true(cost->sample_ns == sample);
	assert_true(cost->copy_ns == copy);
}

static void what_is_more_is_the_cost(void **state)
{
	struct fault_cost cost;

	(void)state;
	begin();
	assert_int_equal(measure(&cost), 4); /* three told nothing new */
	check(&cost, 100, 400, 2900);
	call_log_clear();
	begin(); /* counting is known to cost 50, and nothing costs less than nothing */
	for (int round = 0; round < 20; round++) {
		times[round][1] = 1049;
		times[round][2] = 1049;
		times[round][3] = 1000;
	}
	assert_int_equal(measure(&cost), 4);
	check(&cost, 50, 0, 0);
	begin();
	for (int round = 0; round < 20; round++)
		times[round][1] = 1051;
	measure(&cost);
	check(&cost, 51, 449, 2949);
}

/* The least of each way counts; rounds follow as long as one of them falls by more than a part in
 * 32. */
static void rounds_follow_while_they_tell_something(void **state)
{
	struct fault_cost cost;

	(void)state;
	begin();
	times[0][0] = 3200; /* the first is slow */
	times[1][0] = 3101; /* a part in 32 less would be 3100 */
	times[2][0] = 3150;
	times[3][0] = 3199;
	assert_int_equal(measure(&cost), 4);
	check(&cost, 50, 400, 2900);
	begin();
	for (int round = 0; round < 20; round++)
		times[round][3] = 4096;
	times[2][3] = 3967; /* it fell by one more than a part in 32: three more */
	assert_int_equal(measure(&cost), 6);
	check(&cost, 100, 400, 2867);
	begin(); /* it falls for ever: fifteen are enough */
	for (int round = 0; round < 20; round++)
		times[round][0] = 1000 - 40 * round;
	assert_int_equal(measure(&cost), 15);
	check(&cost, 660, 400, 2900);
}

/* What is asked for in a round: none, one that counts, one that samples, one that copies. */
static void a_round_is_in_order(void **state)
{
	const struct perf_event_attr last = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(last),
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.sample_period = 1,
		.sample_type = FAULT_SAMPLE | (UNWIND_REGISTER_COUNT > 0 ? FAULT_SAMPLE_COPIES : 0),
		.exclude_kernel = 1,
		.exclude_hv = 1,
		.exclude_callchain_kernel = 1,
		.sample_regs_user = UNWIND_REGISTER_COUNT > 0 ? UNWIND_REGISTERS : 0,
		.sample_stack_user = UNWIND_REGISTER_COUNT > 0 ? 8192 : 0,
	};
	struct fault_cost cost;

	(void)state;
	begin();
	measure(&cost);
	assert_int_equal(perf.calls, 12 + 1);
	/* Of the last round; switches take an event that only counts. */
	assert_memory_equal(&perf_asked[11], &last, sizeof(last));
	assert_memory_equal(&perf_asked[12], &perf_asked[0], sizeof(last));
	call_log.text[3 * strlen("event of 0 on -1, -1, 8\nmap 65 pages, 3 1, from 0\n")] = '\0';
	call_log_expect("event of 0 on -1, -1, 8\nmap 65 pages, 3 1, from 0\n"
			"event of 0 on -1, -1, 8\nmap 65 pages, 3 1, from 0\n"
			"event of 0 on -1, -1, 8\nmap 65 pages, 3 1, from 0\n");
	assert_false(perf_is_open());
}

/* Without an event, or its ring, a usual machine's cost is taken. */
static void without_events_it_is_the_usual(void **state)
{
	struct fault_cost cost;

	(void)state;
	for (int call = 0; call < 3; call++) {
		begin();
		perf.errors[call] = EACCES;
		fault_cost_measure(&cost);
		check(&cost, 60, 400, 2000);
		assert_int_equal(perf.calls, call + 1);
		if (call)
			assert_false(perf_is_open());
	}
	begin();
	perf.map_most = 1;
	perf.map_error = EPERM;
	fault_cost_measure(&cost);
	check(&cost, 60, 400, 2000);
	assert_int_equal(perf.calls, 1);
	assert_false(perf_is_open());
}

/* The least of eight passes of each sort, in a thread that has had no event. */
static void switches_are_measured_in_turn(void **state)
{
	struct fault_cost cost;

	(void)state;
	begin();
	pair.times[7] = 2500;
	pair.times[8] = 2950;
	pair.times[23] = 2650;
	measure(&cost);
	assert_true(cost.switch_ns == 450);
	assert_true(cost.closed_ns == 150);
	assert_int_equal(pair.passes, 3 * PASSES);
	assert_int_equal(pair.ends, 1);
	assert_false(pthread_equal(pair.thread, pthread_self()));
	begin();
	pair.times[0] = 100;
	pair.times[15] = 200;
	pair.times[16] = 150;
	measure(&cost);
	assert_true(cost.switch_ns == 100);
	assert_true(cost.closed_ns == 50);
	begin(); /* none costs less than nothing */
	pair.times[8] = 2599;
	pair.times[20] = 2599;
	measure(&cost);
	assert_true(cost.switch_ns == 0);
	assert_true(cost.closed_ns == 0);
}

/* Where switches cannot be measured theirs alone is the usual cost. */
static void without_a_pair_a_switch_is_the_usual(void **state)
{
	struct fault_cost cost;

	(void)state;
	begin();
	pair.start_error = -EAGAIN;
	measure(&cost);
	check(&cost, 100, 400, 2900);
	assert_true(cost.switch_ns == 500);
	assert_int_equal(pair.passes, 0);
	assert_int_equal(pair.ends, 0);
	begin();
	pair.times[23] = -1;
	measure(&cost);
	check(&cost, 100, 400, 2900);
	assert_true(cost.switch_ns == 500 && cost.closed_ns == 125);
	assert_int_equal(pair.passes, 24);
	assert_int_equal(pair.ends, 1);
	begin();
	pair.times[4] = -1; /* no others are measured then */
	measure(&cost);
	assert_true(cost.switch_ns == 500 && cost.closed_ns == 125);
	assert_int_equal(pair.passes, 8);
	assert_int_equal(pair.ends, 1);
	begin();
	perf.error_call = 13; /* that of the passes with an event */
	measure(&cost);
	check(&cost, 100, 400, 2900);
	assert_true(cost.switch_ns == 500 && cost.closed_ns == 125);
	assert_int_equal(pair.passes, 8);
	assert_int_equal(pair.ends, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_more_is_the_cost),
		cmocka_unit_test(rounds_follow_while_they_tell_something),
		cmocka_unit_test(a_round_is_in_order),
		cmocka_unit_test(without_events_it_is_the_usual),
		cmocka_unit_test(switches_are_measured_in_turn),
		cmocka_unit_test(without_a_pair_a_switch_is_the_usual),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
