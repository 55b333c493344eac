/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void screens_of_every_size(void **state)
{
	static const struct {
		int columns, lines;
	} sizes[] = {{40, 12}, {60, 20}, {80, 24}, {120, 40}, {200, 60}};
	struct stage stage;
	char name[64];

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		snprintf(name, sizeof(name), "ui_%dx%d", sizes[i].columns, sizes[i].lines);
		stage_resize(&stage, sizes[i].columns, sizes[i].lines);
		stage_check(&stage, name);
	}
	stage_close(&stage);
}

static void a_screen_that_is_too_small_says_so(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 30, 5, true);
	stage_check(&stage, "ui_too_small");
	stage_resize(&stage, 1, 1);
	stage_check(&stage, "ui_1x1");
	stage_close(&stage);
}

static void a_browser_fits_the_screen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(2000), 100, 30, true);
	stage_check(&stage, "ui_large");
	stage_press(&stage, KEYS('+', '+', KEY_PAGE_DOWN));
	stage_check(&stage, "ui_large_zoomed");
	stage_close(&stage);
}

static void ascii_terminals_get_the_same_picture(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, false);
	stage_check(&stage, "ui_ascii");
	stage_close(&stage);
}

static void nothing_of_the_target_reaches_the_screen_raw(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_hostile(), 100, 24, true);
	stage_press(&stage, KEYS(KEY_TO_END, KEY_ARROW_UP));
	stage_check(&stage, "ui_hostile");
	for (int i = 0; i < 100 * 24; i++)
		assert_true(stage.canvas->cells[i].glyph >= 0x20 &&
			    (stage.canvas->cells[i].glyph < 0x7f ||
			     stage.canvas->cells[i].glyph >= 0xa0));
	stage_close(&stage);
}

static void a_process_without_mappings_is_one_gap(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_empty(), 80, 16, true);
	stage_press(&stage, KEYS(KEY_ARROW_UP, KEY_ARROW_DOWN, KEY_RETURN, '+', '-', 's', 'o'));
	stage_check(&stage, "ui_empty");
	stage_close(&stage);
}

static void going_in_shows_the_path_and_out_comes_back(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.depth, 1);
	stage_check(&stage, "ui_inside_heap");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.depth, 1);
	assert_non_null(strstr(stage.ui.message, "Backspace"));
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
	stage_check(&stage, "ui_linear");
	stage_press(&stage, KEYS('s'));
	stage_check(&stage, "ui_equal");
	stage_press(&stage, KEYS('s', 'o'));
	stage_check(&stage, "ui_low_on_top");
	stage_close(&stage);
}

static void a_key_that_cannot_act_says_why(void **state)
{
	static const struct {
		uint32_t key;
		const char *says;
	} cases[] = {
		{KEY_BACK, "whole address space"}, {'-', "on the screen already"},
		{'0', "on the screen already"},    {KEY_ESC, "q quits"},
		{'~', "? shows the keys"},
	};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		stage_press(&stage, KEYS(cases[i].key));
		assert_non_null(stage.ui.message);
		assert_non_null(strstr(stage.ui.message, cases[i].says));
	}
	stage_press(&stage, KEYS(KEY_TO_HOME, KEY_RETURN));
	stage_check(&stage, "ui_message");
	stage_close(&stage);
}

static void reactions_tell_the_loop_what_to_do(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(stage_press(&stage, KEYS('q')) & REACT_QUIT, REACT_QUIT);
	assert_int_equal(stage_press(&stage, KEYS(KEY_FN + 9)) & REACT_QUIT, REACT_QUIT);
	assert_int_equal(stage_press(&stage, KEYS(12)) & REACT_RESAMPLE, REACT_RESAMPLE);
	assert_int_equal(stage_press(&stage, KEYS('<')) & REACT_INTERVAL, REACT_INTERVAL);
	assert_int_equal(stage.ui.interval_ns, 500000000);
	assert_int_equal(stage_press(&stage, KEYS('>')) & REACT_INTERVAL, REACT_INTERVAL);
	assert_int_equal(stage.ui.interval_ns, 1000000000);
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_true(stage.ui.paused);
	stage_check(&stage, "ui_paused");
	assert_int_equal(stage_press(&stage, KEYS(KEY_ARROW_UP)), REACT_REDRAW);
	stage_close(&stage);
}

static void the_last_picture_stays_under_a_banner(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.status.banner = "Process 20712 (python3) has ended; this is its last picture.";
	stage.ui.ended = true;
	stage_check(&stage, "ui_ended");
	stage_press(&stage, KEYS(12));
	assert_non_null(strstr(stage.ui.message, "ended"));
	stage_close(&stage);
}

static void escape_always_leaves(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS(KEY_RETURN, '+', '+', '?'));
	assert_int_equal(stage.ui.overlay, OVERLAY_HELP);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.overlay, OVERLAY_NONE);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

static void the_inspector_hides_or_covers(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('i'));
	stage_check(&stage, "ui_no_inspector");
	stage_resize(&stage, 50, 20);
	stage_press(&stage, KEYS('i'));
	assert_int_equal(stage.ui.overlay, OVERLAY_INSPECTOR);
	stage_check(&stage, "ui_inspector_covers");
	stage_close(&stage);
}

static void the_paper_picture_has_no_cursor(void **state)
{
	struct stage stage;
	struct ui ui;

	(void)state;
	stage_open(&stage, sample_python(), 80, 30, true);
	ui_init(&ui, stage.chronicle.now, true);
	ui_resize_plain(&ui, 80, 30);
	ui_layout(&ui);
	ui_draw_plain(&ui, stage.canvas, &stage.status);
	golden_check_canvas("ui_plain", stage.canvas);
	ui_finish(&ui);
	stage_close(&stage);
}

#define HEAP 0x55b5f7c8d000

static void growth_is_marked_and_settles(void **state)
{
	struct stage stage;
	int64_t next;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_check(&stage, "ui_grown");
	assert_int_equal(ui_settle_marks(&stage.ui, 2000000000, &next), REACT_NONE);
	assert_int_equal(next, 1000000000 + MARKS_LASTING_NS);
	assert_int_equal(ui_settle_marks(&stage.ui, next, &next), REACT_REDRAW);
	assert_true(next == MARKS_NEVER);
	/* What settles is the sign; how much it grew since the mark stays. */
	stage_check(&stage, "ui_grown_settled");
	stage_press(&stage, KEYS('m'));
	stage_check(&stage, "ui_marked_anew");
	stage_close(&stage);
}

static void the_past_can_be_looked_at(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	for (int i = 1; i < 5; i++)
		stage_add(&stage, sample_python_grown((uint64_t)i << 20), i);
	stage_press(&stage, KEYS(',', ','));
	assert_int_equal(stage.ui.moment, 2);
	assert_int_equal(stage.ui.space->by_kind[KIND_HEAP].size, 0x1fa000 + (2 << 20));
	stage_check(&stage, "ui_past");
	/* The chronicle goes on, the picture stays. */
	stage_add(&stage, sample_python_grown(5 << 20), 5);
	assert_int_equal(stage.ui.space->by_kind[KIND_HEAP].size, 0x1fa000 + (2 << 20));
	stage_press(&stage, KEYS('.'));
	assert_int_equal(stage.ui.moment, 3);
	stage_press(&stage, KEYS(',', ',', ',', ','));
	assert_non_null(strstr(stage.ui.message, "oldest"));
	stage_press(&stage, KEYS('L'));
	assert_false(stage.ui.paused);
	assert_int_equal(stage.ui.space->by_kind[KIND_HEAP].size, 0x1fa000 + (5 << 20));
	stage_press(&stage, KEYS('L'));
	assert_non_null(strstr(stage.ui.message, "newest"));
	stage_press(&stage, KEYS('.'));
	assert_non_null(strstr(stage.ui.message, "newest"));
	stage_close(&stage);
}

static void lower_panes_open_and_close(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_press(&stage, KEYS('d'));
	stage_check(&stage, "ui_ledger");
	/* Enter goes to the mapping, out of where one is. */
	stage_press(&stage, KEYS('d', KEY_TO_HOME, KEY_RETURN, 'd', KEY_ARROW_DOWN, KEY_RETURN));
	assert_int_equal(stage.ui.view.cursor, HEAP);
	stage_press(&stage, KEYS('e'));
	stage_check(&stage, "ui_events");
	stage_press(&stage, KEYS(KEY_PAGE_UP, KEY_ARROW_DOWN, KEY_RETURN));
	assert_non_null(strstr(stage.ui.message, "closes"));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.lower.pane, LOWER_NONE);
	for (int i = 0; i < VALUE_COUNT; i++) {
		stage_press(&stage, KEYS('v'));
		assert_int_equal(stage.ui.lower.pane, LOWER_STRIP);
		assert_int_equal(stage.ui.lower.value, i);
	}
	stage_press(&stage, KEYS('v'));
	assert_int_equal(stage.ui.lower.pane, LOWER_NONE);
	/* On small screens a lower pane takes the place of the picture. */
	stage_resize(&stage, 60, 14);
	stage_press(&stage, KEYS('d'));
	stage_check(&stage, "ui_ledger_small");
	stage_close(&stage);
}

static void another_program_starts_over(void **state)
{
	struct stage stage;
	struct address_space *other = sample_large(50);

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS(KEY_RETURN, 's'));
	other->target.start_stack += 4096;
	stage_add(&stage, other, 1);
	assert_int_equal(stage.ui.view.depth, 0);
	assert_int_equal(stage.ui.view.scale, SCALE_LINEAR);
	assert_int_equal(stage.chronicle.journal.count, 1);
	assert_int_equal(journal_get(&stage.chronicle.journal, 0)->type, CHANGE_EXEC);
	stage_check(&stage, "ui_exec");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growth_is_marked_and_settles),
		cmocka_unit_test(the_past_can_be_looked_at),
		cmocka_unit_test(lower_panes_open_and_close),
		cmocka_unit_test(another_program_starts_over),
		cmocka_unit_test(screens_of_every_size),
		cmocka_unit_test(a_screen_that_is_too_small_says_so),
		cmocka_unit_test(a_browser_fits_the_screen),
		cmocka_unit_test(ascii_terminals_get_the_same_picture),
		cmocka_unit_test(nothing_of_the_target_reaches_the_screen_raw),
		cmocka_unit_test(a_process_without_mappings_is_one_gap),
		cmocka_unit_test(going_in_shows_the_path_and_out_comes_back),
		cmocka_unit_test(scales_and_turning_over),
		cmocka_unit_test(a_key_that_cannot_act_says_why),
		cmocka_unit_test(reactions_tell_the_loop_what_to_do),
		cmocka_unit_test(the_last_picture_stays_under_a_banner),
		cmocka_unit_test(escape_always_leaves),
		cmocka_unit_test(the_inspector_hides_or_covers),
		cmocka_unit_test(the_paper_picture_has_no_cursor),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("ui", tests, NULL, NULL);
}
