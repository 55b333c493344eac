/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/options.h"
#include "app/settings.h"
#include "config_folder.h"
#include "screen/theme.h"
#include "support/capture.h"
#include "ui/command/command.h"
#include "ui/ui.h"

static char *load(struct settings *settings, struct options *options)
{
	struct capture capture;

	capture_begin(&capture, 2);
	settings_load(settings, options);
	return capture_end(&capture);
}

static void without_files_there_is_nothing_to_say(void **state)
{
	struct options options = {.action = ACTION_WATCH};
	struct config_folder folder;
	struct settings settings;
	struct ui ui = {0};
	char *said;

	(void)state;
	config_folder_open(&folder);
	said = load(&settings, &options);
	assert_string_equal(said, "");
	assert_ptr_equal(options.settings, &settings);
	settings_tell(&settings, &ui);
	assert_null(ui.message.text);
	assert_string_equal(keymap_find(&settings.keymap, 'q', NULL)->name, "quit");
	settings_finish(&settings);
	free(said);
	config_folder_close(&folder);
}

static void files_apply_and_mistakes_are_told(void **state)
{
	struct options options = {.action = ACTION_WATCH};
	struct config_folder folder;
	struct settings settings;
	struct ui ui = {0};
	char *said;

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "config", "scale = equal\ncolour = never\n");
	config_folder_write(&folder, "keys", "\nx = qiut\nw = quit\n");
	said = load(&settings, &options);
	assert_non_null(strstr(said, "/vastop/config:2: unknown option 'colour'; did you mean "
				     "'color'?\n"));
	assert_non_null(
		strstr(said, "/vastop/keys:2: unknown command 'qiut'; did you mean 'quit'?"));
	assert_int_equal(options.scale, SCALE_EQUAL);
	settings_tell(&settings, &ui);
	assert_string_equal(ui.message.text, "2 mistakes in the settings; quitting shows which.");
	assert_string_equal(keymap_find(&settings.keymap, 'w', NULL)->name, "quit");
	text_finish(&ui.message.words);
	settings_finish(&settings);
	free(said);
	config_folder_close(&folder);
}

static void a_file_that_cannot_be_read_is_told(void **state)
{
	struct options options = {.action = ACTION_WATCH};
	struct config_folder folder;
	struct settings settings;
	char path[200], *said;

	(void)state;
	config_folder_open(&folder);
	assert_int_equal(mkdir(config_folder_path(&folder, "config", path), 0700), 0);
	assert_int_equal(mkfifo(config_folder_path(&folder, "keys", path), 0600), 0);
	said = load(&settings, &options);
	assert_non_null(strstr(said, "vastop/config: Is a directory; "));
	assert_non_null(strstr(said, "vastop/keys: it is not a regular file; "));
	assert_int_equal(settings.mistakes, 2);
	settings_finish(&settings);
	free(said);
	config_folder_close(&folder);
}

static void only_what_matters_is_read(void **state)
{
	struct options options = {.action = ACTION_ONCE};
	struct config_folder folder;
	struct settings settings;
	char *said;

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "config", "wrong");
	config_folder_write(&folder, "keys", "wrong");
	said = load(&settings, &options);
	assert_non_null(strstr(said, "config:1"));
	assert_null(strstr(said, "keys:1"));
	settings_finish(&settings);
	free(said);
	options.action = ACTION_LIST_COMMANDS;
	said = load(&settings, &options);
	assert_null(strstr(said, "config:1"));
	assert_non_null(strstr(said, "keys:1"));
	settings_finish(&settings);
	free(said);
	options.action = ACTION_VERSION;
	said = load(&settings, &options);
	assert_string_equal(said, "");
	settings_finish(&settings);
	free(said);
	config_folder_close(&folder);
}

static void a_theme_that_is_gone_does_not_hinder(void **state)
{
	struct options options = {.action = ACTION_WATCH};
	struct config_folder folder;
	struct settings settings;
	struct capture capture;
	struct theme theme;
	char *said;

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "config", "theme = gone\n");
	said = load(&settings, &options);
	assert_string_equal(said, "");
	free(said);
	capture_begin(&capture, 2);
	assert_int_equal(settings_load_theme(&options, &theme), 0);
	said = capture_end(&capture);
	assert_non_null(strstr(said, "/config:1: cannot read theme 'gone'"));
	assert_int_equal(settings.mistakes, 1);
	free(said);
	settings_finish(&settings);
	/* One that the command line names has to be there. */
	options = (struct options){.action = ACTION_WATCH, .theme = "lost"};
	config_folder_write(&folder, "config", "");
	said = load(&settings, &options);
	free(said);
	capture_begin(&capture, 2);
	assert_int_not_equal(settings_load_theme(&options, &theme), 0);
	free(capture_end(&capture));
	settings_finish(&settings);
	config_folder_close(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_files_there_is_nothing_to_say),
		cmocka_unit_test(files_apply_and_mistakes_are_told),
		cmocka_unit_test(a_file_that_cannot_be_read_is_told),
		cmocka_unit_test(only_what_matters_is_read),
		cmocka_unit_test(a_theme_that_is_gone_does_not_hinder),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
