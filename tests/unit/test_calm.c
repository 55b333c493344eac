/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/calm.h"
#include "layout/quota.h"
#include "random_space.h"

#define MOST 40

static void nothing_moves_within_the_tolerance(void **state)
{
	/* Due are 5.4 and 4.6 rows, then 6.1 and 3.9: a row and a quarter off is fine. */
	struct share_item items[] = {{.weight = 55, .group = SHARE_FREE, .before_rows = 5},
				     {.weight = 45, .group = SHARE_FREE, .before_rows = 5}};
	uint64_t rows[2];

	(void)state;
	assert_true(calm_rows(items, 2, 10, 10, rows));
	assert_true(rows[0] == 5 && rows[1] == 5);
	items[0].weight = 64;
	items[1].weight = 36;
	assert_true(calm_rows(items, 2, 10, 10, rows));
	assert_true(rows[0] == 5 && rows[1] == 5);
	/* 6.6 and 3.4: one has to move. */
	items[0].weight = 70;
	items[1].weight = 30;
	assert_true(calm_rows(items, 2, 10, 10, rows));
	assert_true(rows[0] == 6 && rows[1] == 4);
}

static void no_more_moves_than_allowed(void **state)
{
	const struct share_item items[] = {{.weight = 1, .group = SHARE_FREE, .before_rows = 5},
					   {.weight = 0, .group = SHARE_FREE, .before_rows = 25}};
	uint64_t rows[2];

	(void)state;
	for (uint64_t allowed = 0; allowed < 23; allowed++) {
		assert_true(calm_rows(items, 2, 30, allowed, rows));
		assert_int_equal(rows[0], 5 + allowed);
		assert_int_equal(rows[1], 25 - allowed);
	}
	/* 29 and 1 are due; it stops once both are within the tolerance. */
	assert_true(calm_rows(items, 2, 30, 1000, rows));
	assert_int_equal(rows[0], 28);
}

static void a_new_picture_when_much_changed(void **state)
{
	const struct share_item items[] = {{.weight = 1, .group = SHARE_FREE, .before_rows = 5},
					   {.weight = 0, .group = SHARE_FREE, .before_rows = 500}};
	uint64_t rows[2];

	(void)state;
	assert_false(calm_rows(items, 2, 505, 1000, rows));
	assert_true(calm_rows(items, 2, 505, 1, rows));
	assert_int_equal(rows[0], 6);
}

static void one_that_grew_past_another_has_no_fewer_rows(void **state)
{
	/* The third was as large as the others and came away with a row less. */
	const struct share_item items[] = {
		{.weight = 10, .size = 10, .before_rows = 5, .before_size = 10},
		{.weight = 10, .size = 10, .before_rows = 5, .before_size = 10},
		{.weight = 11, .size = 11, .before_rows = 4, .before_size = 10}};
	uint64_t rows[3];

	(void)state;
	assert_true(calm_rows(items, 3, 14, 1, rows));
	assert_int_equal(rows[2], 5);
	assert_int_equal(rows[0] + rows[1], 9);
}

static void keeping_the_order_counts_as_a_move(void **state)
{
	/* The second passes the first and needs a row; the last ones are far from their quotas. */
	const struct share_item items[] = {
		{.weight = 10, .size = 10, .before_rows = 5, .before_size = 10},
		{.weight = 11, .size = 11, .before_rows = 4, .before_size = 10},
		{.weight = 30, .group = SHARE_FREE, .before_rows = 5},
		{.weight = 1, .group = SHARE_FREE, .before_rows = 12}};
	uint64_t rows[4];

	(void)state;
	assert_true(calm_rows(items, 4, 26, 1, rows));
	assert_true(rows[0] == 5 && rows[1] == 5 && rows[2] == 5 && rows[3] == 11);
	assert_true(calm_rows(items, 4, 26, 2, rows));
	assert_true(rows[0] == 5 && rows[1] == 5 && rows[2] == 6 && rows[3] == 10);
}

/* Sizes change at random; whatever the hint was worth, order and sum hold. */
static void order_and_sum_hold(void **state)
{
	struct random random = {9};
	struct share_item items[MOST];
	uint64_t rows[MOST], calm = 0;

	(void)state;
	for (unsigned round = 0; round < 5000; round++) {
		size_t count = random_below(&random, MOST) + 1;
		uint64_t total = count + random_magnitude(&random, round % 2 ? 1000 : 50), sum = 0;

		for (size_t i = 0; i < count; i++) {
			items[i] = (struct share_item){.size = random_magnitude(&random, 50)};
			items[i].weight = items[i].size / (round % 3 + 1);
			items[i].group = (uint8_t)random_below(&random, 3);
		}
		share_rows(items, count, total, rows);
		for (size_t i = 0; i < count; i++) {
			items[i].before_rows = rows[i];
			items[i].before_size = items[i].size;
			if (random_below(&random, 6) == 0)
				items[i].size = random_magnitude(&random, 50);
			items[i].weight = items[i].size / (round % 3 + 1);
		}
		if (!calm_rows(items, count, total, random_below(&random, 40), rows))
			continue;
		calm++;
		for (size_t i = 0; i < count; i++) {
			sum += rows[i];
			assert_true(rows[i] >= 1);
			for (size_t j = 0; j < count; j++)
				assert_true(items[i].group != items[j].group ||
					    items[i].size <= items[j].size || rows[i] >= rows[j]);
		}
		assert_true(sum == total);
	}
	assert_true(calm > 2500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_moves_within_the_tolerance),
		cmocka_unit_test(no_more_moves_than_allowed),
		cmocka_unit_test(a_new_picture_when_much_changed),
		cmocka_unit_test(one_that_grew_past_another_has_no_fewer_rows),
		cmocka_unit_test(keeping_the_order_counts_as_a_move),
		cmocka_unit_test(order_and_sum_hold),
	};

	return cmocka_run_group_tests_name("calm", tests, NULL, NULL);
}
