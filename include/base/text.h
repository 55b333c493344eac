/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

/*
 * A growing string of bytes. `bytes` is NUL-terminated once something was appended or
 * text_string() was asked; it may hold NUL bytes itself. A text of all zeroes is a valid,
 * empty one. Lengths are in bytes.
 */

#include <stdarg.h>
#include <stddef.h>

struct text {
	char *bytes;
	size_t length, capacity;
};

void text_finish(struct text *text);

/* Empties the text and keeps its memory. */
void text_clear(struct text *text);

void text_append(struct text *text, const char *string);
void text_append_bytes(struct text *text, const char *bytes, size_t length);
void text_append_char(struct text *text, char c);
__attribute__((format(printf, 2, 3))) void text_append_format(struct text *text, const char *format,
							      ...);
__attribute__((format(printf, 2, 0))) void text_append_list(struct text *text, const char *format,
							    va_list list);

/* The text as a string, "" when empty; valid until the text changes. */
const char *text_string(const struct text *text);

#endif
