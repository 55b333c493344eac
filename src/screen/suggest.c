/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/suggest.h"

#include <string.h>

enum { LENGTH_MAX = 32 }; /* bytes; nobody misspells longer words */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * The optimal string alignment distance: the fewest insertions, deletions, changes and swaps of
 * neighbours that turn a into b, none of which touches a letter twice. Both at most LENGTH_MAX.
 */
static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	unsigned rows[3][LENGTH_MAX + 1]; /* row i of the usual table is in rows[i % 3] */

	for (size_t j = 0; j <= b_length; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a_length; i++) {
		unsigned *row = rows[i % 3];
		const unsigned *above = rows[(i - 1) % 3], *above2 = rows[(i + 1) % 3];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b_length; j++) {
			char x = lower(a[i - 1]), y = lower(b[j - 1]);

			row[j] = least(above[j - 1] + (x != y), least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y)
				row[j] = least(row[j], above2[j - 2] + 1);
		}
	}
	return rows[a_length % 3][b_length];
}

const char *suggest_word(const char *written, size_t length, const char *const *words, size_t count)
{
	const char *nearest = NULL;
	unsigned best = 0;

	if (length == 0 || length > LENGTH_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t word_length = strlen(words[i]);
		unsigned d;

		if (word_length > LENGTH_MAX)
			continue;
		d = distance(written, length, words[i], word_length);
		if (d * 3 <= word_length && (!nearest || d < best)) {
			nearest = words[i];
			best = d;
		}
	}
	return nearest;
}
