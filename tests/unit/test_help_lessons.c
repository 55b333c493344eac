/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "model/kind.h"
#include "model/permission.h"
#include "screen/canvas.h"
#include "ui/colour_mode.h"
#include "support/golden.h"
#include "ui/glyphs.h"
#include "ui/pane/help_lessons.h"
#include "ui/pane/help_sheet.h"

/* Writes the lessons in so many columns, as one line of words. */
static void write_lessons(struct text *text, int columns, bool unicode)
{
	struct help_sheet counted = {.columns = columns, .glyphs = glyphs_get(unicode)},
			  sheet = counted;

	help_lessons_write(&counted);
	sheet.canvas = canvas_create(columns, counted.line, !unicode);
	help_lessons_write(&sheet);
	assert_int_equal(sheet.line, counted.line);
	canvas_append_text(text, sheet.canvas);
	canvas_destroy(sheet.canvas);
}

/* Whether the words of a sentence come in their order, however they are wrapped. */
static bool has_sentence(const struct text *text, const char *sentence)
{
	const char *at = text_string(text);
	char words[256], *rest, *word;

	strncpy(words, sentence, sizeof(words) - 1);
	words[sizeof(words) - 1] = '\0';
	for (word = strtok_r(words, " ", &rest); word && at; word = strtok_r(NULL, " ", &rest))
		at = strstr(at, word);
	return at;
}

static void all_of_it_is_there_at_any_width(void **state)
{
	static const int widths[] = {36, 56, 71, 72, 78, 116, 158, 198};
	size_t count;
	const struct permission *permissions = permission_table(&count);

	(void)state;
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		struct text text = {0};

		write_lessons(&text, widths[i], true);
		for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
			assert_true(has_sentence(&text, kind_meaning((enum kind)kind)));
			assert_true(has_sentence(&text, kind_growth((enum kind)kind)));
		}
		for (size_t j = 0; j < count; j++) {
			assert_true(has_sentence(&text, permissions[j].allows));
			assert_true(has_sentence(&text, permissions[j].forbids));
			assert_true(has_sentence(&text, permissions[j].calls));
		}
		for (unsigned colours = COLOUR_MODE_KIND + 1; colours < COLOUR_MODE_COUNT;
		     colours++)
			assert_non_null(strstr(text_string(&text),
					       colour_mode_title((enum colour_mode)colours)));
		assert_null(strstr(text_string(&text), "…"));
		text_finish(&text);
	}
}

static void in_ascii_nothing_is_a_question_mark(void **state)
{
	struct text text = {0};

	(void)state;
	write_lessons(&text, 78, false);
	assert_null(strchr(text_string(&text), '?'));
	text_finish(&text);
}

/* All of them, beside and below their labels, with the roles of their cells. */
static void cells_have_roles(void **state)
{
	static const int widths[] = {56, 90};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct help_sheet sheet = {.columns = widths[i], .glyphs = glyphs_get(true)};

		help_lessons_write(&sheet);
		sheet.canvas = canvas_create(widths[i], sheet.line, false);
		sheet.line = 0;
		help_lessons_write(&sheet);
		canvas_append_text(&text, sheet.canvas);
		for (int line = 0; line < sheet.line; line++) {
			golden_append_roles(&text, &sheet.canvas->cells[line * widths[i]],
					    widths[i]);
			text_append(&text, "\n");
		}
		canvas_destroy(sheet.canvas);
	}
	golden_check("help_lessons_roles", text_string(&text));
	text_finish(&text);
}

/* How many lines they take at each width: what fits to the column stays on its line. */
static void lines_are_filled_to_the_column(void **state)
{
	struct text text = {0};

	(void)state;
	for (int columns = 30; columns < 160; columns++) {
		struct help_sheet sheet = {.columns = columns, .glyphs = glyphs_get(true)};

		help_lessons_write(&sheet);
		text_append_format(&text, "%d: %d\n", columns, sheet.line);
	}
	golden_check("help_lessons_lines", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_it_is_there_at_any_width),
		cmocka_unit_test(cells_have_roles),
		cmocka_unit_test(lines_are_filled_to_the_column),
		cmocka_unit_test(in_ascii_nothing_is_a_question_mark),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("help_lessons", tests, NULL, NULL);
}
