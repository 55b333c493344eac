/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/pace.h"

#define MILLISECOND INT64_C(1000000)
#define SECOND      (1000 * MILLISECOND)
#define SHARE       0.01
#define AT_ONCE     (PACE_REST_NS / PACE_LEAST_NS + 1)

static void some_are_shown_at_once(void **state)
{
	struct pace pace = {.share = SHARE};

	(void)state;
	for (int64_t i = 0; i < AT_ONCE; i++) {
		assert_int_equal(pace_wait(&pace, SECOND), 0);
		pace_add(&pace, SECOND, 0);
	}
	assert_int_equal(pace_wait(&pace, SECOND), 10);
	assert_int_equal(pace_wait(&pace, SECOND + 9 * MILLISECOND + 1), 1);
	assert_int_equal(pace_wait(&pace, SECOND + 10 * MILLISECOND), 0);
}

/* Shows news that always wait, for a second; returns how often that is. */
static int show_for_a_second(struct pace *pace, int64_t begin, int64_t step, int64_t cost)
{
	int frames = 0;

	for (int64_t now = begin; now < begin + SECOND; now += step)
		if (!pace_wait(pace, now)) {
			pace_add(pace, now, cost);
			frames++;
		}
	return frames;
}

static void what_costs_little_is_shown_a_hundred_times_a_second(void **state)
{
	struct pace pace = {.share = SHARE};
	const int64_t cost = MILLISECOND / 10;

	(void)state;
	assert_in_range(show_for_a_second(&pace, SECOND, MILLISECOND, cost), 100, 100 + AT_ONCE);
	assert_in_range(show_for_a_second(&pace, 2 * SECOND, MILLISECOND, cost), 99, 101);
	/* That the loop is a little late each time makes none of them later. */
	assert_in_range(show_for_a_second(&pace, 3 * SECOND, 3 * MILLISECOND, cost), 98, 101);
}

static void what_costs_more_keeps_to_its_share(void **state)
{
	struct pace pace = {.share = SHARE};

	(void)state;
	show_for_a_second(&pace, SECOND, MILLISECOND, MILLISECOND / 4);
	assert_in_range(show_for_a_second(&pace, 2 * SECOND, MILLISECOND, MILLISECOND / 4), 39, 41);
	/* More is shown where more may be spent. */
	pace.share = 1;
	assert_in_range(show_for_a_second(&pace, 4 * SECOND, MILLISECOND, MILLISECOND / 4), 99,
			100 + AT_ONCE);
}

static void ten_times_a_second_are_always_shown(void **state)
{
	struct pace pace = {.share = SHARE};

	(void)state;
	show_for_a_second(&pace, SECOND, MILLISECOND, SECOND);
	assert_in_range(show_for_a_second(&pace, 2 * SECOND, MILLISECOND, SECOND), 9, 11);
}

static void a_rest_is_not_saved_for_later(void **state)
{
	struct pace pace = {.share = SHARE};

	(void)state;
	pace_add(&pace, SECOND, 0);
	assert_in_range(show_for_a_second(&pace, 3600 * SECOND, MILLISECOND, 0), 100,
			100 + AT_ONCE);
}

/* As each moment that a held key waits for. */
static void what_was_shown_too_early_delays_nothing_for_long(void **state)
{
	struct pace pace = {.share = SHARE};

	(void)state;
	for (int i = 0; i < 1000; i++)
		pace_add(&pace, SECOND + i * MILLISECOND, SECOND);
	assert_int_equal(pace_wait(&pace, 2 * SECOND), 99);
	assert_int_equal(pace_wait(&pace, 2 * SECOND + 99 * MILLISECOND), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(some_are_shown_at_once),
		cmocka_unit_test(what_costs_little_is_shown_a_hundred_times_a_second),
		cmocka_unit_test(what_costs_more_keeps_to_its_share),
		cmocka_unit_test(ten_times_a_second_are_always_shown),
		cmocka_unit_test(a_rest_is_not_saved_for_later),
		cmocka_unit_test(what_was_shown_too_early_delays_nothing_for_long),
	};

	return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
