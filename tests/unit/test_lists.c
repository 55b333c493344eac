/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>

#include "app/lists.h"
#include "base/text.h"
#include "base/utf8.h"
#include "config_folder.h"
#include "model/field.h"
#include "model/kind.h"
#include "screen/key.h"
#include "support/capture.h"
#include "ui/command/command.h"
#include "ui/command/commands.h"
#include "ui/command/keymap.h"

static size_t count_lines(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == '\n';
	return count;
}

/* Columns are told apart by two blanks; no tab and no other control character. */
static void check_plain(const char *text)
{
	for (const char *c = text; *c; c++)
		assert_true((unsigned char)*c >= ' ' || *c == '\n');
}

/* Appends a word and blanks, as far as the widest one of its column goes. */
static void append_column(struct text *text, const char *word, size_t widest)
{
	text_append(text, word);
	for (size_t width = utf8_columns(word); width < widest + 2; width++)
		text_append_char(text, ' ');
}

static size_t wider(size_t widest, const char *word)
{
	return utf8_columns(word) > widest ? utf8_columns(word) : widest;
}

/* The keys of a command, as the list has them. */
static void take_keys(struct text *text, const struct keymap *keymap, const struct command *command)
{
	char name[KEY_NAME_LENGTH];

	text_clear(text);
	for (size_t i = 0; keymap_key(keymap, command, i); i++)
		text_append_format(text, "%s%s", i ? " " : "",
				   key_name(keymap_key(keymap, command, i), name));
	if (!text->length)
		text_append(text, "none");
}

static void check_commands(const char *text, const struct keymap *keymap)
{
	struct text expected = {0}, keys = {0};
	size_t count, names = 0, all_keys = 0;
	const struct command *commands = commands_table(&count);

	for (size_t i = 0; i < count; i++) {
		take_keys(&keys, keymap, &commands[i]);
		names = wider(names, commands[i].name);
		all_keys = wider(all_keys, text_string(&keys));
	}
	for (size_t i = 0; i < count; i++) {
		take_keys(&keys, keymap, &commands[i]);
		append_column(&expected, commands[i].name, names);
		append_column(&expected, text_string(&keys), all_keys);
		text_append_format(&expected, "%s\n", commands[i].help);
	}
	assert_string_equal(text, text_string(&expected));
	text_finish(&expected);
	text_finish(&keys);
}

static void every_command_has_a_line(void **state)
{
	static struct setting_mistake mistakes[1];
	static const char keys[] = "T = none\nä = quit\n";
	struct keymap keymap;
	struct capture capture;
	size_t count;
	char *text;

	(void)state;
	commands_table(&count);
	commands_init_keymap(&keymap);
	assert_int_equal(keymap_parse(&keymap, keys, strlen(keys), mistakes, 1), 0);
	capture_begin(&capture, 1);
	lists_print_commands(stdout, &keymap);
	fflush(stdout);
	text = capture_end(&capture);
	check_plain(text);
	assert_int_equal(count_lines(text), count);
	check_commands(text, &keymap);
	assert_non_null(strstr(text, "\nquit "));
	assert_non_null(strstr(text, " ä F10 Q "));
	assert_non_null(strstr(text, " none "));
	free(text);
	keymap_finish(&keymap);
}

static void every_kind_has_a_line(void **state)
{
	struct text expected = {0};
	size_t widest = 0;
	struct capture capture;
	char *text;

	(void)state;
	capture_begin(&capture, 1);
	lists_print_kinds(stdout);
	fflush(stdout);
	text = capture_end(&capture);
	check_plain(text);
	assert_int_equal(count_lines(text), KIND_COUNT);
	for (enum kind kind = 0; kind < KIND_COUNT; kind++)
		widest = wider(widest, kind_name(kind));
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		append_column(&expected, kind_name(kind), widest);
		text_append_format(&expected, "%s\n", kind_meaning(kind));
	}
	assert_string_equal(text, text_string(&expected));
	text_finish(&expected);
	assert_non_null(strstr(text, "thread-stack  Stack of a thread"));
	free(text);
}

static void every_field_has_a_line(void **state)
{
	struct text expected = {0};
	size_t names = 0, units = 0;
	struct capture capture;
	char *text;

	(void)state;
	capture_begin(&capture, 1);
	lists_print_fields(stdout);
	fflush(stdout);
	text = capture_end(&capture);
	check_plain(text);
	assert_int_equal(count_lines(text), FIELD_COUNT);
	for (enum field field = 0; field < FIELD_COUNT; field++) {
		names = wider(names, field_name(field));
		units = wider(units, field_unit(field));
	}
	for (enum field field = 0; field < FIELD_COUNT; field++) {
		append_column(&expected, field_name(field), names);
		append_column(&expected, field_unit(field), units);
		text_append_format(&expected, "%s\n", field_help(field));
	}
	assert_string_equal(text, text_string(&expected));
	text_finish(&expected);
	assert_non_null(strstr(text, "pss            bytes    proportional"));
	free(text);
}

static void themes_say_what_they_are(void **state)
{
	struct config_folder folder;
	struct capture capture;
	size_t about;
	char *text;

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "themes/mine.theme", "#   Mine\tmine\033[31m.\nlabel = red\n");
	config_folder_write(&folder, "themes/silent.theme", "label = red\n");
	config_folder_write(&folder, "themes/e\033[2Jvil.theme", "");
	capture_begin(&capture, 1);
	lists_print_themes(stdout);
	fflush(stdout);
	text = capture_end(&capture);
	check_plain(text);
	assert_memory_equal(text, "default  ", 9);
	about = strlen("default") + strspn(text + strlen("default"), " ");
	assert_non_null(strstr(text, "  Mine\\tmine\\x1b[31m.\n"));
	assert_non_null(strstr(text, "\ne\\x1b[2Jvil "));
	assert_non_null(strstr(text, "\nsilent "));
	/* What they say is in one column. */
	for (const char *line = text; *line; line = strchr(line, '\n') + 1)
		if (strncmp(line, "e\\x1b", 5) && strncmp(line, "silent", 6))
			assert_memory_equal(line + about - 2, "  ", 2);
	free(text);
	config_folder_close(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_has_a_line),
		cmocka_unit_test(every_kind_has_a_line),
		cmocka_unit_test(every_field_has_a_line),
		cmocka_unit_test(themes_say_what_they_are),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
