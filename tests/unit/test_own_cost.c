/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/own_cost.h"

#define SECOND INT64_C(1000000000)

static void is_the_share_of_the_last_seconds(void **state)
{
	struct own_cost cost = {0};

	(void)state;
	assert_false(own_cost_add(&cost, 10 * SECOND, SECOND));
	assert_false(own_cost_add(&cost, 11 * SECOND, SECOND));
	assert_true(own_cost_add(&cost, 12 * SECOND, SECOND + SECOND / 100));
	assert_float_equal(cost.share, 0.005, 1e-9);
	/* It stays for some seconds, then what was before does not count any more. */
	assert_true(own_cost_add(&cost, 13 * SECOND, 2 * SECOND));
	assert_float_equal(cost.share, 0.005, 1e-9);
	assert_true(own_cost_add(&cost, 16 * SECOND, SECOND + SECOND / 100));
	assert_float_equal(cost.share, 0, 1e-9);
}

static void measures_this_process(void **state)
{
	struct own_cost cost = {0};

	(void)state;
	assert_false(own_cost_measure(&cost, SECOND));
	assert_true(cost.cpu_ns >= 0);
	/* Within two seconds nothing is measured anew. */
	assert_false(own_cost_measure(&cost, 2 * SECOND));
	assert_int_equal(cost.time_ns, SECOND);
	assert_true(own_cost_measure(&cost, 4 * SECOND));
	assert_true(own_cost_measure(&cost, 5 * SECOND));
	assert_int_equal(cost.time_ns, 4 * SECOND);
	assert_true(cost.share >= 0 && cost.share < 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_share_of_the_last_seconds),
		cmocka_unit_test(measures_this_process),
	};

	return cmocka_run_group_tests_name("own_cost", tests, NULL, NULL);
}
