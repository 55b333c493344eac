/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/growers_draw.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/format.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/growers.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/glyphs.h"
#include "ui/text/amounts.h"
#include "ui/text/words.h"

#define BLOCK_COLUMNS    2
#define NAME_COLUMNS_MIN 12
#define NAME_COLUMNS_MAX 44
#define DELTA_COLUMNS    8
#define SIZE_COLUMNS     7
#define RATE_COLUMNS     10
#define BAR_COLUMNS_MIN  8
#define BAR_COLUMNS_MAX  30
#define ADDRESS_COLUMNS  12
#define EIGHTHS          8 /* of a cell, in bars */

/* Where on a line each thing stands; 0 columns: not shown. */
struct columns {
	int block, address, name, name_columns, size, delta, rate, bar, bar_columns;
};

/* The pane while it is drawn. */
struct drawing {
	struct canvas *canvas;
	const struct growers_draw *pane;
	const struct glyphs *glyphs;
	struct columns columns;
	double total_kinds, total_mappings; /* bytes that grew, of which bars show the share */
};

static size_t kind_count(const struct growers *growers)
{
	return growers->kind_count < GROWERS_DRAW_KINDS ? growers->kind_count : GROWERS_DRAW_KINDS;
}

/* The lines of the first block with its heading. */
static size_t kind_lines(const struct growers *growers)
{
	return growers->kind_count ? kind_count(growers) + 1 : 0;
}

size_t growers_draw_lines(const struct growers *growers)
{
	return kind_lines(growers) + (growers->mapping_count ? growers->mapping_count + 1 : 0);
}

const struct growers_entry *growers_draw_entry(const struct growers *growers, size_t line)
{
	size_t first = kind_lines(growers);

	if (line >= growers_draw_lines(growers) || line == 0 || line == first)
		return NULL;
	return line < first ? &growers->kinds[line - 1] : &growers->mappings[line - first - 1];
}

size_t growers_draw_find(const struct growers *growers, const struct growers_entry *entry)
{
	size_t lines = growers_draw_lines(growers);

	for (size_t i = 0; i < lines; i++) {
		const struct growers_entry *other = growers_draw_entry(growers, i);

		if (!other || (other->start == other->end) != (entry->start == entry->end))
			continue;
		if (entry->start == entry->end
			    ? other->kind == entry->kind
			    : other->start < entry->end && entry->start < other->end)
			return i;
	}
	return lines ? 1 : 0;
}

size_t growers_draw_move(const struct growers *growers, size_t line, int direction)
{
	size_t lines = growers_draw_lines(growers), at = line;

	while (direction < 0 ? at > 0 : at + 1 < lines) {
		at = direction < 0 ? at - 1 : at + 1;
		if (growers_draw_entry(growers, at))
			return at;
	}
	return line;
}

size_t growers_draw_scroll(const struct growers *growers, size_t top, size_t cursor, size_t lines)
{
	/* An entry below a heading is shown with it. */
	size_t first = cursor && !growers_draw_entry(growers, cursor - 1) ? cursor - 1 : cursor;

	return box_scroll(top, first, cursor, lines, growers_draw_lines(growers));
}

/* Takes columns from the right of a line, if the name still has enough; returns where. */
static int take(int *end, int name, int columns)
{
	if (*end - columns - 1 - name < NAME_COLUMNS_MIN)
		return 0;
	*end -= columns + 1;
	return *end + 1;
}

/* Whole columns or none: growth matters most, then size, rate, share and address. */
static void lay_columns(struct columns *columns, struct rect inside, bool bordered)
{
	int end = inside.column + inside.columns - bordered, name, spare;
	int delta, size, rate, bar, address;

	*columns = (struct columns){.block = inside.column + bordered};
	name = columns->block + BLOCK_COLUMNS;
	spare = end - name - NAME_COLUMNS_MIN;
	delta = DELTA_COLUMNS + 1;
	size = delta + SIZE_COLUMNS + 1;
	rate = size + RATE_COLUMNS + 1;
	bar = rate + BAR_COLUMNS_MIN + 1;
	address = bar + ADDRESS_COLUMNS + 1;
	if (spare >= bar) {
		int wide = end - name - NAME_COLUMNS_MAX - rate - 1;

		columns->bar_columns = wide < BAR_COLUMNS_MIN   ? BAR_COLUMNS_MIN
				       : wide > BAR_COLUMNS_MAX ? BAR_COLUMNS_MAX
								: wide;
		columns->bar = take(&end, name, columns->bar_columns);
	}
	if (spare >= rate)
		columns->rate = take(&end, name, RATE_COLUMNS);
	columns->delta = take(&end, name, DELTA_COLUMNS);
	if (spare >= size)
		columns->size = take(&end, name, SIZE_COLUMNS);
	if (spare >= address) {
		columns->address = name;
		name += ADDRESS_COLUMNS + 1;
	}
	columns->name = name;
	columns->name_columns = end - name;
}

static void draw_heading(const struct drawing *drawing, int line, const char *name)
{
	const struct columns *columns = &drawing->columns;
	struct canvas *canvas = drawing->canvas;

	canvas_write(canvas, columns->block, line,
		     columns->name + columns->name_columns - columns->block, name, ROLE_LABEL);
	if (columns->size)
		canvas_write_right(canvas, columns->size, line, SIZE_COLUMNS, "size", ROLE_LABEL);
	if (columns->delta)
		canvas_write_right(canvas, columns->delta, line, DELTA_COLUMNS, "grew", ROLE_LABEL);
	if (columns->rate)
		canvas_write_right(canvas, columns->rate, line, RATE_COLUMNS, "rate", ROLE_LABEL);
	if (columns->bar)
		canvas_write(canvas, columns->bar, line, columns->bar_columns, "share", ROLE_LABEL);
}

/* A bar of eighths of cells; what grew at all has one. */
static void draw_bar(const struct drawing *drawing, int line, double share, enum role role)
{
	const struct columns *columns = &drawing->columns;
	int eighths = (int)(share * columns->bar_columns * EIGHTHS + 0.5), cells;

	if (eighths < 1)
		eighths = 1;
	if (eighths > columns->bar_columns * EIGHTHS)
		eighths = columns->bar_columns * EIGHTHS;
	cells = eighths / EIGHTHS;
	if (drawing->canvas->ascii) {
		canvas_fill(drawing->canvas, columns->bar, line, cells ? cells : 1, 1, '#', role);
		return;
	}
	canvas_fill(drawing->canvas, columns->bar, line, cells, 1, 0x2588, role);
	/* Left one eighth block is U+258F, left seven eighths U+2589. */
	if (eighths % EIGHTHS)
		canvas_put(drawing->canvas, columns->bar + cells, line,
			   0x2590 - (uint32_t)(eighths % EIGHTHS), role);
}

static void append_name(struct text *text, const struct growers_draw *pane,
			const struct growers_entry *entry)
{
	if (entry->start < entry->end && entry->vma < pane->space->vma_count &&
	    pane->space->vmas[entry->vma].start == entry->start)
		words_append_vma(text, pane->space, entry->vma);
	else
		text_append(text, kind_name(entry->kind));
}

static void draw_amounts(const struct drawing *drawing, int line, const struct growers_entry *entry)
{
	const struct columns *columns = &drawing->columns;
	double seconds = drawing->pane->seconds;
	char size[FORMAT_SIZE_LENGTH], amount[AMOUNTS_LENGTH];
	enum role role = entry->delta > 0 ? ROLE_GREW : entry->delta < 0 ? ROLE_SHRANK : ROLE_MUTED;

	if (columns->size)
		canvas_write_right(drawing->canvas, columns->size, line, SIZE_COLUMNS,
				   format_size(size, entry->size), ROLE_VALUE);
	if (columns->delta)
		canvas_write_right(drawing->canvas, columns->delta, line, DELTA_COLUMNS,
				   amounts_delta(amount, entry->delta), role);
	if (columns->rate)
		canvas_write_right(drawing->canvas, columns->rate, line, RATE_COLUMNS,
				   amounts_rate(amount,
						seconds > 0 ? (double)entry->delta / seconds : NAN,
						drawing->glyphs->unknown),
				   seconds > 0 ? ROLE_DEFAULT : ROLE_MUTED);
}

static void draw_entry(const struct drawing *drawing, int line, const struct growers_entry *entry)
{
	const struct columns *columns = &drawing->columns;
	enum role role = ROLE_KIND_TEXT + entry->kind;
	bool mapping = entry->start < entry->end;
	double total = mapping ? drawing->total_mappings : drawing->total_kinds;
	int name = mapping || !columns->address ? columns->name : columns->address;
	struct text text = {0};
	char address[24];

	canvas_put(drawing->canvas, columns->block, line, drawing->glyphs->bar, role);
	if (columns->address && mapping) {
		snprintf(address, sizeof(address), "%12" PRIx64, entry->start);
		canvas_write(drawing->canvas, columns->address, line, ADDRESS_COLUMNS, address,
			     ROLE_ADDRESS);
	}
	append_name(&text, drawing->pane, entry);
	canvas_write(drawing->canvas, name, line, columns->name + columns->name_columns - name,
		     text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
	draw_amounts(drawing, line, entry);
	if (columns->bar && entry->delta > 0)
		draw_bar(drawing, line, (double)entry->delta / total, role);
}

/* The bytes that all together grew by. */
static double total_growth(const struct growers_entry *entries, size_t count)
{
	double total = 0;

	for (size_t i = 0; i < count; i++)
		total += entries[i].delta > 0 ? (double)entries[i].delta : 0;
	return total;
}

static void draw_lines(const struct drawing *drawing, struct rect inside)
{
	const struct growers_draw *pane = drawing->pane;
	size_t lines = growers_draw_lines(pane->growers);

	for (int i = 0; i < inside.lines && pane->top + (size_t)i < lines; i++) {
		size_t line = pane->top + (size_t)i;
		const struct growers_entry *entry = growers_draw_entry(pane->growers, line);

		if (entry)
			draw_entry(drawing, inside.line + i, entry);
		else
			draw_heading(drawing, inside.line + i,
				     line < kind_lines(pane->growers) ? "kinds" : "mappings");
		if (pane->selecting && line == pane->cursor)
			canvas_set_ground(drawing->canvas, inside.column, inside.line + i,
					  inside.columns, 1, ROLE_CURSOR);
	}
}

void growers_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		  const struct growers_draw *pane)
{
	struct rect inside = frame_inside(frame, rect);
	struct drawing drawing = {
		.canvas = canvas,
		.pane = pane,
		.glyphs = glyphs_get(!canvas->ascii),
		.total_kinds = total_growth(pane->growers->kinds, pane->growers->kind_count),
		.total_mappings =
			total_growth(pane->growers->mappings, pane->growers->mapping_count),
	};
	struct text text = {0};

	text_append_format(&text, "growth since %s", pane->baseline);
	box_draw(canvas, frame, rect, &(struct box){.title = text_string(&text)});
	if (growers_draw_lines(pane->growers) == 0) {
		text_clear(&text);
		text_append_format(&text,
				   pane->seconds < 0 ? "This moment is before the baseline (%s)."
						     : "Nothing grew since the baseline (%s).",
				   pane->baseline);
		box_write_wrapped(canvas, inside.column + 1, inside.line, inside.columns - 2,
				  inside.lines, text_string(&text), ROLE_MUTED);
	} else {
		lay_columns(&drawing.columns, inside, frame->bordered);
		draw_lines(&drawing, inside);
	}
	text_finish(&text);
}
