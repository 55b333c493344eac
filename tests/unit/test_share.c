/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/share.h"
#include "random_space.h"

static void shares_by_largest_remainders(void **state)
{
	/* Beyond the first row each: 7 rows by 13ths, 3.77, 2.15, 1.08; the 0.77 gets the odd one.
	 */
	const struct share_item items[] = {{.weight = 7}, {.weight = 4}, {.weight = 2}};
	uint64_t rows[3];

	(void)state;
	share_rows(items, 3, 10, rows);
	assert_int_equal(rows[0], 5);
	assert_int_equal(rows[1], 3);
	assert_int_equal(rows[2], 2);
}

static void equal_remainders_go_to_the_larger_then_to_the_lower(void **state)
{
	const struct share_item items[] = {{.weight = 1, .size = 1},
					   {.weight = 1, .size = 5},
					   {.weight = 1, .size = 5},
					   {.weight = 1, .size = 2}};
	const uint64_t expected[][4] = {
		{1, 1, 1, 1}, {1, 2, 1, 1}, {1, 2, 2, 1}, {1, 2, 2, 2}, {2, 2, 2, 2}};
	uint64_t rows[4];

	(void)state;
	for (unsigned extra = 0; extra < 5; extra++) {
		share_rows(items, 4, 4 + extra, rows);
		assert_memory_equal(rows, expected[extra], sizeof(rows));
	}
}

/* Nobody is a whole row away from the quota: q - 1 < rows < q + 1. */
static void keeps_within_a_row_of_the_quota(void **state)
{
	struct random random = {5};
	struct share_item items[100];
	uint64_t rows[100];

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		size_t count = random_below(&random, 100) + 1;
		uint64_t total = count + random_magnitude(&random, 1000000), weights = 0, sum = 0;
		uint64_t heaviest = random_magnitude(&random, UINT64_C(1) << 40);

		memset(items, 0, sizeof(items));
		for (size_t i = 0; i < count; i++)
			weights += items[i].weight = random_below(&random, heaviest) + 1;
		share_rows(items, count, total, rows);
		for (size_t i = 0; i < count; i++) {
			__int128 off = (__int128)(rows[i] - 1) * weights -
				       (__int128)(total - count) * items[i].weight;

			assert_true(rows[i] >= 1 && off < weights && -off < weights);
			sum += rows[i];
		}
		assert_true(sum == total);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_by_largest_remainders),
		cmocka_unit_test(equal_remainders_go_to_the_larger_then_to_the_lower),
		cmocka_unit_test(keeps_within_a_row_of_the_quota),
	};

	return cmocka_run_group_tests_name("share", tests, NULL, NULL);
}
