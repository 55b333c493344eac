/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picker_pane.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/format.h"
#include "base/utf8.h"
#include "model/process.h"
#include "model/target.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/footer.h"
#include "ui/glyphs.h"
#include "ui/pane.h"
#include "ui/picker.h"

#define WIDE_FROM      100 /* columns from which states are words and users have more room */
#define CLOCK_FROM     60
#define COMMAND_LEAST  6  /* columns of the command that a note beside it leaves */
#define LEAVE_COLUMNS  11 /* of the footer, that leaving always has */
#define BRANCH_COLUMNS 2

/* A column but the last, which is the command's. */
struct column {
	int at, columns; /* 0 columns: not shown */
};

/* The pane while it is drawn. */
struct drawing {
	struct canvas *canvas;
	const struct picker *picker;
	struct rect inside;
	struct column columns[PICKER_COLUMNS];
};

/* How wide each is, and the columns inside the pane from which there is room for it. */
static const struct {
	int columns, wide, from;
	bool right;
} layout[PICKER_COLUMNS] = {
	[PICKER_PID] = {7, 7, 0, true},      [PICKER_USER] = {8, 12, 46, false},
	[PICKER_STATE] = {2, 8, 66, false},  [PICKER_THREADS] = {5, 5, 60, true},
	[PICKER_RSS] = {7, 7, 0, true},      [PICKER_SIZE] = {7, 7, 54, true},
	[PICKER_COMMAND] = {0, 0, 0, false},
};

static void lay_columns(struct drawing *drawing)
{
	int at = drawing->inside.column + 1, end = drawing->inside.column + drawing->inside.columns;
	bool wide = drawing->inside.columns >= WIDE_FROM;

	for (int i = 0; i < PICKER_COMMAND; i++) {
		if (drawing->inside.columns < layout[i].from)
			continue;
		drawing->columns[i] =
			(struct column){at, wide ? layout[i].wide : layout[i].columns};
		at += drawing->columns[i].columns + 1;
	}
	drawing->columns[PICKER_COMMAND] = (struct column){at, end - at - 1};
}

static void write_cell(const struct drawing *drawing, enum picker_column column, int line,
		       const char *text, enum role role)
{
	const struct column *cell = &drawing->columns[column];

	if (layout[column].right)
		canvas_write_right(drawing->canvas, cell->at, line, cell->columns, text, role);
	else
		canvas_write(drawing->canvas, cell->at, line, cell->columns, text, role);
}

/* The column that is sorted by has a sign: which way. */
static void draw_headings(const struct drawing *drawing, int line)
{
	const struct picker_order *order = &drawing->picker->order;

	for (int i = 0; i < PICKER_COLUMNS; i++) {
		const char *heading = picker_rows_heading((enum picker_column)i);
		bool sorted = order->column == (enum picker_column)i, right = layout[i].right;
		bool descends = picker_rows_descends((enum picker_column)i) != order->reversed;
		uint32_t sign =
			descends ? drawing->picker->glyphs->shrank : drawing->picker->glyphs->grew;
		struct text text = {0};
		char bytes[4];

		if (sorted && right)
			text_append_bytes(&text, bytes, utf8_encode(sign, bytes));
		if (i == PICKER_STATE && drawing->columns[i].columns < (int)strlen(heading))
			text_append(&text, "S");
		else
			text_append(&text, heading);
		if (sorted && !right)
			text_append_bytes(&text, bytes, utf8_encode(sign, bytes));
		write_cell(drawing, (enum picker_column)i, line, text_string(&text),
			   sorted ? ROLE_TITLE : ROLE_LABEL);
		text_finish(&text);
	}
}

/* The lines of the tree before a process; of many levels the last ones. */
static void append_branches(struct text *text, const struct drawing *drawing,
			    const struct picker_row *row)
{
	static const char *const unicode[] = {"  ", "│ ", "└─", "├─"};
	static const char *const ascii[] = {"  ", "| ", "`-", "|-"};
	const char *const *signs = drawing->canvas->ascii ? ascii : unicode;
	int room = drawing->columns[PICKER_COMMAND].columns / 2 / BRANCH_COLUMNS;
	uint32_t first = row->depth > (uint32_t)room ? row->depth - (uint32_t)room + 1 : 1;

	for (uint32_t depth = first; depth <= row->depth; depth++)
		text_append(text, signs[(row->branches >> depth & 1) + (depth == row->depth) * 2]);
}

/* Why a process cannot be watched, or that it is watched already; NULL: nothing to note. */
static const char *note_of(const struct picker *picker, const struct process *process)
{
	if (picker->watched && process->pid == picker->watched &&
	    process->start_ticks == picker->watched_start)
		return "watched";
	return process_access_words(process->access);
}

static void draw_command(const struct drawing *drawing, int line, const struct picker_row *row,
			 enum role role)
{
	const char *command = picker_rows_command(row->process);
	const char *note = note_of(drawing->picker, row->process);
	struct column cell = drawing->columns[PICKER_COMMAND];
	struct text text = {0};

	if (note && cell.columns - (int)strlen(note) - 2 >= COMMAND_LEAST) {
		canvas_write_right(drawing->canvas, cell.at, line, cell.columns, note,
				   row->process->access == PROCESS_READABLE ? ROLE_LIVE
									    : ROLE_MUTED);
		cell.columns -= (int)strlen(note) + 2;
	}
	append_branches(&text, drawing, row);
	cell.at += canvas_write(drawing->canvas, cell.at, line, cell.columns, text_string(&text),
				ROLE_BORDER);
	cell.columns -= (int)utf8_columns(text_string(&text));
	text_clear(&text);
	utf8_append_escaped(&text, command, strlen(command));
	canvas_write(drawing->canvas, cell.at, line, cell.columns, text_string(&text), role);
	text_finish(&text);
}

static void write_size(const struct drawing *drawing, enum picker_column column, int line,
		       uint64_t bytes, enum role role)
{
	char size[FORMAT_SIZE_LENGTH];
	bool known = bytes != TARGET_UNKNOWN;

	write_cell(drawing, column, line,
		   known ? format_size(size, bytes) : drawing->picker->glyphs->unknown,
		   known ? role : ROLE_MUTED);
}

static void write_user(const struct drawing *drawing, int line, const struct process *process,
		       enum role role)
{
	struct text text = {0};

	if (process->user)
		utf8_append_escaped(&text, process->user, strlen(process->user));
	else
		text_append_format(&text, "%" PRIu64, process->uid);
	write_cell(drawing, PICKER_USER, line, text_string(&text), role);
	text_finish(&text);
}

/* What cannot be watched, or is there for its children only, is dim. */
static void draw_row(const struct drawing *drawing, int line, const struct picker_row *row)
{
	const struct process *process = row->process;
	bool dim = process->access != PROCESS_READABLE || !row->match;
	enum role plain = dim ? ROLE_MUTED : ROLE_DEFAULT, value = dim ? ROLE_MUTED : ROLE_VALUE;
	char number[16], state[2] = {process->state, '\0'};

	snprintf(number, sizeof(number), "%" PRId32, process->pid);
	write_cell(drawing, PICKER_PID, line, number, dim ? ROLE_MUTED : ROLE_ADDRESS);
	write_user(drawing, line, process, plain);
	write_cell(drawing, PICKER_STATE, line,
		   drawing->columns[PICKER_STATE].columns > 2 ? target_state_words(process->state)
							      : state,
		   plain);
	snprintf(number, sizeof(number), "%" PRIu32, process->threads);
	write_cell(drawing, PICKER_THREADS, line, number, plain);
	write_size(drawing, PICKER_RSS, line, process->rss, value);
	write_size(drawing, PICKER_SIZE, line, process->size, plain);
	draw_command(drawing, line, row, plain);
}

size_t picker_pane_row_at(const struct picker *picker, int line)
{
	struct rect inside = frame_inside(&picker->frame, picker->frame.picture);
	int at = line - inside.line - 1;

	if (picker->frame.too_small || at < 0 || (size_t)at >= picker_lines(picker) ||
	    picker->top + (size_t)at >= picker->rows.count)
		return PICKER_PANE_NO_ROW;
	return picker->top + (size_t)at;
}

enum picker_column picker_pane_heading_at(const struct picker *picker, int column, int line)
{
	struct drawing drawing = {.inside = frame_inside(&picker->frame, picker->frame.picture)};
	int at = PICKER_COLUMNS;

	if (picker->frame.too_small || line != drawing.inside.line)
		return PICKER_COLUMNS;
	lay_columns(&drawing);
	while (at-- > 0)
		if (column >= drawing.columns[at].at &&
		    column < drawing.columns[at].at + drawing.columns[at].columns)
			return (enum picker_column)at;
	return PICKER_COLUMNS;
}

static void draw_rows(const struct drawing *drawing)
{
	const struct picker *picker = drawing->picker;
	struct rect rows = drawing->inside;

	rows.line++;
	rows.lines--;
	for (int i = 0; i < rows.lines; i++) {
		size_t row = picker_pane_row_at(picker, rows.line + i);

		if (row == PICKER_PANE_NO_ROW)
			break;
		draw_row(drawing, rows.line + i, &picker->rows.rows[row]);
		if (row != picker->cursor)
			continue;
		canvas_put(drawing->canvas, rows.column, rows.line + i, picker->glyphs->marker,
			   ROLE_MARKER);
		canvas_set_ground(drawing->canvas, rows.column, rows.line + i, rows.columns, 1,
				  ROLE_CURSOR);
	}
	if (picker->frame.bordered)
		pane_draw_thumb(drawing->canvas, picker->glyphs->thumb,
				&(struct pane_part){
					.column = rows.column + rows.columns,
					.line = rows.line,
					.lines = rows.lines,
					.from = picker->top,
					.all = picker->rows.count,
				});
}

/* Why there are no rows. */
static const char *why_empty(const struct picker *picker)
{
	if (!picker->list)
		return "Listing the processes.";
	return picker->list->count ? "No process matches; Esc shows all again."
				   : "There is no other process.";
}

static void draw_pane(const struct drawing *drawing)
{
	const struct picker *picker = drawing->picker;
	struct rect inside = drawing->inside;
	struct text title = {0};

	text_append_format(&title, "processes by %s",
			   picker->order.column == PICKER_THREADS
				   ? "threads"
				   : picker_rows_heading(picker->order.column));
	if (picker->order.reversed)
		text_append(&title, ", reversed");
	pane_draw(drawing->canvas, &picker->frame, picker->frame.picture,
		  &(struct pane){.title = text_string(&title),
				 .note = picker->order.tree ? "tree" : NULL});
	text_finish(&title);
	draw_headings(drawing, inside.line);
	if (picker->rows.count)
		draw_rows(drawing);
	else
		pane_write_wrapped(drawing->canvas, inside.column + 1, inside.line + 1,
				   inside.columns - 2, inside.lines - 1, why_empty(picker),
				   ROLE_MUTED);
}

static void draw_header(struct canvas *canvas, const struct picker *picker, const char *clock)
{
	int columns = picker->frame.columns, end = columns - 1, column;
	struct text text = {0};

	column = 1 + canvas_write(canvas, 1, 0, columns - 2, "vastop", ROLE_LABEL);
	if (columns >= CLOCK_FROM) {
		canvas_write_right(canvas, 0, 0, end, clock, ROLE_MUTED);
		end -= (int)strlen(clock) + 2;
	}
	if (picker->list && picker->pattern)
		text_append_format(&text, "%zu of %zu", picker->rows.matches, picker->list->count);
	else if (picker->list)
		text_append_format(&text, "%zu", picker->list->count);
	canvas_write_right(canvas, 0, 0, end, text_string(&text), ROLE_VALUE);
	end -= (int)text.length + 2;
	canvas_write(canvas, column + 1, 0, end - column - 1, "which process?", ROLE_HEADER);
	text_finish(&text);
	column = prompt_draw(&picker->narrow, canvas, 1, 1, columns - 2, "narrow: ");
	if (picker->narrow.length)
		return;
	canvas_write(canvas, column + 2, 1, columns - column - 3,
		     columns < CLOCK_FROM ? "type to narrow the list"
					  : "type a part of the command, user or pid",
		     ROLE_MUTED);
}

/* Draws the keys; returns the one that stands at a column, 0: none. */
static uint32_t draw_keys(struct canvas *canvas, const struct picker *picker, int at)
{
	int column = 1, line = picker->frame.footer.line;
	uint32_t found = 0;
	size_t count;
	const struct picker_command *table = picker_command_table(&count);

	for (size_t i = 0; i < count; i++) {
		bool leaves = !strcmp(table[i].name, "leave") || !strcmp(table[i].name, "quit");
		int end = picker->frame.columns - (leaves ? 0 : LEAVE_COLUMNS), columns;
		char name[KEY_NAME_LENGTH];
		const char *key =
			table[i].label ? table[i].label : key_name(table[i].keys[0], name);

		if (!table[i].footer ||
		    column + (int)(strlen(key) + 1 + strlen(table[i].footer)) > end)
			continue;
		columns = footer_draw_key(canvas, column, line, key, table[i].footer);
		if (at >= column && at < column + columns)
			found = table[i].keys[0];
		column += columns + 2;
	}
	return found;
}

static bool says_something(const struct picker *picker)
{
	return picker->message.length || picker->mistake[0];
}

uint32_t picker_pane_key_at(const struct picker *picker, int column, int line)
{
	struct canvas nothing = {0};

	if (picker->frame.too_small || line != picker->frame.footer.line || says_something(picker))
		return 0;
	return draw_keys(&nothing, picker, column);
}

static void draw_footer(struct canvas *canvas, const struct picker *picker)
{
	struct text text = {0};

	if (picker->message.length) {
		footer_draw_sentence(canvas, picker->frame.footer, text_string(&picker->message),
				     ROLE_MESSAGE);
	} else if (picker->mistake[0]) {
		text_append_format(&text, "Nothing is narrowed: %s.", picker->mistake);
		footer_draw_sentence(canvas, picker->frame.footer, text_string(&text),
				     ROLE_WARNING);
		text_finish(&text);
	} else {
		draw_keys(canvas, picker, -1);
	}
}

void picker_pane_draw(struct canvas *canvas, const struct picker *picker, const char *clock)
{
	struct drawing drawing = {
		.canvas = canvas,
		.picker = picker,
		.inside = frame_inside(&picker->frame, picker->frame.picture),
	};

	if (picker->frame.too_small) {
		pane_draw_too_small(canvas, &picker->frame);
		return;
	}
	draw_header(canvas, picker, clock);
	lay_columns(&drawing);
	draw_pane(&drawing);
	draw_footer(canvas, picker);
}
