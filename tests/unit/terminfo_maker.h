/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_TERMINFO_MAKER_H
#define TESTS_UNIT_TERMINFO_MAKER_H

/*
 * Terminals that no machine has: a compiled description (term(5), with numbers of 32 bits) of the
 * type "made", which ncurses 6.1 and later take from $TERMINFO.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TERMINFO_MADE "made"

enum {
	TERMINFO_MAGIC = 01036,
	TERMINFO_STRINGS = 361, /* as far as set_a_background */
	TERMINFO_NUMBERS = 15,  /* as far as max_pairs */
	TERMINFO_LENGTH = 4096,
};

/* NULL: it has none. Indexes are those of term.h. */
struct terminfo_made {
	const char *clear, *place, *hide, *show, *plain, *bold, *reverse;
	const char *enter, *leave, *keypad, *no_keypad, *own_colours, *mouse;
	int colours, pairs; /* 0: none */
	const char *direct; /* RGB, as a string, */
	int direct_number;  /* or as a number, if not 0, */
	bool direct_flag;   /* or as a flag */
};

struct terminfo_bytes {
	unsigned char bytes[TERMINFO_LENGTH];
	size_t length;
};

static inline void terminfo_put(struct terminfo_bytes *made, unsigned value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		made->bytes[made->length++] = (unsigned char)(value >> (8 * i));
	assert_true(made->length < TERMINFO_LENGTH / 2);
}

static inline void terminfo_align(struct terminfo_bytes *made)
{
	if (made->length % 2)
		terminfo_put(made, 0, 1);
}

/* The strings and what stands behind them; the offsets are where the index says. */
static inline void terminfo_put_strings(struct terminfo_bytes *made,
					const char *const strings[TERMINFO_STRINGS],
					const char *table, size_t length)
{
	size_t at = 0;

	for (size_t i = 0; i < TERMINFO_STRINGS; i++) {
		terminfo_put(made, strings[i] ? (unsigned)at : 0xffff, 2);
		at += strings[i] ? strlen(strings[i]) + 1 : 0;
	}
	assert_int_equal(at, length);
	memcpy(made->bytes + made->length, table, length);
	made->length += length;
	terminfo_align(made);
}

/* "RGB", which is not one of the standard capabilities (user_caps(5)). */
static inline void terminfo_put_direct(struct terminfo_bytes *made,
				       const struct terminfo_made *type)
{
	size_t value = type->direct ? strlen(type->direct) + 1 : 0;

	terminfo_put(made, type->direct_flag, 2);
	terminfo_put(made, type->direct_number != 0, 2);
	terminfo_put(made, type->direct != NULL, 2);
	terminfo_put(made, 1 + (type->direct != NULL), 2);
	terminfo_put(made, (unsigned)value + 4, 2);
	if (type->direct_flag)
		terminfo_put(made, 1, 2); /* and a byte to an even offset */
	if (type->direct_number)
		terminfo_put(made, (unsigned)type->direct_number, 4);
	if (type->direct)
		terminfo_put(made, 0, 2);
	terminfo_put(made, 0, 2);
	memcpy(made->bytes + made->length, type->direct ? type->direct : "", value);
	memcpy(made->bytes + made->length + value, "RGB", 4);
	made->length += value + 4;
}

static inline void terminfo_make(struct terminfo_bytes *made, const struct terminfo_made *type)
{
	const char *const strings[TERMINFO_STRINGS] = {
		[5] = type->clear,
		[10] = type->place,
		[13] = type->hide,
		[16] = type->show,
		[27] = type->bold,
		[28] = type->enter,
		[34] = type->reverse,
		[39] = type->plain,
		[40] = type->leave,
		[88] = type->no_keypad,
		[89] = type->keypad,
		[297] = type->own_colours,
		[355] = type->mouse,
		[359] = type->colours ? "\033[38;5;%p1%dm" : NULL,
		[360] = type->colours ? "\033[48;5;%p1%dm" : NULL,
	};
	char table[TERMINFO_LENGTH / 4];
	size_t length = 0;

	for (size_t i = 0; i < TERMINFO_STRINGS; i++)
		if (strings[i]) {
			assert_true(length + strlen(strings[i]) + 1 < sizeof(table));
			strcpy(table + length, strings[i]);
			length += strlen(strings[i]) + 1;
		}
	terminfo_put(made, TERMINFO_MAGIC, 2);
	terminfo_put(made, sizeof(TERMINFO_MADE), 2);
	terminfo_put(made, 0, 2);
	terminfo_put(made, TERMINFO_NUMBERS, 2);
	terminfo_put(made, TERMINFO_STRINGS, 2);
	terminfo_put(made, (unsigned)length, 2);
	memcpy(made->bytes + made->length, TERMINFO_MADE, sizeof(TERMINFO_MADE));
	made->length += sizeof(TERMINFO_MADE);
	terminfo_align(made);
	for (int i = 0; i < TERMINFO_NUMBERS; i++)
		terminfo_put(made,
			     i == 13 && type->colours ? (unsigned)type->colours
			     : i == 14 && type->pairs ? (unsigned)type->pairs
						      : UINT32_MAX,
			     4);
	terminfo_put_strings(made, strings, table, length);
	if (type->direct || type->direct_number || type->direct_flag)
		terminfo_put_direct(made, type);
}

/* From now on "made" is this type. */
static inline void terminfo_set(const struct terminfo_made *type)
{
	char words[5 + 2 * TERMINFO_LENGTH] = "hex:";
	struct terminfo_bytes made = {.length = 0};

	terminfo_make(&made, type);
	for (size_t i = 0; i < made.length; i++)
		snprintf(words + 4 + 2 * i, 3, "%02X", made.bytes[i]);
	setenv("TERMINFO", words, 1);
}

#endif
