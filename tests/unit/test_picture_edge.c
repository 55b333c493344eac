/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "screen/canvas.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/picture.h"
#include "ui/picture/picture_edge.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void draw(struct stage *stage)
{
	struct scene scene = stage_scene(stage);

	canvas_fill(stage->canvas, 0, 0, stage->canvas->columns, stage->canvas->lines, ' ',
		    ROLE_DEFAULT);
	picture_draw(stage->canvas, &stage->ui.frame, stage->ui.frame.main, &scene);
}

/* How many cells of a column of the picture have the glyph. */
static int count_in_column(const struct stage *stage, int column, uint32_t glyph)
{
	struct rect inside = frame_inside(&stage->ui.frame, stage->ui.frame.main);
	const struct canvas *canvas = stage->canvas;
	int count = 0;

	for (int line = inside.line; line < inside.line + inside.lines; line++)
		count += canvas->cells[line * canvas->columns + column].glyph == glyph;
	return count;
}

static void a_thumb_shows_how_much_is_seen(void **state)
{
	struct stage stage;
	int border, all;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	border = stage.ui.frame.main.columns - 1;
	all = (int)stage.ui.view.lines;
	draw(&stage);
	assert_int_equal(count_in_column(&stage, border, stage.ui.glyphs->thumb), 0);
	stage_press(&stage, KEYS('+'));
	draw(&stage);
	assert_in_range(count_in_column(&stage, border, stage.ui.glyphs->thumb), all / 2,
			all / 2 + 1);
	stage_press(&stage, KEYS('+', '+', '+', '+', '+', '+', '+'));
	draw(&stage);
	assert_int_equal(count_in_column(&stage, border, stage.ui.glyphs->thumb), 1);
	stage_close(&stage);
}

/* The minimap is there at any zoom, so that nothing jumps; on narrow panes it is not. */
static void the_minimap_is_always_there_where_it_has_room(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	for (int zoom = 0; zoom < 3; zoom++) {
		int column = stage.ui.frame.main.columns - 2;

		draw(&stage);
		assert_int_equal(count_in_column(&stage, column, ' '), 0);
		stage_press(&stage, KEYS('+'));
	}
	stage_resize(&stage, 80, 24);
	draw(&stage);
	assert_int_equal(
		count_in_column(&stage, stage.ui.frame.main.columns - 2, stage.ui.glyphs->gap), 0);
	stage_close(&stage);
}

/* The words of the scale in the border, and none of the columns around them. */
static void the_scale_is_where_it_is_drawn(void **state)
{
	struct stage stage;
	int first, line;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('s', '+', '+', '+', '+'));
	assert_true(stage_find(&stage, "linear", &first, &line));
	assert_int_equal(line, stage.ui.frame.main.line);
	for (int column = 0; column < 120; column++) {
		const struct scene scene = stage_scene(&stage);

		/* The name, two blanks, the sign and the number. */
		assert_int_equal(picture_edge_is_note(&scene, stage.ui.frame.main, column),
				 column >= first && column < first + 11);
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thumb_shows_how_much_is_seen),
		cmocka_unit_test(the_minimap_is_always_there_where_it_has_room),
		cmocka_unit_test(the_scale_is_where_it_is_drawn),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("picture_edge", tests, NULL, NULL);
}
