/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>

#include "growth/fault_cost.h"

static void what_was_measured_can_be(void **state)
{
	struct fault_cost cost;

	(void)state;
	fault_cost_measure(&cost);
	print_message("count %.0f ns, sample %.0f ns, copy %.0f ns\n", cost.count_ns,
		      cost.sample_ns, cost.copy_ns);
	/* A millisecond would be no machine's, however loaded. */
	assert_true(cost.count_ns >= 0 && cost.count_ns < 1e6);
	assert_true(cost.sample_ns >= 0 && cost.sample_ns < 1e6);
	assert_true(cost.copy_ns >= 0 && cost.copy_ns < 1e6);
}

static bool is_near(double a, double b)
{
	return a > b - 1e-9 && a < b + 1e-9;
}

static void the_slowdown_is_what_was_paid(void **state)
{
	const struct fault_cost cost = {.count_ns = 10, .sample_ns = 100, .copy_ns = 1000};

	(void)state;
	assert_true(is_near(fault_cost_slowdown(&cost, 1000, 10, 0, 1e6 + 11000), 0.011));
	assert_true(is_near(fault_cost_slowdown(&cost, 0, 0, 10, 1e6 + 10000), 0.01));
	assert_true(is_near(fault_cost_slowdown(&cost, 0, 0, 0, 1e6), 0));
	assert_true(fault_cost_slowdown(&cost, 1, 1, 0, 0) < 0);
	assert_true(is_near(fault_cost_slowdown(&cost, 1e9, 0, 0, 1), 1)); /* not more than all */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_measured_can_be),
		cmocka_unit_test(the_slowdown_is_what_was_paid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
