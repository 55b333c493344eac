/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_PLAIN_H
#define TERM_PLAIN_H

/* A canvas as text on a stream, without a terminal. */

#include <stdbool.h>
#include <stdio.h>

struct canvas;
struct theme;

/*
 * Writes the canvas to the stream, a line per line, trailing blanks cut. With colour, styles are
 * written as ECMA-48 SGR sequences (24-bit colours where the theme has them) and every line ends
 * in the default style; blanks whose style can be seen stay. Returns 0, or -errno when writing
 * failed.
 */
int plain_write(FILE *stream, const struct canvas *canvas, const struct theme *theme, bool colour);

#endif
