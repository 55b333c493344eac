/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_FIND_H
#define UI_INSIDE_INSIDE_FIND_H

/*
 * Searching the names inside a mapping: a pattern (base/pattern.h), all the names of sections and
 * symbols, from the cursor on and round the end. While it is typed, a match in what is shown is
 * under the cursor; Enter goes to it wherever it is.
 */

#include <stdbool.h>
#include <stdint.h>

struct inside;
struct pattern;
struct text;

/* All zeroes: nothing was searched yet. */
struct inside_find {
	struct pattern *pattern; /* of the last search; NULL: there was none */
	uint64_t asked_at;       /* where the cursor was when a search was asked for */
};

void inside_find_finish(struct inside_find *find);

/* Remembers where a search begins, and goes back there. */
void inside_find_begin(struct inside_find *find, const struct inside *inside);
void inside_find_cancel(const struct inside_find *find, struct inside *inside);

/*
 * Shows the next match from where the search begins (from), down (1) or up (-1) the screen: with
 * go wherever it is, else only where it is in what is shown. Appends to *say what there is to say;
 * nothing: there is nothing.
 */
void inside_find_next(const struct inside_find *find, struct inside *inside, uint64_t from,
		      int direction, bool go, struct text *say);

/*
 * Searches for what the text says from then on; one that is empty: for the same as before. Returns
 * whether it could be understood; else appends why not to *say.
 */
bool inside_find_set(struct inside_find *find, const char *text, struct text *say);

#endif
