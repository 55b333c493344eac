/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/sites_draw.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/format.h"
#include "base/text.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/glyphs.h"
#include "ui/text/site_words.h"

#define HEADING_LINES 1
#define INDENT        2  /* columns of a level */
#define INDENT_MOST   24 /* deeper ones stand no further to the right */
#define NAME_LEAST    24 /* columns that a function has at least */
#define SECOND_NS     1e9

enum column { COLUMN_BYTES, COLUMN_SHARE, COLUMN_RATE, COLUMN_TREND, COLUMN_BY, COLUMNS };

static const struct {
	const char *heading;
	int columns;
	int rank; /* the lower, the longer it stays when it gets narrow */
} columns[COLUMNS] = {
	[COLUMN_BYTES] = {"touched", 7, 0}, [COLUMN_SHARE] = {"share", 6, 1},
	[COLUMN_RATE] = {"rate/s", 7, 2},   [COLUMN_TREND] = {"trend", CALL_SITES_STEPS - 1, 4},
	[COLUMN_BY] = {"by", 7, 3},
};

struct drawing {
	struct canvas *canvas;
	const struct sites_draw *pane;
	const struct glyphs *glyphs;
	struct rect inside;
	int left, name, shown; /* where values and functions begin; how many ranks have room */
};

static int column_of(const struct drawing *drawing, enum column column)
{
	int at = drawing->left;

	for (int i = 0; i < (int)column; i++)
		if (columns[i].rank < drawing->shown)
			at += columns[i].columns + 1;
	return at;
}

static void write_value(const struct drawing *drawing, int line, enum column column,
			const char *string, enum role role)
{
	if (columns[column].rank < drawing->shown)
		canvas_write_right(drawing->canvas, column_of(drawing, column), line,
				   columns[column].columns, string, role);
}

/* The complete seconds, the newest at the right, each as a part of the greatest. */
static void draw_trend(const struct drawing *drawing, int line, const struct call_site *site)
{
	uint64_t most = 0;

	if (columns[COLUMN_TREND].rank >= drawing->shown)
		return;
	for (int i = 0; i < CALL_SITES_STEPS - 1; i++)
		most = site->steps[i] > most ? site->steps[i] : most;
	for (int i = 0; i < CALL_SITES_STEPS - 1; i++) {
		const uint64_t value = site->steps[i];
		const int level =
			most ? (int)((double)value / (double)most * (GLYPHS_TREND - 1)) : 0;

		if (value)
			canvas_put(drawing->canvas, column_of(drawing, COLUMN_TREND) + i, line,
				   drawing->glyphs->trend[level], ROLE_CHART);
	}
}

static const char *by_word(const struct call_site *site)
{
	switch (call_site_source(site)) {
	case CALL_STACK_FRAME_POINTERS: return "frames";
	case CALL_STACK_UNWOUND: return "unwound";
	default: return "address";
	}
}

static void draw_values(const struct drawing *drawing, int at, const struct sites_line *line)
{
	const struct call_sites *sites = drawing->pane->sites;
	const struct call_site *site = &sites->sites[line->site];
	const uint64_t rate = call_site_rate(site, &sites->listening);
	char words[FORMAT_SIZE_LENGTH], share[16];

	snprintf(share, sizeof(share), "%.1f%%",
		 sites->bytes ? 100 * (double)line->bytes / (double)sites->bytes : 0);
	write_value(drawing, at, COLUMN_BYTES, format_size(words, line->bytes), ROLE_VALUE);
	write_value(drawing, at, COLUMN_SHARE, share, ROLE_DEFAULT);
	if (!line->is_site)
		return;
	write_value(drawing, at, COLUMN_RATE, format_size(words, rate),
		    rate ? ROLE_DEFAULT : ROLE_MUTED);
	draw_trend(drawing, at, site);
	if (columns[COLUMN_BY].rank < drawing->shown)
		canvas_write(drawing->canvas, column_of(drawing, COLUMN_BY), at,
			     columns[COLUMN_BY].columns, by_word(site), ROLE_MUTED);
}

static void draw_line(const struct drawing *drawing, int at, const struct sites_line *line)
{
	const int wanted = line->depth * INDENT;
	const int indent = wanted < INDENT_MOST ? wanted : INDENT_MOST;
	const int end = drawing->inside.column + drawing->inside.columns;
	int column = drawing->name + indent;
	struct text text = {0};

	draw_values(drawing, at, line);
	site_words_append_function(&text, line->frame);
	column += canvas_write(drawing->canvas, column, at, end - column, text_string(&text),
			       ROLE_DEFAULT);
	text_clear(&text);
	site_words_append_source(&text, line->frame);
	canvas_write(drawing->canvas, column, at, end - column, text_string(&text), ROLE_MUTED);
	text_finish(&text);
}

static void draw_heading(const struct drawing *drawing, int line)
{
	const enum sites_order order = drawing->pane->order;

	for (int i = 0; i < COLUMNS; i++) {
		if (order != SITES_LIST && i > COLUMN_SHARE)
			continue;
		if (i == COLUMN_BY && columns[i].rank < drawing->shown)
			canvas_write(drawing->canvas, column_of(drawing, COLUMN_BY), line,
				     columns[i].columns, columns[i].heading, ROLE_LABEL);
		else
			write_value(drawing, line, (enum column)i, columns[i].heading, ROLE_LABEL);
	}
	canvas_write(drawing->canvas, drawing->name, line,
		     drawing->inside.column + drawing->inside.columns - drawing->name,
		     order == SITES_LIST      ? "call site"
		     : order == SITES_CALLERS ? "call site, and who called it"
					      : "function, and what it called",
		     ROLE_LABEL);
}

/* Lines that the words take below the list. */
static int words_lines(const struct drawing *drawing)
{
	const struct sites_draw *pane = drawing->pane;
	int lines;

	if (!*pane->words)
		return 0;
	lines = box_wrapped_lines(drawing->inside.columns, pane->words);
	return lines < drawing->inside.lines / 3 ? lines : drawing->inside.lines / 3;
}

static int list_lines_in(const struct drawing *drawing)
{
	int lines = drawing->inside.lines - HEADING_LINES - words_lines(drawing);

	return lines > 0 ? lines : 1;
}

/* A tree has no rate, trend and source: its functions begin where these would stand. */
static void lay_columns(struct drawing *drawing, bool bordered)
{
	const int end = drawing->inside.column + drawing->inside.columns;
	const int most = drawing->pane->order == SITES_LIST ? COLUMNS : 2;

	drawing->left = drawing->inside.column + bordered;
	drawing->name = drawing->left;
	for (drawing->shown = most; drawing->shown > 1; drawing->shown--) {
		drawing->name = column_of(drawing, COLUMNS) + 1;
		if (end - drawing->name >= NAME_LEAST)
			return;
	}
	drawing->name = column_of(drawing, COLUMNS) + 1;
}

static void draw_list(const struct drawing *drawing, const struct frame *frame, struct rect rect)
{
	const struct sites_draw *pane = drawing->pane;
	const struct rect inside = drawing->inside;
	const int lines = list_lines_in(drawing);

	draw_heading(drawing, inside.line);
	for (int i = 0; i < lines && pane->top + (size_t)i < pane->lines->count; i++) {
		const size_t line = pane->top + (size_t)i;
		const int at = inside.line + HEADING_LINES + i;

		draw_line(drawing, at, &pane->lines->lines[line]);
		if (line == pane->cursor)
			canvas_set_ground(drawing->canvas, inside.column, at, inside.columns, 1,
					  ROLE_CURSOR);
	}
	if (*pane->words)
		box_write_wrapped(drawing->canvas, drawing->left,
				  inside.line + HEADING_LINES + lines, inside.columns - 2,
				  words_lines(drawing), pane->words, ROLE_MUTED);
	if (frame->bordered)
		box_draw_thumb(drawing->canvas, drawing->glyphs->thumb,
			       &(struct box_part){.column = rect.column + rect.columns - 1,
						  .line = inside.line + HEADING_LINES,
						  .lines = lines,
						  .from = pane->top,
						  .all = pane->lines->count});
}

static void append_title(struct text *title, const struct sites_draw *pane)
{
	char size[FORMAT_SIZE_LENGTH];

	text_append(title, "call sites");
	if (!pane->sites)
		return;
	text_append_format(title, ", %s touched", format_size(size, pane->sites->bytes));
	if (pane->since)
		text_append_format(title, " since %s", pane->since);
	if (pane->all_frames && pane->order != SITES_LIST)
		text_append(title, ", all functions");
}

static void append_note(struct text *note, const struct listening *listening)
{
	text_append_format(note, "1 of %" PRIu64 " faults", listening->period);
	if (listening->rest_ns)
		text_append_format(note, ", %.3g of %.3g s",
				   (double)listening->window_ns / SECOND_NS,
				   (double)(listening->window_ns + listening->rest_ns) / SECOND_NS);
	if (listening->lost)
		text_append_format(note, ", %" PRIu64 " lost", listening->lost);
	if (listening->slowdown >= 0)
		text_append_format(note, ", slows it %.1f %%", 100 * listening->slowdown);
}

static struct drawing make_drawing(struct canvas *canvas, const struct frame *frame,
				   struct rect rect, const struct sites_draw *pane)
{
	struct drawing drawing = {
		.canvas = canvas, .pane = pane, .inside = frame_inside(frame, rect)};

	lay_columns(&drawing, frame->bordered);
	return drawing;
}

void sites_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		const struct sites_draw *pane)
{
	struct drawing drawing = make_drawing(canvas, frame, rect, pane);
	struct text title = {0}, note = {0};

	drawing.glyphs = glyphs_get(!canvas->ascii);
	append_title(&title, pane);
	if (pane->sites)
		append_note(&note, &pane->sites->listening);
	box_draw(canvas, frame, rect,
		 &(struct box){.title = text_string(&title),
			       .note = note.length ? text_string(&note) : NULL});
	if (pane->sites && pane->lines->count)
		draw_list(&drawing, frame, rect);
	else
		box_write_wrapped(
			canvas, drawing.inside.column + frame->bordered, drawing.inside.line,
			drawing.inside.columns - 2 * frame->bordered, drawing.inside.lines,
			pane->sites ? "No new page was touched yet." : pane->words, ROLE_MUTED);
	text_finish(&title);
	text_finish(&note);
}

int sites_draw_wanted(const struct frame *frame, int width, const struct sites_draw *pane)
{
	const struct rect rect = {0, 0, width, 3};
	const struct rect inside = frame_inside(frame, rect);
	const int border = rect.lines - inside.lines;

	if (pane->sites && pane->lines->count)
		return border + HEADING_LINES + (int)pane->lines->count + (*pane->words ? 2 : 0);
	return border + box_wrapped_lines(inside.columns - 2 * frame->bordered,
					  pane->sites ? "No" : pane->words);
}

size_t sites_draw_scroll(const struct frame *frame, struct rect rect, const struct sites_draw *pane)
{
	const struct drawing drawing = make_drawing(NULL, frame, rect, pane);

	return box_scroll(pane->top, pane->cursor, pane->cursor, (size_t)list_lines_in(&drawing),
			  pane->lines->count);
}
