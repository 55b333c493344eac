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
#include "ui/command/commands.h"
#include "ui/command/keymap.h"
#include "ui/glyphs.h"
#include "ui/pane/help_keys.h"
#include "ui/pane/help_sheet.h"

/* Writes the keys in so many columns; returns the lines they took. */
static int write_keys(struct text *text, int columns)
{
	struct canvas *canvas = canvas_create(columns, 120, false);
	struct help_sheet sheet = {
		.canvas = canvas, .columns = columns, .glyphs = glyphs_get(true)};
	struct help_sheet counted = {.columns = columns, .glyphs = glyphs_get(true)};
	struct keymap keymap;

	commands_init_keymap(&keymap);
	help_keys_write(&sheet, &keymap);
	help_keys_write(&counted, &keymap);
	keymap_finish(&keymap);
	assert_int_equal(sheet.line, counted.line);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
	return sheet.line;
}

static void every_command_is_there_at_any_width(void **state)
{
	size_t count;
	const struct command *commands = commands_table(&count);

	(void)state;
	for (int columns = 53; columns < 260; columns += 3) {
		struct text text = {0};

		write_keys(&text, columns);
		for (size_t i = 0; i < count; i++) {
			assert_non_null(strstr(text_string(&text), commands[i].help));
			if (commands[i].section)
				assert_non_null(strstr(text_string(&text), commands[i].section));
		}
		assert_null(strstr(text_string(&text), "…"));
		text_finish(&text);
	}
}

/* More columns never take more lines, and two take not much more than half. */
static void wide_screens_have_them_beside_each_other(void **state)
{
	struct text text = {0};
	int one, two, three;

	(void)state;
	one = write_keys(&text, 80);
	two = write_keys(&text, 53 + 3 + 53);
	three = write_keys(&text, 200);
	assert_true(two * 3 <= one * 2);
	assert_true(three < two);
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_is_there_at_any_width),
		cmocka_unit_test(wide_screens_have_them_beside_each_other),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("help_keys", tests, NULL, NULL);
}
