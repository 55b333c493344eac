/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void reserve(struct text *text, size_t more)
{
	size_t need = text->length + more + 1;

	if (need <= text->capacity)
		return;
	if (need < text->capacity * 2)
		need = text->capacity * 2;
	if (need < 64)
		need = 64;
	text->bytes = memory_resize(text->bytes, need);
	text->capacity = need;
}

void text_finish(struct text *text)
{
	free(text->bytes);
	*text = (struct text){0};
}

void text_clear(struct text *text)
{
	text->length = 0;
	if (text->bytes)
		text->bytes[0] = '\0';
}

void text_append(struct text *text, const char *string)
{
	text_append_bytes(text, string, strlen(string));
}

void text_append_bytes(struct text *text, const char *bytes, size_t length)
{
	reserve(text, length);
	if (length)
		memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void text_append_char(struct text *text, char c)
{
	text_append_bytes(text, &c, 1);
}

void text_append_format(struct text *text, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	text_append_list(text, format, list);
	va_end(list);
}

void text_append_list(struct text *text, const char *format, va_list list)
{
	va_list again;
	size_t room;
	int length;

	va_copy(again, list);
	reserve(text, 0);
	room = text->capacity - text->length;
	length = vsnprintf(text->bytes + text->length, room, format, list);
	if (length > 0 && (size_t)length >= room) {
		reserve(text, (size_t)length);
		vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
	}
	if (length > 0)
		text->length += (size_t)length;
	/* A format that cannot be written leaves nothing. */
	text->bytes[text->length] = '\0';
	va_end(again);
}

const char *text_string(const struct text *text)
{
	return text->length ? text->bytes : "";
}
