/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/table/table_pane.h"

#define TABLE(stage) (&((struct table_pane *)stage_pane(stage, &table_pane))->table)

#define HEAP 0x55b5f7c8d000

/* A screen with the table on it. */
static void open_table(struct stage *stage, int lines)
{
	stage_open(stage, sample_python(), 80, lines, true);
	stage_press(stage, (const uint32_t[]){'t', 0});
}

static void press(struct stage *stage, enum mouse_button button, int column, int line, int clicks)
{
	stage_click(stage, &(struct mouse){button, 0, column, line, clicks});
}

/* A press where a text stands; returns the line. */
static int press_text(struct stage *stage, const char *string)
{
	int column, line;

	assert_true(stage_find(stage, string, &column, &line));
	press(stage, MOUSE_LEFT, column, line, 1);
	return line;
}

static uint64_t at_cursor(const struct stage *stage)
{
	return stage->ui.shown.space->vmas[table_row(TABLE(stage))->vma].start;
}

static void a_click_selects_and_a_second_acts(void **state)
{
	struct stage stage;
	int line;

	(void)state;
	open_table(&stage, 24);
	press_text(&stage, "sem.queue");
	assert_int_equal(at_cursor(&stage), 0x7f83a8f82000);
	assert_int_equal(stage.ui.view.cursor, 0x7f83a8f82000);
	/* An object unfolds, a mapping is shown in the picture. */
	line = press_text(&stage, "libc.so.6");
	press(&stage, MOUSE_LEFT, 20, line, 2);
	assert_true(table_row(TABLE(&stage))->open);
	press(&stage, MOUSE_RIGHT, 20, line, 1);
	assert_false(table_row(TABLE(&stage))->open);
	line = press_text(&stage, "[heap]");
	press(&stage, MOUSE_LEFT, 20, line, 2);
	assert_false(stage_shows(&stage, &table_pane));
	assert_int_equal(view_band(&stage.ui.view, stage.ui.shown.picture.diagram)->start, HEAP);
	stage_close(&stage);
}

static void a_click_on_a_heading_sorts(void **state)
{
	struct stage stage;

	(void)state;
	open_table(&stage, 24);
	press_text(&stage, "size");
	/* That was the header's word: nothing. */
	assert_int_equal(TABLE(&stage)->order.column, TABLE_ADDRESS);
	press(&stage, MOUSE_LEFT, 21, 3, 1);
	assert_int_equal(TABLE(&stage)->order.column, TABLE_SIZE);
	assert_int_equal(TABLE(&stage)->chosen, TABLE_SIZE);
	press(&stage, MOUSE_LEFT, 21, 3, 1);
	assert_true(TABLE(&stage)->order.reversed);
	stage_close(&stage);
}

static void the_wheel_scrolls(void **state)
{
	struct stage stage;

	(void)state;
	open_table(&stage, 16);
	stage_press(&stage, (const uint32_t[]){KEY_TO_HOME, 0});
	press(&stage, MOUSE_WHEEL_DOWN, 20, 8, 1);
	assert_int_equal(TABLE(&stage)->top, 3);
	assert_int_equal(TABLE(&stage)->cursor, 3);
	assert_int_equal(stage.ui.view.cursor, at_cursor(&stage));
	press(&stage, MOUSE_WHEEL_UP, 20, 8, 1);
	assert_int_equal(TABLE(&stage)->top, 0);
	assert_int_equal(TABLE(&stage)->cursor, 3);
	stage_close(&stage);
}

static void what_is_nothing_does_nothing(void **state)
{
	struct stage stage;
	uint64_t cursor;

	(void)state;
	open_table(&stage, 40);
	cursor = at_cursor(&stage);
	press(&stage, MOUSE_MIDDLE, 20, 6, 1);
	/* The border, between two columns' headings, below the last row. */
	press(&stage, MOUSE_LEFT, 20, 2, 1);
	press(&stage, MOUSE_LEFT, 16, 3, 1);
	press(&stage, MOUSE_LEFT, 20, 25, 2);
	assert_int_equal(at_cursor(&stage), cursor);
	assert_true(stage_shows(&stage, &table_pane));
	assert_int_equal(TABLE(&stage)->order.column, TABLE_ADDRESS);
	assert_false(TABLE(&stage)->order.reversed);
	stage_close(&stage);
}

static void a_table_of_nothing_takes_presses(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_empty(), 80, 24, true);
	stage_press(&stage, (const uint32_t[]){'t', 0});
	press(&stage, MOUSE_LEFT, 20, 4, 2);
	press(&stage, MOUSE_LEFT, 20, 3, 2);
	press(&stage, MOUSE_WHEEL_DOWN, 20, 4, 1);
	assert_true(stage_shows(&stage, &table_pane));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_click_selects_and_a_second_acts),
		cmocka_unit_test(a_click_on_a_heading_sorts),
		cmocka_unit_test(the_wheel_scrolls),
		cmocka_unit_test(what_is_nothing_does_nothing),
		cmocka_unit_test(a_table_of_nothing_takes_presses),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("table_pane_mouse", tests, NULL, NULL);
}
