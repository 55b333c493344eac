/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/options.h"
#include "app/settings.h"
#include "config_folder.h"
#include "screen/theme.h"
#include "support/capture.h"
#include "ui/command/command.h"
#include "ui/ui.h"

/* A configuration folder, and what was loaded of it. */
struct trial {
	struct config_folder folder;
	struct options options;
	struct settings settings;
	char *said; /* on stderr; NULL: nothing is loaded */
};

static void begin(struct trial *trial, enum options_action action)
{
	*trial = (struct trial){.options = {.action = action}};
	config_folder_open(&trial->folder);
}

static void unload(struct trial *trial)
{
	if (trial->said)
		settings_finish(&trial->settings);
	free(trial->said);
	trial->said = NULL;
}

/* Returns what is said, which the trial owns. */
static const char *load(struct trial *trial)
{
	struct capture capture;

	unload(trial);
	capture_begin(&capture, 2);
	settings_load(&trial->settings, &trial->options);
	trial->said = capture_end(&capture);
	return trial->said;
}

static void end(struct trial *trial)
{
	unload(trial);
	config_folder_close(&trial->folder);
}

static void without_files_there_is_nothing_to_say(void **state)
{
	struct trial trial;
	struct ui ui = {0};
	const char *said;

	(void)state;
	begin(&trial, ACTION_WATCH);
	said = load(&trial);
	assert_string_equal(said, "");
	assert_ptr_equal(trial.options.settings, &trial.settings);
	settings_tell(&trial.settings, &ui);
	assert_null(ui.message.text);
	assert_string_equal(keymap_find(&trial.settings.keymap, 'q', NULL)->name, "close");
	end(&trial);
}

static void files_apply_and_mistakes_are_told(void **state)
{
	struct trial trial;
	struct ui ui = {0};
	const char *said;

	(void)state;
	begin(&trial, ACTION_WATCH);
	config_folder_write(&trial.folder, "config", "scale = equal\ncolour = never\n");
	config_folder_write(&trial.folder, "keys", "\nx = qiut\nw = quit\n");
	said = load(&trial);
	assert_non_null(strstr(said, "/vastop/config:2: unknown option 'colour'; did you mean "
				     "'color'?\n"));
	assert_non_null(
		strstr(said, "/vastop/keys:2: unknown command 'qiut'; did you mean 'quit'?"));
	assert_int_equal(trial.options.scale, SCALE_EQUAL);
	settings_tell(&trial.settings, &ui);
	assert_string_equal(ui.message.text, "2 mistakes in the settings; quitting shows which.");
	assert_string_equal(keymap_find(&trial.settings.keymap, 'w', NULL)->name, "quit");
	text_finish(&ui.message.words);
	end(&trial);
}

static void a_file_that_cannot_be_read_is_told(void **state)
{
	struct trial trial;
	const char *said;
	char path[200];

	(void)state;
	begin(&trial, ACTION_WATCH);
	assert_int_equal(mkdir(config_folder_path(&trial.folder, "config", path), 0700), 0);
	assert_int_equal(mkfifo(config_folder_path(&trial.folder, "keys", path), 0600), 0);
	said = load(&trial);
	assert_non_null(strstr(said, "vastop/config: Is a directory; "));
	assert_non_null(strstr(said, "vastop/keys: it is not a regular file; "));
	assert_int_equal(trial.settings.mistakes, 2);
	end(&trial);
}

static void only_what_matters_is_read(void **state)
{
	struct trial trial;
	const char *said;

	(void)state;
	begin(&trial, ACTION_ONCE);
	config_folder_write(&trial.folder, "config", "wrong");
	config_folder_write(&trial.folder, "keys", "wrong");
	said = load(&trial);
	assert_non_null(strstr(said, "config:1"));
	assert_null(strstr(said, "keys:1"));
	trial.options.action = ACTION_LIST_COMMANDS;
	said = load(&trial);
	assert_null(strstr(said, "config:1"));
	assert_non_null(strstr(said, "keys:1"));
	trial.options.action = ACTION_VERSION;
	said = load(&trial);
	assert_string_equal(said, "");
	end(&trial);
}

static void a_theme_that_is_gone_does_not_hinder(void **state)
{
	struct trial trial;
	struct capture capture;
	struct theme theme;
	char *said;

	(void)state;
	begin(&trial, ACTION_WATCH);
	config_folder_write(&trial.folder, "config", "theme = gone\n");
	assert_string_equal(load(&trial), "");
	capture_begin(&capture, 2);
	assert_int_equal(settings_load_theme(&trial.options, &theme), 0);
	said = capture_end(&capture);
	assert_non_null(strstr(said, "/config:1: cannot read theme 'gone'"));
	assert_int_equal(trial.settings.mistakes, 1);
	free(said);
	/* One that the command line names has to be there. */
	trial.options = (struct options){.action = ACTION_WATCH, .theme = "lost"};
	config_folder_write(&trial.folder, "config", "");
	load(&trial);
	capture_begin(&capture, 2);
	assert_int_not_equal(settings_load_theme(&trial.options, &theme), 0);
	free(capture_end(&capture));
	end(&trial);
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
