/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/grid.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

#define GAP 2 /* columns between two cells */

void grid_add(struct grid *grid, const char *cell)
{
	size_t *width = &grid->widths[grid->count++ % grid->columns], columns = utf8_columns(cell);

	text_append_bytes(&grid->cells, cell, strlen(cell) + 1);
	if (columns > *width)
		*width = columns;
}

/* Blanks are written when something stands behind them. */
static void write_cell(const struct grid *grid, FILE *stream, size_t column, const char *cell,
		       size_t *blanks)
{
	size_t columns = utf8_columns(cell), rest = grid->widths[column] - columns;
	bool right = grid->right >> column & 1;

	*blanks += right ? rest : 0;
	if (columns) {
		fprintf(stream, "%*s%s", (int)*blanks, "", cell);
		*blanks = 0;
	}
	*blanks += (right ? 0 : rest) + GAP;
}

void grid_write(const struct grid *grid, FILE *stream)
{
	const char *cell = text_string(&grid->cells);

	for (size_t row = 0; row < grid->count / grid->columns; row++) {
		size_t blanks = 0;

		for (size_t i = 0; i < grid->columns; i++) {
			write_cell(grid, stream, i, cell, &blanks);
			cell += strlen(cell) + 1;
		}
		fputc('\n', stream);
	}
}

void grid_finish(struct grid *grid)
{
	text_finish(&grid->cells);
	*grid = (struct grid){.columns = grid->columns, .right = grid->right};
}
