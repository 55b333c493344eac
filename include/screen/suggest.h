/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_SUGGEST_H
#define SCREEN_SUGGEST_H

/* The word that a misspelt one probably stands for. */

#include <stddef.h>

/*
 * The one of the words that is nearest to what was written (length bytes, any bytes), the first
 * of equally near ones. Near counts letters left out, added, changed or swapped, upper and lower
 * case being the same; more than a third of the word's length is not near. NULL when none is.
 */
const char *suggest_word(const char *written, size_t length, const char *const *words,
			 size_t count);

#endif
