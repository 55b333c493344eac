/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "diff_sides.h"
#include "model/diff_objects.h"
#include "model/diff_pairs.h"

#define APP "/bin/app"

static struct diff_pairs find(struct diff_sides *sides)
{
	struct diff_objects objects;
	struct diff_pairs pairs;

	diff_objects_init(&objects, sides->subjects);
	diff_pairs_init(&pairs, sides->subjects, &objects);
	diff_objects_finish(&objects);
	/* Each is the other's. */
	for (size_t i = 0; i < sides->spaces[DIFF_A]->vma_count; i++)
		if (pairs.others[DIFF_A][i] != DIFF_NONE)
			assert_int_equal(pairs.others[DIFF_B][pairs.others[DIFF_A][i]], i);
	return pairs;
}

/* The same program at other addresses, with one more stack and a larger heap. */
static void two_runs_are_aligned_by_object_kind_and_order(void **state)
{
	static const struct vma a[] = {
		DIFF_FILE(1, 1, 1, KIND_RODATA, APP), DIFF_FILE(2, 1, 5, KIND_TEXT, APP),
		DIFF_FILE(3, 1, 3, KIND_DATA, APP),   DIFF_MEMORY(10, 8, 3, KIND_HEAP),
		DIFF_MEMORY(30, 2, 3, KIND_ANON),     DIFF_MEMORY(40, 3, 3, KIND_ANON),
	};
	static const struct vma b[] = {
		DIFF_FILE(101, 1, 1, KIND_RODATA, APP), DIFF_FILE(102, 1, 5, KIND_TEXT, APP),
		DIFF_FILE(103, 1, 3, KIND_DATA, APP),   DIFF_MEMORY(110, 9, 3, KIND_HEAP),
		DIFF_MEMORY(120, 7, 3, KIND_ANON),      DIFF_MEMORY(130, 2, 3, KIND_ANON),
		DIFF_MEMORY(140, 3, 3, KIND_ANON),
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff_pairs pairs = find(&sides);

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pairs.others[DIFF_A][i], i);
	assert_int_equal(pairs.others[DIFF_A][4], 5);
	assert_int_equal(pairs.others[DIFF_A][5], 6);
	assert_true(pairs.others[DIFF_B][4] == DIFF_NONE);
	diff_pairs_finish(&pairs);
	diff_sides_finish(&sides);
}

/* A fork: what is where it was is the same, and order does not count. */
static void of_one_process_places_count(void **state)
{
	static const struct vma a[] = {
		DIFF_FILE(1, 1, 5, KIND_TEXT, APP),       DIFF_MEMORY(10, 8, 3, KIND_THREAD_STACK),
		DIFF_MEMORY(20, 8, 3, KIND_THREAD_STACK), DIFF_MEMORY(30, 8, 3, KIND_THREAD_STACK),
		DIFF_MEMORY(40, 2, 3, KIND_ANON),
	};
	static const struct vma b[] = {
		DIFF_FILE(1, 1, 5, KIND_TEXT, APP),
		DIFF_MEMORY(20, 8, 3, KIND_THREAD_STACK),
		DIFF_MEMORY(30, 8, 3, KIND_THREAD_STACK),
		DIFF_MEMORY(40, 2, 7, KIND_JIT),
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff_pairs pairs = find(&sides);

	(void)state;
	assert_true(pairs.others[DIFF_A][1] == DIFF_NONE);
	assert_int_equal(pairs.others[DIFF_A][2], 1);
	assert_int_equal(pairs.others[DIFF_A][3], 2);
	/* It became another kind where it was. */
	assert_int_equal(pairs.others[DIFF_A][4], 3);
	diff_pairs_finish(&pairs);
	diff_sides_finish(&sides);
}

static void of_a_file_its_place_in_it_counts(void **state)
{
	static const struct vma a[] = {
		DIFF_FILE(1, 1, 5, KIND_TEXT, APP),
		{.start = 2 * DIFF_PAGE,
		 .end = 4 * DIFF_PAGE,
		 .perms = 3,
		 .kind = KIND_DATA,
		 .name = APP,
		 .inode = 1,
		 .offset = 0x1000},
	};
	static const struct vma b[] = {
		DIFF_FILE(11, 1, 5, KIND_TEXT, APP),
		{.start = 12 * DIFF_PAGE,
		 .end = 14 * DIFF_PAGE,
		 .perms = 1,
		 .kind = KIND_RELRO,
		 .name = APP,
		 .inode = 1,
		 .offset = 0x1000},
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff_pairs pairs = find(&sides);

	(void)state;
	assert_int_equal(pairs.others[DIFF_A][1], 1);
	diff_pairs_finish(&pairs);
	diff_sides_finish(&sides);
}

/* Of kinds that are no more the same, in whatever order they lie. */
static void places_in_a_file_are_found_in_any_order(void **state)
{
	static const uint64_t offsets[2][3] = {{0x3000, 0x1000, 0x2000}, {0x2000, 0x3000, 0x1000}};
	struct vma vmas[2][3];
	struct diff_sides sides;
	struct diff_pairs pairs;

	(void)state;
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < 3; i++)
			vmas[side][i] = (struct vma){.start = (side * 100 + i * 2 + 1) * DIFF_PAGE,
						     .end = (side * 100 + i * 2 + 2) * DIFF_PAGE,
						     .perms = 1,
						     .kind = side ? KIND_RODATA : KIND_DATA,
						     .name = APP,
						     .inode = 1,
						     .offset = offsets[side][i]};
	sides = diff_sides_make(vmas[0], 3, vmas[1], 3);
	pairs = find(&sides);
	assert_int_equal(pairs.others[DIFF_A][0], 1);
	assert_int_equal(pairs.others[DIFF_A][1], 2);
	assert_int_equal(pairs.others[DIFF_A][2], 0);
	diff_pairs_finish(&pairs);
	diff_sides_finish(&sides);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_runs_are_aligned_by_object_kind_and_order),
		cmocka_unit_test(of_one_process_places_count),
		cmocka_unit_test(of_a_file_its_place_in_it_counts),
		cmocka_unit_test(places_in_a_file_are_found_in_any_order),
	};

	return cmocka_run_group_tests_name("diff_pairs", tests, NULL, NULL);
}
