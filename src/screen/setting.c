/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/setting.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

enum {
	QUOTE_MAX = 24, /* bytes of the text that a message repeats */
	SHORT_NAME = 8, /* bytes */
};

void setting_reader_init(struct setting_reader *reader, const struct setting_syntax *syntax,
			 const char *bytes, size_t length, struct setting_mistake *mistakes,
			 size_t capacity)
{
	*reader = (struct setting_reader){
		.syntax = syntax,
		.next = bytes,
		.end = length ? bytes + length : bytes, /* bytes may be NULL then */
		.mistakes = mistakes,
		.capacity = capacity,
	};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

struct setting_word setting_next_word(struct setting_reader *reader)
{
	struct setting_word word;
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

/* As those of keys, roles and options do: "Ctrl-L", "kind.text". What is short may be anything. */
static bool looks_like_name(struct setting_word word)
{
	size_t i = 0;

	while (i < word.length && (isalnum((unsigned char)word.bytes[i]) || word.bytes[i] == '-' ||
				   word.bytes[i] == '_' || word.bytes[i] == '.'))
		i++;
	return i == word.length || word.length <= SHORT_NAME;
}

/* Nothing of them is told: what comes after the first mistake in a file of something else. */
static void keep_first(struct setting_reader *reader)
{
	for (size_t i = 1; i < reader->count && i < reader->capacity; i++)
		reader->mistakes[i].message[0] = '\0';
}

bool setting_next(struct setting_reader *reader, struct setting_word *ret_name)
{
	while (reader->next < reader->end) {
		const char *newline =
			memchr(reader->next, '\n', (size_t)(reader->end - reader->next));
		struct setting_word name;

		reader->line++;
		reader->cursor = reader->next;
		reader->line_end = newline ? newline : reader->end;
		reader->next = newline ? newline + 1 : reader->end;
		name = setting_next_word(reader);
		if (name.length == 0 || name.bytes[0] == '#')
			continue;
		reader->lines++;
		if (looks_like_name(name)) {
			*ret_name = name;
			return true;
		}
		setting_mistake(reader, "this is not a valid %s; a line is like '%s'",
				reader->syntax->name, reader->syntax->example);
	}
	if (reader->count >= reader->lines)
		keep_first(reader);
	return false;
}

int setting_take_sign(struct setting_reader *reader, struct setting_word name)
{
	struct setting_word sign = setting_next_word(reader);

	if (sign.length == 1 && sign.bytes[0] == '=')
		return 0;
	if (name.bytes[0] == '=')
		return setting_mistake(reader, "no %s before '='; a line is like '%s'",
				       reader->syntax->name, reader->syntax->example);
	return setting_mistake(reader, "no '=' after %s; a line is like '%s'",
			       setting_quote(name).text, reader->syntax->example);
}

int setting_mistake(struct setting_reader *reader, const char *format, ...)
{
	struct setting_mistake *note;
	va_list list;

	if (reader->count++ >= reader->capacity)
		return -1;
	note = &reader->mistakes[reader->count - 1];
	note->line = reader->line;
	va_start(list, format);
	vsnprintf(note->message, sizeof(note->message), format, list);
	va_end(list);
	return -1;
}

int setting_mistake_twice(struct setting_reader *reader, struct setting_word name, size_t line)
{
	return setting_mistake(reader, "%s is already set on line %zu; keep one of them",
			       setting_quote(name).text, line);
}

struct setting_quote setting_quote(struct setting_word word)
{
	struct text text = {0};
	struct setting_quote quoted;
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

size_t setting_find(struct setting_word word, const char *const *names, size_t count)
{
	size_t i = 0;

	if (word.length == 0)
		return count;
	/* Mostly the first letter tells. */
	while (i < count && (names[i][0] != word.bytes[0] || strlen(names[i]) != word.length ||
			     memcmp(names[i], word.bytes, word.length) != 0))
		i++;
	return i;
}
