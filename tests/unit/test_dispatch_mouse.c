/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"
#include "ui/inside/inside_pane.h"
#include "ui/pane/events_pane.h"
#include "ui/pane/growers_pane.h"
#include "ui/pane/help_pane.h"
#include "ui/pane/usage_pane.h"
#include "ui/picture/picture_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define HEAP      0x55b5f7c8d000

static unsigned press(struct stage *stage, enum mouse_button button, int column, int line)
{
	return stage_click(stage, &(struct mouse){button, 0, column, line, 1});
}

/* As a terminal reports it: first the one click, then the second. */
static unsigned double_click(struct stage *stage, int column, int line)
{
	unsigned reactions = press(stage, MOUSE_LEFT, column, line);

	return reactions | stage_click(stage, &(struct mouse){MOUSE_LEFT, 0, column, line, 2});
}

static unsigned wheel_ctrl(struct stage *stage, enum mouse_button button, int column, int line)
{
	return stage_click(stage, &(struct mouse){button, MOUSE_CTRL, column, line, 1});
}

/* The line of the screen on which a text stands. */
static int line_of(struct stage *stage, const char *string)
{
	int column, line;

	assert_true(stage_find(stage, string, &column, &line));
	return line;
}

static unsigned click_text(struct stage *stage, const char *string)
{
	int column, line;

	assert_true(stage_find(stage, string, &column, &line));
	return press(stage, MOUSE_LEFT, column, line);
}

static enum kind kind_under_cursor(const struct stage *stage)
{
	const struct band *band = view_band(&stage->ui.view, stage->ui.shown.picture.diagram);

	return stage->ui.shown.regions.regions[band->region].kind;
}

static void a_click_selects_and_a_second_goes_in(void **state)
{
	struct stage stage;
	int line;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	line = line_of(&stage, "[stack]  ");
	assert_int_equal(press(&stage, MOUSE_LEFT, 20, line), UI_DRAW);
	assert_int_equal(kind_under_cursor(&stage), KIND_STACK);
	assert_int_equal(line_of(&stage, "[stack]  "), line);
	line = line_of(&stage, "[heap]  ");
	assert_true(double_click(&stage, 20, line) & UI_LAYOUT);
	assert_true(stage_shows(&stage, &inside_pane));
	press(&stage, MOUSE_RIGHT, 20, 10);
	assert_false(stage_shows(&stage, &inside_pane));
	assert_int_equal(view_band(&stage.ui.view, stage.ui.shown.picture.diagram)->start, HEAP);
	/* A fold is a window. */
	stage.ui.view.cursor = 0x7f83a9782000; /* libm */
	ui_layout(&stage.ui);
	double_click(&stage, 20, stage.ui.frame.main.line + 1 + (int)stage.ui.view.cursor_at);
	assert_int_equal(stage.ui.view.depth, 1);
	press(&stage, MOUSE_RIGHT, 20, 10);
	assert_int_equal(stage.ui.view.depth, 0);
	assert_null(stage.ui.message.text);
	press(&stage, MOUSE_RIGHT, 20, 10);
	assert_non_null(strstr(stage.ui.message.text, "whole address space"));
	double_click(&stage, 20, line_of(&stage, "unmapped"));
	assert_non_null(strstr(stage.ui.message.text, "no mapping lies in this gap"));
	stage_close(&stage);
}

static void borders_and_other_parts_select_nothing(void **state)
{
	struct stage stage;
	uint64_t cursor;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	cursor = stage.ui.view.cursor;
	for (int column = 0; column < 120; column++) {
		press(&stage, MOUSE_LEFT, column, 0);
		press(&stage, MOUSE_LEFT, column, stage.ui.frame.main.line);
		press(&stage, MOUSE_WHEEL_UP, column, stage.ui.frame.main.line);
	}
	for (int line = 0; line < 39; line++) {
		press(&stage, MOUSE_LEFT, stage.ui.frame.aside.column + 2, line);
		press(&stage, MOUSE_LEFT, 0, line);
	}
	/* The chart, and beyond the screen. */
	press(&stage, MOUSE_LEFT, 5, stage.ui.frame.bottom.line + 2);
	press(&stage, MOUSE_WHEEL_UP, 5, stage.ui.frame.bottom.line + 2);
	press(&stage, MOUSE_MIDDLE, 20, 10);
	double_click(&stage, 500, 10);
	double_click(&stage, 20, 500);
	assert_int_equal(stage.ui.view.cursor, cursor);
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

static void the_wheel_scrolls_or_moves_the_cursor(void **state)
{
	struct stage stage;
	struct view *view = &stage.ui.view;
	uint64_t cursor, top;

	(void)state;
	stage_open(&stage, sample_large(500), 80, 24, true);
	/* All is on the screen: the cursor moves from band to band, as by the keys. */
	press(&stage, MOUSE_WHEEL_DOWN, 20, 10);
	cursor = view->cursor;
	press(&stage, MOUSE_WHEEL_UP, 20, 10);
	assert_int_not_equal(view->cursor, cursor);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	assert_int_equal(view->cursor, cursor);
	stage_press(&stage, KEYS('+', '+', '+'));
	press(&stage, MOUSE_LEFT, 20, 10);
	top = view->top;
	cursor = view->cursor;
	press(&stage, MOUSE_WHEEL_DOWN, 20, 15);
	assert_int_equal(view->top, top + 3);
	assert_int_equal(view->cursor, cursor);
	press(&stage, MOUSE_WHEEL_UP, 20, 15);
	press(&stage, MOUSE_WHEEL_UP, 20, 15);
	assert_int_equal(view->top, top - 3);
	assert_int_equal(view->cursor, cursor);
	stage_close(&stage);
}

static void ctrl_and_wheel_zoom_at_the_pointer(void **state)
{
	struct stage stage;
	struct view *view = &stage.ui.view;
	uint64_t cursor;
	int line;

	(void)state;
	stage_open(&stage, sample_large(500), 80, 24, true);
	line = stage.ui.frame.main.line + 8;
	assert_true(wheel_ctrl(&stage, MOUSE_WHEEL_UP, 20, line) & UI_LAYOUT);
	cursor = view->cursor;
	assert_int_equal(view_window(view)->zoom, 1);
	assert_int_equal(view->cursor_at, 7);
	for (unsigned zoom = 2; zoom <= VIEW_ZOOM_MAX; zoom++) {
		wheel_ctrl(&stage, MOUSE_WHEEL_UP, 20, line);
		assert_int_equal(view_window(view)->zoom, zoom);
		assert_int_equal(view->cursor, cursor);
		assert_int_equal(view->cursor_at, 7);
	}
	wheel_ctrl(&stage, MOUSE_WHEEL_UP, 20, line);
	assert_non_null(strstr(stage.ui.message.text, "largest zoom"));
	for (unsigned zoom = VIEW_ZOOM_MAX; zoom > 0; zoom--)
		wheel_ctrl(&stage, MOUSE_WHEEL_DOWN, 20, line);
	assert_int_equal(view->cursor, cursor);
	wheel_ctrl(&stage, MOUSE_WHEEL_DOWN, 20, line);
	assert_non_null(strstr(stage.ui.message.text, "already on the screen"));
	stage_close(&stage);
}

static void the_growers_list_is_chosen_from_and_gone_to(void **state)
{
	struct stage stage;
	const struct growers_pane *pane;
	int line;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_press(&stage, KEYS(KEY_TO_HOME, 'd'));
	pane = (const struct growers_pane *)stage_pane(&stage, &growers_pane);
	line = stage.ui.frame.bottom.line + 1;
	press(&stage, MOUSE_LEFT, 5, line + 3);
	assert_int_equal(pane->cursor, 3);
	press(&stage, MOUSE_WHEEL_UP, 5, line + 3);
	assert_int_equal(pane->cursor, 1);
	/* A kind leads to its largest grower; a heading does nothing. */
	double_click(&stage, 5, line + 1);
	assert_int_equal(stage.ui.view.cursor, HEAP);
	double_click(&stage, 5, line + 2);
	assert_null(stage.ui.message.text);
	double_click(&stage, 5, line + 3);
	assert_int_equal(stage.ui.view.cursor, HEAP);
	/* The picture above is still the picture: there a double click goes into the band. */
	double_click(&stage, 20, line_of(&stage, "[stack]  "));
	assert_true(stage_shows(&stage, &inside_pane));
	stage_close(&stage);
}

static void the_usage_filters_and_events_scroll(void **state)
{
	const struct usage_pane *usage;
	const struct events_pane *events;
	struct stage stage;
	int line;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('u'));
	usage = (const struct usage_pane *)stage_pane(&stage, &usage_pane);
	events = (const struct events_pane *)stage_pane(&stage, &events_pane);
	/* Below the border, two lines of limits, the heading and the line for all. */
	line = stage.ui.frame.bottom.line + 5;
	double_click(&stage, 5, line + 1);
	assert_int_equal(stage.ui.find.filter, FILTER_DIM);
	assert_true(find_filtered_kinds(&stage.ui.find, stage.ui.shown.space) ==
		    UINT32_C(1) << usage->summary.entries[1].kind);
	for (int i = 1; i <= 30; i++)
		stage_add(&stage, sample_python_grown((uint64_t)i * 4096), i);
	stage_press(&stage, KEYS('e'));
	line = stage.ui.frame.bottom.line + 2;
	press(&stage, MOUSE_WHEEL_UP, 5, line);
	assert_int_equal(events->back, 3);
	press(&stage, MOUSE_WHEEL_DOWN, 5, line);
	assert_int_equal(events->back, 0);
	stage_close(&stage);
}

static void keys_of_the_footer_can_be_clicked(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 200, 24, true);
	click_text(&stage, "d growers");
	assert_true(stage_shows(&stage, &growers_pane));
	click_text(&stage, "growers");
	assert_false(stage_shows(&stage, &growers_pane));
	/* One that cannot act says why; a click on that makes room for the keys again. */
	click_text(&stage, "Bksp out");
	assert_non_null(strstr(stage.ui.message.text, "whole address space"));
	click_text(&stage, "whole address");
	assert_null(stage.ui.message.text);
	assert_int_equal(stage.ui.view.depth, 0);
	/* Only the left button. */
	press(&stage, MOUSE_RIGHT, 75, 23);
	press(&stage, MOUSE_WHEEL_UP, 75, 23);
	assert_int_equal(click_text(&stage, "q quit") & UI_QUIT, UI_QUIT);
	stage_close(&stage);
}

static void help_is_scrolled_and_left(void **state)
{
	struct stage stage;
	uint64_t cursor;
	int column, top;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	cursor = stage.ui.view.cursor;
	click_text(&stage, "? help");
	assert_true(stage_shows(&stage, &help_pane));
	press(&stage, MOUSE_WHEEL_UP, 20, 10);
	assert_true(stage_find(&stage, "Moving", &column, &top));
	press(&stage, MOUSE_WHEEL_DOWN, 20, 10);
	assert_false(stage_find(&stage, "Moving", &column, &top));
	double_click(&stage, 20, 10);
	assert_true(stage_shows(&stage, &help_pane));
	assert_false(stage_find(&stage, "Moving", &column, &top));
	assert_int_equal(stage.ui.view.cursor, cursor);
	press(&stage, MOUSE_RIGHT, 20, 10);
	assert_false(stage_shows(&stage, &help_pane));
	/* An inspector that covers the picture. */
	stage_resize(&stage, 60, 20);
	stage_press(&stage, KEYS('i'));
	assert_false(stage_shows(&stage, &picture_pane));
	double_click(&stage, 20, 10);
	press(&stage, MOUSE_WHEEL_UP, 20, 10);
	assert_int_equal(stage.ui.view.cursor, cursor);
	press(&stage, MOUSE_RIGHT, 20, 10);
	assert_true(stage_shows(&stage, &picture_pane));
	stage_close(&stage);
}

static void fail_prompt(struct ui *ui)
{
	(void)ui;
	fail_msg("a press ended the line that is typed");
}

static void presses_while_a_line_is_typed_do_nothing(void **state)
{
	static const struct ui_prompt asking = {"say: ", fail_prompt, fail_prompt, fail_prompt};
	struct stage stage;
	uint64_t cursor;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	cursor = stage.ui.view.cursor;
	ui_ask(&stage.ui, &asking, "half a word");
	stage.ui.message.text = "what is wrong with it";
	for (int line = 0; line < 24; line++)
		for (int column = 0; column < 80; column += 3)
			assert_int_equal(double_click(&stage, column, line), 0);
	assert_ptr_equal(stage.ui.line.asking, &asking);
	assert_string_equal(stage.ui.line.prompt.text, "half a word");
	assert_non_null(stage.ui.message.text);
	assert_int_equal(stage.ui.view.cursor, cursor);
	stage_close(&stage);
}

static void no_screen_is_too_small_to_be_clicked(void **state)
{
	static const int sizes[][2] = {{1, 1}, {40, 12}, {60, 16}, {80, 24}};
	static const uint32_t panes[] = {'?', 'i', 'd', 'e', 'u', 'v', KEY_ESC};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t size = 0; size < 4; size++) {
		stage_resize(&stage, sizes[size][0], sizes[size][1]);
		for (size_t pane = 0; pane < sizeof(panes) / sizeof(panes[0]); pane++) {
			/* Not the footer: its keys would close what is to be pressed on. */
			for (int line = 0; line + 1 < sizes[size][1]; line++) {
				stage_press(&stage, KEYS(panes[pane]));
				double_click(&stage, 7, line);
				press(&stage, MOUSE_WHEEL_DOWN, 7, line);
				wheel_ctrl(&stage, MOUSE_WHEEL_UP, 7, line);
			}
			assert_true(stage.ui.view.cursor_at < stage.ui.view.lines);
			assert_true(stage.ui.view.top < stage.ui.shown.picture.diagram->rows);
		}
	}
	stage_close(&stage);
}

static void it_can_be_turned_off(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(stage_press(&stage, KEYS('M')), UI_DRAW);
	assert_non_null(strstr(stage.ui.message.text, "no mouse"));
	stage.ui.host.has_mouse = stage.ui.host.mouse = true;
	assert_true(stage_press(&stage, KEYS('M')) & UI_MOUSE);
	assert_false(stage.ui.host.mouse);
	assert_non_null(strstr(stage.ui.message.text, "M turns it on again"));
	assert_true(stage_press(&stage, KEYS('M')) & UI_MOUSE);
	assert_true(stage.ui.host.mouse);
	assert_non_null(strstr(stage.ui.message.text, "Shift"));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_click_selects_and_a_second_goes_in),
		cmocka_unit_test(borders_and_other_parts_select_nothing),
		cmocka_unit_test(the_wheel_scrolls_or_moves_the_cursor),
		cmocka_unit_test(ctrl_and_wheel_zoom_at_the_pointer),
		cmocka_unit_test(the_growers_list_is_chosen_from_and_gone_to),
		cmocka_unit_test(the_usage_filters_and_events_scroll),
		cmocka_unit_test(keys_of_the_footer_can_be_clicked),
		cmocka_unit_test(help_is_scrolled_and_left),
		cmocka_unit_test(presses_while_a_line_is_typed_do_nothing),
		cmocka_unit_test(no_screen_is_too_small_to_be_clicked),
		cmocka_unit_test(it_can_be_turned_off),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("dispatch_mouse", tests, NULL, NULL);
}
