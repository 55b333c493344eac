/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/count_budget.h"

#define MS 1e6

/* 20 ms at once, and no more than that however long nothing was paid. */
static void some_is_there_at_once(void **state)
{
	struct count_budget budget;

	(void)state;
	count_budget_init(&budget);
	assert_false(budget.spent);
	count_budget_pay(&budget, 0, 1e12);
	assert_true(budget.left_ns == 20 * MS);
	count_budget_pay(&budget, 20 * MS, 0);
	assert_true(budget.left_ns == 0);
	assert_false(budget.spent);
	count_budget_pay(&budget, 1, 0);
	assert_true(budget.left_ns == -1);
	assert_true(budget.spent);
}

/* Half a percent of the process's time comes back; turns end when there is half of it again. */
static void it_comes_back_with_the_time(void **state)
{
	struct count_budget budget;

	(void)state;
	count_budget_init(&budget);
	count_budget_pay(&budget, 30 * MS, 0);
	assert_true(budget.spent);
	count_budget_pay(&budget, 0, 2000 * MS);
	assert_true(budget.left_ns == 0);
	assert_true(budget.spent);
	count_budget_pay(&budget, 1 * MS, 2198 * MS); /* 9.99 ms */
	assert_true(budget.spent);
	count_budget_pay(&budget, 0, 2 * MS);
	assert_true(budget.left_ns == 10 * MS);
	assert_false(budget.spent);
	count_budget_pay(&budget, 10 * MS, 0);
	assert_false(budget.spent);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(some_is_there_at_once),
		cmocka_unit_test(it_comes_back_with_the_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
