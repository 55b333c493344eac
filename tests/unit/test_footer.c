/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/footer.h"

static void append_footer(struct text *text, const struct stage *stage, int columns)
{
	struct canvas *canvas = canvas_create(columns, 1, false);
	struct scene scene = stage_scene(stage);

	footer_draw(canvas, (struct rect){0, 0, columns, 1}, &scene);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void help_and_quit_are_always_there(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (int columns = 40; columns < 200; columns++) {
		struct text text = {0};

		append_footer(&text, &stage, columns);
		assert_non_null(strstr(text_string(&text), "? help"));
		assert_non_null(strstr(text_string(&text), "q quit"));
		text_finish(&text);
	}
	stage_close(&stage);
}

static void keys_at_some_widths(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	append_footer(&text, &stage, 40);
	append_footer(&text, &stage, 80);
	append_footer(&text, &stage, 120);
	stage.status.message = "The answer to the last key.";
	append_footer(&text, &stage, 80);
	golden_check("footer_widths", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_and_quit_are_always_there),
		cmocka_unit_test(keys_at_some_widths),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("footer", tests, NULL, NULL);
}
