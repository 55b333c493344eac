/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "diff_sides.h"
#include "model/diff.h"
#include "support/sample.h"
#include "support/told.h"

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

static void each_difference_is_one_of_its_own(void **state)
{
	static const struct vma a[] = {DIFF_MEMORY(10, 2, 3, KIND_ANON)};
	static const struct vma b[] = {
		DIFF_MEMORY(10, 2, 3, KIND_ANON), DIFF_MEMORY(20, 3, 3, KIND_ANON),
		DIFF_MEMORY(30, 1, 3, KIND_ANON), DIFF_MEMORY(40, 2, 7, KIND_ANON),
		DIFF_MEMORY(50, 2, 3, KIND_JIT),  DIFF_MEMORY(60, 3, 7, KIND_JIT),
	};
	static const unsigned expected[] = {
		0,
		1U << DIFF_GREW,
		1U << DIFF_SHRANK,
		1U << DIFF_PROTECTED,
		1U << DIFF_BECAME,
		1U << DIFF_GREW | 1U << DIFF_PROTECTED | 1U << DIFF_BECAME,
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff diff;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(diff_item(&diff, 0, i).differences, expected[i]);
	assert_int_equal(diff_item(&diff, 0, DIFF_NONE).differences, 1U << DIFF_VANISHED);
	assert_int_equal(diff_item(&diff, DIFF_NONE, 3).differences, 1U << DIFF_APPEARED);
	diff_finish(&diff);
	diff_sides_finish(&sides);
}

/* What is in memory, where it is known of both. */
static void another_amount_in_memory_is_a_difference(void **state)
{
	static const struct vma a[] = {DIFF_MEMORY(10, 4, 3, KIND_ANON),
				       DIFF_MEMORY(20, 4, 3, KIND_HEAP)};
	static const struct vma b[] = {DIFF_MEMORY(10, 4, 3, KIND_ANON),
				       DIFF_MEMORY(20, 4, 3, KIND_HEAP)};
	const struct told before[] = {{a[0].start, a[0].end, {.rss = DIFF_PAGE}},
				      {a[1].start, a[1].end, {.rss = DIFF_PAGE}}};
	const struct told now[] = {{a[0].start, a[0].end, {.rss = DIFF_PAGE}},
				   {a[1].start, a[1].end, {.rss = 3 * DIFF_PAGE}}};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct usage_table tables[DIFF_SIDES];
	struct diff diff;

	(void)state;
	told_table(&tables[DIFF_A], sides.spaces[DIFF_A], NULL, before, 2, 1);
	told_table(&tables[DIFF_B], sides.spaces[DIFF_B], NULL, now, 2, 1);
	sides.subjects[DIFF_A].usage = &tables[DIFF_A];
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	assert_int_equal(diff.item_count, 0);
	assert_int_equal(diff.unchanged, 2);
	diff_finish(&diff);
	sides.subjects[DIFF_B].usage = &tables[DIFF_B];
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	assert_int_equal(diff.item_count, 1);
	assert_int_equal(diff.unchanged, 1);
	assert_int_equal(diff.items[0].vmas[DIFF_B], 1);
	assert_int_equal(diff.items[0].differences, 1U << DIFF_RESIDENT);
	assert_int_equal(diff.total.amounts[DIFF_RSS][DIFF_A], tables[DIFF_A].total.rss);
	assert_int_equal(diff.total.amounts[DIFF_RSS][DIFF_B], tables[DIFF_B].total.rss);
	assert_int_equal(diff.total.amounts[DIFF_SWAP][DIFF_B], tables[DIFF_B].total.swap);
	assert_int_equal(diff.total.amounts[DIFF_PSS][DIFF_B], tables[DIFF_B].total.pss);
	diff_finish(&diff);
	usage_table_finish(&tables[DIFF_A]);
	usage_table_finish(&tables[DIFF_B]);
	diff_sides_finish(&sides);
}

/* By what became more or less, then by object and place. */
static void the_largest_difference_is_the_first(void **state)
{
	static const struct vma a[] = {
		DIFF_FILE(10, 4, 1, KIND_RODATA, "/a"),
		DIFF_FILE(20, 4, 1, KIND_RODATA, "/b"),
		DIFF_FILE(30, 9, 1, KIND_RODATA, "/c"),
	};
	static const struct vma b[] = {
		DIFF_FILE(40, 4, 1, KIND_RODATA, "/d"),
		DIFF_FILE(50, 8, 1, KIND_RODATA, "/e"),
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff diff;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	assert_int_equal(diff.item_count, 5);
	assert_int_equal(diff.items[0].vmas[DIFF_A], 2);
	assert_int_equal(diff.items[1].vmas[DIFF_B], 1);
	for (size_t i = 3; i < 5; i++)
		assert_true(diff.items[i - 1].object < diff.items[i].object);
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
		cmocka_unit_test(each_difference_is_one_of_its_own),
		cmocka_unit_test(another_amount_in_memory_is_a_difference),
		cmocka_unit_test(the_largest_difference_is_the_first),
		cmocka_unit_test(sums_agree),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
