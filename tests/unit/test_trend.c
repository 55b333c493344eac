/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>

#include "model/series.h"
#include "model/trend.h"

#define SECOND INT64_C(1000000000)

static void assert_rate(const struct series *series, int64_t from, int64_t to, double expected)
{
	double rate = -1;

	assert_int_equal(trend_rate(series, from, to, &rate), 0);
	assert_true(rate > expected - 1e-6 && rate < expected + 1e-6);
}

static void is_growth_by_time(void **state)
{
	struct series series;

	(void)state;
	series_init(&series, 16);
	series_add(&series, 10 * SECOND, 1000);
	series_add(&series, 12 * SECOND, 5000);
	series_add(&series, 14 * SECOND, 0);
	assert_rate(&series, 10 * SECOND, 12 * SECOND, 2000);
	assert_rate(&series, 10 * SECOND, 12 * SECOND - 1, 0);
	assert_rate(&series, 12 * SECOND, 14 * SECOND, -2500);
	assert_rate(&series, 10 * SECOND, 20 * SECOND, -100);
	assert_rate(&series, 15 * SECOND, 20 * SECOND, 0);
	/* Before the beginning nothing is known: the time counts from there. */
	assert_rate(&series, 0, 12 * SECOND, 2000);
	series_finish(&series);
}

static void is_unknown_without_time(void **state)
{
	struct series series;
	double rate = 7;

	(void)state;
	series_init(&series, 16);
	assert_int_equal(trend_rate(&series, 0, SECOND, &rate), -ENOENT);
	series_add(&series, 10 * SECOND, 1000);
	assert_int_equal(trend_rate(&series, 0, SECOND, &rate), -ENOENT);
	assert_int_equal(trend_rate(&series, 0, 10 * SECOND, &rate), -ENOENT);
	assert_int_equal(trend_rate(&series, 12 * SECOND, 11 * SECOND, &rate), -ENOENT);
	assert_true(rate == 7);
	series_finish(&series);
}

static void takes_any_values(void **state)
{
	struct series series;

	(void)state;
	series_init(&series, 16);
	series_add(&series, INT64_MIN, UINT64_MAX);
	series_add(&series, INT64_MAX, 0);
	assert_rate(&series, INT64_MIN, INT64_MAX, -1e9);
	series_finish(&series);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_growth_by_time),
		cmocka_unit_test(is_unknown_without_time),
		cmocka_unit_test(takes_any_values),
	};

	return cmocka_run_group_tests_name("trend", tests, NULL, NULL);
}
