/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OPTION_WORDS_H
#define APP_OPTION_WORDS_H

/* The words that values of options are made of: options read them, shells complete them. */

#include <stddef.h>

#include "app/option_mistake.h"

enum option_words {
	OPTION_WORDS_NONE,
	OPTION_WORDS_FORMAT, /* in the order of enum options_format, */
	OPTION_WORDS_COLOUR, /* of enum options_colour, */
	OPTION_WORDS_SCALE,  /* of enum scale */
	OPTION_WORDS_BACKGROUND,
	OPTION_WORDS_SHELL, /* of enum completion_shell */
	OPTION_WORDS_LISTS, /* those from here on stand in lists, with commas between them */
	OPTION_WORDS_AVOID = OPTION_WORDS_LISTS,
	OPTION_WORDS_FIELDS,
};

/* The word with that index; NULL after the last. */
const char *option_word(enum option_words words, size_t index);

/* The index of the value; -1, with the mistake filled, when it is none of the words. */
int option_word_find(enum option_words words, const char *value, struct option_mistake *mistake);

#endif
