/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/theme.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "screen/suggest.h"

/* In the order of their ANSI numbers; default last. */
static const char *const colour_names[] = {
	"black",        "red",           "green",       "yellow",         "blue",
	"magenta",      "cyan",          "white",       "bright-black",   "bright-red",
	"bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
	"bright-white", "default",
};

/* In the order of the STYLE_… bits. */
static const char *const attribute_names[] = {"bold", "dim", "italic", "underline", "reverse"};

enum {
	COLOUR_NAMES = sizeof(colour_names) / sizeof(colour_names[0]),
	ATTRIBUTE_NAMES = sizeof(attribute_names) / sizeof(attribute_names[0]),
	QUOTE_MAX = 24, /* bytes of a theme's text that a message repeats */
};

struct word {
	const char *bytes;
	size_t length; /* 0 at the end of the line */
};

struct reader {
	size_t line; /* from 1 */
	const char *cursor, *line_end;
	size_t set_at[ROLE_COUNT]; /* the line that set the role, or 0 */
	struct theme *theme;
	struct theme_mistake *mistakes;
	size_t capacity, count;
};

/* A word as it can be shown: escaped (at most \xNN for a byte), shortened, in quotes. */
struct quote {
	char text[QUOTE_MAX * 4 + sizeof("'...'")];
};

static struct quote quote(struct word word)
{
	struct text text = {0};
	struct quote quoted;
	size_t length = 0, step;
	uint32_t codepoint;

	while (length < word.length) {
		step = utf8_decode(word.bytes + length, word.length - length, &codepoint);
		step = step ? step : 1;
		if (length + step > QUOTE_MAX)
			break;
		length += step;
	}
	utf8_append_escaped(&text, word.bytes, length);
	snprintf(quoted.text, sizeof(quoted.text), "'%s%s'", text_string(&text),
		 length < word.length ? "..." : "");
	text_finish(&text);
	return quoted;
}

/* Notes a mistake in the current line. Returns -1. */
__attribute__((format(printf, 2, 3))) static int mistake(struct reader *reader, const char *format,
							 ...)
{
	struct theme_mistake *note = reader->mistakes + reader->count;
	va_list list;

	if (reader->count++ >= reader->capacity)
		return -1;
	note->line = reader->line;
	va_start(list, format);
	vsnprintf(note->message, sizeof(note->message), format, list);
	va_end(list);
	return -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word of the line; an "=" is one by itself, a "#" alone ends the line. */
static struct word next_word(struct reader *reader)
{
	struct word word;
	const char *c = reader->cursor;

	while (c < reader->line_end && is_blank(*c))
		c++;
	word.bytes = c;
	while (c < reader->line_end && !is_blank(*c) && *c != '=')
		c++;
	if (c == word.bytes && c < reader->line_end)
		c++;
	reader->cursor = c;
	word.length = (size_t)(c - word.bytes);
	if (word.length == 1 && *word.bytes == '#') {
		reader->cursor = reader->line_end;
		word.length = 0;
	}
	return word;
}

static size_t find(struct word word, const char *const *names, size_t count)
{
	size_t i = 0;

	while (i < count &&
	       (strlen(names[i]) != word.length || memcmp(names[i], word.bytes, word.length) != 0))
		i++;
	return i;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_hex(struct word word, struct colour *ret_colour)
{
	uint8_t channels[3];

	if (word.length != 7)
		return false;
	for (size_t i = 0; i < 3; i++) {
		int high = hex_digit(word.bytes[1 + 2 * i]), low = hex_digit(word.bytes[2 + 2 * i]);

		if (high < 0 || low < 0)
			return false;
		channels[i] = (uint8_t)(high << 4 | low);
	}
	*ret_colour = (struct colour){
		.type = COLOUR_RGB,
		.red = channels[0],
		.green = channels[1],
		.blue = channels[2],
	};
	return true;
}

static bool parse_colour(struct word word, struct colour *ret_colour)
{
	size_t index = find(word, colour_names, COLOUR_NAMES);

	if (word.length > 0 && word.bytes[0] == '#')
		return parse_hex(word, ret_colour);
	if (index == COLOUR_NAMES)
		return false;
	*ret_colour = (struct colour){.type = COLOUR_DEFAULT};
	if (index < COLOUR_NAMES - 1)
		*ret_colour = (struct colour){.type = COLOUR_ANSI, .ansi = (uint8_t)index};
	return true;
}

/* Says what is wrong with a word that is neither a colour, where one may be, nor an attribute. */
static int mistake_in_style(struct reader *reader, struct word word, bool colour_allowed)
{
	const char *near = NULL;

	if (word.bytes[0] == '#')
		return mistake(reader,
			       "%s is no colour; write # and six hexadecimal digits, as in #e5c07b",
			       quote(word).text);
	if (colour_allowed)
		near = suggest_word(word.bytes, word.length, colour_names, COLOUR_NAMES);
	if (near)
		return mistake(reader, "unknown colour %s; did you mean '%s'?", quote(word).text,
			       near);
	near = suggest_word(word.bytes, word.length, attribute_names, ATTRIBUTE_NAMES);
	if (near)
		return mistake(reader, "unknown attribute %s; did you mean '%s'?", quote(word).text,
			       near);
	if (colour_allowed)
		return mistake(reader,
			       "unknown colour %s; write default, #rrggbb or a name such as blue "
			       "or bright-blue",
			       quote(word).text);
	return mistake(reader,
		       "unknown attribute %s; write bold, dim, italic, underline or reverse",
		       quote(word).text);
}

/* FOREGROUND [BACKGROUND] [ATTRIBUTE…], to the end of the line. */
static int parse_style(struct reader *reader, struct style *ret_style)
{
	struct style style = {0};
	struct word word = next_word(reader);
	unsigned colours = 0;

	if (word.length == 0)
		return mistake(reader, "no colour after '='; write one, as in 'muted = #808080'");
	for (; word.length > 0; word = next_word(reader)) {
		size_t bit = find(word, attribute_names, ATTRIBUTE_NAMES);
		struct colour colour;

		if (bit < ATTRIBUTE_NAMES) {
			if (colours == 0)
				return mistake(reader, "no colour before %s; write 'default %s'",
					       quote(word).text, attribute_names[bit]);
			style.attributes |= (uint8_t)(1u << bit);
		} else if (!parse_colour(word, &colour)) {
			return mistake_in_style(reader, word, colours < 2 && !style.attributes);
		} else if (colours == 2 || style.attributes) {
			return mistake(reader,
				       "colour %s is one too many; write foreground, background, "
				       "then attributes",
				       quote(word).text);
		} else {
			*(colours == 0 ? &style.foreground : &style.background) = colour;
			colours++;
		}
	}
	*ret_style = style;
	return 0;
}

static int mistake_in_role(struct reader *reader, struct word word)
{
	const char *names[ROLE_COUNT], *near;

	for (enum role role = 0; role < ROLE_COUNT; role++)
		names[role] = role_name(role);
	near = suggest_word(word.bytes, word.length, names, ROLE_COUNT);
	if (near)
		return mistake(reader, "unknown role %s; did you mean '%s'?", quote(word).text,
			       near);
	return mistake(reader, "unknown role %s; the roles are those that default.theme lists",
		       quote(word).text);
}

static void parse_line(struct reader *reader)
{
	struct word name = next_word(reader), sign;
	struct style style;
	enum role role;

	if (name.length == 0 || name.bytes[0] == '#')
		return;
	role = role_find(name.bytes, name.length);
	sign = next_word(reader);
	if (name.bytes[0] == '=') {
		mistake(reader, "no role before '='; a line is like 'muted = #808080'");
	} else if (role == ROLE_COUNT) {
		mistake_in_role(reader, name);
	} else if (sign.length != 1 || sign.bytes[0] != '=') {
		mistake(reader, "no '=' after %s; a line is like 'muted = #808080'",
			quote(name).text);
	} else if (parse_style(reader, &style) == 0) {
		if (reader->set_at[role]) {
			mistake(reader, "%s is set on line %zu already; keep one of them",
				quote(name).text, reader->set_at[role]);
			return;
		}
		reader->set_at[role] = reader->line;
		reader->theme->styles[role] = style;
	}
}

size_t theme_parse(const char *bytes, size_t length, struct theme *ret_theme,
		   struct theme_mistake *mistakes, size_t capacity)
{
	struct reader reader = {.theme = ret_theme, .mistakes = mistakes, .capacity = capacity};
	const char *end = bytes + length;

	*ret_theme = (struct theme){0};
	for (const char *start = bytes; start < end; start = reader.line_end + 1) {
		const char *newline = memchr(start, '\n', (size_t)(end - start));

		reader.line++;
		reader.cursor = start;
		reader.line_end = newline ? newline : end;
		parse_line(&reader);
	}
	for (enum role role = 0; role < ROLE_COUNT; role++)
		if (!reader.set_at[role])
			ret_theme->styles[role] = ret_theme->styles[ROLE_DEFAULT];
	return reader.count;
}

struct style theme_cell_style(const struct theme *theme, enum role role, enum role ground)
{
	const struct style *plain = &theme->styles[ROLE_DEFAULT];
	const struct style *own = &theme->styles[role];
	const struct style *under = &theme->styles[ground == ROLE_DEFAULT ? role : ground];
	struct style style = {
		.foreground = own->foreground,
		.background = under->background,
		.attributes = own->attributes | under->attributes,
	};

	if (style.foreground.type == COLOUR_DEFAULT)
		style.foreground = under->foreground;
	if (style.foreground.type == COLOUR_DEFAULT)
		style.foreground = plain->foreground;
	if (style.background.type == COLOUR_DEFAULT)
		style.background = plain->background;
	return style;
}
