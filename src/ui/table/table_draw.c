/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table/table_draw.h"

#include "base/format.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/name_rule.h"
#include "model/query_matches.h"
#include "model/wx_history.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/colour_mode.h"
#include "ui/find.h"
#include "ui/picture/band_growth.h"
#include "ui/picture/picture_title.h"
#include "ui/scene.h"
#include "ui/table/table.h"
#include "ui/table/table_columns.h"
#include "ui/text/amounts.h"
#include "ui/text/words.h"

#define HEADING_LINES  1
#define MEMBER_COLUMNS 2 /* that members stand further right */

/* One line of the table. */
struct line {
	struct canvas *canvas;
	const struct scene *scene;
	const struct table_columns *columns;
	const struct table_row *row;
	const struct vma *vma;   /* its lowest mapping */
	const struct vma *named; /* what it is called by */
	int at;                  /* line on the canvas */
	bool danger;             /* one of its mappings is, or was, writable and executable */
	bool dimmed;             /* left out by the filter */
	bool marked;             /* found by the search */
};

/* Without a border the last column of cells belongs to the pane, too. */
static struct rect inside_of(const struct frame *frame, struct rect rect)
{
	struct rect inside = frame_inside(frame, rect);

	inside.columns -= frame->bordered;
	return inside;
}

size_t table_draw_lines(const struct frame *frame, struct rect rect)
{
	int lines = frame_inside(frame, rect).lines - HEADING_LINES;

	return lines > 0 ? (size_t)lines : 1;
}

static void draw_text(const struct line *line, enum table_column column, const char *text,
		      enum role role)
{
	int at = line->columns->places[column].at;
	int columns = line->columns->places[column].columns;

	if (!columns)
		return;
	if (line->dimmed)
		role = ROLE_MUTED;
	if (table_column_is_right(column))
		canvas_write_right(line->canvas, at, line->at, columns, text, role);
	else
		canvas_write(line->canvas, at, line->at, columns, text, role);
}

static void draw_amount(const struct line *line, enum table_column column, uint64_t bytes,
			enum role role)
{
	char size[FORMAT_SIZE_LENGTH];

	if (bytes == TARGET_UNKNOWN)
		draw_text(line, column, line->scene->glyphs->unknown, ROLE_MUTED);
	else
		draw_text(line, column, format_size(size, bytes), bytes ? role : ROLE_MUTED);
}

static void draw_growth(const struct line *line)
{
	const struct table_amounts *amounts = &line->row->amounts;
	char delta[AMOUNTS_LENGTH];

	if (!amounts->growth_known)
		draw_text(line, TABLE_GROWTH, line->scene->glyphs->unknown, ROLE_MUTED);
	else
		draw_text(line, TABLE_GROWTH, amounts_delta(delta, amounts->growth),
			  amounts->growth > 0   ? ROLE_GREW
			  : amounts->growth < 0 ? ROLE_SHRANK
						: ROLE_MUTED);
}

/* The kind's colour, or its letter, at the left: it is seen also where its column is not. */
static void draw_swatch(const struct line *line)
{
	const struct glyphs *glyphs = line->scene->glyphs;
	bool object = line->row->type == TABLE_ROW_OBJECT;
	bool idle = line->vma->kind == KIND_GUARD || line->vma->kind == KIND_RESERVE;
	enum role role =
		object && !line->row->pieces ? ROLE_FOLD : ROLE_KIND_TEXT + line->named->kind;
	uint32_t letter = line->scene->letters ? colour_mode_letter(role) : 0;

	canvas_put(line->canvas, line->columns->swatch, line->at,
		   letter   ? letter
		   : object ? glyphs->fold
		   : idle   ? glyphs->no_access
			    : glyphs->bar,
		   line->dimmed ? ROLE_MUTED : role);
}

static void append_label(struct text *text, const struct line *line)
{
	const struct address_space *space = line->scene->space;

	if (line->row->pieces)
		words_append_alike(text,
				   &(struct words_alike){line->row->pieces, line->row->each,
							 line->named->kind, line->named->runtime},
				   line->scene->glyphs);
	else if (line->row->type == TABLE_ROW_OBJECT || line->row->part)
		vma_append_label(text, line->vma);
	else
		words_append_vma(text, space, (size_t)(line->vma - space->vmas));
}

/* What became of it a moment ago, by a sign right before the name as in the picture. */
static void draw_mark(const struct line *line, int at)
{
	/* A band of no regions: how much it grew stands in a column of its own. */
	const struct band range = {.start = line->vma->start,
				   .end = table_rows_end(line->scene->space, line->row)};
	struct band_growth growth;

	band_growth_find(line->scene, &range, &growth);
	if (growth.marked && !growth.ghost)
		canvas_put(line->canvas, at, line->at, growth.sign, growth.role);
}

/* What had a name before; memory of the kernel's own making never had one (model/name_rule.h). */
static bool is_deleted(const struct vma *vma)
{
	const struct name_rule *rule = vma->deleted ? name_rule_find(vma) : NULL;

	return vma->deleted &&
	       !(rule && (rule->place == NAME_SHMEM || rule->place == NAME_SECRETMEM ||
			  rule->place == NAME_UNMOUNTED));
}

/* What a row stands for beside what its name says; else how many mappings. */
static void append_rest(struct text *text, const struct table_row *row)
{
	char number[FORMAT_NUMBER_LENGTH];

	if (row->pieces && row->reserves)
		text_append(text, "and reserves");
	else
		text_append_format(text, "%s %s",
				   format_number(number, row->parts ? row->parts : row->mappings),
				   row->parts ? "parts" : "maps");
}

/* The sign of an object, its or the mapping's name, and what else is to be said of it. */
static void draw_name(const struct line *line)
{
	const struct glyphs *glyphs = line->scene->glyphs;
	int at = line->columns->places[TABLE_NAME].at;
	int end = at + line->columns->places[TABLE_NAME].columns;
	bool object = line->row->type == TABLE_ROW_OBJECT;
	bool deleted = is_deleted(line->vma);
	enum role role = line->dimmed   ? ROLE_MUTED
			 : line->marked ? ROLE_MATCH
			 : line->danger ? ROLE_DANGER
					: ROLE_DEFAULT;
	struct text text = {0};

	if (object)
		canvas_put(line->canvas, at, line->at,
			   line->row->open ? glyphs->unfolded : glyphs->folded, ROLE_LABEL);
	at += TABLE_FOLD_COLUMNS;
	if (line->row->type == TABLE_ROW_MEMBER)
		at += MEMBER_COLUMNS;
	draw_mark(line, at - 1);
	append_label(&text, line);
	at += canvas_write(line->canvas, at, line->at, end - at, text_string(&text), role) + 1;
	text_clear(&text);
	if (deleted)
		text_append(&text, "deleted");
	else if (object)
		append_rest(&text, line->row);
	/* Whole, or not at all. */
	if (at + (int)text.length <= end)
		canvas_write(line->canvas, at, line->at, end - at, text_string(&text),
			     deleted && !line->dimmed ? ROLE_WARNING : ROLE_MUTED);
	text_finish(&text);
}

static void draw_line(const struct line *line)
{
	const struct table_amounts *amounts = &line->row->amounts;
	const struct vma perms_of = {.perms = line->row->perms};
	char address[WORDS_ADDRESS_LENGTH], perms[PERMS_LENGTH];
	bool object = line->row->type == TABLE_ROW_OBJECT;

	draw_swatch(line);
	draw_text(line, TABLE_ADDRESS,
		  words_address(address, line->vma->start, line->scene->glyphs), ROLE_ADDRESS);
	draw_amount(line, TABLE_SIZE, amounts->size, ROLE_VALUE);
	draw_amount(line, TABLE_RSS, amounts->last,
		    amounts->rss == TARGET_UNKNOWN ? ROLE_MUTED : ROLE_DEFAULT);
	draw_amount(line, TABLE_PSS, amounts->pss, ROLE_DEFAULT);
	draw_amount(line, TABLE_SWAP, amounts->swap, ROLE_SWAPPED);
	draw_growth(line);
	draw_text(line, TABLE_PERMS, vma_perms(&perms_of, perms),
		  line->danger ? ROLE_DANGER : ROLE_MUTED);
	draw_text(line, TABLE_KIND, table_rows_kind(line->scene->space, line->row),
		  object && !line->row->pieces ? ROLE_MUTED : ROLE_KIND_TEXT + line->named->kind);
	draw_name(line);
}

/* Whether one of the row's mappings is among those. */
static bool holds(const struct query_matches *matches, const struct table_row *row)
{
	for (uint32_t i = row->vma; i < row->vma + row->count; i++)
		if (query_matches_has(matches, i))
			return true;
	return false;
}

static bool is_dangerous(const struct scene *scene, const struct table_row *row)
{
	const struct vma *first = table_rows_mapping(scene->space, row);
	const struct vma perms_of = {.perms = row->perms};

	return vma_is_writable_executable(&perms_of) ||
	       (scene->wx_history &&
		wx_history_contains(scene->wx_history, first->start,
				    table_rows_end(scene->space, row), scene->space->time_ns));
}

static void draw_rows(struct canvas *canvas, struct rect inside, const struct scene *scene,
		      const struct table *table, const struct table_columns *columns)
{
	const struct query_matches *kept = find_filtered(scene->find);
	const struct query_matches *marked = find_marked(scene->find);

	for (size_t i = 0; i < table->lines && table->top + i < table->rows.count; i++) {
		const struct table_row *row = &table->rows.rows[table->top + i];
		int at = inside.line + HEADING_LINES + (int)i;

		draw_line(&(struct line){
			.canvas = canvas,
			.scene = scene,
			.columns = columns,
			.row = row,
			.vma = table_rows_mapping(scene->space, row),
			.named = table_rows_named(scene->space, row),
			.at = at,
			.danger = is_dangerous(scene, row),
			.dimmed = kept && !holds(kept, row),
			.marked = marked && holds(marked, row),
		});
		if (!scene->cursor || table->top + i != table->cursor)
			continue;
		canvas_put(canvas, columns->marker, at, scene->glyphs->marker, ROLE_MARKER);
		canvas_set_ground(canvas, inside.column, at, inside.columns, 1, ROLE_CURSOR);
	}
}

/* The sign of the direction stands in the blank behind the column, so that headings stay put. */
static void draw_headings(struct canvas *canvas, struct rect inside, const struct scene *scene,
			  const struct table *table, const struct table_columns *columns)
{
	for (int i = 0; i < TABLE_COLUMNS; i++) {
		const char *name = table_column_name((enum table_column)i);
		int at = columns->places[i].at, width = columns->places[i].columns, wide;
		enum role role = scene->cursor && table->chosen == (enum table_column)i
					 ? ROLE_TITLE
					 : ROLE_LABEL;

		if (!width)
			continue;
		if (i == TABLE_NAME) {
			at += TABLE_FOLD_COLUMNS;
			width -= TABLE_FOLD_COLUMNS;
		}
		wide = table_column_is_right((enum table_column)i)
			       ? canvas_write_right(canvas, at, inside.line, width, name, role)
			       : canvas_write(canvas, at, inside.line, width, name, role);
		if (table_column_is_right((enum table_column)i))
			at += width - wide;
		if (role == ROLE_TITLE)
			canvas_set_ground(canvas, at, inside.line, wide, 1, ROLE_CURSOR);
		if (table->order.column == (enum table_column)i)
			canvas_put(canvas, at + wide, inside.line,
				   table_column_descends((enum table_column)i) !=
						   table->order.reversed
					   ? scene->glyphs->shrank
					   : scene->glyphs->grew,
				   ROLE_VALUE);
	}
}

/* How many mappings, and by what they are sorted. */
static void append_note(struct text *text, const struct scene *scene, const struct table *table)
{
	const struct table_order *order = &table->order;
	bool descends = table_column_descends(order->column) != order->reversed;
	char number[FORMAT_NUMBER_LENGTH];

	text_append_format(
		text, "%s  by %s, %s first", format_number(number, scene->space->mappings),
		table_column_name(order->column),
		order->column == TABLE_KIND || order->column == TABLE_NAME ? (descends ? "z" : "a")
		: order->column == TABLE_ADDRESS ? (descends ? "high" : "low")
						 : (descends ? "most" : "least"));
}

void table_draw_pane(struct canvas *canvas, const struct frame *frame, struct rect rect,
		     const struct table *table, const struct scene *scene)
{
	struct rect inside = inside_of(frame, rect);
	struct table_columns columns;
	struct text title = {0}, note = {0};

	text_append(&title, "mappings");
	picture_title_append_filter(&title, scene);
	/* The heading has a sign for the order, too: a filter needs the room more. */
	if (!find_filtered(scene->find))
		append_note(&note, scene, table);
	box_draw(canvas, frame, rect,
		 &(struct box){.title = text_string(&title),
			       .note = note.length ? text_string(&note) : NULL});
	text_finish(&title);
	text_finish(&note);
	if (table->rows.count == 0) {
		box_write_wrapped(
			canvas, inside.column + 1, inside.line, inside.columns - 1, inside.lines,
			scene->space->vma_count ? "No mapping matches the filter; Esc shows all."
						: "The process has no mappings.",
			ROLE_MUTED);
		return;
	}
	table_columns_lay(&columns, inside, table);
	draw_headings(canvas, inside, scene, table, &columns);
	draw_rows(canvas, inside, scene, table, &columns);
	if (frame->bordered)
		box_draw_thumb(canvas, scene->glyphs->thumb,
			       &(struct box_part){
				       .column = rect.column + rect.columns - 1,
				       .line = inside.line + HEADING_LINES,
				       .lines = (int)table->lines,
				       .from = table->top,
				       .all = table->rows.count,
			       });
}

bool table_draw_row_at(const struct table *table, const struct frame *frame, struct rect rect,
		       int line, size_t *ret_row)
{
	int first = frame_inside(frame, rect).line + HEADING_LINES;

	if (line < first || line - first >= (int)table->lines ||
	    table->top + (size_t)(line - first) >= table->rows.count)
		return false;
	*ret_row = table->top + (size_t)(line - first);
	return true;
}

enum table_column table_draw_column_at(const struct table *table, const struct frame *frame,
				       struct rect rect, int column, int line)
{
	struct rect inside = inside_of(frame, rect);
	struct table_columns columns;

	if (line != inside.line || table->rows.count == 0)
		return TABLE_COLUMNS;
	table_columns_lay(&columns, inside, table);
	return table_columns_at(&columns, column);
}
