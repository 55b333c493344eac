/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/bar.h"

#include "model/usage.h"
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
	uint64_t used = row->resident;
	struct bar_cells cells;
	int filled, resident;

	usage_add(&used, row->swapped); /* a recording may tell of any amounts */
	filled = cells_of(used, row->size, columns);
	/* One cell each where both are there, even of a bar that is nearly empty. */
	if (row->resident && row->swapped && filled == 1 && columns > 2)
		filled = 2;
	cells.swapped = cells_of(row->swapped, used, filled);
	if (cells.swapped == filled && row->resident && filled)
		cells.swapped--;
	resident = filled - cells.swapped;
	cells.spare = cells_of(row->spare, row->resident, resident);
	/* The only cell is of what there is more of. */
	if (resident == 1 && row->spare <= row->resident / 2)
		cells.spare = 0;
	cells.huge = cells_of(row->huge, row->resident, resident);
	if (cells.huge > resident - cells.spare)
		cells.huge = resident - cells.spare;
	cells.plain = resident - cells.spare - cells.huge;
	return cells;
}

/* Draws so many cells of the glyph from *at on, which moves behind them. */
static void draw_cells(struct canvas *canvas, const struct bar *bar, int *at, int count,
		       uint32_t glyph, enum role role)
{
	int grew = bar->columns - bar->grew, old = *at < grew ? grew - *at : 0;

	if (old > count)
		old = count;
	canvas_fill(canvas, bar->column + *at, bar->line, old, 1, glyph, role);
	canvas_fill(canvas, bar->column + *at + old, bar->line, count - old, 1, glyph, ROLE_GREW);
	*at += count;
}

void bar_draw(struct canvas *canvas, const struct glyphs *glyphs, const struct bar *bar)
{
	enum role swapped = bar->role == ROLE_MUTED ? ROLE_MUTED : ROLE_SWAPPED;
	bool known = bar->row && bar->row->known;
	uint32_t glyph = bar->row && !known ? glyphs->untold : bar->glyph;
	struct bar_cells cells = {.plain = bar->columns};
	int at = 0;

	if (known)
		cells = bar_cells(bar->row, bar->columns);
	draw_cells(canvas, bar, &at, cells.plain, glyph, bar->role);
	draw_cells(canvas, bar, &at, cells.huge, glyphs->huge, bar->role);
	draw_cells(canvas, bar, &at, cells.spare, glyphs->spare, bar->role);
	draw_cells(canvas, bar, &at, cells.swapped, glyphs->swapped, swapped);
	draw_cells(canvas, bar, &at, bar->columns - at, glyphs->absent, bar->role);
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
