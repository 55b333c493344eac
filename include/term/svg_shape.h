/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_SVG_SHAPE_H
#define TERM_SVG_SHAPE_H

/*
 * Signs that are drawn and not written: block elements, shades, braille and those of the
 * box-drawing signs that the screen has. Fonts differ in them, and leave gaps between cells.
 */

#include <stdbool.h>
#include <stdint.h>

struct text;

/* A cell, in units of the drawing. */
#define SVG_CELL_COLUMNS 8
#define SVG_CELL_LINES   16

/* Whether the code point is drawn. */
bool svg_shape_is_known(uint32_t glyph);

/*
 * Appends the elements that draw it in so many cells side by side, the first with its upper left
 * corner there. colour is what fill and stroke take: "#rrggbb".
 */
void svg_shape_append(struct text *text, uint32_t glyph, int x, int y, int cells,
		      const char *colour);

#endif
