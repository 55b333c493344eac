/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/config.h"

#include <string.h>

#include "app/option_table.h"
#include "app/options.h"
#include "base/arena.h"
#include "screen/setting.h"
#include "screen/suggest.h"

static const struct setting_syntax syntax = {"option", "theme = nord"};

/* Whether the option is said in the negative: in the file it stands without the "no-". */
static bool is_negative(const struct option_row *row)
{
	return row->type == OPTION_FLAG && !strncmp(row->name, "no-", 3);
}

static const char *name_here(const struct option_row *row)
{
	return row->name + (is_negative(row) ? 3 : 0);
}

static bool is_name(struct setting_word word, const char *name)
{
	return setting_find(word, &name, 1) == 0;
}

/* Says what is wrong with a name that is none of an option of this file. */
static int mistake_in_name(struct setting_reader *reader, struct setting_word word)
{
	const char *names[OPTIONS_MAX], *near;
	size_t count, here = 0;
	const struct option_row *rows = option_table(&count);

	if (word.bytes[0] == '-')
		return setting_mistake(reader, "%s: options stand here without hyphens, as in '%s'",
				       setting_quote(word).text, syntax.example);
	for (size_t i = 0; i < count; i++) {
		if (rows[i].configured)
			names[here++] = name_here(&rows[i]);
		if (!rows[i].configured && is_name(word, rows[i].name))
			return setting_mistake(reader, "%s is valid only on the command line",
					       setting_quote(word).text);
	}
	near = suggest_word(word.bytes, word.length, names, here);
	if (near)
		return setting_mistake(reader, "unknown option %s; did you mean '%s'?",
				       setting_quote(word).text, near);
	return setting_mistake(reader, "unknown option %s; vastop(1) lists those of this file",
			       setting_quote(word).text);
}

/* The row of that name; NULL when there is none. */
static const struct option_row *find_row(struct setting_word name)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].configured && is_name(name, name_here(&rows[i])))
			return &rows[i];
	return NULL;
}

/* Says on for off, and off for on; other words are the option's own to refuse. */
static const char *turn_round(const char *value)
{
	return !strcmp(value, "on") ? "off" : !strcmp(value, "off") ? "on" : value;
}

/* Sets the option where it is to be set; the value is checked in any case. */
static int set(const struct option_row *row, const char *value, struct options *options,
	       struct option_mistake *mistake)
{
	bool wanted = !option_is_given(row, options) && (row->with & OPTION_WITH(options->action));
	struct options changed = *options;
	int error =
		option_set(row, is_negative(row) ? turn_round(value) : value, &changed, mistake);

	changed.given = options->given;
	if (!error && wanted)
		*options = changed;
	return error;
}

/* The one word behind "="; empty after a mistake was noted. */
static struct setting_word take_value(struct setting_reader *reader, struct setting_word name)
{
	struct setting_word value = setting_next_word(reader), more = setting_next_word(reader);

	if (value.length == 0) {
		setting_mistake(reader, "no value after '='; a line is like '%s'", syntax.example);
	} else if (more.length > 0) {
		setting_mistake(reader, "unexpected word %s; %s has one value",
				setting_quote(more).text, setting_quote(name).text);
		value.length = 0;
	} else if (memchr(value.bytes, '\0', value.length)) {
		setting_mistake(reader, "%s is not a text file", setting_quote(value).text);
		value.length = 0;
	}
	return value;
}

/* Sets the row's option to the value, or notes why not. Returns 0 or -1. */
static int take_option(struct setting_reader *reader, const struct option_row *row,
		       struct setting_word value, struct options *options, struct arena *strings)
{
	const char *copy = arena_copy(strings, value.bytes, value.length);
	struct setting_word wrong = {copy, value.length};
	struct option_mistake mistake;

	if (!set(row, copy, options, &mistake))
		return 0;
	if (mistake.wrong)
		wrong = (struct setting_word){mistake.wrong, mistake.wrong_bytes};
	return setting_mistake(reader, "%s takes %s, not %s", name_here(row), mistake.allowed,
			       setting_quote(wrong).text);
}

static void parse_line(struct setting_reader *reader, struct setting_word name,
		       struct options *options, struct arena *strings, size_t *set_at)
{
	const struct option_row *row = find_row(name);
	struct setting_word value;
	size_t count, index;

	if (!row && name.bytes[0] != '=') {
		mistake_in_name(reader, name);
		return;
	}
	if (setting_take_sign(reader, name))
		return;
	if (!row) {
		mistake_in_name(reader, name);
		return;
	}
	value = take_value(reader, name);
	index = (size_t)(row - option_table(&count));
	if (value.length == 0)
		return;
	if (set_at[index])
		setting_mistake_twice(reader, name, set_at[index]);
	else if (!take_option(reader, row, value, options, strings))
		set_at[index] = reader->line;
}

size_t config_parse(struct options *options, struct arena *strings, const char *bytes,
		    size_t length, struct setting_mistake *mistakes, size_t capacity,
		    size_t *ret_theme_line)
{
	static const struct setting_word theme = {"theme", 5};
	size_t set_at[OPTIONS_MAX] = {0}; /* the line that set the option, or 0 */
	struct setting_reader reader;
	struct setting_word name;
	size_t count;

	setting_reader_init(&reader, &syntax, bytes, length, mistakes, capacity);
	while (setting_next(&reader, &name))
		parse_line(&reader, name, options, strings, set_at);
	*ret_theme_line = set_at[find_row(theme) - option_table(&count)];
	return reader.count;
}
