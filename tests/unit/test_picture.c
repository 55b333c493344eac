/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "maps_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/picture.h"

static void draw_picture(struct text *text, struct stage *stage, int columns)
{
	struct rect rect = stage->ui.frame.main;
	struct canvas *canvas = canvas_create(columns, rect.line + rect.lines, false);
	struct scene scene = stage_scene(stage);

	rect.columns = columns;
	picture_draw(canvas, &stage->ui.frame, rect, &scene);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void columns_at_some_widths(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	draw_picture(&text, &stage, 40);
	draw_picture(&text, &stage, 52);
	draw_picture(&text, &stage, 100);
	golden_check("picture_widths", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

/* Without colours each bar begins with a letter; gaps have none. */
static void letters_stand_for_colours(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.host.letters = true;
	draw_picture(&text, &stage, 60);
	golden_check("picture_letters", text_string(&text));
	text_clear(&text);
	/* By what is in memory; then where a filter leaves nothing to tell. */
	stage.ui.colours = COLOUR_MODE_RESIDENCY;
	draw_picture(&text, &stage, 60);
	stage.ui.colours = COLOUR_MODE_PROTECTION;
	stage_press(&stage, (const uint32_t[]){'f', 'h', 'e', 'a', 'p', KEY_RETURN, 0});
	draw_picture(&text, &stage, 60);
	golden_check("picture_letters_modes", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

static void writable_and_executable_is_called_out(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 60, true);
	for (int columns = 50; columns < 120; columns += 20) {
		struct text text = {0};

		draw_picture(&text, &stage, columns);
		assert_true(strstr(text_string(&text), "w+x") ||
			    strstr(text_string(&text), "rwxp"));
		text_finish(&text);
	}
	stage_close(&stage);
}

/* Each line of a tall band that was scrolled into still says whose it is and where. */
static void a_tall_band_keeps_its_name_on_the_screen(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	view_enter(&stage.ui.view, stage.ui.shown.picture.diagram);
	ui_layout(&stage.ui);
	stage_press(&stage, (const uint32_t[]){'+', '+', KEY_PAGE_UP, 0});
	draw_picture(&text, &stage, 60);
	assert_non_null(strstr(text_string(&text), "[heap]"));
	golden_check("picture_tall", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

/* Of a mapping that grew its row shows how much is new; a screen without changes shows nothing. */
static void cells_are_new_where_a_mapping_grew(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 100, 40, true);
	stage_renew(&stage);
	assert_int_equal(stage_count_role(&stage, ROLE_GREW), 0);
	stage_add(&stage, sample_python(), 1);
	stage_renew(&stage);
	assert_int_equal(stage_count_role(&stage, ROLE_GREW), 0);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_renew(&stage);
	assert_true(stage_count_role(&stage, ROLE_GREW) > 0);
	stage_close(&stage);
}

/* That the lowest address is 0 does not make it new. */
static void a_mapping_at_address_0_did_not_grow(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage,
		   maps_space_create(NULL, "0-100000 rw-p 00000000 00:00 0\n"
					   "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 "
					   "[stack]\n"),
		   100, 40, true);
	stage_renew(&stage);
	assert_int_equal(stage_count_role(&stage, ROLE_GREW), 0);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_at_some_widths),
		cmocka_unit_test(letters_stand_for_colours),
		cmocka_unit_test(writable_and_executable_is_called_out),
		cmocka_unit_test(a_tall_band_keeps_its_name_on_the_screen),
		cmocka_unit_test(cells_are_new_where_a_mapping_grew),
		cmocka_unit_test(a_mapping_at_address_0_did_not_grow),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
