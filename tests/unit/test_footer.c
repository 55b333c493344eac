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
#include "ui/command/command.h"
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

/* Who has 80 columns and has read nothing finds these. */
static void the_first_keys_fit_80_columns(void **state)
{
	static const char *const words[] = {"Enter in", "Bksp out",  "+ zoom", "/ find", "g go to",
					    "t table",  "p process", "? help", "q quit"};
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	append_footer(&text, &stage, 80);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_non_null(strstr(text_string(&text), words[i]));
	text_finish(&text);
	stage_close(&stage);
}

static void keys_at_some_widths(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (int columns = 40; columns <= 200; columns += columns < 80 ? 20 : 40)
		append_footer(&text, &stage, columns);
	stage.status.message = "The answer to the last key.";
	append_footer(&text, &stage, 80);
	golden_check("footer_widths", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

/* Each cell of an entry, and none beside it, belongs to its command. */
static void assert_stands(const struct stage *stage, int columns, const char *footer,
			  const char *words, const char *name)
{
	const struct rect rect = {0, 0, columns, 1};
	const struct scene scene = stage_scene(stage);
	const char *at = strstr(footer, words);
	int from, to;

	assert_non_null(at);
	from = (int)(at - footer);
	to = from + (int)strlen(words);
	for (int column = from; column < to; column++) {
		const struct command *command = footer_command_at(rect, &scene, column);

		assert_non_null(command);
		assert_string_equal(command->name, name);
	}
	assert_null(footer_command_at(rect, &scene, from - 1));
	assert_null(footer_command_at(rect, &scene, to));
}

static void commands_are_where_their_keys_stand(void **state)
{
	struct stage stage;
	struct scene scene;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (int columns = 40; columns < 200; columns += 20) {
		struct text text = {0};

		append_footer(&text, &stage, columns);
		assert_stands(&stage, columns, text_string(&text), "Enter in", "in");
		assert_stands(&stage, columns, text_string(&text), "? help", "help");
		assert_stands(&stage, columns, text_string(&text), "q quit", "close");
		text_finish(&text);
	}
	stage.status.message = "The answer to the last key.";
	scene = stage_scene(&stage);
	for (int column = 0; column < 80; column++)
		assert_null(footer_command_at((struct rect){0, 0, 80, 1}, &scene, column));
	stage_close(&stage);
}

/* Where letters are typed a command is done by another key, or by none. */
static void a_key_that_is_typed_does_nothing_else(void **state)
{
	struct stage stage;
	struct scene scene;

	(void)state;
	stage_open(&stage, sample_python(), 200, 24, true);
	stage_press(&stage, (uint32_t[]){'p', 0});
	scene = stage_scene(&stage);
	assert_true(scene.focus && scene.focus->typing);
	for (int columns = 40; columns <= 200; columns += 20) {
		const struct rect rect = {0, 0, columns, 1};
		struct text text = {0};
		const char *words;

		append_footer(&text, &stage, columns);
		words = text_string(&text);
		/* A key of one letter stands before a word of several: "q quit". */
		for (size_t i = 0; i + 1 < text.length; i++) {
			const bool starts = i == 0 || words[i - 1] == ' ';

			if (!starts || words[i] == ' ' || words[i + 1] != ' ')
				continue;
			if (footer_command_at(rect, &scene, (int)i))
				fail_msg("%c is typed: %s", words[i], words);
		}
		assert_null(strstr(words, "Space "));
		assert_non_null(strstr(words, "F1 help"));
		text_finish(&text);
	}
	stage_close(&stage);
}

/* A sentence lies upon what is there: of its lines nothing else is left. */
static void a_sentence_takes_whole_lines(void **state)
{
	static const char sentence[] = "One sentence that has more words than a line has room for.";
	struct canvas *canvas = canvas_create(30, 6, false);

	(void)state;
	canvas_fill(canvas, 0, 0, 30, 6, '#', ROLE_DANGER);
	canvas_set_ground(canvas, 0, 0, 30, 6, ROLE_CURSOR);
	footer_draw_sentence(canvas, (struct rect){0, 4, 30, 1}, sentence, ROLE_MESSAGE);
	for (int line = 0; line < 6; line++)
		for (int column = 0; column < 30; column++) {
			const struct cell *cell = &canvas->cells[line * 30 + column];
			const bool inside = line >= 2 && line <= 4;

			assert_int_equal(cell->ground, inside ? ROLE_DEFAULT : ROLE_CURSOR);
			assert_int_equal(cell->glyph == '#', !inside);
			if (inside && (column == 0 || column == 29))
				assert_int_equal(cell->glyph, ' ');
		}
	assert_int_equal(canvas->cells[2 * 30 + 1].glyph, 'O');
	assert_int_equal(canvas->cells[2 * 30 + 1].role, ROLE_MESSAGE);
	canvas_destroy(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_and_quit_are_always_there),
		cmocka_unit_test(commands_are_where_their_keys_stand),
		cmocka_unit_test(the_first_keys_fit_80_columns),
		cmocka_unit_test(keys_at_some_widths),
		cmocka_unit_test(a_key_that_is_typed_does_nothing_else),
		cmocka_unit_test(a_sentence_takes_whole_lines),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("footer", tests, NULL, NULL);
}
