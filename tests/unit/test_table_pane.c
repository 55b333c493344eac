/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"
#include "ui/table/table_pane.h"

#define TABLE(stage) (&((struct table_pane *)stage_pane(stage, &table_pane))->table)

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define HEAP      0x55b5f7c8d000
#define LIBM      0x7f83a9782000
#define LIBC      0x7f83aa53e000
#define JIT       0x7f83a9100000

static uint64_t at_cursor(const struct stage *stage)
{
	return stage->ui.shown.space->vmas[table_row(TABLE(stage))->vma].start;
}

static void assert_says(const struct stage *stage, const char *part)
{
	assert_non_null(stage->ui.message.text);
	assert_non_null(strstr(stage->ui.message.text, part));
}

static void t_switches_and_the_cursor_is_shared(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('t'));
	assert_true(stage_shows(&stage, &table_pane));
	assert_int_equal(at_cursor(&stage), HEAP);
	stage_press(&stage, KEYS('j', 'j'));
	assert_int_not_equal(at_cursor(&stage), HEAP);
	assert_int_equal(stage.ui.view.cursor, at_cursor(&stage));
	stage_press(&stage, KEYS('k', 'k', 't'));
	assert_false(stage_shows(&stage, &table_pane));
	assert_int_equal(view_band(&stage.ui.view, stage.ui.shown.picture.diagram)->start, HEAP);
	stage_close(&stage);
}

static void the_table_shows_what_lies_outside_of_the_window(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = LIBM;
	stage_press(&stage, KEYS(KEY_RETURN, 't', KEY_TO_HOME));
	assert_int_equal(TABLE(&stage)->cursor, 0);
	/* A sample does not draw the cursor back into the window that the table covers. */
	stage_add(&stage, sample_python(), 1);
	assert_int_equal(TABLE(&stage)->cursor, 0);
	assert_int_equal(stage.ui.view.depth, 1);
	stage_press(&stage, KEYS('t'));
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

static void enter_unfolds_and_shows_what_is_inside(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = LIBC + 0x30000;
	stage_press(&stage, KEYS('t', KEY_RETURN));
	assert_true(table_row(TABLE(&stage))->open);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_false(table_row(TABLE(&stage))->open);
	stage_press(&stage, KEYS(KEY_RETURN, 'j', 'j', KEY_RETURN));
	assert_false(stage_shows(&stage, &table_pane));
	assert_true(stage.ui.view.cursor >= LIBC + 0x26000);
	/* Backspace leads back, and folds what is unfolded around the cursor, then goes back. */
	stage_press(&stage, KEYS(KEY_BACK, KEY_BACK));
	assert_true(stage_shows(&stage, &table_pane));
	assert_int_equal(at_cursor(&stage), LIBC);
	assert_int_equal(table_row(TABLE(&stage))->type, TABLE_ROW_OBJECT);
	stage_press(&stage, KEYS(KEY_BACK));
	assert_false(stage_shows(&stage, &table_pane));
	stage_close(&stage);
}

static void an_address_in_a_gap_stays_until_the_cursor_moves(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = HEAP - 0x10000;
	stage_press(&stage, KEYS('t'));
	assert_int_equal(at_cursor(&stage), HEAP);
	stage_press(&stage, KEYS('t'));
	assert_int_equal(stage.ui.view.cursor, HEAP - 0x10000);
	/* But what Enter shows is the mapping. */
	stage_press(&stage, KEYS('t', KEY_RETURN));
	assert_true(stage.ui.view.cursor >= HEAP);
	stage_close(&stage);
}

static void escape_leads_back_to_the_picture(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	/* What lies over the table is left first. */
	stage_press(&stage, KEYS('t', 'e', KEY_ESC));
	assert_true(stage_shows(&stage, &table_pane));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_false(stage_shows(&stage, &table_pane));
	stage_close(&stage);
}

static void columns_are_chosen_sorted_and_hidden(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('t', KEY_ARROW_RIGHT, 'S'));
	assert_int_equal(TABLE(&stage)->order.column, TABLE_SIZE);
	stage_press(&stage, KEYS('S'));
	assert_true(TABLE(&stage)->order.reversed);
	stage_press(&stage, KEYS('x'));
	assert_says(&stage, "size");
	assert_int_equal(TABLE(&stage)->chosen, TABLE_RSS);
	stage_press(&stage, KEYS('h'));
	assert_int_equal(TABLE(&stage)->chosen, TABLE_ADDRESS);
	stage_press(&stage, KEYS('h'));
	assert_says(&stage, "first column");
	stage_press(&stage, KEYS('x'));
	assert_says(&stage, "cannot be hidden");
	stage_press(&stage, KEYS('X'));
	assert_int_equal(TABLE(&stage)->hidden, 0);
	stage_press(&stage, KEYS('X'));
	assert_says(&stage, "No column is hidden");
	stage_press(&stage, KEYS('l', 'l', 'l', 'l', 'l', 'l', 'l', 'l', 'l'));
	assert_says(&stage, "last column");
	stage_close(&stage);
}

static void keys_of_the_other_place_say_so(void **state)
{
	static const uint32_t of_picture[] = {'+', '-', '0', 's', 'o', 'c'};
	static const uint32_t of_table[] = {'S', 'x', 'X'};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t i = 0; i < sizeof(of_table) / sizeof(of_table[0]); i++) {
		stage_press(&stage, KEYS(of_table[i]));
		assert_says(&stage, "t shows the table.");
	}
	stage_press(&stage, KEYS('t'));
	for (size_t i = 0; i < sizeof(of_picture) / sizeof(of_picture[0]); i++) {
		stage_press(&stage, KEYS(of_picture[i]));
		assert_says(&stage, "t shows the picture.");
	}
	stage_close(&stage);
}

static void in_the_picture_left_and_right_go_out_and_in(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = LIBM;
	stage_press(&stage, KEYS(KEY_ARROW_RIGHT));
	assert_int_equal(stage.ui.view.depth, 1);
	stage_press(&stage, KEYS('h'));
	assert_int_equal(stage.ui.view.depth, 0);
	stage_press(&stage, KEYS('h'));
	assert_says(&stage, "whole address space");
	stage_close(&stage);
}

static void the_cursor_stays_calm_when_samples_come(void **state)
{
	struct stage stage;
	size_t line;

	(void)state;
	stage_open(&stage, sample_python(), 80, 16, true);
	stage_press(&stage, KEYS('t', 'l', 'S', 'j', 'j'));
	line = TABLE(&stage)->cursor - TABLE(&stage)->top;
	stage.ui.view.cursor = HEAP;
	ui_layout(&stage.ui);
	assert_int_equal(at_cursor(&stage), HEAP);
	/* The heap becomes the largest of all but the reservation: the rows move, not the cursor.
	 */
	stage_add(&stage, sample_python_grown(0x2000000), 1);
	assert_int_equal(at_cursor(&stage), HEAP);
	assert_in_range(TABLE(&stage)->cursor - TABLE(&stage)->top, 0, line);
	/* A mapping that vanishes leaves the cursor on the next one above. */
	stage.ui.view.cursor = JIT;
	stage_add(&stage, sample_python_without(JIT), 2);
	assert_int_equal(at_cursor(&stage), 0x7f83a9200000);
	stage_close(&stage);
}

static void the_past_has_rows_of_its_own(void **state)
{
	struct stage stage;
	size_t rows;

	(void)state;
	stage_open(&stage, sample_python_without(JIT), 120, 40, true);
	stage_add(&stage, sample_large(500), 1);
	stage_scan(&stage, false);
	/* The chart follows the mapping under the cursor, which the past does not have. */
	stage_press(&stage, KEYS('t', 'v', KEY_TO_END));
	rows = TABLE(&stage)->rows.count;
	stage_press(&stage, KEYS(','));
	assert_true(stage.ui.shown.paused);
	assert_true(TABLE(&stage)->rows.count < rows);
	assert_true(TABLE(&stage)->rows.rows[0].amounts.rss == TARGET_UNKNOWN);
	stage_press(&stage, KEYS('L'));
	assert_int_equal(TABLE(&stage)->rows.count, rows);
	assert_true(TABLE(&stage)->rows.rows[0].amounts.rss != TARGET_UNKNOWN);
	stage_close(&stage);
}

static void what_is_on_the_screen_is_looked_at(void **state)
{
	struct stage stage;
	uint64_t start, end;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('t', KEY_TO_END));
	ui_visible(&stage.ui, &start, &end);
	assert_int_equal(end, 0xffffffffff601000);
	assert_true(start > 0);
	stage_close(&stage);
}

static void a_pane_in_its_place_gives_way(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 60, 12, true);
	stage_press(&stage, KEYS('e'));
	assert_int_equal(stage.ui.frame.main.lines, 0);
	stage_press(&stage, KEYS('t'));
	assert_true(stage.ui.frame.main.lines > 0);
	assert_true(stage_shows(&stage, &table_pane));
	stage_close(&stage);
}

static void a_process_without_mappings(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_empty(), 80, 24, true);
	stage_press(&stage, KEYS('t', 'j', KEY_TO_END, 'l', 'S'));
	stage_check_panes(&stage, "table_empty");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_says(&stage, "no mappings");
	stage_press(&stage, KEYS(KEY_BACK));
	assert_false(stage_shows(&stage, &table_pane));
	stage_close(&stage);
}

/* Each address of an unfolded mapping is in the row of its part, from its first to its last. */
static void addresses_are_in_the_row_of_their_part(void **state)
{
	const struct table *table;
	struct stage stage;
	size_t parts = 0;

	(void)state;
	stage_open(&stage, sample_stacks(3), 100, 40, true);
	stage_press(&stage, (const uint32_t[]){'t', 'g', '7', 'f', '8', '3', 'a', '8', '7', '8',
					       '2', '0', '0', '0', 13, 27, 13, 0});
	/* Where the cursor is not, an address is that of a part. */
	stage_press(&stage, (const uint32_t[]){KEY_TO_HOME, 0});
	table = &((const struct table_pane *)stage_pane(&stage, &table_pane))->table;
	for (size_t i = 0; i < table->rows.count; i++) {
		const struct table_row *row = &table->rows.rows[i];
		const struct address_space *space = stage.ui.shown.space;

		if (!row->part)
			continue;
		parts++;
		assert_int_equal(table_row_of(table, space, table_rows_mapping(space, row)->start),
				 i);
		assert_int_equal(table_row_of(table, space, table_rows_end(space, row) - 1), i);
	}
	assert_int_equal(parts, 6);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(t_switches_and_the_cursor_is_shared),
		cmocka_unit_test(the_table_shows_what_lies_outside_of_the_window),
		cmocka_unit_test(enter_unfolds_and_shows_what_is_inside),
		cmocka_unit_test(an_address_in_a_gap_stays_until_the_cursor_moves),
		cmocka_unit_test(escape_leads_back_to_the_picture),
		cmocka_unit_test(columns_are_chosen_sorted_and_hidden),
		cmocka_unit_test(keys_of_the_other_place_say_so),
		cmocka_unit_test(in_the_picture_left_and_right_go_out_and_in),
		cmocka_unit_test(the_cursor_stays_calm_when_samples_come),
		cmocka_unit_test(the_past_has_rows_of_its_own),
		cmocka_unit_test(what_is_on_the_screen_is_looked_at),
		cmocka_unit_test(a_pane_in_its_place_gives_way),
		cmocka_unit_test(a_process_without_mappings),
		cmocka_unit_test(addresses_are_in_the_row_of_their_part),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("table_pane", tests, NULL, NULL);
}
