/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/inside/inside_pane.h"
#include "ui/picture/picture_pane.h"

#define LIBM      0x7f83a9782000
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void going_in_shows_the_path_and_out_comes_back(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = LIBM;
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.depth, 1);
	stage_check_panes(&stage, "ui_inside_libm");
	/* One mapping has an inside of its own. */
	stage.ui.view.cursor = LIBM + 0x10000;
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.depth, 1);
	assert_true(stage_shows(&stage, &inside_pane));
	stage_press(&stage, KEYS(KEY_BACK));
	assert_true(stage_shows(&stage, &picture_pane));
	stage_press(&stage, KEYS(KEY_BACK));
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

static void scales_and_turning_over(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('s'));
	stage_check_panes(&stage, "ui_linear");
	stage_press(&stage, KEYS('s'));
	stage_check_panes(&stage, "ui_equal");
	stage_press(&stage, KEYS('s', 'o'));
	stage_check_panes(&stage, "ui_low_on_top");
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 70, 20, true);
	stage_scan(&stage, false);
	trace_run(&stage,
		  "Ctrl-D Ctrl-D Ctrl-U Down Down Up PgDn PgDn PgUp Ctrl-D Ctrl-U End Down Home Up "
		  "Enter Down Enter "
		  "Backspace "
		  "Right Left Left + + Down Down - 0 0 - s Down s s o Down Home o c c c c c c C i "
		  "i ] ] ] "
		  "] ] ] M T #44x14 #130x18 #40x12 #39x12 #41x13",
		  "picture_pane_keys");
	stage_close(&stage);
}

static void what_is_looked_for_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 76, 22, true);
	stage_scan(&stage, true);
	trace_run(
		&stage,
		"n N =/libc Enter n n N Esc =/( Enter Esc =/zzz Enter =fkind:text Enter f Down f "
		"Backspace Backspace Backspace Backspace =data Enter n Esc Esc =fsize:>1M Enter f "
		"Esc =fx:y Enter Esc =/a Up Down Left Left =b Delete Home End Ctrl-U Ctrl-W Esc",
		"picture_pane_find");
	stage_close(&stage);
}

static void what_the_mouse_does_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(80), 80, 20, false);
	trace_run(&stage,
		  "@libm @_libm @_libm @^libm @@libm Backspace @@maps Backspace Backspace Down "
		  "@help Esc "
		  "@table @size @text @table t Down @in @browser",
		  "picture_pane_mouse");
	stage_close(&stage);
}

/* One click chooses, two go in; of the border, the legend and the minimap none does. */
static void two_clicks_go_in(void **state)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), 120, 30, true);
	assert_true(stage_find(&stage, "maps w+x", &column, &line));
	mouse.column = column;
	mouse.line = line;
	stage_click(&stage, &mouse);
	assert_int_equal(stage.ui.view.depth, 0);
	mouse.clicks = 2;
	stage_click(&stage, &mouse);
	assert_int_equal(stage.ui.view.depth, 1);
	stage_press(&stage, (const uint32_t[]){KEY_BACK, 0});
	assert_int_equal(stage.ui.view.depth, 0);
	mouse.line = stage_pane(&stage, &picture_pane)->rect.line;
	for (mouse.clicks = 1; mouse.clicks < 3; mouse.clicks++)
		stage_click(&stage, &mouse);
	mouse.line += stage_pane(&stage, &picture_pane)->rect.lines - 1;
	for (mouse.clicks = 1; mouse.clicks < 3; mouse.clicks++)
		stage_click(&stage, &mouse);
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

/* With Ctrl the wheel zooms, on the line below the pointer. */
static void the_wheel_zooms_where_it_points(void **state)
{
	struct stage stage;

	(void)state;
	for (int line = 0; line < 12; line += 3) {
		struct mouse mouse = {.button = MOUSE_WHEEL_UP,
				      .modifiers = MOUSE_CTRL,
				      .column = 20,
				      .clicks = 1};
		uint64_t start, end, row;
		struct rect inside;

		stage_open(&stage, sample_python(), 120, 30, true);
		inside = frame_inside(&stage.ui.frame, stage.ui.frame.main);
		mouse.line = inside.line + line;
		row = view_row_of_line(&stage.ui.view, stage.ui.shown.picture.diagram,
				       (uint64_t)line);
		diagram_row_range(stage.ui.shown.picture.diagram, row, &start, &end);
		stage_click(&stage, &mouse);
		assert_int_equal(view_window(&stage.ui.view)->zoom, 1);
		assert_true(stage.ui.view.cursor >= start && stage.ui.view.cursor < end);
		mouse.button = MOUSE_WHEEL_DOWN;
		stage_click(&stage, &mouse);
		assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
		/* Beside the rows it does nothing. */
		mouse.button = MOUSE_WHEEL_UP;
		mouse.line = inside.line - 1;
		stage_click(&stage, &mouse);
		mouse.line = inside.line + inside.lines;
		stage_click(&stage, &mouse);
		assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
		stage_close(&stage);
	}
}

/* One goes in as deep as there are levels. */
static void there_is_an_innermost_level(void **state)
{
	struct stage stage;
	struct view *view = &stage.ui.view;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t depth = VIEW_DEPTH - 2; depth < VIEW_DEPTH; depth++) {
		view->depth = depth;
		view->windows[depth] = view->windows[0];
		ui_layout(&stage.ui);
		view->cursor = LIBM;
		stage_press(&stage, KEYS(KEY_RETURN));
		if (depth + 1 == VIEW_DEPTH)
			assert_string_equal(stage.ui.message.text,
					    "This is the innermost level; Backspace goes out.");
		else
			assert_null(stage.ui.message.text);
		assert_int_equal(view->depth, VIEW_DEPTH - 1);
	}
	view->cursor = LIBM;
	assert_false(view_enter(view, stage.ui.shown.picture.diagram));
	stage_close(&stage);
}

/* The scale in the border is a button; what stands beside it is none. */
static void a_click_on_the_scale_is_the_next_one(void **state)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_true(stage_find(&stage, "log  ", &mouse.column, &mouse.line));
	mouse.column--;
	stage_click(&stage, &mouse);
	assert_int_equal(stage.ui.view.scale, SCALE_LOG);
	mouse.column++;
	stage_click(&stage, &mouse);
	assert_int_equal(stage.ui.view.scale, SCALE_LINEAR);
	assert_string_equal(stage.ui.message.text,
			    "Linear scale: heights are sizes; gaps and reservations are cut.");
	/* On another line it is what that line has. */
	mouse.line++;
	stage_click(&stage, &mouse);
	assert_int_equal(stage.ui.view.scale, SCALE_LINEAR);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(going_in_shows_the_path_and_out_comes_back),
		cmocka_unit_test(scales_and_turning_over),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(what_is_looked_for_is_seen),
		cmocka_unit_test(what_the_mouse_does_is_seen),
		cmocka_unit_test(two_clicks_go_in),
		cmocka_unit_test(the_wheel_zooms_where_it_points),
		cmocka_unit_test(there_is_an_innermost_level),
		cmocka_unit_test(a_click_on_the_scale_is_the_next_one),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("picture_pane", tests, NULL, NULL);
}
