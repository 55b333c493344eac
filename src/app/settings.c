/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/settings.h"

#include <errno.h>
#include <string.h>

#include "app/config.h"
#include "app/message.h"
#include "app/options.h"
#include "app/settings_file.h"
#include "app/theme_file.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ui/command/commands.h"
#include "ui/ui.h"

/* Reads a file of the folder; one that is not there is an empty one. Returns 0 or -errno. */
static int read_file(struct settings *settings, const char *name, struct text *path,
		     struct text *bytes)
{
	struct text shown = {0};
	int error;

	settings_file_path(path, name);
	error = settings_file_read(text_string(path), bytes);
	if (!error || error == -ENOENT || error == -ENOTDIR)
		return 0;
	utf8_append_escaped(&shown, text_string(path), path->length);
	message_say("cannot read %s: %s; vastop continues without it.", text_string(&shown),
		    settings_file_error(error));
	text_finish(&shown);
	settings->mistakes++;
	return error;
}

static void load_config(struct settings *settings, struct options *options)
{
	struct setting_mistake mistakes[SETTINGS_FILE_TOLD];
	struct text path = {0}, bytes = {0};
	size_t count;

	if (!read_file(settings, "config", &path, &bytes)) {
		count = config_parse(options, &settings->strings, text_string(&bytes), bytes.length,
				     mistakes, SETTINGS_FILE_TOLD, &settings->theme_line);
		settings_file_say(text_string(&path), mistakes, count);
		settings->mistakes += count;
	}
	text_finish(&path);
	text_finish(&bytes);
}

static void load_keys(struct settings *settings)
{
	struct setting_mistake mistakes[SETTINGS_FILE_TOLD];
	struct text path = {0}, bytes = {0};
	size_t count;

	if (!read_file(settings, "keys", &path, &bytes)) {
		count = keymap_parse(&settings->keymap, text_string(&bytes), bytes.length, mistakes,
				     SETTINGS_FILE_TOLD);
		settings_file_say(text_string(&path), mistakes, count);
		settings->mistakes += count;
	}
	text_finish(&path);
	text_finish(&bytes);
}

void settings_load(struct settings *settings, struct options *options)
{
	const char *theme = options->theme;

	*settings = (struct settings){0};
	commands_init_keymap(&settings->keymap);
	if (!options_are_about(options))
		load_config(settings, options);
	/* The command line goes before the file. */
	if (options->theme == theme)
		settings->theme_line = 0;
	if (options->action == ACTION_WATCH || options->action == ACTION_LIST_COMMANDS)
		load_keys(settings);
	options->settings = settings;
}

void settings_finish(struct settings *settings)
{
	keymap_finish(&settings->keymap);
	arena_finish(&settings->strings);
}

int settings_load_theme(const struct options *options, struct theme *ret_theme)
{
	size_t line = options->settings ? options->settings->theme_line : 0;
	struct text path = {0}, where = {0};
	int status;

	if (!line)
		return theme_file_load(options->theme, "", ret_theme);
	settings_file_path(&path, "config");
	utf8_append_escaped(&where, text_string(&path), path.length);
	text_append_format(&where, ":%zu: ", line);
	status = theme_file_load(options->theme, text_string(&where), ret_theme);
	text_finish(&path);
	text_finish(&where);
	if (!status)
		return 0;
	options->settings->mistakes++;
	return theme_file_load(NULL, "", ret_theme);
}

void settings_tell(const struct settings *settings, struct ui *ui)
{
	if (settings->mistakes)
		ui_say_format(ui, "%zu mistake%s in the settings; quitting shows which.",
			      settings->mistakes, settings->mistakes == 1 ? "" : "s");
}
