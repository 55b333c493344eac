/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

/*
 * UTF-8 as Unicode defines it (RFC 3629): no overlong forms, no surrogates, nothing above
 * U+10FFFF. Columns are those of a terminal, from the C library's wcwidth(); outside a UTF-8
 * locale only ASCII has a width.
 */

#include <stddef.h>
#include <stdint.h>

struct text;

/*
 * Decodes the code point at the start of bytes. Returns the bytes it takes (1 to 4) and sets
 * *ret_codepoint; returns 0 and leaves it untouched when length is 0 or the bytes are not UTF-8.
 */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *ret_codepoint);

/*
 * The offset at which the character that contains the byte at that offset begins; the offset may be
 * that of the byte after the last, which must exist. Use it to cut without splitting a character.
 */
size_t utf8_start(const char *bytes, size_t offset);

/* Writes the code point (valid) to out, which holds 4 bytes; returns how many it took. */
size_t utf8_encode(uint32_t codepoint, char *out);

/* The columns that the code point takes: 0 (not to be shown: control, format, not to be seen), 1
 * or 2. */
int utf8_width(uint32_t codepoint);

/* The columns that a string of printable UTF-8 takes. */
size_t utf8_columns(const char *string);

/*
 * Appends foreign bytes so that they are safe to show on a line: printable UTF-8 as it is, a
 * newline as \n, a tab as \t, other control and invalid bytes as \xNN, code points without
 * a width (format and bidirectional controls, soft hyphens, combining marks) as \u{N}.
 */
void utf8_append_escaped(struct text *text, const char *bytes, size_t length);

#endif
