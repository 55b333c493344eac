/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
#include "screen/key.h"
#include "support/sample.h"
#include "ui/inside/inside_title.h"
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A screen with the pane on the data of the program, all told. */
static void open_data(struct stage *stage, int columns, int lines, bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage->ui.view.cursor = DATA;
	stage_press(stage, KEYS('t', 't', 'I'));
	fixture_tell(stage, fixture_object());
}

static void the_way_is_in_the_border(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	open_data(&stage, 100, 30, false);
	assert_true(stage_find(&stage, " python3.11 data ", &column, &line));
	stage_press(&stage, KEYS('j', KEY_RETURN));
	assert_true(stage_find(&stage, "python3.11 data > .data ", &column, &line));
	stage_press(&stage, KEYS(KEY_BACK));
	assert_false(stage_find(&stage, "> .data ", &column, &line));
	stage_close(&stage);
}

static void where_there_is_no_room_the_end_stays(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	open_data(&stage, 40, 24, false);
	stage_press(&stage, KEYS('j', KEY_RETURN, '/', 'b', 'u', 'i', 'l', KEY_RETURN, KEY_RETURN,
				 KEY_RETURN));
	assert_false(stage_find(&stage, "python3.11 data", &column, &line));
	assert_true(stage_find(&stage, "builtins", &column, &line));
	stage_close(&stage);
}

static void the_scale_can_be_pressed(void **state)
{
	struct stage stage;
	struct scene scene;
	struct rect rect;

	(void)state;
	open_data(&stage, 100, 30, false);
	scene = stage_scene(&stage);
	rect = stage_pane(&stage, &inside_pane)->rect;
	assert_true(inside_title_is_scale(fixture_inside(&stage), &scene, rect,
					  rect.column + rect.columns - 4));
	/* "log  x1", a blank and the corner. */
	for (int column = 0; column < 100; column++) {
		const int end = rect.column + rect.columns - 2;

		assert_int_equal(
			inside_title_is_scale(fixture_inside(&stage), &scene, rect, column),
			column >= end - 7 && column < end);
	}
	stage_close(&stage);
}

static void scale_and_zoom_are_in_the_border(void **state)
{
	static const char *const zooms[] = {"log  x1 ", "log  x2 ", "log  x4 ", "log  x8 "};
	struct stage stage;
	int column, line;

	(void)state;
	open_data(&stage, 100, 30, false);
	for (size_t i = 0; i < sizeof(zooms) / sizeof(zooms[0]); i++) {
		assert_true(stage_find(&stage, zooms[i], &column, &line));
		stage_press(&stage, KEYS('+'));
	}
	stage_press(&stage, KEYS('0', 's'));
	assert_true(stage_find(&stage, "linear  x1 ", &column, &line));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_way_is_in_the_border),
		cmocka_unit_test(where_there_is_no_room_the_end_stays),
		cmocka_unit_test(the_scale_can_be_pressed),
		cmocka_unit_test(scale_and_zoom_are_in_the_border),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_title", tests, NULL, NULL);
}
