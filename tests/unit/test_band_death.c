/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <signal.h>
#include <string.h>

#include "base/text.h"
#include "core_target.h"
#include "screen/canvas.h"
#include "support/stage.h"
#include "ui/picture/band_death.h"
#include "ui/picture/picture_columns.h"

static void marks_the_band_with_the_address(void **state)
{
	const struct target_death death = {.signal = SIGSEGV, .address = 0x10, .has_address = true};
	const struct picture_columns columns = {.label = 2, .label_columns = 30};
	struct canvas *canvas = canvas_create(40, 2, false);
	struct band band = {.start = 0x1000, .end = 0x2000, .count = 1};
	struct stage stage;
	struct scene scene;
	struct text text = {0};

	(void)state;
	stage_open(&stage, core_target_make(&death), 80, 24, true);
	scene = stage_scene(&stage);
	band_death_draw(canvas, &scene, &band, &columns, 1);
	canvas_append_text(&text, canvas);
	assert_null(strstr(text_string(&text), "SIGSEGV"));
	text_clear(&text);
	band.start = 0;
	band_death_draw(canvas, &scene, &band, &columns, 1);
	canvas_append_text(&text, canvas);
	/* At the end of the name's columns, with a blank on either side. */
	assert_non_null(strstr(text_string(&text), "\n                  SIGSEGV at 10"));
	text_clear(&text);
	/* A name that is longer than what is left shows that. */
	canvas_write(canvas, 2, 0, 30, "unmapped from the lowest address", ROLE_DEFAULT);
	band_death_draw(canvas, &scene, &band, &columns, 0);
	canvas_append_text(&text, canvas);
	assert_non_null(strstr(text_string(&text), "  unmapped from \u2026 SIGSEGV at 10\n"));
	text_clear(&text);
	canvas_clear(canvas, 0, 0, 40, 2);
	canvas_write(canvas, 2, 0, 30, "unmapped", ROLE_DEFAULT);
	band_death_draw(canvas, &scene, &band, &columns, 0);
	canvas_append_text(&text, canvas);
	assert_non_null(strstr(text_string(&text), "  unmapped        SIGSEGV at 10\n"));
	text_clear(&text);
	/* What ends before them is no such name, whatever comes behind. */
	canvas_clear(canvas, 0, 0, 40, 2);
	canvas_write(canvas, 2, 0, 30, "unmapped-from-a bcdefgh", ROLE_DEFAULT);
	band_death_draw(canvas, &scene, &band, &columns, 0);
	canvas_append_text(&text, canvas);
	assert_non_null(strstr(text_string(&text), "  unmapped-from-a SIGSEGV at 10\n"));
	text_finish(&text);
	canvas_destroy(canvas);
	stage_close(&stage);
}

/* Where all columns are taken nothing of a name is cut off. */
static void words_may_fill_the_name(void **state)
{
	const struct target_death death = {.signal = SIGSEGV, .address = 0x10, .has_address = true};
	const struct band band = {.start = 0, .end = 0x2000, .count = 1};
	struct stage stage;
	struct scene scene;

	(void)state;
	stage_open(&stage, core_target_make(&death), 80, 24, true);
	scene = stage_scene(&stage);
	/* " SIGSEGV at 10 " has 15 columns. */
	for (int room = 14; room < 18; room++) {
		const struct picture_columns columns = {.label = 4, .label_columns = room};
		struct canvas *canvas = canvas_create(40, 1, false);
		struct text text = {0};

		canvas_fill(canvas, 0, 0, 40, 1, 'x', ROLE_DEFAULT);
		band_death_draw(canvas, &scene, &band, &columns, 0);
		canvas_append_text(&text, canvas);
		if (room == 14)
			assert_memory_equal(text_string(&text), "xxxx SIGSEGV at", 15);
		if (room == 15)
			assert_memory_equal(text_string(&text), "xxxx SIGSEGV at 10 xxx", 22);
		if (room == 16)
			assert_memory_equal(text_string(&text), "xxxx\u2026 SIGSEGV at 10 xxx", 25);
		if (room == 17)
			assert_memory_equal(text_string(&text), "xxxxx\u2026 SIGSEGV at 10 xx", 25);
		text_finish(&text);
		canvas_destroy(canvas);
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_the_band_with_the_address),
		cmocka_unit_test(words_may_fill_the_name),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("band_death", tests, NULL, NULL);
}
