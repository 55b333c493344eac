/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_CANVAS_H
#define SCREEN_CANVAS_H

/*
 * A grid of cells, each a glyph in a role on a ground. What is drawn outside is clipped, so a
 * caller never checks. Columns and lines count from 0 at the top left. Only printable glyphs come
 * in: a code point without a width becomes U+FFFD ("?" in ASCII canvases), so that nothing drawn
 * can reach the terminal as a control sequence.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screen/role.h"

struct text;

struct cell {
	uint32_t
		glyph; /* a Unicode code point of width 1 or 2; 0 in the right half of a wide one */
	uint16_t role; /* enum role */
	uint16_t ground; /* enum role */
};

struct canvas {
	int columns, lines;
	bool ascii;         /* only ASCII can be shown: other glyphs become "?" */
	struct cell *cells; /* lines * columns, line by line */
};

/* All cells blank: a space in ROLE_DEFAULT on ROLE_DEFAULT. Negative sizes count as 0. */
struct canvas *canvas_create(int columns, int lines, bool ascii);
void canvas_destroy(struct canvas *canvas);

/* One glyph; returns the columns it took (0 when clipped). */
int canvas_put(struct canvas *canvas, int column, int line, uint32_t glyph, enum role role);

/*
 * A string of UTF-8 in at most columns columns; cut text ends in "…" ("~" in ASCII canvases).
 * Bytes that are not UTF-8 are drawn as U+FFFD. Returns the columns it took.
 */
int canvas_write(struct canvas *canvas, int column, int line, int columns, const char *string,
		 enum role role);

/* The same with a string of so many bytes, which need not end in NUL. */
int canvas_write_bytes(struct canvas *canvas, int column, int line, int columns, const char *bytes,
		       size_t length, enum role role);

/* canvas_write() with its right end at column + columns. */
int canvas_write_right(struct canvas *canvas, int column, int line, int columns, const char *string,
		       enum role role);

/* The glyph repeated over a rectangle. */
void canvas_fill(struct canvas *canvas, int column, int line, int columns, int lines,
		 uint32_t glyph, enum role role);

/* Gives a rectangle that ground, whatever is drawn on it. */
void canvas_set_ground(struct canvas *canvas, int column, int line, int columns, int lines,
		       enum role ground);

/* A frame of the box-drawing glyphs (ASCII: + - |) around the inside of a rectangle. */
void canvas_draw_box(struct canvas *canvas, int column, int line, int columns, int lines,
		     enum role role);

/* Makes all cells of a rectangle as those of a new canvas. */
void canvas_clear(struct canvas *canvas, int column, int line, int columns, int lines);

/* Whether two canvases of one size show the same in a cell; cells have no padding. */
bool canvas_same_cell(const struct cell *a, const struct cell *b);

/* Appends the canvas as plain text: a line per line, trailing blanks cut, each ended by \n. */
void canvas_append_text(struct text *text, const struct canvas *canvas);

#endif
