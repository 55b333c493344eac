/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/difference/difference_draw.h"

#include "base/format.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/comparison.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/colour_mode.h"
#include "ui/difference/difference_columns.h"
#include "ui/picture/band_usage.h"
#include "ui/picture/bar.h"
#include "ui/scene.h"
#include "ui/text/amounts.h"
#include "ui/text/difference_words.h"

#define HEADING_LINES 3  /* what the sides are, what the columns are, the totals */
#define ROOMY_LINES   8  /* inside the pane, from which there are words about the row */
#define WIDE_COLUMNS  90 /* in which one line takes them as a rule */

struct drawing {
	struct canvas *canvas;
	const struct scene *scene;
	const struct difference_draw *pane;
	const struct diff *diff;
	struct difference_columns columns;
};

size_t difference_draw_row(const struct difference_draw *draw, size_t place)
{
	return draw->low_on_top ? place : draw->rows->count - 1 - place;
}

static int words_lines(struct rect inside)
{
	return inside.lines < ROOMY_LINES ? 0 : inside.columns < WIDE_COLUMNS ? 2 : 1;
}

size_t difference_draw_lines(const struct frame *frame, struct rect rect)
{
	const struct rect inside = frame_inside(frame, rect);
	int lines = inside.lines - HEADING_LINES - words_lines(inside);

	return lines > 0 ? (size_t)lines : 1;
}

static uint64_t height_of(const struct difference_draw *draw, size_t place)
{
	return draw->heights ? draw->heights[difference_draw_row(draw, place)] : 1;
}

bool difference_draw_place_at(const struct difference_draw *draw, const struct frame *frame,
			      struct rect rect, int line, size_t *ret_place)
{
	const struct rect inside = frame_inside(frame, rect);
	uint64_t at = (uint64_t)(line - inside.line - HEADING_LINES), passed = 0;

	if (line < inside.line + HEADING_LINES || at >= difference_draw_lines(frame, rect))
		return false;
	for (size_t place = draw->top; place < draw->rows->count; place++) {
		passed += height_of(draw, place);
		if (at < passed) {
			*ret_place = place;
			return true;
		}
	}
	return false;
}

static void write_amount(const struct drawing *drawing, int column, int line, uint64_t bytes,
			 enum role role)
{
	const bool known = bytes != TARGET_UNKNOWN;
	char size[FORMAT_SIZE_LENGTH];

	if (column)
		canvas_write_right(drawing->canvas, column, line, DIFFERENCE_SIZE_COLUMNS,
				   known ? format_size(size, bytes)
					 : drawing->scene->glyphs->unknown,
				   known ? role : ROLE_MUTED);
}

/* How much more b has; nothing where it is as much. Returns whether anything was written. */
static bool write_delta(const struct drawing *drawing, int column, int columns, int line,
			const char *before, const struct diff_sum *sum, enum diff_amount amount)
{
	char delta[AMOUNTS_LENGTH];
	struct text text = {0};
	int64_t bytes;

	if (!column || !diff_sum_delta(sum, amount, &bytes) || !bytes)
		return false;
	text_append_format(&text, "%s%s", before, amounts_delta(delta, bytes));
	canvas_write_right(drawing->canvas, column, line, columns, text_string(&text),
			   bytes > 0 ? ROLE_GREW : ROLE_SHRANK);
	text_finish(&text);
	return true;
}

static void write_deltas(const struct drawing *drawing, int line, const struct diff_sum *sum)
{
	const struct difference_columns *columns = &drawing->columns;
	bool written = write_delta(drawing, columns->delta, columns->delta_columns, line, "", sum,
				   DIFF_SIZE);

	if (columns->rss_delta)
		write_delta(drawing, columns->rss_delta, DIFFERENCE_DELTA_COLUMNS, line, "", sum,
			    DIFF_RSS);
	else if (!written && columns->delta_columns >= DIFFERENCE_NAMED_COLUMNS)
		write_delta(drawing, columns->delta, columns->delta_columns, line, "rss ", sum,
			    DIFF_RSS);
}

/* The bar of a side: as many of the band's lines as the side has of the larger one's size. */
struct side_bar {
	enum diff_side side;
	int line, lines;
	const struct vma *vma; /* the first mapping */
	enum role role;
};

static void draw_bar_line(const struct drawing *drawing, const struct diff_row *row,
			  const struct side_bar *bar, int line)
{
	const struct difference_side_columns *columns = &drawing->columns.sides[bar->side];
	const struct glyphs *glyphs = drawing->scene->glyphs;
	const uint64_t *size = &row->sum.amounts[DIFF_SIZE][bar->side];
	uint64_t rss = row->sum.amounts[DIFF_RSS][bar->side];
	uint64_t swap = row->sum.amounts[DIFF_SWAP][bar->side];
	const struct row_usage usage = {
		.known = rss != TARGET_UNKNOWN,
		.size = *size ? *size : 1,
		.resident = rss != TARGET_UNKNOWN ? rss : 0,
		.swapped = rss != TARGET_UNKNOWN && swap != TARGET_UNKNOWN ? swap : 0,
	};
	const bool run = row->count > 1;
	const bool idle = !run && (bar->vma->kind == KIND_GUARD || bar->vma->kind == KIND_RESERVE);

	bar_draw(drawing->canvas, glyphs,
		 &(struct bar){.column = columns->bar,
			       .line = line,
			       .columns = columns->bar_columns,
			       .glyph = run                 ? glyphs->fold
					: idle              ? glyphs->no_access
					: line == bar->line ? glyphs->bar_top
							    : glyphs->bar,
			       .role = bar->role,
			       .row = idle ? NULL : &usage});
}

/* Memory grows up from its lowest address; the stack down from its highest. */
static bool hangs(const struct drawing *drawing, const struct vma *vma)
{
	return (vma->kind == KIND_STACK) != drawing->pane->low_on_top;
}

static void draw_bar(const struct drawing *drawing, const struct diff_row *row, enum diff_side side,
		     const struct vma *vma, int line, int height)
{
	const uint64_t *sizes = row->sum.amounts[DIFF_SIZE];
	uint64_t most = sizes[DIFF_A] > sizes[DIFF_B] ? sizes[DIFF_A] : sizes[DIFF_B];
	struct side_bar bar = {.side = side, .line = line, .lines = height, .vma = vma};

	bar.role = row->count > 1 ? ROLE_FOLD : (enum role)(ROLE_KIND_TEXT + vma->kind);
	if (most)
		bar.lines = (int)(((unsigned __int128)sizes[side] * (unsigned)height + most / 2) /
				  most);
	bar.lines = bar.lines ? bar.lines : 1;
	if (!hangs(drawing, vma))
		bar.line += height - bar.lines;
	for (int i = 0; i < bar.lines; i++)
		draw_bar_line(drawing, row, &bar, bar.line + i);
}

/* What stands beside the bar, on the line that all sides have. */
static void write_side(const struct drawing *drawing, const struct diff_row *row,
		       enum diff_side side, const struct vma *vma, int line)
{
	const struct difference_side_columns *columns = &drawing->columns.sides[side];
	const bool protected = row->differences & 1U << DIFF_PROTECTED;
	uint32_t letter = drawing->scene->letters && row->count == 1
				  ? colour_mode_letter((enum role)(ROLE_KIND_TEXT + vma->kind))
				  : 0;
	char perms[PERMS_LENGTH];
	struct text text = {0};

	difference_words_append_name(&text, drawing->diff, row, side);
	if (protected && !columns->perms)
		text_append_format(&text, " %s", vma_perms(vma, perms));
	canvas_write(drawing->canvas, columns->label + row->member, line,
		     columns->label_columns - row->member, text_string(&text),
		     vma_is_writable_executable(vma) && row->count == 1 ? ROLE_DANGER
		     : row->differences                                 ? ROLE_DEFAULT
									: ROLE_MUTED);
	text_finish(&text);
	if (columns->perms && row->count == 1)
		canvas_write(drawing->canvas, columns->perms, line, DIFFERENCE_PERMS_COLUMNS,
			     vma_perms(vma, perms), protected ? ROLE_PROTECTED : ROLE_MUTED);
	write_amount(drawing, columns->rss, line, row->sum.amounts[DIFF_RSS][side], ROLE_DEFAULT);
	write_amount(drawing, columns->size, line, row->sum.amounts[DIFF_SIZE][side],
		     row->differences ? ROLE_VALUE : ROLE_MUTED);
	if (letter)
		canvas_put(drawing->canvas, columns->bar, line, letter,
			   (enum role)(ROLE_KIND_TEXT + vma->kind));
}

static void put_sign(const struct drawing *drawing, const struct diff_row *row, int line)
{
	const struct glyphs *glyphs = drawing->scene->glyphs;
	const struct {
		uint32_t sign;
		enum role role;
	} signs[DIFF_DIFFERENCES] = {
		[DIFF_APPEARED] = {glyphs->appeared, ROLE_APPEARED},
		[DIFF_VANISHED] = {glyphs->vanished, ROLE_GHOST},
		[DIFF_GREW] = {glyphs->grew, ROLE_GREW},
		[DIFF_SHRANK] = {glyphs->shrank, ROLE_SHRANK},
		[DIFF_PROTECTED] = {glyphs->protected, ROLE_PROTECTED},
		[DIFF_BECAME] = {glyphs->other, ROLE_PROTECTED},
		[DIFF_RESIDENT] = {glyphs->other, ROLE_MUTED},
	};

	for (int i = 0; i < DIFF_DIFFERENCES; i++)
		if (row->differences & 1U << i) {
			canvas_put(drawing->canvas, drawing->columns.sign, line, signs[i].sign,
				   signs[i].role);
			return;
		}
	canvas_put(drawing->canvas, drawing->columns.sign, line, '=', ROLE_MUTED);
}

/* The line that both sides have: where the address begins that does not move. */
static int named_line(const struct drawing *drawing, const struct diff_row *row, int line,
		      int height)
{
	const enum diff_side has = row->firsts[DIFF_B] == DIFF_NONE ? DIFF_A : DIFF_B;
	const struct vma *first = &drawing->diff->subjects[has].space->vmas[row->firsts[has]];

	return hangs(drawing, first) ? line : line + height - 1;
}

static void draw_row(const struct drawing *drawing, const struct diff_row *row, int line,
		     int height)
{
	const struct diff *diff = drawing->diff;
	const int named = named_line(drawing, row, line, height);

	for (int side = 0; side < DIFF_SIDES; side++) {
		const struct vma *vma;

		if (row->firsts[side] == DIFF_NONE)
			continue;
		vma = &diff->subjects[side].space->vmas[row->firsts[side]];
		draw_bar(drawing, row, (enum diff_side)side, vma, line, height);
		write_side(drawing, row, (enum diff_side)side, vma, named);
	}
	put_sign(drawing, row, named);
	write_deltas(drawing, named, &row->sum);
}

static void draw_rows(const struct drawing *drawing, struct rect inside, int lines)
{
	const struct difference_draw *pane = drawing->pane;
	int line = inside.line + HEADING_LINES, end = line + lines;

	for (size_t place = pane->top; place < pane->rows->count && line < end; place++) {
		uint64_t wanted = height_of(pane, place);
		int height = wanted < (uint64_t)(end - line) ? (int)wanted : end - line;

		const struct diff_row *row = &pane->rows->rows[difference_draw_row(pane, place)];

		draw_row(drawing, row, line, height);
		if (place == pane->cursor) {
			int named = named_line(drawing, row, line, height);

			canvas_set_ground(drawing->canvas, inside.column, named, inside.columns, 1,
					  ROLE_CURSOR);
			canvas_put(drawing->canvas, drawing->columns.marker, named,
				   drawing->scene->glyphs->marker, ROLE_MARKER);
		}
		line += height;
	}
}

/* "a  baseline, 10:36:02", what the columns are, and all mappings. */
static void draw_heading(const struct drawing *drawing, enum diff_side side, int line)
{
	const struct difference_side_columns *columns = &drawing->columns.sides[side];
	const struct diff_sum *total = &drawing->diff->total;
	const int end = side == DIFF_A ? drawing->columns.sides[DIFF_B].bar - 1
				       : drawing->columns.delta + drawing->columns.delta_columns;
	char number[FORMAT_NUMBER_LENGTH];
	struct text text = {0};

	canvas_put(drawing->canvas, columns->bar, line, side == DIFF_A ? 'a' : 'b', ROLE_LABEL);
	canvas_write(drawing->canvas, columns->bar + 2, line, end - columns->bar - 2,
		     drawing->pane->comparison->sides[side].heading, ROLE_VALUE);
	if (columns->perms)
		canvas_write(drawing->canvas, columns->perms, line + 1, DIFFERENCE_PERMS_COLUMNS,
			     "perm", ROLE_LABEL);
	if (columns->rss)
		canvas_write_right(drawing->canvas, columns->rss, line + 1, DIFFERENCE_SIZE_COLUMNS,
				   "rss", ROLE_LABEL);
	if (columns->size)
		canvas_write_right(drawing->canvas, columns->size, line + 1,
				   DIFFERENCE_SIZE_COLUMNS, "size", ROLE_LABEL);
	text_append_format(&text, "%s maps", format_number(number, total->mappings[side]));
	canvas_write(drawing->canvas, columns->label, line + 2, columns->label_columns,
		     text_string(&text), ROLE_DEFAULT);
	write_amount(drawing, columns->rss, line + 2, total->amounts[DIFF_RSS][side], ROLE_DEFAULT);
	write_amount(drawing, columns->size, line + 2, total->amounts[DIFF_SIZE][side], ROLE_VALUE);
	text_finish(&text);
}

static void draw_delta_heading(const struct drawing *drawing, int line)
{
	const struct difference_columns *columns = &drawing->columns;

	canvas_write_right(drawing->canvas, columns->delta, line, columns->delta_columns, "change",
			   ROLE_LABEL);
	if (columns->rss_delta)
		canvas_write_right(drawing->canvas, columns->rss_delta, line,
				   DIFFERENCE_DELTA_COLUMNS, "rss", ROLE_LABEL);
	write_deltas(drawing, line + 1, &drawing->diff->total);
}

static void draw_words(const struct drawing *drawing, struct rect inside)
{
	const struct difference_draw *pane = drawing->pane;
	struct text text = {0};

	if (!pane->rows->count)
		return;
	difference_words_append(&text, drawing->diff,
				&pane->rows->rows[difference_draw_row(pane, pane->cursor)]);
	box_write_wrapped(drawing->canvas, inside.column + 1,
			  inside.line + inside.lines - words_lines(inside), inside.columns - 2,
			  words_lines(inside), text_string(&text), ROLE_MUTED);
	text_finish(&text);
}

static void draw_inside(const struct drawing *drawing, const struct frame *frame,
			struct rect inside)
{
	const struct difference_draw *pane = drawing->pane;
	const int lines = inside.lines - HEADING_LINES - words_lines(inside);

	for (int side = 0; side < DIFF_SIDES; side++)
		draw_heading(drawing, (enum diff_side)side, inside.line);
	draw_delta_heading(drawing, inside.line + 1);
	draw_rows(drawing, inside, lines);
	if (words_lines(inside))
		draw_words(drawing, inside);
	if (frame->bordered && !pane->heights)
		box_draw_thumb(drawing->canvas, drawing->scene->glyphs->thumb,
			       &(struct box_part){.column = inside.column + inside.columns,
						  .line = inside.line + HEADING_LINES,
						  .lines = lines,
						  .from = pane->top,
						  .all = pane->rows->count});
}

static void append_note(struct text *text, const struct diff *diff)
{
	char differ[FORMAT_NUMBER_LENGTH], same[FORMAT_NUMBER_LENGTH];

	text_append_format(text, "%s differ, %s the same", format_number(differ, diff->item_count),
			   format_number(same, diff->unchanged));
}

void difference_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		     const struct difference_draw *draw, const struct scene *scene)
{
	const struct rect inside = frame_inside(frame, rect);
	struct drawing drawing = {.canvas = canvas, .scene = scene, .pane = draw};
	struct text note = {0};

	if (draw->comparison)
		append_note(&note, &draw->comparison->diff);
	box_draw(canvas, frame, rect,
		 &(struct box){.title = "side by side",
			       .note = draw->comparison ? text_string(&note) : NULL});
	text_finish(&note);
	if (!draw->comparison) {
		box_write_wrapped(canvas, inside.column + frame->bordered, inside.line,
				  inside.columns - 2 * frame->bordered, inside.lines,
				  "Comparing...", ROLE_MUTED);
		return;
	}
	drawing.diff = &draw->comparison->diff;
	difference_columns_lay(&drawing.columns, inside);
	draw_inside(&drawing, frame, inside);
}
