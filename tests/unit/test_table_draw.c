/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>

#include "maps_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/display.h"
#include "ui/table/table_draw.h"
#include "ui/table/table_pane.h"

#define TABLE(stage) (&((struct table_pane *)stage_pane(stage, &table_pane))->table)

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define LIBC      0x7f83aa53e000

/* The heap has grown, what is in memory is known, the cursor is on the libc, which is unfolded. */
static void open_grown(struct stage *stage, int columns, int lines, bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage_add(stage, sample_python_grown(0x200000), 1);
	stage_scan(stage, true);
	stage->ui.view.cursor = LIBC;
	stage_press(stage, KEYS('t', KEY_RETURN, 'j'));
}

static void there_is_a_line_of_the_table_in_any_room(void **state)
{
	const struct frame frame = {.bordered = true};

	(void)state;
	assert_int_equal(table_draw_lines(&frame, (struct rect){0, 0, 80, 10}), 7);
	assert_int_equal(table_draw_lines(&frame, (struct rect){0, 0, 80, 5}), 2);
	assert_int_equal(table_draw_lines(&frame, (struct rect){0, 0, 80, 4}), 1);
	assert_int_equal(table_draw_lines(&frame, (struct rect){0, 0, 80, 3}), 1);
	assert_int_equal(table_draw_lines(&frame, (struct rect){0, 0, 80, 2}), 1);
}

static void tables_of_every_size(void **state)
{
	static const struct {
		int columns, lines;
	} sizes[] = {{40, 12}, {80, 24}, {120, 40}, {160, 50}};
	struct stage stage;
	char name[64];

	(void)state;
	open_grown(&stage, 80, 24, true);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		snprintf(name, sizeof(name), "table_%dx%d", sizes[i].columns, sizes[i].lines);
		stage_resize(&stage, sizes[i].columns, sizes[i].lines);
		stage_check_panes(&stage, name);
	}
	stage_close(&stage);
}

static void ascii_terminals_get_the_same_table(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 100, 30, false);
	stage_check_panes(&stage, "table_ascii");
	stage_close(&stage);
}

static void sorted_by_what_is_in_memory(void **state)
{
	struct stage stage;

	(void)state;
	open_grown(&stage, 120, 30, true);
	/* By rss, without growth, the object with the cursor explained. */
	stage_press(&stage, KEYS('l', 'l', 'S', 'l', 'l', 'l', 'x', 'k', 'k', 'k'));
	stage_check_panes(&stage, "table_sorted");
	stage_close(&stage);
}

static void what_is_not_known_is_no_number(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 160, 24, true);
	stage_press(&stage, KEYS('i', 't'));
	stage_check_panes(&stage, "table_unknown");
	stage_close(&stage);
}

static void hostile_names_are_escaped(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_hostile(), 80, 24, true);
	stage_press(&stage, KEYS('t'));
	stage_check_panes(&stage, "table_hostile");
	stage_close(&stage);
}

static const struct cell *cell_at(const struct stage *stage, int column, int line)
{
	return &stage->canvas->cells[line * stage->canvas->columns + column];
}

static void roles_tell_cursor_danger_growth_and_kind(void **state)
{
	struct stage stage;
	int line;

	(void)state;
	open_grown(&stage, 160, 50, true);
	stage_press(&stage, KEYS(KEY_TO_HOME));
	display_draw(&stage.ui, stage.canvas, &stage.status);
	line = stage.ui.frame.main.line + 2;
	/* The program, folded, with the cursor; the heap below it has grown. */
	assert_int_equal(cell_at(&stage, 2, line)->ground, ROLE_CURSOR);
	assert_int_equal(cell_at(&stage, 1, line)->role, ROLE_MARKER);
	assert_int_equal(cell_at(&stage, 2, line)->role, ROLE_FOLD);
	assert_int_equal(cell_at(&stage, 2, line + 1)->role, ROLE_KIND_HEAP);
	assert_int_equal(cell_at(&stage, 2, line + 1)->ground, ROLE_DEFAULT);
	for (int i = 0, grew = 0; i < 105; i++) {
		grew += cell_at(&stage, i, line + 1)->role == ROLE_GREW;
		/* The sign of the change and "+2.0M". */
		if (i == 104)
			assert_int_equal(grew, 1 + 5);
	}
	/* "jit" is writable and executable: rwxp, and its name. */
	for (int i = 0, danger = 0; i < 105; i++) {
		danger += cell_at(&stage, i, line + 7)->role == ROLE_DANGER;
		if (i == 104)
			assert_int_equal(danger, 4 + 3);
	}
	stage_close(&stage);
}

static void a_filter_dims_then_leaves_out_the_others(void **state)
{
	struct stage stage;
	int line;

	(void)state;
	open_grown(&stage, 80, 24, true);
	stage_press(&stage, KEYS('f', 'h', 'e', 'a', 'p', KEY_RETURN, KEY_TO_HOME));
	display_draw(&stage.ui, stage.canvas, &stage.status);
	line = stage.ui.frame.main.line + 2;
	assert_int_equal(cell_at(&stage, 2, line)->role, ROLE_MUTED);
	assert_int_equal(cell_at(&stage, 2, line + 1)->role, ROLE_KIND_HEAP);
	stage_press(&stage, KEYS('f'));
	assert_int_equal(TABLE(&stage)->rows.count, 1);
	stage_check_panes(&stage, "table_filtered");
	/* Of an object, what is kept. */
	stage_press(&stage, KEYS(KEY_ESC, 'f', 'l', 'i', 'b', 'c', ' ', 'p', 'e', 'r', 'm', ':',
				 'r', KEY_RETURN, 'f', KEY_TO_HOME, KEY_RETURN, '/', 'd', 'a', 't',
				 'a', KEY_RETURN));
	stage_check_panes(&stage, "table_object_filtered");
	stage_press(&stage, KEYS(KEY_ESC, KEY_ESC, 'f', 'n', 'o', 'n', 'e', '!', KEY_RETURN, 'f'));
	assert_int_equal(TABLE(&stage)->rows.count, 0);
	stage_check_panes(&stage, "table_nothing_kept");
	stage_close(&stage);
}

static void places_on_the_screen_are_found_again(void **state)
{
	struct stage stage;
	const struct table *table;
	const struct frame *frame = &stage.ui.frame;
	size_t row;

	(void)state;
	open_grown(&stage, 80, 16, true);
	table = TABLE(&stage);
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_true(table->top > 0);
	assert_false(table_draw_row_at(table, frame, frame->main, 2, &row));
	assert_false(table_draw_row_at(table, frame, frame->main, 3, &row));
	assert_true(table_draw_row_at(table, frame, frame->main, 4, &row));
	assert_int_equal(row, table->top);
	assert_true(table_draw_row_at(table, frame, frame->main, 13, &row));
	assert_int_equal(row, table->rows.count - 1);
	assert_false(table_draw_row_at(table, frame, frame->main, 14, &row));
	assert_int_equal(table_draw_column_at(table, frame, frame->main, 10, 3), TABLE_ADDRESS);
	assert_int_equal(table_draw_column_at(table, frame, frame->main, 20, 3), TABLE_SIZE);
	assert_int_equal(table_draw_column_at(table, frame, frame->main, 10, 4), TABLE_COLUMNS);
	stage_close(&stage);
}

static void letters_stand_for_colours(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage.ui.host.letters = true;
	stage_press(&stage, KEYS('t'));
	assert_true(stage_find(&stage, "h 55b5f7c8d000", &column, &line));
	assert_true(stage_find(&stage, "S 7f83a8782000", &column, &line));
	stage_close(&stage);
}

/* "3 × 132K arena" of 192M: what the other mappings are is said. */
static void reservations_beside_like_mappings_are_named(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage,
		   maps_space_create(
			   NULL,
			   "7f0000000000-7f0000021000 rw-p 0 00:00 0 [anon: glibc: malloc arena]\n"
			   "7f0000021000-7f0004000000 ---p 0 00:00 0 \n"
			   "7f0004000000-7f0004021000 rw-p 0 00:00 0 [anon: glibc: malloc arena]\n"
			   "7f0004021000-7f0008000000 ---p 0 00:00 0 \n"
			   "7f0008000000-7f0008021000 rw-p 0 00:00 0 [anon: glibc: malloc arena]\n"
			   "7f0008021000-7f000c000000 ---p 0 00:00 0 \n"),
		   160, 24, true);
	stage_press(&stage, KEYS('t'));
	assert_true(stage_find(&stage, "132K arena and reserves", &column, &line));
	/* The inspector says what they have in common, too. */
	assert_true(stage_find(&stage, "Several mappings of one sort", &column, &line));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_is_a_line_of_the_table_in_any_room),
		cmocka_unit_test(tables_of_every_size),
		cmocka_unit_test(ascii_terminals_get_the_same_table),
		cmocka_unit_test(sorted_by_what_is_in_memory),
		cmocka_unit_test(what_is_not_known_is_no_number),
		cmocka_unit_test(hostile_names_are_escaped),
		cmocka_unit_test(roles_tell_cursor_danger_growth_and_kind),
		cmocka_unit_test(a_filter_dims_then_leaves_out_the_others),
		cmocka_unit_test(places_on_the_screen_are_found_again),
		cmocka_unit_test(letters_stand_for_colours),
		cmocka_unit_test(reservations_beside_like_mappings_are_named),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("table_draw", tests, NULL, NULL);
}
