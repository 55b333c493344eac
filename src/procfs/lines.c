/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/lines.h"

#include <errno.h>
#include <string.h>

bool lines_next(const char **at, const char *end, const char **ret_line, const char **ret_line_end)
{
	const char *newline;

	if (*at >= end)
		return false;
	newline = memchr(*at, '\n', (size_t)(end - *at));
	*ret_line = *at;
	*ret_line_end = newline ? newline : end;
	*at = newline ? newline + 1 : end;
	return true;
}

int lines_each(const char *at, const char *end, lines_take_line *take, void *context)
{
	const char *line, *line_end;
	int error = 0;

	while (!error && lines_next(&at, end, &line, &line_end))
		error = take(context, line, line_end);
	return error;
}

/* Adds to the line that was begun, and hands it over when that completes it. */
static int feed_tail(struct lines *lines, const char *bytes, size_t length, lines_take *take,
		     void *context)
{
	bool complete = bytes[length - 1] == '\n';
	int error = 0;

	if (length > LINES_LONGEST + complete - lines->tail.length)
		return -EBADMSG;
	text_append_bytes(&lines->tail, bytes, length);
	if (complete) {
		error = take(context, lines->tail.bytes, lines->tail.bytes + lines->tail.length);
		text_clear(&lines->tail);
	}
	return error;
}

int lines_feed(struct lines *lines, const char *piece, size_t length, lines_take *take,
	       void *context)
{
	const char *end = piece + length, *newline;
	int error = 0;

	if (length && lines->tail.length) {
		newline = memchr(piece, '\n', length);
		length = newline ? (size_t)(newline - piece) + 1 : length;
		error = feed_tail(lines, piece, length, take, context);
		piece += length;
	}
	if (error || piece >= end)
		return error;
	newline = memrchr(piece, '\n', (size_t)(end - piece));
	if (newline) {
		error = take(context, piece, newline + 1);
		piece = newline + 1;
	}
	if (error || piece >= end)
		return error;
	return feed_tail(lines, piece, (size_t)(end - piece), take, context);
}

int lines_end(struct lines *lines, lines_take *take, void *context)
{
	return lines->tail.length ? feed_tail(lines, "\n", 1, take, context) : 0;
}

void lines_clear(struct lines *lines)
{
	text_clear(&lines->tail);
}

void lines_finish(struct lines *lines)
{
	text_finish(&lines->tail);
}
