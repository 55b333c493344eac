/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_WORDS_H
#define UI_TEXT_WORDS_H

/* Short names of regions for the picture and the inspector, escaped for the screen. */

#include <stddef.h>
#include <stdint.h>

#include "model/grow_down.h"
#include "screen/role.h"

struct address_space;
struct glyphs;
struct region;
struct region_list;
struct text;

/*
 * Appends what a region is called: a mapping's name with its kind ("libc text", "[heap]"),
 * what a gap is ("unmapped", "room for the stack"), or what a filter hides ("12 mappings hidden").
 */
void words_append_region(struct text *text, const struct address_space *space,
			 const struct region_list *regions, size_t index);

#define WORDS_ADDRESS_LENGTH 24 /* bytes that an address needs, with the NUL */

/* An address in 12 columns; longer ones, as of [vsyscall], are shortened in the middle. */
const char *words_address(char out[static WORDS_ADDRESS_LENGTH], uint64_t address,
			  const struct glyphs *glyphs);
/* Appends what the mapping is called, also where a filter hides its region. */
void words_append_vma(struct text *text, const struct address_space *space, size_t index);

/* Like mappings (model/alike.h), as one. */
struct words_alike {
	uint64_t count;
	uint64_t each;   /* bytes, of each; 0: they differ */
	uint8_t kind;    /* enum kind */
	uint8_t runtime; /* enum runtime */
};

/* Appends "4 × 8.0M thread-stack", or of a runtime's heap "V8 heap". */
void words_append_alike(struct text *text, const struct words_alike *alike,
			const struct glyphs *glyphs);

/* Appends "12 mappings hidden". */
void words_append_hidden(struct text *text, uint64_t mappings);

/* What a gap is called. */
const char *words_gap(const struct region_list *regions, size_t index);

/*
 * Why nothing is mapped in a gap: a sentence. grows: whether the mapping above grows down into it,
 * as far as is known.
 */
const char *words_gap_reason(const struct region_list *regions, size_t index,
			     enum grow_down_answer grows);

#endif
