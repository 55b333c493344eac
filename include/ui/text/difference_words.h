/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_DIFFERENCE_WORDS_H
#define UI_TEXT_DIFFERENCE_WORDS_H

/* Rows of two address spaces side by side (model/diff_rows.h) in words, escaped for the screen. */

#include "model/diff_sum.h"

struct diff;
struct diff_row;
struct text;

/* Appends what a side of the row is called: "[heap]", "libssl.so.3, 5 maps", "38 maps". */
void difference_words_append_name(struct text *text, const struct diff *diff,
				  const struct diff_row *row, enum diff_side side);

/* Appends what is different, in a sentence: "[heap] grew from 1.0M to 65.0M, rss from …". */
void difference_words_append(struct text *text, const struct diff *diff,
			     const struct diff_row *row);

#endif
