/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "ui/glyphs.h"
#include "ui/pane/help_sheet.h"

static void write_some(struct help_sheet *sheet)
{
	help_sheet_heading(sheet, "First");
	help_sheet_label(sheet, 0, "one", ROLE_DEFAULT);
	help_sheet_text(sheet, 6, "a sentence that takes two lines", ROLE_MUTED);
	help_sheet_heading(sheet, "Second");
}

static void labels_stand_beside_wrapped_text(void **state)
{
	struct canvas *canvas = canvas_create(24, 5, false);
	struct help_sheet sheet = {.canvas = canvas, .columns = 24, .glyphs = glyphs_get(true)};
	struct text text = {0};

	(void)state;
	write_some(&sheet);
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), "First\n"
						"one   a sentence that\n"
						"      takes two lines\n"
						"\n"
						"Second\n");
	text_finish(&text);
	canvas_destroy(canvas);
}

/* Counted without a canvas as with one. */
static void counts_what_it_would_write(void **state)
{
	(void)state;
	for (int columns = 10; columns < 40; columns++) {
		struct canvas *canvas = canvas_create(columns, 20, false);
		struct help_sheet drawn = {
			.canvas = canvas, .columns = columns, .glyphs = glyphs_get(true)};
		struct help_sheet counted = {.columns = columns, .glyphs = glyphs_get(true)};

		write_some(&drawn);
		write_some(&counted);
		assert_int_equal(drawn.line, counted.line);
		assert_true(counted.line >= 4);
		canvas_destroy(canvas);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_stand_beside_wrapped_text),
		cmocka_unit_test(counts_what_it_would_write),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("help_sheet", tests, NULL, NULL);
}
