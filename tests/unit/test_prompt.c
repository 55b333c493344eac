/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "ui/prompt.h"

#define CTRL(letter) ((uint32_t)(letter)&31)

static void type(struct prompt *prompt, const char *text)
{
	for (; *text; text++)
		assert_int_equal(prompt_take_key(prompt, (uint32_t)*text), PROMPT_EDITED);
}

static void what_is_typed_stands_at_the_cursor(void **state)
{
	struct prompt prompt = {0};

	(void)state;
	type(&prompt, "lib");
	assert_int_equal(prompt_take_key(&prompt, KEY_ARROW_LEFT), PROMPT_MOVED);
	type(&prompt, "x");
	assert_string_equal(prompt.text, "lixb");
	assert_int_equal(prompt_take_key(&prompt, KEY_TO_HOME), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, KEY_DEL), PROMPT_EDITED);
	assert_int_equal(prompt_take_key(&prompt, KEY_TO_END), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, KEY_BACK), PROMPT_EDITED);
	assert_string_equal(prompt.text, "ix");
	assert_int_equal(prompt_take_key(&prompt, KEY_DEL), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, KEY_ARROW_RIGHT), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, KEY_PAGE_UP), PROMPT_IGNORED);
	assert_int_equal(prompt_take_key(&prompt, 7), PROMPT_IGNORED);
}

static void words_and_ends_can_be_cut(void **state)
{
	struct prompt prompt = {0};

	(void)state;
	prompt_set(&prompt, "perm:w+x size:>1M  ");
	assert_int_equal(prompt_take_key(&prompt, CTRL('W')), PROMPT_EDITED);
	assert_string_equal(prompt.text, "perm:w+x ");
	assert_int_equal(prompt_take_key(&prompt, CTRL('A')), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, KEY_ARROW_LEFT), PROMPT_MOVED);
	assert_int_equal(prompt.cursor, 0);
	assert_int_equal(prompt_take_key(&prompt, KEY_BACK), PROMPT_MOVED);
	assert_int_equal(prompt.cursor, 0);
	assert_int_equal(prompt_take_key(&prompt, KEY_ARROW_RIGHT), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, CTRL('K')), PROMPT_EDITED);
	assert_string_equal(prompt.text, "p");
	assert_int_equal(prompt_take_key(&prompt, CTRL('E')), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, CTRL('U')), PROMPT_EDITED);
	assert_string_equal(prompt.text, "");
	assert_int_equal(prompt_take_key(&prompt, CTRL('W')), PROMPT_MOVED);
}

static void characters_of_several_bytes_stay_whole(void **state)
{
	struct prompt prompt = {0};
	char text[PROMPT_LENGTH + 8];

	(void)state;
	assert_int_equal(prompt_take_key(&prompt, 0xe4), PROMPT_EDITED);
	assert_int_equal(prompt_take_key(&prompt, 0x4e2d), PROMPT_EDITED);
	assert_int_equal(prompt.length, 5);
	prompt_take_key(&prompt, KEY_ARROW_LEFT);
	assert_int_equal(prompt.cursor, 2);
	assert_int_equal(prompt_take_key(&prompt, KEY_BACK), PROMPT_EDITED);
	assert_string_equal(prompt.text, "\xe4\xb8\xad");
	memset(text, 'a', sizeof(text));
	memcpy(text + PROMPT_LENGTH - 2, "\xe4\xb8\xad", 4);
	prompt_set(&prompt, text);
	assert_int_equal(prompt.length, PROMPT_LENGTH - 2);
	type(&prompt, "b");
	assert_int_equal(prompt_take_key(&prompt, 'c'), PROMPT_IGNORED);
	assert_int_equal(prompt.length, PROMPT_LENGTH - 1);
}

static void enter_and_escape_end_it(void **state)
{
	struct prompt prompt = {0};

	(void)state;
	assert_int_equal(prompt_take_key(&prompt, KEY_BACK), PROMPT_CANCELLED);
	type(&prompt, "x");
	assert_int_equal(prompt_take_key(&prompt, KEY_TO_HOME), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, KEY_BACK), PROMPT_MOVED);
	assert_int_equal(prompt_take_key(&prompt, KEY_ESC), PROMPT_CANCELLED);
	assert_int_equal(prompt_take_key(&prompt, KEY_RETURN), PROMPT_ACCEPTED);
	assert_string_equal(prompt.text, "x");
}

static void the_cursor_is_always_seen(void **state)
{
	struct canvas *canvas = canvas_create(20, 4, false);
	struct prompt prompt = {0};

	(void)state;
	prompt_draw(&prompt, canvas, 0, 0, 20, "/");
	prompt_set(&prompt, "heap");
	assert_int_equal(prompt_draw(&prompt, canvas, 0, 1, 20, "/"), 5);
	prompt_set(&prompt, "a line that is longer than the room");
	prompt_draw(&prompt, canvas, 0, 2, 20, "filter: ");
	assert_int_equal(canvas->cells[2 * 20 + 19].ground, ROLE_CURSOR);
	prompt_take_key(&prompt, KEY_TO_HOME);
	prompt_draw(&prompt, canvas, 0, 3, 20, "filter: ");
	assert_int_equal(canvas->cells[3 * 20 + 8].ground, ROLE_CURSOR);
	golden_check_canvas("prompt", canvas);
	canvas_destroy(canvas);
}

/* A line ends a byte before its room; what does not fit is left out whole. */
static void a_line_ends_where_its_room_does(void **state)
{
	struct prompt prompt = {0};
	char text[PROMPT_LENGTH + 8];

	(void)state;
	for (size_t length = PROMPT_LENGTH - 2; length < PROMPT_LENGTH + 2; length++) {
		size_t kept = length < PROMPT_LENGTH ? length : PROMPT_LENGTH - 1;

		memset(text, 'a', sizeof(text));
		text[length] = '\0';
		prompt_set(&prompt, text);
		assert_int_equal(prompt.length, kept);
		assert_int_equal(prompt.cursor, kept);
		assert_int_equal(strlen(prompt.text), kept);
	}
	text[PROMPT_LENGTH - 2] = '\0';
	prompt_set(&prompt, text);
	assert_int_equal(prompt_take_key(&prompt, 0xe4), PROMPT_IGNORED);
	assert_int_equal(prompt.length, PROMPT_LENGTH - 2);
	assert_int_equal(prompt_take_key(&prompt, 'x'), PROMPT_EDITED);
	assert_int_equal(prompt_take_key(&prompt, 'x'), PROMPT_IGNORED);
	assert_int_equal(prompt.length, PROMPT_LENGTH - 1);
	/* Nor do keys come in that are no letters. */
	prompt_set(&prompt, "");
	assert_int_equal(prompt_take_key(&prompt, KEY_INS), PROMPT_IGNORED);
	assert_int_equal(prompt_take_key(&prompt, KEY_FN), PROMPT_IGNORED);
	assert_int_equal(prompt_take_key(&prompt, 0x301), PROMPT_IGNORED);
	assert_string_equal(prompt.text, "");
}

/* What is behind the room of a line stays as it is. */
static void a_line_keeps_to_its_columns(void **state)
{
	struct canvas *canvas = canvas_create(40, 1, false);
	struct prompt prompt = {0};

	(void)state;
	prompt_set(&prompt, "a line that is longer than the room");
	for (int home = 0; home < 2; home++) {
		canvas_fill(canvas, 0, 0, 40, 1, '#', ROLE_MUTED);
		prompt_draw(&prompt, canvas, 3, 0, 20, "find: ");
		for (int column = 0; column < 40; column++)
			if (column < 3 || column >= 23)
				assert_int_equal(canvas->cells[column].glyph, '#');
		assert_int_equal(canvas->cells[3].glyph, 'f');
		prompt_take_key(&prompt, KEY_TO_HOME);
	}
	canvas_destroy(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_stands_at_the_cursor),
		cmocka_unit_test(words_and_ends_can_be_cut),
		cmocka_unit_test(characters_of_several_bytes_stay_whole),
		cmocka_unit_test(enter_and_escape_end_it),
		cmocka_unit_test(the_cursor_is_always_seen),
		cmocka_unit_test(a_line_ends_where_its_room_does),
		cmocka_unit_test(a_line_keeps_to_its_columns),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
