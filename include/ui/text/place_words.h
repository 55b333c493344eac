/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_PLACE_WORDS_H
#define UI_TEXT_PLACE_WORDS_H

/* What is wrong with an address expression (model/place.h), for the user. */

struct address_space;
struct place_mistake;
struct text;

/*
 * Appends one sentence about the mistake in the expression: what is wrong with which part of it,
 * and what may have been meant. The expression's bytes are escaped. O(mappings).
 */
void place_words_append(struct text *text, const struct address_space *space, const char *bytes,
			const struct place_mistake *mistake);

#endif
