/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/order.h"
#include "random_space.h"

static int by_key_and_index(const void *a, const void *b)
{
	const struct order_item *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static void sorts_as_a_stable_sort_does(void **state)
{
	struct random random = {3};
	struct order_item items[500], expected[500];

	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		size_t count = random_below(&random, 500);
		uint64_t limit = random_magnitude(&random, UINT64_MAX);

		memset(items, 0, sizeof(items));
		for (size_t i = 0; i < count; i++) {
			items[i].key = random_below(&random, limit) << (round % 2 ? 0 : 5);
			items[i].index = (uint32_t)i;
		}
		memcpy(expected, items, sizeof(items));
		qsort(expected, count, sizeof(*expected), by_key_and_index);
		order_sort(items, count);
		for (size_t i = 0; i < count; i++) {
			assert_true(items[i].key == expected[i].key);
			assert_int_equal(items[i].index, expected[i].index);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorts_as_a_stable_sort_does),
	};

	return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
