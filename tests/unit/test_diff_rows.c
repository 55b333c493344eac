/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "diff_sides.h"
#include "model/diff.h"
#include "model/diff_rows.h"
#include "support/sample.h"

#define RW (PERM_READ | PERM_WRITE)

/* A library of three mappings, of which two are not in a; memory that vanished; and the same. */
static const struct vma a_vmas[] = {
	DIFF_FILE(1, 4, PERM_READ | PERM_EXEC, KIND_TEXT, "/bin/app"),
	DIFF_MEMORY(10, 8, RW, KIND_HEAP),
	DIFF_FILE(30, 2, PERM_READ, KIND_RODATA, "/lib/old.so"),
	DIFF_FILE(32, 3, PERM_READ | PERM_EXEC, KIND_TEXT, "/lib/old.so"),
	DIFF_MEMORY(60, 1, PERM_READ, KIND_VVAR),
	DIFF_MEMORY(61, 1, PERM_READ | PERM_EXEC, KIND_VDSO),
	DIFF_MEMORY(70, 5, RW, KIND_STACK),
};
static const struct vma b_vmas[] = {
	DIFF_FILE(1, 4, PERM_READ | PERM_EXEC, KIND_TEXT, "/bin/app"),
	DIFF_MEMORY(10, 9, RW, KIND_HEAP),
	DIFF_FILE(40, 2, PERM_READ, KIND_RODATA, "/lib/new.so"),
	DIFF_FILE(42, 3, PERM_READ | PERM_EXEC, KIND_TEXT, "/lib/new.so"),
	DIFF_FILE(45, 1, RW, KIND_DATA, "/lib/new.so"),
	DIFF_MEMORY(60, 1, PERM_READ, KIND_VVAR),
	DIFF_MEMORY(61, 1, PERM_READ | PERM_EXEC, KIND_VDSO),
	DIFF_MEMORY(70, 5, RW, KIND_STACK),
};

struct made {
	struct diff_sides sides;
	struct diff diff;
	struct diff_rows rows;
};

static void make(struct made *made, const struct diff_place *unfolded)
{
	made->sides = DIFF_SIDES_MAKE(a_vmas, b_vmas);
	diff_init(&made->diff, &made->sides.subjects[DIFF_A], &made->sides.subjects[DIFF_B]);
	diff_rows_init(&made->rows, &made->diff, unfolded);
}

static void finish(struct made *made)
{
	diff_rows_finish(&made->rows);
	diff_finish(&made->diff);
	diff_sides_finish(&made->sides);
}

static void check_row(const struct diff_row *row, size_t a, size_t b, size_t count,
		      unsigned differences)
{
	assert_true(row->firsts[DIFF_A] == a);
	assert_true(row->firsts[DIFF_B] == b);
	assert_int_equal(row->count, count);
	assert_int_equal(row->differences, differences);
}

/* What only a has stands above the heap, which it followed there; runs are one row. */
static void both_sides_are_in_one_order(void **state)
{
	struct made made;

	(void)state;
	make(&made, NULL);
	assert_int_equal(made.rows.count, 5);
	check_row(&made.rows.rows[0], 0, 0, 1, 0);
	check_row(&made.rows.rows[1], 1, 1, 1, 1U << DIFF_GREW);
	check_row(&made.rows.rows[2], 2, DIFF_NONE, 2, 1U << DIFF_VANISHED);
	check_row(&made.rows.rows[3], DIFF_NONE, 2, 3, 1U << DIFF_APPEARED);
	check_row(&made.rows.rows[4], 4, 5, 3, 0);
	assert_int_equal(made.rows.rows[2].sum.amounts[DIFF_SIZE][DIFF_A], 5 * DIFF_PAGE);
	assert_int_equal(made.rows.rows[2].sum.mappings[DIFF_B], 0);
	assert_int_equal(made.rows.rows[3].sum.amounts[DIFF_SIZE][DIFF_B], 6 * DIFF_PAGE);
	assert_int_equal(made.rows.rows[4].sum.amounts[DIFF_SIZE][DIFF_A], 7 * DIFF_PAGE);
	assert_int_equal(made.rows.rows[4].sum.mappings[DIFF_B], 3);
	finish(&made);
}

static void one_run_can_be_unfolded(void **state)
{
	/* Any mapping of the run does. */
	const struct diff_place inside = {DIFF_B, 42 * DIFF_PAGE};
	const struct diff_place of_a = {DIFF_A, 32 * DIFF_PAGE};
	const struct diff_place single = {DIFF_B, 10 * DIFF_PAGE};
	const struct diff_place nowhere = {DIFF_B, 300 * DIFF_PAGE};
	struct made made;

	(void)state;
	make(&made, &inside);
	assert_int_equal(made.rows.count, 7);
	for (size_t i = 0; i < 3; i++) {
		check_row(&made.rows.rows[3 + i], DIFF_NONE, 2 + i, 1, 1U << DIFF_APPEARED);
		assert_true(made.rows.rows[3 + i].member);
	}
	assert_false(made.rows.rows[2].member);
	check_row(&made.rows.rows[6], 4, 5, 3, 0);
	finish(&made);
	make(&made, &of_a);
	assert_int_equal(made.rows.count, 6);
	check_row(&made.rows.rows[3], 3, DIFF_NONE, 1, 1U << DIFF_VANISHED);
	assert_int_equal(made.rows.rows[3].sum.amounts[DIFF_SIZE][DIFF_A], 3 * DIFF_PAGE);
	finish(&made);
	make(&made, &single);
	assert_int_equal(made.rows.count, 5);
	assert_false(made.rows.rows[1].member);
	finish(&made);
	make(&made, &nowhere);
	assert_int_equal(made.rows.count, 5);
	finish(&made);
}

static size_t find(const struct made *made, enum diff_side side, uint64_t page)
{
	const struct diff_place place = {side, page * DIFF_PAGE};

	return diff_rows_find(&made->rows, &made->diff, &place);
}

static void a_row_is_found_by_its_mappings(void **state)
{
	struct diff_place place;
	struct made made;

	(void)state;
	make(&made, NULL);
	assert_int_equal(find(&made, DIFF_B, 0), 0);
	assert_int_equal(find(&made, DIFF_B, 10), 1);
	assert_int_equal(find(&made, DIFF_A, 32), 2);
	assert_int_equal(find(&made, DIFF_B, 32), 1); /* nothing is there: what lies below */
	assert_int_equal(find(&made, DIFF_B, 45), 3);
	assert_int_equal(find(&made, DIFF_A, 61), 4);
	assert_int_equal(find(&made, DIFF_B, 1000), 4);
	place = diff_row_place(&made.rows.rows[2], &made.diff);
	assert_int_equal(place.side, DIFF_A);
	assert_int_equal(place.start, 30 * DIFF_PAGE);
	place = diff_row_place(&made.rows.rows[4], &made.diff);
	assert_int_equal(place.side, DIFF_B);
	assert_int_equal(place.start, 60 * DIFF_PAGE);
	finish(&made);
}

/* Each mapping is in one row, and the sums of all rows are the sums of all. */
static void nothing_is_left_out(void **state)
{
	struct address_space *spaces[] = {sample_large(700), sample_large(1000)};
	const struct diff_subject a = {.space = spaces[0]}, b = {.space = spaces[1]};
	uint64_t mappings[DIFF_SIDES] = {0};
	struct diff_rows rows;
	struct diff diff;

	(void)state;
	diff_init(&diff, &a, &b);
	diff_rows_init(&rows, &diff, NULL);
	for (size_t i = 0; i < rows.count; i++)
		for (int side = 0; side < DIFF_SIDES; side++)
			mappings[side] += rows.rows[i].sum.mappings[side];
	assert_int_equal(mappings[DIFF_A], diff.total.mappings[DIFF_A]);
	assert_int_equal(mappings[DIFF_B], diff.total.mappings[DIFF_B]);
	diff_rows_finish(&rows);
	diff_finish(&diff);
	address_space_destroy(spaces[0]);
	address_space_destroy(spaces[1]);
}

/* What lies in another order in a is no run there. */
static void what_changed_places_is_a_row_each(void **state)
{
	static const struct vma a[] = {
		DIFF_FILE(1, 1, PERM_READ, KIND_RODATA, "/lib/p.so"),
		DIFF_FILE(10, 1, PERM_READ, KIND_RODATA, "/lib/q.so"),
		DIFF_FILE(20, 1, PERM_READ, KIND_RODATA, "/lib/r.so"),
	};
	static const struct vma b[] = {
		DIFF_FILE(101, 1, PERM_READ, KIND_RODATA, "/lib/q.so"),
		DIFF_FILE(110, 1, PERM_READ, KIND_RODATA, "/lib/r.so"),
		DIFF_FILE(120, 1, PERM_READ, KIND_RODATA, "/lib/p.so"),
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff_rows rows;
	struct diff diff;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	diff_rows_init(&rows, &diff, NULL);
	assert_int_equal(rows.count, 2);
	check_row(&rows.rows[0], 1, 0, 2, 0);
	check_row(&rows.rows[1], 0, 2, 1, 0);
	diff_rows_finish(&rows);
	diff_finish(&diff);
	diff_sides_finish(&sides);
}

static void nothing_has_no_rows(void **state)
{
	struct address_space *space = sample_empty();
	const struct diff_subject subject = {.space = space};
	struct diff_rows rows;
	struct diff diff;

	(void)state;
	diff_init(&diff, &subject, &subject);
	diff_rows_init(&rows, &diff, &(struct diff_place){DIFF_A, 0});
	assert_int_equal(rows.count, 0);
	diff_rows_finish(&rows);
	diff_finish(&diff);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides_are_in_one_order),
		cmocka_unit_test(one_run_can_be_unfolded),
		cmocka_unit_test(a_row_is_found_by_its_mappings),
		cmocka_unit_test(nothing_is_left_out),
		cmocka_unit_test(what_changed_places_is_a_row_each),
		cmocka_unit_test(nothing_has_no_rows),
	};

	return cmocka_run_group_tests_name("diff rows", tests, NULL, NULL);
}
