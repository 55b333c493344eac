/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/shown_line.h"

#include <stdint.h>
#include <string.h>

#include "screen/canvas.h"
#include "term/palette.h"

enum {
	GAP_MAX = 8
}; /* about what two changes of colours and a move of the cursor take, in bytes */

static cchar_t to_curses(uint32_t codepoint, const struct look *look)
{
	wchar_t glyph[2] = {(wchar_t)codepoint, 0};
	int pair = look->pair;
	cchar_t out;

	/* The pair through the last argument: a short cannot hold every number (curs_getcchar). */
	curses()->setcchar(&out, glyph, look->attributes, 0, &pair);
	return out;
}

/* Whether curses is to be told of the cell. A right half comes with the left one. */
static bool is_news(const struct cell *cell, const struct cell *shown)
{
	return cell->glyph && !canvas_same_cell(cell, shown);
}

/* Whether so few blanks begin here that it takes less to write them than to go past them. */
static bool is_short_gap(const struct cell *cells, int columns)
{
	int length = 0;

	while (length < columns && length <= GAP_MAX && cells[length].glyph == ' ')
		length++;
	return length <= GAP_MAX;
}

/*
 * The cells from start on that are news, as curses has them; *ret_end is behind them. A few blanks
 * between words are written in the colours of what stands before them where that shows no
 * difference, which spares the terminal a change of colours and back.
 */
static int take_run(struct palette *palette, const struct cell *cells, struct cell *shown,
		    int start, int columns, cchar_t *run, int *ret_end)
{
	const struct look *look = NULL, *last = NULL;
	const struct cell *before = NULL;
	int end, count = 0;

	for (end = start; end < columns; end++) {
		const struct cell *cell = &cells[end];

		if (cell->glyph && !is_news(cell, &shown[end]))
			break;
		shown[end] = *cell;
		if (!cell->glyph)
			continue;
		if (!last || !canvas_same_cell(cell, cell - 1))
			look = palette_look(palette, cell->role, cell->ground, cell->glyph);
		if (cell->glyph == ' ' && last && is_short_gap(cell, columns - end) &&
		    palette_blank_is_same(look, last))
			look = last;
		/* Most cells are as the one before. */
		if (look == last && cell->glyph == before->glyph)
			run[count] = run[count - 1];
		else
			run[count] = to_curses(cell->glyph, look);
		count++;
		last = look;
		before = cell;
	}
	*ret_end = end;
	return count;
}

bool shown_line_renew(struct palette *palette, const struct cell *cells, struct cell *shown,
		      int columns, int line, cchar_t *run)
{
	int start, end = 0, count;

	if (memcmp(cells, shown, (size_t)columns * sizeof(*cells)) == 0)
		return false;
	while (end < columns) {
		for (start = end; start < columns && !is_news(&cells[start], &shown[start]);
		     start++)
			shown[start] = cells[start];
		count = take_run(palette, cells, shown, start, columns, run, &end);
		if (count)
			curses()->mvadd_wchnstr(line, start, run, count);
	}
	return true;
}
