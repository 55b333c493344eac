/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "residency/scan_plan.h"

#define PAGE UINT64_C(0x10000)

static void fill(struct scan_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		ranges[i] =
			(struct scan_range){.start = (2 * i + 1) * PAGE, .end = (2 * i + 2) * PAGE};
}

/* Walks all in steps that end where asked; checks that each mapping is walked exactly once. */
static size_t walk(struct scan_range *ranges, size_t count, uint64_t visible, uint64_t part)
{
	struct scan_plan plan;
	struct scan_step step;
	uint64_t walked = 0, all = 0;
	size_t steps = 0;

	scan_plan_begin(&plan, ranges, count, visible);
	while (scan_plan_next(&plan, &step)) {
		uint64_t end = part && step.end - step.start > part ? step.start + part : step.end;

		assert_true(step.start < step.end);
		assert_true(step.vmas >= 1 && step.vmas <= SCAN_STEP_VMAS);
		if (steps == 0 && count && visible < ranges[count - 1].end)
			assert_true(step.end > visible);
		for (size_t i = 0; i < count; i++) {
			uint64_t low = ranges[i].start > step.start ? ranges[i].start : step.start;
			uint64_t high = ranges[i].end < end ? ranges[i].end : end;

			walked += low < high ? high - low : 0;
		}
		scan_plan_walked(&plan, end);
		steps++;
		assert_true(steps < 100000);
	}
	for (size_t i = 0; i < count; i++)
		all += ranges[i].end - ranges[i].start;
	assert_int_equal(walked, all);
	assert_false(scan_plan_next(&plan, &step));
	return steps;
}

static void every_mapping_is_walked_once(void **state)
{
	struct scan_range ranges[1300];

	(void)state;
	fill(ranges, 1300);
	assert_int_equal(walk(ranges, 0, 0, 0), 0);
	assert_int_equal(walk(ranges, 1, 0, 0), 1);
	assert_int_equal(walk(ranges, 1300, 0, 0), 3);
	assert_int_equal(walk(ranges, 1300, 700 * 2 * PAGE, 0), 4);
	assert_int_equal(walk(ranges, 1300, ranges[3].start + 4096, 0), 4);
	walk(ranges, 1300, UINT64_MAX, 0);
	walk(ranges, 1300, ranges[5].start + PAGE / 2, 3 * PAGE);
	walk(ranges, 20, 0, 4096);
}

static void a_range_is_no_bound(void **state)
{
	struct scan_range huge = {.start = 0x10000, .end = UINT64_C(1) << 46};

	(void)state;
	assert_int_equal(walk(&huge, 1, 0, 0), 1);
}

static void the_lock_is_held_for_a_share_of_the_time(void **state)
{
	struct scan_pace pace;
	int64_t now = 1000;
	uint64_t held = 0, paused = 0;

	(void)state;
	scan_pace_init(&pace, SCAN_SHARE_MAX, SCAN_SHARE_MIN, now);
	for (int i = 0; i < 1000; i++) {
		uint64_t pause;

		held += 100000;
		now += 100000;
		pause = scan_pace_pause(&pace, 100000, 100000, now);
		/* At first the credit lasts. */
		assert_int_equal(pause == 0, i < 40);
		paused += pause;
		now += (int64_t)pause;
	}
	held -= SCAN_CREDIT_NS;
	assert_in_range(held * 1000 / (held + paused), 19, 21);
}

static void credit_comes_back_with_time(void **state)
{
	struct scan_pace pace;
	int64_t now = 0;

	(void)state;
	scan_pace_init(&pace, SCAN_SHARE_MAX, SCAN_SHARE_MIN, now);
	assert_int_equal(scan_pace_pause(&pace, SCAN_CREDIT_NS, SCAN_CREDIT_NS, now), 0);
	assert_in_range(scan_pace_pause(&pace, 100000, 100000, now), 4990000, 5010000);
	/* After a minute all of it, and not more. */
	now += INT64_C(60000000000);
	assert_int_equal(scan_pace_pause(&pace, SCAN_CREDIT_NS, SCAN_CREDIT_NS, now), 0);
	assert_int_not_equal(scan_pace_pause(&pace, 100000, 100000, now), 0);
	/* The least pause is worth a wait. */
	now += INT64_C(60000000000);
	assert_int_equal(scan_pace_pause(&pace, SCAN_CREDIT_NS, SCAN_CREDIT_NS, now), 0);
	assert_int_equal(scan_pace_pause(&pace, 81000, 81000, now), SCAN_PAUSE_MIN_NS);
}

static void contention_halves_the_share(void **state)
{
	struct scan_pace pace;
	double share;

	(void)state;
	scan_pace_init(&pace, SCAN_SHARE_MAX, SCAN_SHARE_MIN, 0);
	/* And takes all credit at once. */
	assert_in_range(scan_pace_pause(&pace, 5000000, 20000, 0), 499000000, 501000000);
	assert_true(pace.share == SCAN_SHARE_MAX / 2);
	for (int i = 0; i < 20; i++)
		scan_pace_pause(&pace, 5000000, 20000, 0);
	share = pace.share;
	assert_true(share > 0 && share < SCAN_SHARE_MAX / 4);
	for (int i = 0; i < 200; i++)
		scan_pace_pause(&pace, 20000, 20000, 0);
	assert_true(pace.share == SCAN_SHARE_MAX);
}

/* Steps of 100 us, one after the other but for what is done in between. Returns the pauses. */
static uint64_t hold(struct scan_pace *pace, int steps, int64_t between, int64_t *now)
{
	uint64_t paused = 0;

	for (int i = 0; i < steps; i++) {
		uint64_t pause;

		*now += 100000 + between;
		pause = scan_pace_pause(pace, 100000, 100000, *now);
		*now += (int64_t)pause;
		paused += pause;
	}
	return paused;
}

static void a_picture_pauses_less_but_for_others(void **state)
{
	struct scan_pace pace;
	int64_t now = 0;

	(void)state;
	scan_pace_init(&pace, SCAN_SHARE_ONCE_MAX, SCAN_SHARE_ONCE_MIN, now);
	/* That a step is parsed is a pause. */
	assert_int_equal(hold(&pace, 1000, 50000, &now), 0);
	assert_in_range(hold(&pace, 1000, 0, &now), 35000000, 45000000);
	/* A step can be long: one mapping of many pages in smaps. */
	now += 5000000000;
	assert_int_equal(scan_pace_pause(&pace, 10000000, 10000000, now), 0);
	now += 5000000000;
	/* Others are known by having waited for them, which is not so for long. */
	for (int i = 0; i < 3; i++) {
		now += 100000;
		assert_in_range(scan_pace_pause(&pace, 100000, 0, now), 199999, 200000);
		now += 200000;
	}
	assert_true(pace.share == SCAN_SHARE_ONCE_MIN);
	hold(&pace, 100, 0, &now);
	assert_true(pace.share == SCAN_SHARE_ONCE_MAX);
}

static void the_estimate_grows_with_what_costs(void **state)
{
	(void)state;
	assert_in_range(scan_smaps_estimate(10000, 0), 15000000, 25000000);
	assert_in_range(scan_smaps_estimate(0, UINT64_C(1) << 30), 3000000, 4000000);
	assert_true(scan_pace_expected(1000, 1, 0) > scan_pace_expected(10, 1, 0));
	assert_true(scan_pace_expected(0, 512, 0) > scan_pace_expected(0, 1, 0));
	assert_true(scan_pace_expected(0, 1, UINT64_C(20) << 40) > 300000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mapping_is_walked_once),
		cmocka_unit_test(a_range_is_no_bound),
		cmocka_unit_test(the_lock_is_held_for_a_share_of_the_time),
		cmocka_unit_test(credit_comes_back_with_time),
		cmocka_unit_test(contention_halves_the_share),
		cmocka_unit_test(a_picture_pauses_less_but_for_others),
		cmocka_unit_test(the_estimate_grows_with_what_costs),
	};

	return cmocka_run_group_tests_name("scan_plan", tests, NULL, NULL);
}
