/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_SHOWN_LINE_H
#define TERM_SHOWN_LINE_H

/*
 * A line of the screen as curses was last told it, cell by cell. Curses hears only of what is
 * new, in runs of cells: each call that it takes for a single one costs more than the cell does.
 */

#include <stdbool.h>

#include "term/curses.h"

struct cell;
struct palette;

/*
 * Tells curses of those of the cells of the line that are not as shown has them, which becomes as
 * they are. There are columns of both; run is room for as many cells of curses. Returns whether
 * there were any.
 */
bool shown_line_renew(struct palette *palette, const struct cell *cells, struct cell *shown,
		      int columns, int line, cchar_t *run);

#endif
