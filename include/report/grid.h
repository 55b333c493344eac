/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

/*
 * Rows of cells in plain text, in columns as wide as what stands in them, two blanks between. A
 * cell is printable UTF-8. A grid of all zeroes, but for its columns, is empty.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"

#define GRID_COLUMNS_MAX 16

struct grid {
	size_t columns;    /* of each row, at most GRID_COLUMNS_MAX */
	unsigned right;    /* bit i: column i stands at its right edge */
	struct text cells; /* one after the other, a NUL behind each */
	size_t count;      /* cells */
	size_t widths[GRID_COLUMNS_MAX];
};

/* Adds the next cell, row by row. */
void grid_add(struct grid *grid, const char *cell);

/* Writes the rows, whole ones only, each with a newline, and no blanks at its end. */
void grid_write(const struct grid *grid, FILE *stream);

void grid_finish(struct grid *grid);

#endif
