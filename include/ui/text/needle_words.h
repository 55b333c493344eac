/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_NEEDLE_WORDS_H
#define UI_TEXT_NEEDLE_WORDS_H

/*
 * What a user asks to be looked for in memory: bytes and text as memory_needle_parse() has them
 * (inside/memory_search.h), or an address after "&", as "&heap+0x100", which asks who points there.
 */

#include <stddef.h>

struct address_space;
struct memory_needle;
struct text;

/*
 * Reads the line. Returns 0 and sets *ret_needle; or -EINVAL, after appending one sentence on what
 * is wrong with it; foreign bytes are escaped.
 */
int needle_words_read(const struct address_space *space, const char *line,
		      struct memory_needle *ret_needle, struct text *why);

/* Bytes of an address of the process: 4 or 8. */
unsigned needle_words_word(const struct address_space *space);

#endif
