/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/usage_draw.h"

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/colour_mode.h"
#include "ui/glyphs.h"
#include "ui/pane/limit_lines.h"
#include "ui/pane/summary.h"
#include "ui/text/words.h"

#define BLOCK_COLUMNS   3
#define NAME_COLUMNS    16 /* the longest label of a kind */
#define NAME_MIN        8
#define COUNT_COLUMNS   8
#define SIZE_COLUMNS    7
#define LARGEST_COLUMNS 30 /* a size and what it is called */
#define HEADING_LINES   1
#define LIMITS_PART     3 /* limits above take at most this part of the lines */
#define TITLE_EDGES     8 /* corners, blanks and a bit of border around title and note */

/* The values of a line, in the order in which they stand. */
enum amount { CELL_MAPPINGS, CELL_BYTES, CELL_RSS, CELL_PSS, CELL_SWAP, CELL_LARGEST, CELLS };

static const struct {
	const char *heading;
	int columns;
	int rank; /* the lower, the longer it stays when it gets narrow */
} values[CELLS] = {
	[CELL_MAPPINGS] = {"mappings", COUNT_COLUMNS, 4},
	[CELL_BYTES] = {"size", SIZE_COLUMNS, 0},
	[CELL_RSS] = {"rss", SIZE_COLUMNS, 1},
	[CELL_PSS] = {"pss", SIZE_COLUMNS, 2},
	[CELL_SWAP] = {"swap", SIZE_COLUMNS, 3},
	[CELL_LARGEST] = {"largest", SIZE_COLUMNS, 5},
};

/* Where on a line each thing stands; a value of 0 is not shown. */
struct columns {
	int block, name, name_columns, value[CELLS], label, label_columns, limits;
	int end;
};

struct drawing {
	struct canvas *canvas;
	const struct usage_draw *pane;
	const struct glyphs *glyphs;
	struct columns columns;
};

size_t usage_draw_lines(const struct summary *summary)
{
	return summary->count + 1;
}

const struct summary_entry *usage_draw_entry(const struct summary *summary, size_t line)
{
	return line ? &summary->entries[line - 1] : &summary->total;
}

/* Whole columns or none. */
static void lay_columns(struct columns *columns, struct rect inside, bool bordered)
{
	int left = inside.column + bordered, end = inside.column + inside.columns - bordered;
	int name = left + BLOCK_COLUMNS + 1, need = BLOCK_COLUMNS + 1 + NAME_COLUMNS;
	int shown = 0, at;

	*columns = (struct columns){
		.block = left, .name = name, .name_columns = NAME_COLUMNS, .end = end};
	if (end - left < need + SIZE_COLUMNS + 1) {
		need = BLOCK_COLUMNS + 1 + NAME_MIN;
		columns->name_columns = NAME_MIN;
	}
	for (int rank = 0; rank < CELLS; rank++)
		for (int i = 0; i < CELLS; i++)
			if (values[i].rank == rank && shown == rank &&
			    left + need + 1 + values[i].columns <= end) {
				columns->value[i] = 1;
				need += values[i].columns + 1;
				shown++;
			}
	/* What is left over: the limits beside all, else what the largest is called. */
	if (left + need + 3 + LIMIT_LINES_COLUMNS <= end) {
		columns->limits = end - LIMIT_LINES_COLUMNS;
		end = columns->limits - 3;
	}
	at = columns->name + columns->name_columns + 1;
	for (int i = 0; i < CELLS; i++) {
		if (!columns->value[i])
			continue;
		columns->value[i] = at;
		at += values[i].columns + 1;
	}
	if (columns->value[CELL_LARGEST] && end - at >= NAME_MIN) {
		columns->label = at;
		columns->label_columns = end - at < LARGEST_COLUMNS ? end - at : LARGEST_COLUMNS;
	}
}

static void write_value(const struct drawing *drawing, int line, enum amount value,
			const char *string, enum role role)
{
	int column = drawing->columns.value[value];

	if (column)
		canvas_write_right(drawing->canvas, column, line, values[value].columns, string,
				   role);
}

static void write_bytes(const struct drawing *drawing, int line, enum amount value, uint64_t bytes,
			enum role role)
{
	char size[FORMAT_SIZE_LENGTH];
	bool unknown = bytes == TARGET_UNKNOWN;

	write_value(drawing, line, value,
		    unknown ? drawing->glyphs->unknown : format_size(size, bytes),
		    unknown ? ROLE_MUTED : role);
}

static void draw_heading(const struct drawing *drawing, int line)
{
	canvas_write(drawing->canvas, drawing->columns.name, line, drawing->columns.name_columns,
		     "kind", ROLE_LABEL);
	for (unsigned i = 0; i < CELLS; i++)
		write_value(drawing, line, (enum amount)i, values[i].heading, ROLE_LABEL);
}

static void draw_largest(const struct drawing *drawing, int line, const struct summary_entry *entry)
{
	const struct usage_draw *pane = drawing->pane;
	struct text text = {0};

	if (!drawing->columns.label || entry->largest_vma >= pane->space->vma_count)
		return;
	words_append_vma(&text, pane->space, entry->largest_vma);
	canvas_write(drawing->canvas, drawing->columns.label, line, drawing->columns.label_columns,
		     text_string(&text), ROLE_MUTED);
	text_finish(&text);
}

/* The colour of a kind, as the picture has it. */
static void draw_block(const struct drawing *drawing, int line, enum kind kind, bool dimmed)
{
	bool access = kind != KIND_GUARD && kind != KIND_RESERVE;
	enum role role = dimmed ? ROLE_MUTED : ROLE_KIND_TEXT + kind;

	canvas_fill(drawing->canvas, drawing->columns.block, line, BLOCK_COLUMNS, 1,
		    access ? drawing->glyphs->bar_top : drawing->glyphs->no_access, role);
	if (drawing->pane->letters)
		canvas_put(drawing->canvas, drawing->columns.block, line,
			   colour_mode_letter(ROLE_KIND_TEXT + kind), role);
}

static void draw_entry(const struct drawing *drawing, int line, const struct summary_entry *entry)
{
	const struct usage_draw *pane = drawing->pane;
	bool is_total = entry->kind == KIND_COUNT;
	bool dimmed = !is_total && pane->filter && !(pane->kinds & UINT32_C(1) << entry->kind);
	enum role role = dimmed ? ROLE_MUTED : ROLE_DEFAULT;
	char count[FORMAT_NUMBER_LENGTH];

	if (!is_total)
		draw_block(drawing, line, entry->kind, dimmed);
	canvas_write(drawing->canvas, drawing->columns.name, line, drawing->columns.name_columns,
		     is_total ? "all" : kind_name(entry->kind), is_total ? ROLE_TITLE : role);
	write_value(drawing, line, CELL_MAPPINGS, format_number(count, entry->mappings), role);
	write_bytes(drawing, line, CELL_BYTES, entry->size, dimmed ? role : ROLE_VALUE);
	write_bytes(drawing, line, CELL_RSS, entry->last,
		    entry->rss == TARGET_UNKNOWN ? ROLE_MUTED
		    : dimmed                     ? role
						 : ROLE_VALUE);
	write_bytes(drawing, line, CELL_PSS, entry->pss, role);
	write_bytes(drawing, line, CELL_SWAP, entry->swap,
		    entry->swap && !dimmed ? ROLE_SWAPPED : role);
	write_bytes(drawing, line, CELL_LARGEST, entry->largest, role);
	draw_largest(drawing, line, entry);
}

/* What the parts of bars mean, for the title's right end. */
static void append_legend(struct text *text, const struct glyphs *glyphs)
{
	const struct {
		uint32_t glyph;
		const char *words;
	} parts[] = {{glyphs->bar, "in memory"},
		     {glyphs->huge, "huge pages"},
		     {glyphs->swapped, "swapped"},
		     {glyphs->absent, "not in memory"}};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		char sign[4];

		text_append(text, i ? "  " : "");
		text_append_bytes(text, sign, utf8_encode(parts[i].glyph, sign));
		text_append_format(text, " %s", parts[i].words);
	}
}

/* Where limits stand above: as many lines as they need, and kinds have more. */
static struct rect limits_above(const struct columns *columns, struct rect inside)
{
	int lines = (inside.lines - HEADING_LINES) / LIMITS_PART;

	return (struct rect){columns->block, inside.line, columns->end - columns->block,
			     lines > 0 ? lines : 0};
}

/* Returns the lines that they take above the heading. */
static int draw_limits(const struct drawing *drawing, struct rect inside)
{
	const struct columns *columns = &drawing->columns;
	struct rect beside = {columns->limits, inside.line, LIMIT_LINES_COLUMNS, inside.lines};

	if (!columns->limits)
		return limit_lines_flow(drawing->canvas, limits_above(columns, inside),
					drawing->pane->limits, drawing->glyphs);
	limit_lines_draw(drawing->canvas, beside, drawing->pane->limits, drawing->glyphs);
	return 0;
}

static void draw_thumb(const struct drawing *drawing, const struct frame *frame, struct rect rect,
		       int line, int lines)
{
	if (frame->bordered)
		box_draw_thumb(drawing->canvas, drawing->glyphs->thumb,
			       &(struct box_part){
				       .column = rect.column + rect.columns - 1,
				       .line = line,
				       .lines = lines,
				       .from = drawing->pane->top,
				       .all = usage_draw_lines(drawing->pane->summary),
			       });
}

static void draw_lines(const struct drawing *drawing, const struct frame *frame, struct rect rect)
{
	const struct usage_draw *pane = drawing->pane;
	struct rect inside = frame_inside(frame, rect);
	int heading = inside.line + draw_limits(drawing, inside);
	int lines = inside.line + inside.lines - heading - HEADING_LINES;
	size_t all = usage_draw_lines(pane->summary);

	draw_heading(drawing, heading);
	for (int i = 0; i < lines && pane->top + (size_t)i < all; i++) {
		size_t line = pane->top + (size_t)i;
		int at = heading + HEADING_LINES + i;

		draw_entry(drawing, at, usage_draw_entry(pane->summary, line));
		if (line == pane->cursor)
			canvas_set_ground(drawing->canvas, inside.column, at,
					  drawing->columns.limits
						  ? drawing->columns.limits - 2 - inside.column
						  : inside.columns,
					  1, ROLE_CURSOR);
	}
	draw_thumb(drawing, frame, rect, heading + HEADING_LINES, lines);
}

int usage_draw_fixed(const struct limits *limits, const struct frame *frame, struct rect rect)
{
	struct rect inside = frame_inside(frame, rect);
	int fixed = rect.lines - inside.lines + HEADING_LINES;
	struct columns columns;

	lay_columns(&columns, inside, frame->bordered);
	if (!columns.limits)
		fixed += limit_lines_flow(NULL, limits_above(&columns, inside), limits,
					  glyphs_get(true));
	return fixed;
}

size_t usage_draw_scroll(const struct summary *summary, const struct limits *limits,
			 const struct frame *frame, struct rect rect, size_t top, size_t cursor)
{
	int lines = rect.lines - usage_draw_fixed(limits, frame, rect);

	return box_scroll(top, cursor, cursor, lines > 1 ? (size_t)lines : 1,
			  usage_draw_lines(summary));
}

void usage_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		const struct usage_draw *pane)
{
	struct drawing drawing = {
		.canvas = canvas,
		.pane = pane,
		.glyphs = glyphs_get(!canvas->ascii),
	};
	struct text title = {0}, note = {0};
	bool wide;

	text_append(&title, "usage by kind");
	if (pane->filter)
		text_append_format(&title, ", filter: %s", pane->filter);
	append_legend(&note, drawing.glyphs);
	/* The help has the signs, too; what the filter is stands here alone. */
	wide = utf8_columns(text_string(&title)) + utf8_columns(text_string(&note)) + TITLE_EDGES <=
	       (size_t)rect.columns;
	box_draw(canvas, frame, rect,
		 &(struct box){.title = text_string(&title),
			       .note = wide || !pane->filter ? text_string(&note) : NULL});
	lay_columns(&drawing.columns, frame_inside(frame, rect), frame->bordered);
	draw_lines(&drawing, frame, rect);
	text_finish(&title);
	text_finish(&note);
}
