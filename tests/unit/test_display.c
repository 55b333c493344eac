/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/arrange.h"
#include "ui/display.h"

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

static void the_last_picture_stays_under_a_banner(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.status.banner = "The process has ended";
	stage.status.ended = true;
	stage.ui.shown.ended = true;
	stage_check(&stage, "ui_ended");
	/* It is not the last one in the past. */
	stage.status.paused = true;
	stage.status.earlier = true;
	stage.status.back_ns = INT64_C(2100000000);
	stage_check(&stage, "ui_ended_past");
	stage_press(&stage, KEYS(12));
	assert_non_null(strstr(stage.ui.message.text, "ended"));
	stage_close(&stage);
}

static void the_paper_picture_has_no_cursor(void **state)
{
	struct text text = {0};
	struct stage stage;
	struct ui ui;

	(void)state;
	stage_open(&stage, sample_python(), 80, 30, true);
	ui_init_plain(&ui, stage.session.now, true);
	arrange_resize_plain(&ui, 80, 30, false);
	ui_layout(&ui);
	display_draw_plain(&ui, stage.canvas, &stage.status);
	golden_check_canvas("ui_plain", stage.canvas);
	/* Where it was taken stands below it, as far as there is room. */
	arrange_resize_plain(&ui, 80, 30, true);
	ui_layout(&ui);
	stage.status.origin = "python3 on a host";
	canvas_fill(stage.canvas, 0, 0, 80, 30, ' ', ROLE_DEFAULT);
	display_draw_plain(&ui, stage.canvas, &stage.status);
	canvas_append_text(&text, stage.canvas);
	assert_non_null(strstr(text_string(&text), "\n python3 on a host\n"));
	text_finish(&text);
	stage.status.origin =
		"a name that is longer than the eighty columns that there are, but for one "
		"at each end";
	canvas_fill(stage.canvas, 0, 0, 80, 30, ' ', ROLE_DEFAULT);
	display_draw_plain(&ui, stage.canvas, &stage.status);
	assert_int_equal(stage.canvas->cells[29 * 80 + 79].glyph, ' ');
	assert_int_equal(stage.canvas->cells[29 * 80 + 78].glyph, 0x2026);
	ui_finish(&ui);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_of_every_size),
		cmocka_unit_test(a_screen_that_is_too_small_says_so),
		cmocka_unit_test(ascii_terminals_get_the_same_picture),
		cmocka_unit_test(nothing_of_the_target_reaches_the_screen_raw),
		cmocka_unit_test(the_last_picture_stays_under_a_banner),
		cmocka_unit_test(the_paper_picture_has_no_cursor),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("display", tests, NULL, NULL);
}
