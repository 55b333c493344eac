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
		cmocka_unit_test(movement_ends_at_the_ends),
		cmocka_unit_test(every_movement_is_by_its_lines),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
