/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_COLUMNS_TEXT_H
#define TESTS_UNIT_COLUMNS_TEXT_H

/* Where columns stand at each width of a pane, as a text to compare with a file of tests/golden. */

#include <stddef.h>

#include "base/text.h"

/* One line of numbers; columns are structs of int only. */
static inline void columns_text_append(struct text *text, int width, const void *columns,
				       size_t size)
{
	const int *numbers = columns;

	text_append_format(text, "%d:", width);
	for (size_t i = 0; i < size / sizeof(*numbers); i++)
		text_append_format(text, " %d", numbers[i]);
	text_append_char(text, '\n');
}

#endif
