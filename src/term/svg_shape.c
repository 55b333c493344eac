/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/svg_shape.h"

#include "base/text.h"

enum {
	EIGHTHS = 8,
	LOWER_FIRST = 0x2581, /* lower one eighth, to the full block */
	FULL = 0x2588,
	LEFT_FIRST = 0x2589, /* left seven eighths, to one eighth */
	LEFT_LAST = 0x258f,
	SHADE_FIRST = 0x2591, /* light, medium, dark */
	SHADE_LAST = 0x2593,
	QUADRANT_FIRST = 0x2596,
	QUADRANT_LAST = 0x259f,
	BRAILLE_FIRST = 0x2800,
	BRAILLE_LAST = 0x28ff,
	DOTS = 8,
};

/* A part of a cell, in eighths of its width and height. */
struct piece {
	int left, top, right, bottom;
};

static const struct {
	uint32_t glyph;
	struct piece piece;
} blocks[] = {
	{0x2580, {0, 0, 8, 4}}, /* upper half */
	{0x2590, {4, 0, 8, 8}}, /* right half */
	{0x2594, {0, 0, 8, 1}}, /* upper one eighth */
	{0x2595, {7, 0, 8, 8}}, /* right one eighth */
};

/* The quadrants that each sign fills: upper left 1, upper right 2, lower left 4, lower right 8. */
static const uint8_t quadrants[] = {4, 8, 1, 13, 9, 7, 11, 2, 6, 14};

/* Lines as paths, relative to the middle of the cell. */
static const struct {
	uint32_t glyph;
	const char *path;
	int width;
	const char *dashes; /* NULL: none */
} lines[] = {
	{0x2500, "h-4h8", 1, 0},
	{0x2502, "v-8v16", 1, 0},
	{0x2503, "v-8v16", 3, 0},
	{0x250a, "m0-8v16", 1, "2 2"},
	{0x2524, "h-4h4v-8v16", 1, 0},
	{0x251c, "h4h-4v-8v16", 1, 0},
	{0x256d, "m0 8v-4q0-4 4-4", 1, 0},
	{0x256e, "m-4 0q4 0 4 4v4", 1, 0},
	{0x256f, "m-4 0q4 0 4-4v-4", 1, 0},
	{0x2570, "m0-8v4q0 4 4 4", 1, 0},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The part of the cell that the sign fills as one piece; false: it is another sort of sign. */
static bool find_piece(uint32_t glyph, struct piece *ret_piece)
{
	struct piece piece = {0, 0, EIGHTHS, EIGHTHS};

	if (glyph >= LOWER_FIRST && glyph <= FULL) {
		piece.top = (int)(FULL - glyph);
	} else if (glyph >= LEFT_FIRST && glyph <= LEFT_LAST) {
		piece.right = (int)(LEFT_LAST + 1 - glyph);
	} else if (glyph < SHADE_FIRST || glyph > SHADE_LAST) {
		size_t i = 0;

		while (i < COUNT(blocks) && blocks[i].glyph != glyph)
			i++;
		if (i == COUNT(blocks))
			return false;
		piece = blocks[i].piece;
	}
	*ret_piece = piece;
	return true;
}

static size_t find_line(uint32_t glyph)
{
	size_t i = 0;

	while (i < COUNT(lines) && lines[i].glyph != glyph)
		i++;
	return i;
}

static bool is_quadrants(uint32_t glyph)
{
	return glyph >= QUADRANT_FIRST && glyph <= QUADRANT_LAST;
}

static bool is_braille(uint32_t glyph)
{
	return glyph >= BRAILLE_FIRST && glyph <= BRAILLE_LAST;
}

bool svg_shape_is_known(uint32_t glyph)
{
	struct piece piece;

	return find_piece(glyph, &piece) || is_quadrants(glyph) || is_braille(glyph) ||
	       find_line(glyph) < COUNT(lines);
}

static void append_piece(struct text *text, uint32_t glyph, const struct piece *piece, int x, int y,
			 int cells, const char *colour)
{
	const int wide = SVG_CELL_COLUMNS / EIGHTHS, high = SVG_CELL_LINES / EIGHTHS;

	text_append_format(text, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"",
			   x + piece->left * wide, y + piece->top * high,
			   (cells - 1) * SVG_CELL_COLUMNS + (piece->right - piece->left) * wide,
			   (piece->bottom - piece->top) * high, colour);
	/* A shade is as much of the colour as a font's dots would be. */
	if (glyph >= SHADE_FIRST && glyph <= SHADE_LAST)
		text_append_format(text, " fill-opacity=\"0.%d\"",
				   (int)(glyph - SHADE_FIRST + 1) * 25);
	text_append(text, "/>\n");
}

static void append_quadrants(struct text *text, uint32_t glyph, int x, int y, const char *colour)
{
	for (int i = 0; i < 4; i++)
		if (quadrants[glyph - QUADRANT_FIRST] >> i & 1)
			text_append_format(text,
					   "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
					   "fill=\"%s\"/>\n",
					   x + i % 2 * SVG_CELL_COLUMNS / 2,
					   y + i / 2 * SVG_CELL_LINES / 2, SVG_CELL_COLUMNS / 2,
					   SVG_CELL_LINES / 2, colour);
}

/* Dots 1 to 3 and 4 to 6 go down, 7 and 8 stand below (Unicode, "Braille Patterns"). */
static void append_braille(struct text *text, uint32_t glyph, int x, int y, const char *colour)
{
	for (int dot = 0; dot < DOTS; dot++) {
		int column = dot < 6 ? dot / 3 : dot - 6, row = dot < 6 ? dot % 3 : 3;

		if (glyph >> dot & 1)
			text_append_format(text,
					   "<circle cx=\"%d\" cy=\"%d\" r=\"1.25\" fill=\"%s\"/>\n",
					   x + 2 + 4 * column, y + 2 + 4 * row, colour);
	}
}

static void append_line(struct text *text, size_t line, int x, int y, const char *colour)
{
	text_append_format(text,
			   "<path d=\"M%d.5 %d.5%s\" fill=\"none\" stroke=\"%s\" "
			   "stroke-width=\"%d\"",
			   x + SVG_CELL_COLUMNS / 2 - 1, y + SVG_CELL_LINES / 2 - 1,
			   lines[line].path, colour, lines[line].width);
	if (lines[line].dashes)
		text_append_format(text, " stroke-dasharray=\"%s\"", lines[line].dashes);
	text_append(text, "/>\n");
}

void svg_shape_append(struct text *text, uint32_t glyph, int x, int y, int cells,
		      const char *colour)
{
	size_t line = find_line(glyph);
	struct piece piece;

	if (find_piece(glyph, &piece)) {
		bool whole = piece.left == 0 && piece.right == EIGHTHS;

		for (int i = 0; i < (whole ? 1 : cells); i++)
			append_piece(text, glyph, &piece, x + i * SVG_CELL_COLUMNS, y,
				     whole ? cells : 1, colour);
		return;
	}
	for (int i = 0; i < cells; i++, x += SVG_CELL_COLUMNS) {
		if (is_quadrants(glyph))
			append_quadrants(text, glyph, x, y, colour);
		else if (is_braille(glyph))
			append_braille(text, glyph, x, y, colour);
		else if (line < COUNT(lines))
			append_line(text, line, x, y, colour);
	}
}
