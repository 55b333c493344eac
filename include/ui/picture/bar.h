/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_BAR_H
#define UI_PICTURE_BAR_H

/*
 * The bar of a row: from the left on what is in memory, then what is in huge pages, then what is
 * free inside the heap, then what is swapped out, then the rest, lightly. Some of a thing is at
 * least one cell, and never all of them. Where it is not known, all cells are of a sign of its own.
 */

#include <stdint.h>

#include "screen/role.h"

struct canvas;
struct glyphs;
struct row_usage;

/* Cells of a bar; what is left of it is not in memory. */
struct bar_cells {
	int plain, huge, spare, swapped;
};

/* How a row's usage (known) is shown in so many columns. */
struct bar_cells bar_cells(const struct row_usage *row, int columns);

struct bar {
	int column, line, columns;
	uint32_t glyph; /* of what is in memory */
	enum role role;
	int grew;                    /* so many cells at its right end are new: in ROLE_GREW */
	const struct row_usage *row; /* NULL: this is not about memory, and the bar is full */
};

void bar_draw(struct canvas *canvas, const struct glyphs *glyphs, const struct bar *bar);

/* The role of a row that is coloured by what is in memory of it, ROLE_SWAPPED included. */
enum role bar_residency_role(const struct row_usage *row);

#endif
