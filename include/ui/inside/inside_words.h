/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_WORDS_H
#define UI_INSIDE_INSIDE_WORDS_H

/* What is under the cursor inside a mapping, in words. */

struct inside;
struct scene;
struct text;

/*
 * Appends it: what it is and how large to the byte, then the state of its pages; or that the
 * mapping is gone. What is missing of names, and why, comes last. There is room for so many lines
 * of so many columns.
 */
void inside_words_append(struct text *text, const struct inside *inside, const struct scene *scene,
			 int columns, int lines);

#endif
