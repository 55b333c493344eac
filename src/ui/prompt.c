/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/prompt.h"

#include <string.h>

#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/key.h"

#define CTRL(letter) ((uint32_t)(letter)&31)

/* The start of the character before a position that is not 0. */
static size_t before(const struct prompt *prompt, size_t position)
{
	return utf8_start(prompt->text, position - 1);
}

/* The end of the character at a position that is not the end. */
static size_t after(const struct prompt *prompt, size_t position)
{
	do
		position++;
	while (utf8_start(prompt->text, position) != position);
	return position;
}

void prompt_set(struct prompt *prompt, const char *text)
{
	size_t length = strlen(text);

	if (length >= PROMPT_LENGTH)
		length = utf8_start(text, PROMPT_LENGTH - 1);
	memcpy(prompt->text, text, length);
	prompt->text[length] = '\0';
	prompt->length = prompt->cursor = length;
}

/* Takes [from, to) out; the cursor goes there. */
static enum prompt_answer cut(struct prompt *prompt, size_t from, size_t to)
{
	if (from == to)
		return PROMPT_MOVED;
	memmove(prompt->text + from, prompt->text + to, prompt->length - to + 1);
	prompt->length -= to - from;
	prompt->cursor = from;
	return PROMPT_EDITED;
}

static enum prompt_answer insert(struct prompt *prompt, uint32_t codepoint)
{
	char bytes[4];
	size_t count;

	if (codepoint >= KEY_NAMED || utf8_width(codepoint) == 0)
		return PROMPT_IGNORED;
	count = utf8_encode(codepoint, bytes);
	if (prompt->length + count >= PROMPT_LENGTH)
		return PROMPT_IGNORED;
	memmove(prompt->text + prompt->cursor + count, prompt->text + prompt->cursor,
		prompt->length - prompt->cursor + 1);
	memcpy(prompt->text + prompt->cursor, bytes, count);
	prompt->length += count;
	prompt->cursor += count;
	return PROMPT_EDITED;
}

/* Where the word before the cursor begins. */
static size_t word_start(const struct prompt *prompt)
{
	size_t start = prompt->cursor;

	while (start && prompt->text[start - 1] == ' ')
		start--;
	while (start && prompt->text[start - 1] != ' ')
		start--;
	return start;
}

static enum prompt_answer move_to(struct prompt *prompt, size_t position)
{
	prompt->cursor = position;
	return PROMPT_MOVED;
}

enum prompt_answer prompt_take_key(struct prompt *prompt, uint32_t key)
{
	size_t cursor = prompt->cursor, length = prompt->length;

	switch (key) {
	case KEY_RETURN: return PROMPT_ACCEPTED;
	case KEY_ESC: return PROMPT_CANCELLED;
	case KEY_BACK:
		if (length == 0)
			return PROMPT_CANCELLED;
		return cut(prompt, cursor ? before(prompt, cursor) : 0, cursor);
	case KEY_DEL: return cut(prompt, cursor, cursor < length ? after(prompt, cursor) : cursor);
	case KEY_ARROW_LEFT: return move_to(prompt, cursor ? before(prompt, cursor) : 0);
	case KEY_ARROW_RIGHT:
		return move_to(prompt, cursor < length ? after(prompt, cursor) : cursor);
	case CTRL('A'):
	case KEY_TO_HOME: return move_to(prompt, 0);
	case CTRL('E'):
	case KEY_TO_END: return move_to(prompt, length);
	case CTRL('U'): return cut(prompt, 0, cursor);
	case CTRL('K'): return cut(prompt, cursor, length);
	case CTRL('W'): return cut(prompt, word_start(prompt), cursor);
	default: return insert(prompt, key);
	}
}

/* The columns of [from, to) of the line. */
static int columns_between(const struct prompt *prompt, size_t from, size_t to)
{
	int columns = 0;
	uint32_t codepoint;
	size_t taken;

	for (; from < to; from += taken) {
		taken = utf8_decode(prompt->text + from, to - from, &codepoint);
		if (!taken)
			taken = 1;
		else
			columns += utf8_width(codepoint);
	}
	return columns;
}

int prompt_draw(const struct prompt *prompt, struct canvas *canvas, int column, int line,
		int columns, const char *label)
{
	int room, at, end = column + columns;
	size_t start = 0;

	column += canvas_write(canvas, column, line, columns, label, ROLE_KEY);
	/* A cell stays free for the cursor behind the text. */
	room = end - column - 1;
	while (start < prompt->cursor && columns_between(prompt, start, prompt->cursor) > room)
		start = after(prompt, start);
	at = column + columns_between(prompt, start, prompt->cursor);
	column +=
		canvas_write(canvas, column, line, end - column, prompt->text + start, ROLE_VALUE);
	canvas_set_ground(canvas, at, line, 1, 1, ROLE_CURSOR);
	return column;
}
