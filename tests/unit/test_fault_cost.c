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
	print_message("count %.0f ns, sample %.0f ns, copy %.0f ns, switch %.0f ns\n",
		      cost.count_ns, cost.sample_ns, cost.copy_ns, cost.switch_ns);
	/* A millisecond would be no machine's, however loaded. */
	assert_true(cost.count_ns >= 0 && cost.count_ns < 1e6);
	assert_true(cost.sample_ns >= 0 && cost.sample_ns < 1e6);
	assert_true(cost.copy_ns >= 0 && cost.copy_ns < 1e6);
	assert_true(cost.switch_ns >= 0 && cost.switch_ns < 1e6);
}

static bool is_near(double a, double b)
{
	return a > b - 1e-9 && a < b + 1e-9;
}

static void the_slowdown_is_what_was_paid(void **state)
{
	const struct fault_cost cost = {.count_ns = 10,
					.sample_ns = 100,
					.copy_ns = 1000,
					.switch_ns = 10000,
					.closed_ns = 2000};
	static const struct {
		struct fault_dues dues;
		double cpu_ns, slowdown;
	} cases[] = {
		{{.faults = 1000, .samples = 10}, 1e6 + 11000, 0.011},
		{{.copied_samples = 10}, 1e6 + 10000, 0.01},
		{{.faults = 0, .switches = 3}, 1e6 + 30000, 0.03},
		{{.faults = 0, .switches = 3, .closed_switches = 5}, 1e6 + 40000, 0.04},
		{{.faults = 1, .samples = 1, .copied_samples = 1, .switches = 1}, 111110, 0.1111},
		{{.faults = 0}, 1e6, 0},
		{{.faults = 0}, 0.5, 0},
		{{.faults = 9}, 100, 9},
		{{.faults = 10}, 100, 1}, /* not more than all */
		{{.faults = 1e9}, 1, 1},
		{{.faults = 1, .samples = 1, .copied_samples = 1}, 0, -1},
		{{.faults = 1}, -1, -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_true(is_near(fault_cost_slowdown(&cost, &cases[i].dues, cases[i].cpu_ns),
				    cases[i].slowdown));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_measured_can_be),
		cmocka_unit_test(the_slowdown_is_what_was_paid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
