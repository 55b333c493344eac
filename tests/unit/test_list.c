/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "screen/key.h"
#include "ui/list.h"

static void lists_take_a_third_of_the_screen(void **state)
{
	(void)state;
	assert_int_equal(list_lines(12), 8);
	assert_int_equal(list_lines(26), 8);
	assert_int_equal(list_lines(27), 9);
	assert_int_equal(list_lines(53), 17);
	assert_int_equal(list_lines(54), 18);
	assert_int_equal(list_lines(57), 18);
	assert_int_equal(list_lines(36), 12);
	assert_int_equal(list_lines(200), 18);
}

static void few_entries_take_their_lines(void **state)
{
	(void)state;
	assert_int_equal(list_lines_of(36, 0), 3);
	assert_int_equal(list_lines_of(36, 1), 3);
	assert_int_equal(list_lines_of(36, 4), 6);
	/* One jump, not one at every further entry. */
	assert_int_equal(list_lines_of(36, 5), 12);
	assert_int_equal(list_lines_of(36, 500), 12);
}

static void steps_are_lines_pages_or_all(void **state)
{
	(void)state;
	assert_int_equal(list_step(PANE_LINE, 10, 100), 1);
	assert_int_equal(list_step(PANE_PAGE, 10, 100), 9);
	assert_int_equal(list_step(PANE_PAGE, 0, 100), 1);
	assert_int_equal(list_step(PANE_PAGE, 1, 100), 1);
	assert_int_equal(list_step(PANE_PAGE, 2, 100), 1);
	assert_int_equal(list_step(PANE_PAGE, 3, 100), 2);
	assert_int_equal(list_step(PANE_HALF, 2, 100), 1);
	assert_int_equal(list_step(PANE_HALF, 3, 100), 1);
	assert_int_equal(list_step(PANE_HALF, 4, 100), 2);
	assert_int_equal(list_step(PANE_HALF, 9, 100), 4);
	assert_int_equal(list_step(PANE_END, 10, 100), 100);
}

static void entries_are_found_by_their_line(void **state)
{
	const struct rect rows = {.column = 1, .line = 10, .columns = 20, .lines = 3};
	const struct rect heads = list_below_heads(rows);
	size_t at = 99;

	(void)state;
	assert_true(heads.column == 1 && heads.line == 11 && heads.columns == 20 &&
		    heads.lines == 2);
	assert_false(list_at(rows, 0, 100, 9, &at));
	assert_false(list_at(rows, 0, 100, 13, &at));
	assert_false(list_at(rows, 5, 7, 12, &at)); /* behind the last one */
	assert_false(list_at(rows, 0, 0, 10, &at));
	assert_int_equal(at, 99);
	assert_true(list_at(rows, 0, 100, 10, &at));
	assert_int_equal(at, 0);
	assert_true(list_at(rows, 5, 100, 12, &at));
	assert_int_equal(at, 7);
	assert_true(list_at(rows, 5, 7, 11, &at));
	assert_int_equal(at, 6);
}

static void cursors_move_by_steps(void **state)
{
	size_t cursor = 5;

	(void)state;
	list_move_cursor(&cursor, 20, PANE_LINE, 10, 1);
	assert_int_equal(cursor, 6);
	list_move_cursor(&cursor, 20, PANE_PAGE, 10, 1);
	assert_int_equal(cursor, 15);
	list_move_cursor(&cursor, 20, PANE_PAGE, 10, 1);
	assert_int_equal(cursor, 19);
	list_move_cursor(&cursor, 20, PANE_END, 10, -1);
	assert_int_equal(cursor, 0);
	cursor = 7; /* of nothing */
	list_move_cursor(&cursor, 0, PANE_END, 10, 1);
	assert_int_equal(cursor, 7);
}

static void movement_ends_at_the_ends(void **state)
{
	(void)state;
	assert_int_equal(list_move(5, 9, 3, -1), 2);
	assert_int_equal(list_move(5, 9, 6, -1), 0);
	assert_int_equal(list_move(5, 9, 4, 1), 9);
	assert_int_equal(list_move(5, 9, 5, 1), 9);
	assert_int_equal(list_move(5, 9, SIZE_MAX, 1), 9);
	assert_int_equal(list_move(0, 0, 1, 1), 0);
}

/* From each place by each number of lines: as far as there are any. */
static void every_movement_is_by_its_lines(void **state)
{
	(void)state;
	for (size_t last = 0; last < 6; last++)
		for (size_t at = 0; at <= last; at++)
			for (size_t lines = 0; lines < 9; lines++) {
				size_t up = at, down = at;

				for (size_t i = 0; i < lines; i++) {
					up -= up > 0;
					down += down < last;
				}
				assert_int_equal(list_move(at, last, lines, -1), up);
				assert_int_equal(list_move(at, last, lines, 1), down);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_take_a_third_of_the_screen),
		cmocka_unit_test(few_entries_take_their_lines),
		cmocka_unit_test(steps_are_lines_pages_or_all),
		cmocka_unit_test(entries_are_found_by_their_line),
		cmocka_unit_test(cursors_move_by_steps),
		cmocka_unit_test(movement_ends_at_the_ends),
		cmocka_unit_test(every_movement_is_by_its_lines),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
