/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/commands.h"
#include "ui/command/keymap.h"
#include "ui/dispatch.h"
#include "ui/display.h"
#include "ui/processes/processes_pane.h"

static struct setting_mistake mistakes[4];

static size_t parse(struct keymap *keymap, const char *text)
{
	memset(mistakes, 0, sizeof(mistakes));
	return keymap_parse(keymap, text, strlen(text), mistakes, 4);
}

static const char *name_of(const struct keymap *keymap, uint32_t key)
{
	const struct command *command = keymap_find(keymap, key, NULL);

	return command ? command->name : "none";
}

static void without_a_file_keys_are_those_of_the_table(void **state)
{
	struct keymap keymap;
	size_t count;
	const struct command *commands = commands_table(&count);

	(void)state;
	commands_init_keymap(&keymap);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < COMMAND_KEYS_MAX && commands[i].keys[j]; j++) {
			uint32_t key = commands[i].keys[j];

			assert_int_equal(keymap_key(&keymap, &commands[i], j), key);
			assert_ptr_equal(keymap_find(&keymap, key, commands[i].where),
					 &commands[i]);
		}
	}
	assert_null(keymap_find(&keymap, 0x2603, NULL));
	keymap_finish(&keymap);
}

static void a_file_gives_and_takes_keys(void **state)
{
	struct keymap keymap;

	(void)state;
	commands_init_keymap(&keymap);
	assert_int_equal(parse(&keymap, "# mine\n"
					"ä = zoom-in\n"
					"ctrl-p=up # as in a shell\n"
					"F12 = quit\n"
					"= = none\n"
					"q = down\n"),
			 0);
	assert_string_equal(name_of(&keymap, 0xe4), "zoom-in");
	assert_string_equal(name_of(&keymap, 16), "up");
	assert_string_equal(name_of(&keymap, KEY_FN + 11), "quit");
	assert_string_equal(name_of(&keymap, '='), "none");
	assert_string_equal(name_of(&keymap, '+'), "zoom-in");
	assert_string_equal(name_of(&keymap, 'q'), "down");
	/* The reader's own comes first, then what is left of the table's. */
	assert_int_equal(keymap_key(&keymap, keymap_find(&keymap, KEY_FN + 9, NULL), 0),
			 KEY_FN + 11);
	assert_int_equal(keymap_key(&keymap, keymap_find(&keymap, KEY_FN + 9, NULL), 1),
			 KEY_FN + 9);
	assert_int_equal(keymap_key(&keymap, keymap_find(&keymap, KEY_FN + 9, NULL), 2), 'Q');
	assert_int_equal(keymap_key(&keymap, keymap_find(&keymap, KEY_FN + 9, NULL), 3), 0);
	keymap_finish(&keymap);
}

/* A modal pane has keys of its own beside those that act everywhere. */
static void a_modal_pane_has_its_own_keys(void **state)
{
	struct keymap keymap;

	(void)state;
	commands_init_keymap(&keymap);
	assert_string_equal(name_of(&keymap, KEY_RETURN), "in");
	assert_string_equal(keymap_find(&keymap, KEY_RETURN, &processes_pane)->name, "attach");
	assert_string_equal(keymap_find(&keymap, KEY_ESC, &processes_pane)->name, "leave");
	assert_int_equal(parse(&keymap, "F7 = tree\nF8 = quit\nF5 = none\n"), 0);
	assert_string_equal(name_of(&keymap, KEY_FN + 6), "none");
	assert_string_equal(keymap_find(&keymap, KEY_FN + 6, &processes_pane)->name, "tree");
	assert_string_equal(keymap_find(&keymap, KEY_FN + 7, &processes_pane)->name, "quit");
	/* What is taken away is so everywhere. */
	assert_null(keymap_find(&keymap, KEY_FN + 4, NULL));
	assert_null(keymap_find(&keymap, KEY_FN + 4, &processes_pane));
	/* In each of them a key has a command of its own, set once. */
	assert_int_equal(parse(&keymap, "F9 = tree\nF9 = up\nF9 = reverse\n"), 1);
	keymap_finish(&keymap);
}

static void says_what_is_wrong_and_what_to_write(void **state)
{
	static const struct {
		const char *line, *message;
	} cases[] = {
		{"x = zoom-im", "unknown command 'zoom-im'; did you mean 'zoom-in'?"},
		{"x = nune", "unknown command 'nune'; did you mean 'none'?"},
		{"x = fly-away", "unknown command 'fly-away'; vastop --list-commands lists them"},
		{"x =", "no command after '='; a line is like 'x = zoom-in'"},
		{"x zoom-in", "no '=' after 'x'; a line is like 'x = zoom-in'"},
		{"= zoom-in", "no key before '='; a line is like 'x = zoom-in'"},
		{"Esc = quit", "Esc always leaves; choose another key"},
		{"Ctrl-C = up", "'Ctrl-C' belongs to the terminal; choose another key"},
		{"ctrl-\\ = none", "'ctrl-\\' belongs to the terminal; choose another key"},
		{"x = up down", "unexpected word 'down'; a key has one command"},
		{"Hyper-x = up", "unknown key 'Hyper-x'; write a character or a name such as "
				 "Enter, PgDn, F5 or Ctrl-L"},
		{"F13 = up", "unknown key 'F13'; write a character or a name such as Enter, PgDn, "
			     "F5 or Ctrl-L"},
	};
	struct keymap keymap;

	(void)state;
	commands_init_keymap(&keymap);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(parse(&keymap, cases[i].line), 1);
		assert_string_equal(mistakes[0].message, cases[i].message);
	}
	keymap_finish(&keymap);
}

static void one_wrong_line_spoils_no_other(void **state)
{
	struct keymap keymap;

	(void)state;
	commands_init_keymap(&keymap);
	assert_int_equal(parse(&keymap, "y = up\nz = wrong\ny = down\nj = none\nj = up\nw = up"),
			 3);
	assert_int_equal(mistakes[0].line, 2);
	assert_int_equal(mistakes[1].line, 3);
	assert_string_equal(mistakes[1].message, "'y' is already set on line 1; keep one of them");
	assert_int_equal(mistakes[2].line, 5);
	assert_string_equal(name_of(&keymap, 'y'), "up");
	assert_string_equal(name_of(&keymap, 'j'), "none");
	assert_string_equal(name_of(&keymap, 'w'), "up");
	keymap_finish(&keymap);
}

static void former_names_of_commands_are_understood(void **state)
{
	static const char *const names[][2] = {{"lens", "colours"},  {"lens-back", "colours-back"},
					       {"value", "chart"},   {"ledger", "growers"},
					       {"summary", "usage"}, {"mark", "baseline"}};
	struct keymap keymap;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char line[64];

		snprintf(line, sizeof(line), "W = %s", names[i][0]);
		commands_init_keymap(&keymap);
		assert_int_equal(parse(&keymap, line), 0);
		assert_string_equal(name_of(&keymap, 'W'), names[i][1]);
		keymap_finish(&keymap);
	}
}

static void there_is_an_end_of_keys(void **state)
{
	struct text text = {0};
	struct keymap keymap;

	(void)state;
	for (unsigned key = 0x4e00; key < 0x4e00 + 2 * KEYMAP_KEYS_MAX; key++)
		text_append_format(&text, "U+%04X = up\n", key);
	commands_init_keymap(&keymap);
	assert_true(parse(&keymap, text_string(&text)) > KEYMAP_KEYS_MAX);
	assert_int_equal(keymap.count, KEYMAP_KEYS_MAX);
	assert_non_null(strstr(mistakes[0].message, "more than 1000 keys"));
	keymap_finish(&keymap);
	text_finish(&text);
}

/* A whole line of the canvas as text. */
static void read_line(const struct canvas *canvas, int line, struct text *text)
{
	text_clear(text);
	for (int x = 0; x < canvas->columns; x++) {
		const struct cell *cell = &canvas->cells[line * canvas->columns + x];

		text_append_char(text, cell->glyph < 0x7f ? (char)cell->glyph : '?');
	}
}

static void the_screen_goes_by_it(void **state)
{
	struct keymap keymap;
	struct stage stage;
	struct text line = {0};

	(void)state;
	commands_init_keymap(&keymap);
	assert_int_equal(
		parse(&keymap, "q = none\nQ = none\nF10 = none\nw = quit\n? = none\nF1 = none\n"),
		0);
	stage_open(&stage, sample_python(), 100, 24, true);
	stage.ui.keymap = &keymap;
	display_draw(&stage.ui, stage.canvas, &stage.status);
	read_line(stage.canvas, 23, &line);
	assert_non_null(strstr(text_string(&line), "w quit"));
	assert_null(strstr(text_string(&line), "help"));
	dispatch_key(&stage.ui, 'q');
	assert_int_equal(stage.ui.request.bits, UI_DRAW);
	assert_non_null(stage.ui.message.text);
	dispatch_key(&stage.ui, 'w');
	assert_true(stage.ui.request.bits & UI_QUIT);
	text_finish(&line);
	stage_close(&stage);
	keymap_finish(&keymap);
}

/* Every key of the table can be taken from its commands, the first and the last, too. */
static void any_key_can_be_taken_away(void **state)
{
	size_t count;
	const struct command *commands = commands_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < COMMAND_KEYS_MAX && commands[i].keys[j]; j++) {
			char name[KEY_NAME_LENGTH], line[KEY_NAME_LENGTH + 16];
			struct keymap keymap;

			commands_init_keymap(&keymap);
			snprintf(line, sizeof(line), "%s = none\n",
				 key_name(commands[i].keys[j], name));
			if (parse(&keymap, line) == 0)
				assert_null(keymap_find(&keymap, commands[i].keys[j], NULL));
			keymap_finish(&keymap);
		}
}

/* One key that is set, whichever it is: all others stay as they are, in their order. */
static void setting_a_key_leaves_the_others(void **state)
{
	struct keymap before;

	(void)state;
	commands_init_keymap(&before);
	for (size_t i = 0; i < before.count; i++) {
		char name[KEY_NAME_LENGTH];
		struct text line = {0};
		struct keymap keymap;
		size_t gone = 0;

		commands_init_keymap(&keymap);
		if (before.keys[i].key == '=')
			text_append(&line, "U+003D = none");
		else
			text_append_format(&line, "%s = none", key_name(before.keys[i].key, name));
		if (before.keys[i].key == KEY_ESC) {
			assert_int_equal(parse(&keymap, text_string(&line)), 1);
			assert_int_equal(keymap.count, before.count);
			keymap_finish(&keymap);
			text_finish(&line);
			continue;
		}
		assert_int_equal(parse(&keymap, text_string(&line)), 0);
		for (size_t k = 0; k < before.count; k++) {
			if (before.keys[k].key == before.keys[i].key) {
				gone++;
				continue;
			}
			assert_int_equal(keymap.keys[k - gone].key, before.keys[k].key);
			assert_ptr_equal(keymap.keys[k - gone].command, before.keys[k].command);
		}
		assert_int_equal(keymap.count, before.count - gone + 1);
		assert_int_equal(keymap.keys[keymap.count - 1].key, before.keys[i].key);
		assert_null(keymap.keys[keymap.count - 1].command);
		assert_int_equal(keymap.keys[keymap.count - 1].line, 1);
		keymap_finish(&keymap);
		text_finish(&line);
	}
	keymap_finish(&before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_file_keys_are_those_of_the_table),
		cmocka_unit_test(a_file_gives_and_takes_keys),
		cmocka_unit_test(a_modal_pane_has_its_own_keys),
		cmocka_unit_test(says_what_is_wrong_and_what_to_write),
		cmocka_unit_test(one_wrong_line_spoils_no_other),
		cmocka_unit_test(former_names_of_commands_are_understood),
		cmocka_unit_test(there_is_an_end_of_keys),
		cmocka_unit_test(the_screen_goes_by_it),
		cmocka_unit_test(any_key_can_be_taken_away),
		cmocka_unit_test(setting_a_key_leaves_the_others),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests_name("keymap", tests, NULL, NULL);
}
