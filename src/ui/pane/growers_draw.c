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
#include "ui/colour_mode.h"
#include "ui/glyphs.h"
#include "ui/pane/growers_lines.h"
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
#define MEMBER_COLUMNS   2 /* that members of a group stand further in */
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
	double total_kinds, total_heap, total_mappings; /* bytes that grew: bars show the share */
};

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

/* "390 × 256K anon", "V8 heap, 390 maps" */
static void append_group(struct text *text, const struct glyphs *glyphs,
			 const struct growers_entry *group)
{
	const struct words_alike alike = {group->count, group->each, group->kind,
					  group->alike.runtime};
	char number[FORMAT_NUMBER_LENGTH];

	words_append_alike(text, &alike, glyphs);
	if (alike.runtime)
		text_append_format(text, ", %s maps", format_number(number, group->count));
}

/* "in use, main arena", "free, arena 7f839c000030" */
static void append_part(struct text *text, const struct growers *growers,
			const struct growers_entry *entry)
{
	text_append(text, entry->part == GROWERS_USED ? "in use" : "free");
	if (entry->arena && entry->kind != KIND_HEAP)
		text_append_format(text, ", arena %" PRIx64, entry->arena);
	else if (entry->arena)
		text_append(text, ", main arena");
	else if (growers->heap_count > 2)
		text_append(text, ", all arenas");
}

static void append_name(struct text *text, const struct drawing *drawing,
			const struct growers_entry *entry)
{
	const struct growers_draw *pane = drawing->pane;

	if (entry->part)
		append_part(text, pane->growers, entry);
	else if (entry->count)
		append_group(text, drawing->glyphs, entry);
	else if (entry->start < entry->end && entry->vma < pane->space->vma_count &&
		 pane->space->vmas[entry->vma].start == entry->start)
		words_append_vma(text, pane->space, entry->vma);
	else
		text_append(text, kind_name(entry->kind));
}

static void draw_amounts(const struct drawing *drawing, int line, const struct growers_entry *entry)
{
	const struct columns *columns = &drawing->columns;
	double seconds = entry->unknown ? NAN
			 : entry->part  ? drawing->pane->heap_seconds
					: drawing->pane->seconds;
	const char *unknown = entry->unknown ? drawing->glyphs->unknown : NULL;
	char size[FORMAT_SIZE_LENGTH], amount[AMOUNTS_LENGTH];
	enum role role = entry->delta > 0 ? ROLE_GREW : entry->delta < 0 ? ROLE_SHRANK : ROLE_MUTED;

	if (columns->size)
		canvas_write_right(drawing->canvas, columns->size, line, SIZE_COLUMNS,
				   unknown ? unknown : format_size(size, entry->size),
				   unknown ? ROLE_MUTED : ROLE_VALUE);
	if (columns->delta)
		canvas_write_right(drawing->canvas, columns->delta, line, DELTA_COLUMNS,
				   unknown ? unknown : amounts_delta(amount, entry->delta), role);
	if (columns->rate)
		canvas_write_right(drawing->canvas, columns->rate, line, RATE_COLUMNS,
				   amounts_rate(amount,
						seconds > 0 ? (double)entry->delta / seconds : NAN,
						drawing->glyphs->unknown),
				   seconds > 0 ? ROLE_DEFAULT : ROLE_MUTED);
}

static void draw_address(const struct drawing *drawing, int line, uint64_t start)
{
	char address[24];

	snprintf(address, sizeof(address), "%12" PRIx64, start);
	canvas_write(drawing->canvas, drawing->columns.address, line, ADDRESS_COLUMNS, address,
		     ROLE_ADDRESS);
}

/* Behind the block, or where an address would end, the sign of a group. */
static void draw_entry(const struct drawing *drawing, int at, const struct growers_line *line)
{
	const struct columns *columns = &drawing->columns;
	const struct growers_entry *entry = line->entry;
	const struct glyphs *glyphs = drawing->glyphs;
	enum role role = ROLE_KIND_TEXT + entry->kind;
	bool mapping = entry->start < entry->end && !entry->part;
	bool group = line->type == GROWERS_LINE_GROUP;
	double total = entry->part ? drawing->total_heap
		       : mapping   ? drawing->total_mappings
				   : drawing->total_kinds;
	int name = mapping || !columns->address ? columns->name : columns->address;
	struct text text = {0};

	canvas_put(drawing->canvas, columns->block, at,
		   drawing->pane->letters ? colour_mode_letter(role)
		   : group                ? glyphs->fold
					  : glyphs->bar,
		   role);
	if (group)
		canvas_put(drawing->canvas, columns->address ? name - 2 : name - 1, at,
			   line->open ? glyphs->unfolded : glyphs->folded, ROLE_LABEL);
	else if (columns->address && mapping)
		draw_address(drawing, at, entry->start);
	name += line->type == GROWERS_LINE_MEMBER ? MEMBER_COLUMNS
		: group && !columns->address      ? 1
						  : 0;
	append_name(&text, drawing, entry);
	canvas_write(drawing->canvas, name, at, columns->name + columns->name_columns - name,
		     text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
	draw_amounts(drawing, at, entry);
	if (columns->bar && entry->delta > 0)
		draw_bar(drawing, at, total > 0 ? (double)entry->delta / total : 0, role);
}

static void draw_rest(const struct drawing *drawing, int at, size_t rest)
{
	const struct columns *columns = &drawing->columns;
	char number[FORMAT_NUMBER_LENGTH];
	struct text text = {0};

	text_append_format(&text, "and %s more", format_number(number, rest));
	canvas_write(drawing->canvas, columns->name + MEMBER_COLUMNS, at,
		     columns->name_columns - MEMBER_COLUMNS, text_string(&text), ROLE_MUTED);
	text_finish(&text);
}

/* Its growth counts from when it was first walked. */
static void draw_heap_heading(const struct drawing *drawing, int at)
{
	struct text text = {0};

	text_append_format(&text, "inside the heap since %s", drawing->pane->walked);
	draw_heading(drawing, at, text_string(&text));
	text_finish(&text);
}

static void draw_line(const struct drawing *drawing, int at, const struct growers_line *line)
{
	switch (line->type) {
	case GROWERS_LINE_NONE: break;
	case GROWERS_LINE_KINDS: draw_heading(drawing, at, "kinds"); break;
	case GROWERS_LINE_HEAP: draw_heap_heading(drawing, at); break;
	case GROWERS_LINE_MAPPINGS: draw_heading(drawing, at, "mappings"); break;
	case GROWERS_LINE_REST: draw_rest(drawing, at, line->rest); break;
	default: draw_entry(drawing, at, line); break;
	}
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

	for (int i = 0; i < inside.lines; i++) {
		size_t number = pane->top + (size_t)i;
		const struct growers_line line =
			growers_lines_at(pane->growers, pane->open, number);

		draw_line(drawing, inside.line + i, &line);
		if (pane->selecting && line.entry && number == pane->cursor)
			canvas_set_ground(drawing->canvas, inside.column, inside.line + i,
					  inside.columns, 1, ROLE_CURSOR);
	}
}

/* Which lines are in sight, where not all are. */
static void draw_thumb(const struct drawing *drawing, const struct frame *frame, struct rect rect)
{
	const struct growers_draw *pane = drawing->pane;
	struct rect inside = frame_inside(frame, rect);

	if (frame->bordered)
		box_draw_thumb(drawing->canvas, drawing->glyphs->thumb,
			       &(struct box_part){
				       .column = rect.column + rect.columns - 1,
				       .line = inside.line,
				       .lines = inside.lines,
				       .from = pane->top,
				       .all = growers_lines_count(pane->growers, pane->open),
			       });
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
		/* The first two are the sums of the others. */
		.total_heap =
			total_growth(pane->growers->heap, pane->growers->heap_count < 2 ? 0 : 2),
		.total_mappings =
			total_growth(pane->growers->mappings, pane->growers->mapping_count),
	};
	struct text text = {0};

	text_append_format(&text, "growth since %s", pane->baseline);
	box_draw(canvas, frame, rect, &(struct box){.title = text_string(&text)});
	if (growers_lines_count(pane->growers, pane->open) == 0) {
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
		draw_thumb(&drawing, frame, rect);
	}
	text_finish(&text);
}
