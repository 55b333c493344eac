/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/quota.h"

static void parts_add_up_to_the_rows(void **state)
{
	const struct share_item items[] = {{.weight = 1}, {.weight = 2}, {.weight = 4}};
	struct quota quota = quota_of(items, 3, 3 + 10);
	uint64_t remainder;

	(void)state;
	/* 10/7, 20/7 and 40/7. */
	assert_int_equal(quota_whole(&quota, &items[0], &remainder), 1);
	assert_int_equal(remainder, 3);
	assert_int_equal(quota_whole(&quota, &items[1], &remainder), 2);
	assert_int_equal(remainder, 6);
	assert_int_equal(quota_whole(&quota, &items[2], &remainder), 5);
	assert_int_equal(remainder, 5);
	assert_true(quota_exact(&quota, &items[2]) == QUOTA_ROW + 40 * QUOTA_ROW / 7);
}

static void without_weights_all_are_even(void **state)
{
	const struct share_item items[3] = {{.size = 1}, {.size = 2}, {.size = 3}};
	struct quota quota = quota_of(items, 3, 10);
	uint64_t remainder;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(quota_whole(&quota, &items[i], &remainder), 2);
		assert_int_equal(remainder, 1);
	}
}

static void the_largest_numbers_do_not_overflow(void **state)
{
	const struct share_item items[] = {{.weight = UINT64_MAX - 1}, {.weight = 1}};
	const uint64_t rows = UINT64_C(1) << 39;
	struct quota quota = quota_of(items, 2, rows + 2);
	uint64_t remainder;

	(void)state;
	assert_true(quota_whole(&quota, &items[0], &remainder) == rows - 1);
	assert_true(remainder == UINT64_MAX - rows);
	assert_true(quota_exact(&quota, &items[0]) == (int64_t)((rows + 1) * QUOTA_ROW - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_add_up_to_the_rows),
		cmocka_unit_test(without_weights_all_are_even),
		cmocka_unit_test(the_largest_numbers_do_not_overflow),
	};

	return cmocka_run_group_tests_name("quota", tests, NULL, NULL);
}
