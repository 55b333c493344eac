/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_ADDRESS_WORDS_H
#define UI_TEXT_ADDRESS_WORDS_H

/* Addresses as users write them, by what lies there. */

#include <stdint.h>

struct address_space;
struct text;

/*
 * Appends the address as a name and an offset, "libc.so.6+0x2a000", "[heap]+0x10", "thread-stack
 * 4711+0x20": that of a file counts from its lowest mapping, as in the language of "go to"
 * (model/place.h); escaped for the screen. An address that nothing is mapped at is a number.
 */
void address_words_append(struct text *text, const struct address_space *space, uint64_t address);

#endif
