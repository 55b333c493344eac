/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/processes/processes_draw.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/process.h"
#include "model/target.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/processes/process_list.h"
#include "ui/scene.h"

#define WIDE_FROM      100 /* columns from which states are words and users have more room */
#define CLOCK_FROM     60
#define COMMAND_LEAST  6 /* columns of the command that a note beside it leaves */
#define BRANCH_COLUMNS 2

/* A column but the last, which is the command's. */
struct column {
	int at, columns; /* 0 columns: not shown */
};

/* The pane while it is drawn. */
struct drawing {
	struct canvas *canvas;
	const struct picker *picker;
	const struct glyphs *glyphs;
	const struct frame *frame;
	struct rect rect, inside; /* with its border, and within */
	struct column columns[PICKER_COLUMNS];
};

/* How wide each is, and the columns inside the pane from which there is room for it. */
static const struct {
	int columns, wide, from;
	bool right;
} layout[PICKER_COLUMNS] = {
	[PICKER_PID] = {7, 7, 0, true},       [PICKER_USER] = {8, 12, 46, false},
	[PICKER_STATE] = {2, 10, 66, false},  [PICKER_THREADS] = {5, 5, 60, true},
	[PICKER_RSS] = {7, 7, 0, true},       [PICKER_SIZE] = {7, 7, 54, true},
	[PICKER_MAPPINGS] = {6, 6, 72, true}, [PICKER_UNIT] = {20, 20, 110, false},
	[PICKER_COMMAND] = {0, 0, 0, false},
};

/* Where no process has a unit that is known, the command has the room. */
static bool has_column(const struct drawing *drawing, int column)
{
	const struct process_list *list = drawing->picker->list;

	if (column == PICKER_UNIT && !(list && list->has_units))
		return false;
	return drawing->inside.columns >= layout[column].from;
}

static void lay_columns(struct drawing *drawing)
{
	int at = drawing->inside.column + 1, end = drawing->inside.column + drawing->inside.columns;
	bool wide = drawing->inside.columns >= WIDE_FROM;

	for (int i = 0; i < PICKER_COMMAND; i++) {
		if (!has_column(drawing, i))
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
		uint32_t sign = descends ? drawing->glyphs->shrank : drawing->glyphs->grew;
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
		   known ? format_size(size, bytes) : drawing->glyphs->unknown,
		   known ? role : ROLE_MUTED);
}

static void write_words(const struct drawing *drawing, enum picker_column column, int line,
			const char *words, enum role role)
{
	struct text text = {0};

	utf8_append_escaped(&text, words, strlen(words));
	write_cell(drawing, column, line, text_string(&text), role);
	text_finish(&text);
}

/* Near to the limit they stand out. */
static void write_mappings(const struct drawing *drawing, int line, const struct process *process,
			   enum role role)
{
	const uint64_t most = drawing->picker->list->mappings_max;
	char number[FORMAT_NUMBER_LENGTH];

	if (process->mappings == TARGET_UNKNOWN)
		write_cell(drawing, PICKER_MAPPINGS, line, drawing->glyphs->unknown, ROLE_MUTED);
	else
		write_cell(drawing, PICKER_MAPPINGS, line, format_number(number, process->mappings),
			   most != TARGET_UNKNOWN && process->mappings >= most - most / 5
				   ? ROLE_WARNING
				   : role);
}

/* What cannot be watched, or is there for its children only, is dim. */
static void draw_row(const struct drawing *drawing, int line, const struct picker_row *row)
{
	const struct process *process = row->process;
	bool dim = process->access != PROCESS_READABLE || !row->match;
	enum role plain = dim ? ROLE_MUTED : ROLE_DEFAULT, value = dim ? ROLE_MUTED : ROLE_VALUE;
	char number[24], state[2] = {process->state, '\0'};

	snprintf(number, sizeof(number), "%" PRId32, process->pid);
	write_cell(drawing, PICKER_PID, line, number, dim ? ROLE_MUTED : ROLE_ADDRESS);
	snprintf(number, sizeof(number), "%" PRIu64, process->uid);
	write_words(drawing, PICKER_USER, line, process->user ? process->user : number, plain);
	write_cell(drawing, PICKER_STATE, line,
		   process->state == '?'                        ? drawing->glyphs->unknown
		   : drawing->columns[PICKER_STATE].columns > 2 ? target_state_words(process->state)
								: state,
		   process->state == '?' ? ROLE_MUTED : plain);
	snprintf(number, sizeof(number), "%" PRIu32, process->threads);
	write_cell(drawing, PICKER_THREADS, line, number, plain);
	write_size(drawing, PICKER_RSS, line, process->rss, value);
	write_size(drawing, PICKER_SIZE, line, process->size, plain);
	write_mappings(drawing, line, process, plain);
	write_words(drawing, PICKER_UNIT, line,
		    process->unit ? process->unit : drawing->glyphs->unknown,
		    process->unit ? plain : ROLE_MUTED);
	draw_command(drawing, line, row, plain);
}

size_t processes_draw_lines(const struct frame *frame, struct rect rect)
{
	int lines = frame_inside(frame, rect).lines - 1;

	return lines > 0 ? (size_t)lines : 1;
}

size_t processes_draw_row_at(const struct picker *picker, const struct frame *frame,
			     struct rect rect, int line)
{
	int at = line - frame_inside(frame, rect).line - 1;

	if (at < 0 || (size_t)at >= picker->lines || picker->top + (size_t)at >= picker->rows.count)
		return PROCESSES_DRAW_NO_ROW;
	return picker->top + (size_t)at;
}

enum picker_column processes_draw_heading_at(const struct picker *picker, const struct frame *frame,
					     struct rect rect, int column, int line)
{
	struct drawing drawing = {.picker = picker, .inside = frame_inside(frame, rect)};
	int at = PICKER_COLUMNS;

	if (line != drawing.inside.line)
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
		size_t row = picker->top + (size_t)i;

		if (row >= picker->rows.count)
			break;
		draw_row(drawing, rows.line + i, &picker->rows.rows[row]);
		if (row != picker->cursor)
			continue;
		canvas_put(drawing->canvas, rows.column, rows.line + i, drawing->glyphs->marker,
			   ROLE_MARKER);
		canvas_set_ground(drawing->canvas, rows.column, rows.line + i, rows.columns, 1,
				  ROLE_CURSOR);
	}
	if (drawing->frame->bordered)
		box_draw_thumb(drawing->canvas, drawing->glyphs->thumb,
			       &(struct box_part){
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

/* What stands at the right in the border: what the numbers of mappings are near to or not. */
static void append_note(struct text *text, const struct drawing *drawing)
{
	const struct picker *picker = drawing->picker;
	char number[FORMAT_NUMBER_LENGTH];

	if (drawing->columns[PICKER_MAPPINGS].columns && picker->list &&
	    picker->list->mappings_max != TARGET_UNKNOWN)
		text_append_format(text, "maps of %s  ",
				   format_number(number, picker->list->mappings_max));
	text_append(text, picker->order.tree ? "tree  Esc leaves" : "Esc leaves");
}

static void draw_pane(const struct drawing *drawing)
{
	const struct picker *picker = drawing->picker;
	struct rect inside = drawing->inside;
	struct text title = {0}, note = {0};

	text_append_format(&title, "processes by %s",
			   picker->order.column == PICKER_THREADS
				   ? "threads"
				   : picker_rows_heading(picker->order.column));
	if (picker->order.reversed)
		text_append(&title, ", reversed");
	append_note(&note, drawing);
	box_draw(drawing->canvas, drawing->frame, drawing->rect,
		 &(struct box){.title = text_string(&title), .note = text_string(&note)});
	text_finish(&title);
	text_finish(&note);
	draw_headings(drawing, inside.line);
	if (picker->rows.count)
		draw_rows(drawing);
	else
		box_write_wrapped(drawing->canvas, inside.column + 1, inside.line + 1,
				  inside.columns - 2, inside.lines - 1, why_empty(picker),
				  ROLE_MUTED);
}

static void draw_header(struct canvas *canvas, const struct picker *picker, int columns,
			const char *clock)
{
	int end = columns - 1, column;
	struct text text = {0};

	column = 1 + canvas_write(canvas, 1, 0, columns - 2, "vastop", ROLE_LABEL);
	if (clock && columns >= CLOCK_FROM) {
		canvas_write_right(canvas, 0, 0, end, clock, ROLE_MUTED);
		end -= (int)strlen(clock) + 2;
	}
	if (picker->list && picker->pattern)
		text_append_format(&text, "%zu of %zu", picker->rows.matches, picker->list->count);
	else if (picker->list)
		text_append_format(&text, "%zu", picker->list->count);
	if (picker->list) {
		const char *word = picker->list->count == 1 ? "process" : "processes";

		canvas_write_right(canvas, 0, 0, end, word, ROLE_LABEL);
		end -= (int)strlen(word) + 1;
	}
	canvas_write_right(canvas, 0, 0, end, text_string(&text), ROLE_VALUE);
	end -= (int)text.length + 2;
	canvas_write(canvas, column + 1, 0, end - column - 1, "which process?", ROLE_HEADER);
	text_finish(&text);
	column = prompt_draw(&picker->narrow, canvas, 1, 1, columns - 2, "filter: ");
	if (picker->narrow.length)
		return;
	canvas_write(canvas, column + 2, 1, columns - column - 3,
		     columns < CLOCK_FROM ? "type to filter the list"
					  : "type a part of the command, user, unit or pid",
		     ROLE_MUTED);
}

void processes_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		    const struct picker *picker, const struct scene *scene)
{
	struct drawing drawing = {
		.canvas = canvas,
		.picker = picker,
		.glyphs = scene->glyphs,
		.frame = frame,
		.rect = rect,
		.inside = frame_inside(frame, rect),
	};

	draw_header(canvas, picker, frame->columns, scene->status->clock);
	lay_columns(&drawing);
	draw_pane(&drawing);
}
