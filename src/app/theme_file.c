/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/theme_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/message.h"
#include "base/text.h"
#include "base/utf8.h"
#include "screen/theme.h"

#define THEME_BYTES_MAX ((size_t)1 << 20)
#define MISTAKES_MAX    3

/* Reads a whole file, up to THEME_BYTES_MAX. Returns 0 or -errno. */
static int read_file(const char *path, struct text *ret_text)
{
	FILE *file = fopen(path, "re");
	char buffer[4096];
	size_t length;
	int error = 0;

	if (!file)
		return -errno;
	while ((length = fread(buffer, 1, sizeof(buffer), file)) > 0 &&
	       ret_text->length < THEME_BYTES_MAX)
		text_append_bytes(ret_text, buffer, length);
	if (ferror(file))
		error = -errno;
	fclose(file);
	return error;
}

static void append_user_path(struct text *path, const char *name)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config && config[0] == '/')
		text_append(path, config);
	else
		text_append_format(path, "%s/.config", home ? home : "");
	text_append_format(path, "/vastop/themes/%s.theme", name);
}

/* Finds and reads the theme; path becomes the one that was read, or the last one tried. */
static int find_file(const char *name, struct text *path, struct text *ret_text)
{
	int error;

	if (strchr(name, '/')) {
		text_append(path, name);
		return read_file(text_string(path), ret_text);
	}
	append_user_path(path, name);
	error = read_file(text_string(path), ret_text);
	if (error != -ENOENT && error != -ENOTDIR)
		return error;
	text_clear(path);
	text_append_format(path, THEME_DIR "/%s.theme", name);
	return read_file(text_string(path), ret_text);
}

static void say_mistakes(const char *path, const struct setting_mistake *mistakes, size_t count)
{
	struct text shown = {0};

	utf8_append_escaped(&shown, path, strlen(path));
	for (size_t i = 0; i < count && i < MISTAKES_MAX; i++)
		message_say("%s:%zu: %s", text_string(&shown), mistakes[i].line,
			    mistakes[i].message);
	if (count > MISTAKES_MAX)
		message_say("%s: %zu more lines are wrong; the rest of the theme applies.",
			    text_string(&shown), count - MISTAKES_MAX);
	text_finish(&shown);
}

int theme_file_load(const char *name, struct theme *ret_theme)
{
	struct setting_mistake mistakes[MISTAKES_MAX];
	struct text path = {0}, bytes = {0}, shown = {0};
	int error;

	if (!name || !strcmp(name, "default")) {
		theme_parse(theme_default_text, theme_default_length, ret_theme, NULL, 0);
		return 0;
	}
	error = find_file(name, &path, &bytes);
	if (error) {
		utf8_append_escaped(&shown, name, strlen(name));
		message_say("theme '%s' cannot be read (%s); give --theme a theme's name or a "
			    "file's path.",
			    text_string(&shown), strerror(-error));
	} else {
		size_t count = theme_parse(text_string(&bytes), bytes.length, ret_theme, mistakes,
					   MISTAKES_MAX);

		say_mistakes(text_string(&path), mistakes, count);
	}
	text_finish(&path);
	text_finish(&bytes);
	text_finish(&shown);
	return error ? EXIT_USAGE : 0;
}
