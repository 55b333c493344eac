/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "diff_sides.h"
#include "model/diff.h"
#include "support/sample.h"

static void nothing_is_different_of_itself(void **state)
{
	struct address_space *space = sample_large(500);
	const struct diff_subject subject = {.space = space};
	struct diff diff;

	(void)state;
	diff_init(&diff, &subject, &subject);
	assert_int_equal(diff.item_count, 0);
	assert_int_equal(diff.unchanged, space->vma_count);
	assert_int_equal(diff_sum_distance(&diff.total, DIFF_SIZE), 0);
	diff_finish(&diff);
	address_space_destroy(space);
}

static void what_is_different_is_an_item_each(void **state)
{
	static const struct vma a[] = {
		DIFF_MEMORY(10, 8, 3, KIND_HEAP),  DIFF_MEMORY(30, 2, 3, KIND_ANON),
		DIFF_MEMORY(40, 1, 0, KIND_GUARD), DIFF_MEMORY(50, 5, 3, KIND_STACK),
		DIFF_MEMORY(60, 1, 5, KIND_VDSO),
	};
	static const struct vma b[] = {
		DIFF_MEMORY(110, 90, 3, KIND_HEAP), DIFF_MEMORY(230, 2, 7, KIND_ANON),
		DIFF_MEMORY(250, 4, 3, KIND_STACK), DIFF_MEMORY(260, 1, 5, KIND_VDSO),
		DIFF_MEMORY(270, 3, 7, KIND_JIT),
	};
	static const unsigned expected[] = {1U << DIFF_GREW, 1U << DIFF_APPEARED,
					    1U << DIFF_VANISHED, 1U << DIFF_SHRANK,
					    1U << DIFF_PROTECTED};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	unsigned found = 0;
	struct diff diff;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	assert_int_equal(diff.item_count, 5);
	assert_int_equal(diff.unchanged, 1);
	assert_int_equal(diff.items[0].differences, expected[0]);
	assert_int_equal(diff.items[1].differences, expected[1]);
	for (size_t i = 0; i < diff.item_count; i++)
		found |= diff.items[i].differences;
	for (size_t i = 0; i < 5; i++)
		assert_true(found & expected[i]);
	assert_true(diff.items[1].vmas[DIFF_A] == DIFF_NONE);
	assert_int_equal(diff.items[1].vmas[DIFF_B], 4);
	assert_int_equal(diff.items[0].sum.amounts[DIFF_SIZE][DIFF_B], 90 * DIFF_PAGE);
	assert_int_equal(diff.by_kind[KIND_HEAP].amounts[DIFF_SIZE][DIFF_A], 8 * DIFF_PAGE);
	assert_int_equal(diff.total.mappings[DIFF_B], 5);
	assert_string_equal(diff_difference_name(DIFF_APPEARED), "appeared");
	diff_finish(&diff);
	diff_sides_finish(&sides);
}

/* All that is on a side is in the sums, of kinds, objects and items as in all. */
static void sums_agree(void **state)
{
	struct address_space *a = sample_large(300), *b = sample_python_grown(1 << 20);
	const struct diff_subject x = {.space = a}, y = {.space = b};
	uint64_t by_kind = 0, by_object = 0;
	int64_t items = 0, delta;
	struct diff diff;

	(void)state;
	diff_init(&diff, &x, &y);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		by_kind += diff.by_kind[kind].amounts[DIFF_SIZE][DIFF_B];
	for (size_t i = 0; i < diff.objects.count; i++)
		by_object += diff.objects.objects[i].sum.amounts[DIFF_SIZE][DIFF_B];
	for (size_t i = 0; i < diff.item_count; i++) {
		assert_true(diff_sum_delta(&diff.items[i].sum, DIFF_SIZE, &delta));
		items += delta;
	}
	assert_int_equal(by_kind, diff.total.amounts[DIFF_SIZE][DIFF_B]);
	assert_int_equal(by_object, by_kind);
	assert_true(diff_sum_delta(&diff.total, DIFF_SIZE, &delta));
	assert_int_equal(items, delta);
	diff_finish(&diff);
	address_space_destroy(a);
	address_space_destroy(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_different_of_itself),
		cmocka_unit_test(what_is_different_is_an_item_each),
		cmocka_unit_test(sums_agree),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
