/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/bar.h"

#include "screen/canvas.h"
#include "ui/glyphs.h"
#include "ui/picture/band_usage.h"

/* The cells that a part of the whole takes: all only for all, none only for nothing. */
static int cells_of(uint64_t part, uint64_t whole, int columns)
{
	int cells;

	if (part == 0 || columns <= 0)
		return 0;
	if (part >= whole)
		return columns;
	cells = (int)(((unsigned __int128)part * (unsigned)columns + whole / 2) / whole);
	if (cells == columns)
		cells--;
	return cells ? cells : 1;
}

struct bar_cells bar_cells(const struct row_usage *row, int columns)
{
	uint64_t used = row->resident + row->swapped;
	int filled = cells_of(used, row->size, columns), resident;
	struct bar_cells cells;

	/* One cell each where both are there, even of a bar that is nearly empty. */
	if (row->resident && row->swapped && filled < 2 && columns > 2)
		filled = 2;
	cells.swapped = cells_of(row->swapped, used, filled);
	if (cells.swapped == filled && row->resident && filled)
		cells.swapped--;
	resident = filled - cells.swapped;
	cells.huge = cells_of(row->huge, row->resident, resident);
	cells.plain = resident - cells.huge;
	return cells;
}

static void draw_cell(struct canvas *canvas, const struct bar *bar, int at, uint32_t glyph,
		      enum role role)
{
	canvas_put(canvas, bar->column + at, bar->line, glyph,
		   at >= bar->columns - bar->grew ? ROLE_GREW : role);
}

void bar_draw(struct canvas *canvas, const struct glyphs *glyphs, const struct bar *bar)
{
	enum role swapped = bar->role == ROLE_MUTED ? ROLE_MUTED : ROLE_SWAPPED;
	bool known = bar->row && bar->row->known;
	uint32_t glyph = bar->row && !known ? glyphs->untold : bar->glyph;
	struct bar_cells cells = {.plain = bar->columns};

	if (known)
		cells = bar_cells(bar->row, bar->columns);
	for (int i = 0; i < bar->columns; i++)
		if (i < cells.plain)
			draw_cell(canvas, bar, i, glyph, bar->role);
		else if (i < cells.plain + cells.huge)
			draw_cell(canvas, bar, i, glyphs->huge, bar->role);
		else if (i < cells.plain + cells.huge + cells.swapped)
			draw_cell(canvas, bar, i, glyphs->swapped, swapped);
		else
			draw_cell(canvas, bar, i, glyphs->absent, bar->role);
}

enum role bar_residency_role(const struct row_usage *row)
{
	if (!row->known)
		return ROLE_MUTED;
	if (row->resident >= row->size)
		return ROLE_RESIDENT;
	if (row->resident)
		return ROLE_PARTLY;
	return row->swapped ? ROLE_SWAPPED : ROLE_ABSENT;
}
