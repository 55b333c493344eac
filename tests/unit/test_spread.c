/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/spread.h"

static void each_figure_is_one_that_was_measured(void **state)
{
	double four[] = {40, 10, 30, 20}, one[] = {7};
	struct spread spread = spread_of(four, 4);

	(void)state;
	assert_float_equal(spread.least, 10, 0);
	assert_float_equal(spread.low, 10, 0);
	assert_float_equal(spread.median, 20, 0);
	assert_float_equal(spread.high, 30, 0);
	assert_float_equal(spread.most, 40, 0);
	assert_int_equal(spread.count, 4);
	spread = spread_of(one, 1);
	assert_float_equal(spread.least, 7, 0);
	assert_float_equal(spread.median, 7, 0);
	assert_float_equal(spread.most, 7, 0);
}

static void an_outlier_moves_only_the_most(void **state)
{
	double calm[] = {1, 2, 3, 4, 5}, noisy[] = {1, 2, 3, 4, 5000};

	(void)state;
	assert_float_equal(spread_of(calm, 5).high, spread_of(noisy, 5).high, 0);
	assert_float_equal(noisy[4], 5000, 0);
}

static void a_share_of_many_leaves_out_as_many(void **state)
{
	double values[1000];

	(void)state;
	for (int i = 0; i < 1000; i++)
		values[i] = i + 1;
	assert_float_equal(spread_share(values, 1000, 0), 1, 0);
	assert_float_equal(spread_share(values, 1000, 0.99), 990, 0);
	assert_float_equal(spread_share(values, 1000, 1), 1000, 0);
}

/* A machine that is slow for a while is slow for both of a pair. */
static void ratios_are_those_of_pairs(void **state)
{
	const double values[] = {1, 10, 2}, references[] = {2, 20, 4};
	struct spread spread = spread_of_ratios(values, references, 3);

	(void)state;
	assert_float_equal(spread.least, 0.5, 0);
	assert_float_equal(spread.most, 0.5, 0);
	assert_float_equal(values[1], 10, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_figure_is_one_that_was_measured),
		cmocka_unit_test(an_outlier_moves_only_the_most),
		cmocka_unit_test(a_share_of_many_leaves_out_as_many),
		cmocka_unit_test(ratios_are_those_of_pairs),
	};

	return cmocka_run_group_tests_name("spread", tests, NULL, NULL);
}
