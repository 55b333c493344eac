/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "diff_sides.h"
#include "model/usage.h"

static void amounts_are_added(void **state)
{
	static const struct vma vmas[] = {DIFF_MEMORY(1, 2, 3, KIND_ANON),
					  DIFF_MEMORY(5, 4, 3, KIND_HEAP)};
	struct diff_sides sides = DIFF_SIDES_MAKE(vmas, vmas);
	struct diff_sum sum = {0};
	int64_t delta = 7;

	(void)state;
	diff_sum_add(&sum, DIFF_A, &sides.subjects[DIFF_A], 0);
	diff_sum_add(&sum, DIFF_A, &sides.subjects[DIFF_A], 1);
	assert_int_equal(sum.mappings[DIFF_A], 2);
	assert_int_equal(sum.mappings[DIFF_B], 0);
	assert_int_equal(sum.amounts[DIFF_SIZE][DIFF_A], 6 * DIFF_PAGE);
	assert_int_equal(diff_sum_distance(&sum, DIFF_SIZE), 6 * DIFF_PAGE);
	assert_true(diff_sum_delta(&sum, DIFF_SIZE, &delta));
	assert_int_equal(delta, -6 * (int64_t)DIFF_PAGE);
	/* Of no usage nothing is known. */
	assert_true(sum.amounts[DIFF_RSS][DIFF_A] == TARGET_UNKNOWN);
	assert_int_equal(diff_sum_distance(&sum, DIFF_RSS), 0);
	assert_false(diff_sum_delta(&sum, DIFF_RSS, &delta));
	diff_sides_finish(&sides);
}

static void usage_is_that_of_the_table(void **state)
{
	static const struct vma vmas[] = {DIFF_MEMORY(1, 2, 3, KIND_ANON),
					  DIFF_MEMORY(5, 4, 3, KIND_HEAP)};
	struct diff_sides sides = DIFF_SIDES_MAKE(vmas, vmas);
	struct usage usage = usage_unknown(), total = usage_unknown();
	struct usage_table table;
	struct usage_list list;

	(void)state;
	usage_list_init(&list, 2);
	usage.rss = 10;
	usage.swap = 0;
	usage_list_set(&list, 0, &usage);
	usage.pss = 3;
	usage_list_set(&list, 1, &usage);
	usage_table_restore(&table, sides.spaces[DIFF_B], list, &total);
	sides.subjects[DIFF_B].usage = &table;
	assert_int_equal(diff_sum_of(&sides.subjects[DIFF_B], 1, DIFF_PSS), 3);
	assert_int_equal(diff_sum_of(&sides.subjects[DIFF_B], 1, DIFF_SWAP), 0);
	assert_int_equal(diff_sum_of(&sides.subjects[DIFF_B], 0, DIFF_RSS), 10);
	assert_true(diff_sum_of(&sides.subjects[DIFF_B], 0, DIFF_PSS) == TARGET_UNKNOWN);
	assert_int_equal(diff_sum_of(&sides.subjects[DIFF_B], 0, DIFF_SIZE), 2 * DIFF_PAGE);
	usage_table_finish(&table);
	diff_sides_finish(&sides);
}

static void what_64_bits_do_not_hold_is_unknown(void **state)
{
	struct diff_sum sum = {.amounts = {[DIFF_SIZE] = {0, UINT64_MAX - 1}}};
	int64_t delta;

	(void)state;
	assert_false(diff_sum_delta(&sum, DIFF_SIZE, &delta));
	sum.amounts[DIFF_SIZE][DIFF_B] = (uint64_t)INT64_MAX + 1;
	assert_false(diff_sum_delta(&sum, DIFF_SIZE, &delta));
	sum.amounts[DIFF_SIZE][DIFF_B] = INT64_MAX;
	assert_true(diff_sum_delta(&sum, DIFF_SIZE, &delta));
	assert_true(delta == INT64_MAX);
	sum.amounts[DIFF_SIZE][DIFF_A] = INT64_MAX;
	sum.amounts[DIFF_SIZE][DIFF_B] = 0;
	assert_true(diff_sum_delta(&sum, DIFF_SIZE, &delta));
	assert_true(delta == -INT64_MAX);
	assert_string_equal(diff_amount_name(DIFF_SIZE), "size");
	assert_string_equal(diff_amount_name(DIFF_SWAP), "swap");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_added),
		cmocka_unit_test(usage_is_that_of_the_table),
		cmocka_unit_test(what_64_bits_do_not_hold_is_unknown),
	};

	return cmocka_run_group_tests_name("diff_sum", tests, NULL, NULL);
}
