/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "comparison_made.h"

/* What it was made of is gone by now. */
static void all_of_it_is_its_own(void **state)
{
	struct comparison *comparison = comparison_made();
	const struct diff *diff = &comparison->diff;

	(void)state;
	assert_int_equal(comparison->sides[DIFF_A].space->vma_count, 5);
	assert_string_equal(comparison->sides[DIFF_B].heading, "now, 10:41:07");
	assert_ptr_equal(diff->subjects[DIFF_A].space, comparison->sides[DIFF_A].space);
	assert_ptr_equal(diff->subjects[DIFF_B].usage,
			 kept_usage_table(&comparison->sides[DIFF_B].usage));
	assert_int_equal(diff->item_count, 7);
	comparison_destroy(comparison);
	comparison_destroy(NULL);
}

static void what_is_in_memory_need_not_be_known(void **state)
{
	struct diff_sides made =
		DIFF_SIDES_MAKE(((const struct vma[]){DIFF_MEMORY(1, 2, PERM_READ, KIND_ANON)}),
				((const struct vma[]){DIFF_MEMORY(1, 4, PERM_READ, KIND_ANON)}));
	struct comparison_side sides[DIFF_SIDES];
	struct comparison *comparison;
	int64_t delta;

	(void)state;
	for (int side = 0; side < DIFF_SIDES; side++)
		sides[side] = comparison_side_of(made.spaces[side], NULL, "");
	comparison = comparison_create(sides);
	assert_false(diff_sum_delta(&comparison->diff.total, DIFF_RSS, &delta));
	assert_true(diff_sum_delta(&comparison->diff.total, DIFF_SIZE, &delta));
	assert_int_equal(delta, 2 * DIFF_PAGE);
	comparison_destroy(comparison);
	diff_sides_finish(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_it_is_its_own),
		cmocka_unit_test(what_is_in_memory_need_not_be_known),
	};

	return cmocka_run_group_tests_name("comparison", tests, NULL, NULL);
}
