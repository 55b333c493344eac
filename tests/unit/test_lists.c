/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>

#include "app/lists.h"
#include "config_folder.h"
#include "model/field.h"
#include "model/kind.h"
#include "support/capture.h"
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
	assert_non_null(strstr(text, "\nquit "));
	assert_non_null(strstr(text, " ä F10 Q "));
	assert_non_null(strstr(text, " none "));
	free(text);
	keymap_finish(&keymap);
}

static void every_kind_has_a_line(void **state)
{
	struct capture capture;
	char *text;

	(void)state;
	capture_begin(&capture, 1);
	lists_print_kinds(stdout);
	fflush(stdout);
	text = capture_end(&capture);
	check_plain(text);
	assert_int_equal(count_lines(text), KIND_COUNT);
	assert_non_null(strstr(text, "thread-stack  Stack of a thread"));
	free(text);
}

static void every_field_has_a_line(void **state)
{
	struct capture capture;
	char *text;

	(void)state;
	capture_begin(&capture, 1);
	lists_print_fields(stdout);
	fflush(stdout);
	text = capture_end(&capture);
	check_plain(text);
	assert_int_equal(count_lines(text), FIELD_COUNT);
	assert_non_null(strstr(text, "pss            bytes    proportional"));
	free(text);
}

static void themes_say_what_they_are(void **state)
{
	struct config_folder folder;
	struct capture capture;
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
	assert_non_null(strstr(text, "  Mine\\tmine\\x1b[31m.\n"));
	assert_non_null(strstr(text, "\ne\\x1b[2Jvil "));
	assert_non_null(strstr(text, "\nsilent "));
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
