/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_GOLDEN_H
#define SUPPORT_GOLDEN_H

/*
 * Expected screens and outputs as text files in tests/golden/. With the environment variable
 * UPDATE_GOLDEN=1 they are written anew instead of compared: look at the difference in git then.
 */

#include <stdbool.h>
#include <stddef.h>

struct canvas;
struct cell;
struct text;

/* Fails the running test when the text is not what tests/golden/<name>.txt holds. */
void golden_check(const char *name, const char *text);

/* Whether it would not fail; to be written anew, a text is always right. */
bool golden_is(const char *name, const char *text);

/* The same for what a canvas shows, and for the roles of its cells. */
void golden_check_canvas(const char *name, const struct canvas *canvas);

/*
 * The roles of so many lines from the first on, in tests/golden/<name>.roles.txt: of each line, or
 * lines that are alike, the roles from left to right, each with its columns and, behind a slash,
 * its ground. What is default up to the right end is left out. Where there is no such file, this is
 * said and nothing is compared.
 */
void golden_check_roles(const char *name, const struct canvas *canvas, int first, int lines);

/* Appends the roles of a line's cells in that form, each behind a space; nothing: all is default.
 */
void golden_append_roles(struct text *text, const struct cell *cells, int columns);

#endif
