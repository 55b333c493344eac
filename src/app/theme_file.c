/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/theme_file.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "app/message.h"
#include "app/settings_file.h"
#include "app/theme_list.h"
#include "base/text.h"
#include "base/utf8.h"
#include "screen/suggest.h"
#include "screen/theme.h"

/* Finds and reads the theme; path becomes the one that was read, or the last one tried. */
static int find_file(const char *name, struct text *path, struct text *ret_text)
{
	struct text file = {0};
	int error;

	if (strchr(name, '/')) {
		text_append(path, name);
		return settings_file_read(text_string(path), ret_text);
	}
	text_append_format(&file, "themes/%s.theme", name);
	settings_file_path(path, text_string(&file));
	text_finish(&file);
	error = settings_file_read(text_string(path), ret_text);
	if (error != -ENOENT && error != -ENOTDIR)
		return error;
	text_clear(path);
	text_append_format(path, THEME_DIR "/%s.theme", name);
	return settings_file_read(text_string(path), ret_text);
}

static bool is_built_in(const char *name)
{
	return !name || !strcmp(name, THEME_DEFAULT);
}

/* Reads a theme that is a file; path becomes the one that was read, or the last one tried. */
static int read_theme(const char *name, struct text *path, struct theme *ret_theme,
		      struct setting_mistake *mistakes, size_t capacity, size_t *ret_count)
{
	struct text bytes = {0};
	int error = find_file(name, path, &bytes);

	if (!error)
		*ret_count = theme_parse(text_string(&bytes), bytes.length, ret_theme, mistakes,
					 capacity);
	text_finish(&bytes);
	return error;
}

int theme_file_read(const char *name, struct theme *ret_theme, struct setting_mistake *mistakes,
		    size_t capacity, size_t *ret_count)
{
	struct text path = {0};
	int error;

	if (is_built_in(name)) {
		*ret_count = theme_parse(theme_default_text, theme_default_length, ret_theme,
					 mistakes, capacity);
		return 0;
	}
	error = read_theme(name, &path, ret_theme, mistakes, capacity, ret_count);
	text_finish(&path);
	return error;
}

/* Says that a theme cannot be read, and which one was probably meant. */
static void say_unreadable(const char *name, const char *where, int error)
{
	struct theme_list list;
	struct text shown = {0}, help = {0};
	const char *near;

	theme_list_init(&list);
	near = suggest_word(name, strlen(name), (const char *const *)list.names, list.count);
	if (error == -ENOENT && near) {
		text_append(&help, "did you mean '");
		utf8_append_escaped(&help, near, strlen(near));
		text_append(&help, "'?");
	} else {
		text_append(&help, "name one of --list-themes or a theme file by its path.");
	}
	utf8_append_escaped(&shown, name, strlen(name));
	message_say("%scannot read theme '%s': %s; %s", where, text_string(&shown),
		    settings_file_error(error), text_string(&help));
	text_finish(&shown);
	text_finish(&help);
	theme_list_finish(&list);
}

int theme_file_load(const char *name, const char *where, struct theme *ret_theme)
{
	struct setting_mistake mistakes[SETTINGS_FILE_TOLD];
	struct text path = {0};
	size_t count;
	int error;

	if (is_built_in(name))
		return theme_file_read(name, ret_theme, NULL, 0, &count);
	error = read_theme(name, &path, ret_theme, mistakes, SETTINGS_FILE_TOLD, &count);
	if (error)
		say_unreadable(name, where, error);
	else
		settings_file_say(text_string(&path), mistakes, count);
	text_finish(&path);
	return error ? EXIT_USAGE : 0;
}

/* Whether the text says anything of a theme; what is something else is nobody's to see. */
static bool is_theme(const struct text *bytes)
{
	const struct theme none = {0};
	struct theme theme;

	theme_parse(text_string(bytes), bytes->length, &theme, NULL, 0);
	return memcmp(&theme, &none, sizeof(theme)) != 0;
}

void theme_file_append_about(const char *name, struct text *text)
{
	struct text path = {0}, bytes = {0};
	const char *about = theme_default_text;

	if (!is_built_in(name)) {
		about = "";
		if (!find_file(name, &path, &bytes) && is_theme(&bytes))
			about = text_string(&bytes);
	}
	if (about[0] == '#') {
		about += 1 + strspn(about + 1, " ");
		utf8_append_escaped(text, about, strcspn(about, "\r\n"));
	}
	text_finish(&path);
	text_finish(&bytes);
}
