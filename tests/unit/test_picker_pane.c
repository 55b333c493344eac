/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "picker_sample.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "ui/glyphs.h"
#include "ui/picker.h"
#include "ui/picker_pane.h"

static void open_picker(struct picker *picker, const char *narrow, int columns, int lines,
			bool unicode)
{
	picker_init(picker, narrow, unicode);
	picker_resize(picker, columns, lines);
	picker_take_list(picker, sample_process_list());
}

static void check(const struct picker *picker, const char *name)
{
	struct canvas *canvas = canvas_create(picker->frame.columns, picker->frame.lines,
					      picker->glyphs != glyphs_get(true));

	picker_pane_draw(canvas, picker, "10:41:07");
	golden_check_canvas(name, canvas);
	canvas_destroy(canvas);
}

static void screens_of_some_sizes(void **state)
{
	static const struct {
		int columns, lines;
		const char *name;
	} sizes[] = {
		{80, 24, "picker_80x24"}, {160, 50, "picker_160x50"},   {60, 18, "picker_60x18"},
		{40, 12, "picker_40x12"}, {39, 12, "picker_too_small"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct picker picker;

		open_picker(&picker, NULL, sizes[i].columns, sizes[i].lines, true);
		picker_handle_key(&picker, KEY_ARROW_DOWN);
		check(&picker, sizes[i].name);
		picker_finish(&picker);
	}
}

static void a_tree(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, NULL, 80, 24, true);
	picker.watched = 3127;
	picker.watched_start = 3200;
	picker_handle_key(&picker, KEY_FN + 4);
	picker_handle_key(&picker, KEY_TAB);
	check(&picker, "picker_tree");
	picker_finish(&picker);
	open_picker(&picker, "python", 80, 24, false);
	picker_handle_key(&picker, KEY_FN + 4);
	picker_handle_key(&picker, KEY_ARROW_LEFT);
	check(&picker, "picker_tree_ascii");
	picker_finish(&picker);
}

static void what_is_said(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, "fire(", 60, 14, true);
	check(&picker, "picker_mistake");
	picker_handle_key(&picker, KEY_BACK);
	text_append(&picker.message,
		    "The address space of process 801 may not be read by you; run vastop as its "
		    "user or as root.");
	check(&picker, "picker_message");
	picker_finish(&picker);
	open_picker(&picker, "no such process", 60, 14, true);
	check(&picker, "picker_no_match");
	picker_finish(&picker);
	picker_init(&picker, NULL, true);
	picker_resize(&picker, 60, 14);
	check(&picker, "picker_no_list");
	picker_finish(&picker);
}

static void lines_are_rows(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, NULL, 80, 16, true);
	assert_int_equal(picker_pane_row_at(&picker, -1), PICKER_PANE_NO_ROW);
	assert_int_equal(picker_pane_row_at(&picker, 3), PICKER_PANE_NO_ROW);
	assert_int_equal(picker_pane_row_at(&picker, 4), 0);
	assert_int_equal(picker_pane_row_at(&picker, 13), 9);
	assert_int_equal(picker_pane_row_at(&picker, 14), PICKER_PANE_NO_ROW);
	picker_handle_key(&picker, KEY_TO_END);
	assert_int_equal(picker_pane_row_at(&picker, 4), SAMPLE_PROCESSES - 10);
	picker_resize(&picker, 80, 40);
	assert_int_equal(picker_pane_row_at(&picker, 4 + (int)SAMPLE_PROCESSES),
			 PICKER_PANE_NO_ROW);
	picker_finish(&picker);
}

static void headings_are_columns(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, NULL, 80, 16, true);
	/* Of "     pid user     S    thr    ▾rss    size command". */
	assert_int_equal(picker_pane_heading_at(&picker, 8, 3), PICKER_PID);
	assert_int_equal(picker_pane_heading_at(&picker, 10, 3), PICKER_USER);
	assert_int_equal(picker_pane_heading_at(&picker, 32, 3), PICKER_RSS);
	assert_int_equal(picker_pane_heading_at(&picker, 44, 3), PICKER_COMMAND);
	assert_int_equal(picker_pane_heading_at(&picker, 9, 3), PICKER_COLUMNS);
	assert_int_equal(picker_pane_heading_at(&picker, 79, 3), PICKER_COLUMNS);
	assert_int_equal(picker_pane_heading_at(&picker, 8, 4), PICKER_COLUMNS);
	picker_sort(&picker, PICKER_SIZE);
	assert_int_equal(picker.order.column, PICKER_SIZE);
	assert_false(picker.order.reversed);
	picker_sort(&picker, PICKER_SIZE);
	assert_true(picker.order.reversed);
	picker_sort(&picker, PICKER_PID);
	assert_false(picker.order.reversed);
	/* No column is there for which there is no room. */
	picker_resize(&picker, 40, 16);
	for (int column = 0; column < 40; column++)
		assert_int_not_equal(picker_pane_heading_at(&picker, column, 3), PICKER_SIZE);
	picker_resize(&picker, 10, 5);
	assert_int_equal(picker_pane_heading_at(&picker, 8, 3), PICKER_COLUMNS);
	picker_finish(&picker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_of_some_sizes), cmocka_unit_test(a_tree),
		cmocka_unit_test(what_is_said),          cmocka_unit_test(lines_are_rows),
		cmocka_unit_test(headings_are_columns),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("picker_pane", tests, NULL, NULL);
}
