/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/events_draw.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "layout/names.h"
#include "model/vma.h"
#include "model/wx_history.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/glyphs.h"
#include "ui/picture/highlights.h"
#include "ui/text/amounts.h"
#include "ui/text/words.h"

#define TIME_COLUMNS       12 /* "10:41:07.123" */
#define SHORT_TIME_COLUMNS 8
#define TYPE_COLUMNS       9
#define ADDRESS_COLUMNS    12
#define RANGE_COLUMNS      25 /* two addresses */
#define PERMS_COLUMNS      4
#define BOTH_PERMS_COLUMNS 11 /* "rw-p → r-xp" */
#define DELTA_COLUMNS      8
#define EVER_LINES_FROM    4 /* lines inside from which the line on top has room */

/* Where on a line each thing stands; 0 columns: not shown. */
struct columns {
	int between, time, time_columns, type, place, place_columns, perms, perms_columns, delta,
		name, name_columns;
};

/* One line while it is drawn. */
struct line {
	struct canvas *canvas;
	const struct events_draw *pane;
	const struct columns *columns;
	const struct change *change;
	int at;
	bool danger;
};

static int take(int *at, int columns, int between)
{
	int column = *at;

	*at += columns + between;
	return column;
}

/* Whole columns or none; what something is called and what became of it always stay. */
static void lay_columns(struct columns *columns, struct rect inside)
{
	int width = inside.columns, at = inside.column, between = width >= 90 ? 2 : 1;

	*columns = (struct columns){
		.between = between,
		.time_columns = width >= 60 ? TIME_COLUMNS : SHORT_TIME_COLUMNS,
		.place_columns = width >= 104  ? RANGE_COLUMNS
				 : width >= 66 ? ADDRESS_COLUMNS
					       : 0,
		.perms_columns = width >= 82   ? BOTH_PERMS_COLUMNS
				 : width >= 56 ? PERMS_COLUMNS
					       : 0,
	};
	columns->time = take(&at, columns->time_columns, between);
	columns->type = take(&at, TYPE_COLUMNS, between);
	if (columns->place_columns)
		columns->place = take(&at, columns->place_columns, between);
	if (columns->perms_columns)
		columns->perms = take(&at, columns->perms_columns, between);
	if (width >= 36)
		columns->delta = take(&at, DELTA_COLUMNS, between);
	columns->name = at;
	columns->name_columns = inside.column + width - at;
}

static bool is_danger(uint8_t perms)
{
	return (perms & PERM_WRITE) && (perms & PERM_EXEC);
}

static const char *change_words(const struct change *change)
{
	if (change->type == CHANGE_GREW && change->start < change->old_start)
		return "grew down";
	return change_type_name(change->type);
}

/* Where it is now, or was. */
static void draw_place(const struct line *line)
{
	const struct change *change = line->change;
	bool gone = change->start == change->end;
	uint64_t start = gone ? change->old_start : change->start;
	uint64_t end = gone ? change->old_end : change->end;
	const struct glyphs *glyphs = glyphs_get(!line->canvas->ascii);
	char digits[WORDS_ADDRESS_LENGTH];
	struct text text = {0};

	if (start == end)
		return;
	text_append(&text, words_address(digits, start, glyphs));
	if (line->columns->place_columns == RANGE_COLUMNS) {
		/* Starts stand in line; an end follows its start. */
		words_address(digits, end, glyphs);
		text_append_format(&text, "-%s", digits + strspn(digits, " "));
	}
	canvas_write(line->canvas, line->columns->place, line->at, line->columns->place_columns,
		     text_string(&text), gone ? ROLE_GHOST : ROLE_ADDRESS);
	text_finish(&text);
}

static const char *perms_words(uint8_t perms, char out[static PERMS_LENGTH])
{
	return vma_perms(&(struct vma){.perms = perms, .name = ""}, out);
}

/* The present ones stand in line; what they were before is at their left where that differs. */
static void draw_perms(const struct line *line)
{
	const struct change *change = line->change;
	bool now = change->start < change->end, old = change->old_start < change->old_end;
	uint8_t shown = now ? change->perms : change->old_perms;
	int column = line->columns->perms;
	char perms[PERMS_LENGTH];

	if (!now && !old)
		return;
	if (line->columns->perms_columns == BOTH_PERMS_COLUMNS) {
		if (now && old && change->perms != change->old_perms) {
			canvas_write(line->canvas, column, line->at, PERMS_COLUMNS,
				     perms_words(change->old_perms, perms),
				     is_danger(change->old_perms) ? ROLE_DANGER : ROLE_MUTED);
			canvas_put(line->canvas, column + PERMS_COLUMNS + 1, line->at,
				   line->canvas->ascii ? '>' : 0x2192, ROLE_MUTED);
		}
		column += BOTH_PERMS_COLUMNS - PERMS_COLUMNS;
	}
	canvas_write(line->canvas, column, line->at, PERMS_COLUMNS, perms_words(shown, perms),
		     is_danger(shown)                   ? ROLE_DANGER
		     : change->type == CHANGE_PROTECTED ? ROLE_PROTECTED
							: ROLE_MUTED);
}

/* As in the picture: "libc text", "[heap]", "anon". */
static void append_name(struct text *text, const struct change *change)
{
	size_t length;
	const char *name = names_short(change->name, &length);

	if (change->type == CHANGE_EXEC) {
		utf8_append_escaped(text, change->name, strlen(change->name));
	} else if (change->type == CHANGE_EXIT) {
		text_append(text, "the process has ended");
	} else if (change->name[0] == '/' && change->kind <= KIND_BSS) {
		utf8_append_escaped(text, name, length);
		text_append_format(text, " %s", kind_name(change->kind));
	} else {
		vma_append_label(text, &(struct vma){.name = change->name,
						     .kind = change->kind,
						     .tid = change->tid,
						     .alternate = change->alternate});
	}
	if (change->type == CHANGE_MOVED)
		text_append_format(text, " from %" PRIx64, change->old_start);
}

static void draw_name(const struct line *line)
{
	const struct columns *columns = line->columns;
	enum change_type type = line->change->type;
	bool process = type == CHANGE_EXEC || type == CHANGE_EXIT;
	/* What became of the process has nothing but words: they begin where there is room. */
	int at = process ? columns->type + TYPE_COLUMNS + columns->between : columns->name;
	int columns_left = columns->name + columns->name_columns - at;
	struct text text = {0};

	if (line->danger) {
		int used =
			canvas_write(line->canvas, at, line->at, columns_left, "w+x", ROLE_DANGER) +
			1;

		at += used;
		columns_left -= used;
	}
	append_name(&text, line->change);
	canvas_write(line->canvas, at, line->at, columns_left, text_string(&text),
		     line->danger              ? ROLE_DANGER
		     : process                 ? ROLE_VALUE
		     : type == CHANGE_UNMAPPED ? ROLE_GHOST
					       : ROLE_DEFAULT);
	text_finish(&text);
}

static void draw_change(const struct line *line)
{
	const struct change *change = line->change;
	const struct columns *columns = line->columns;
	char time[EVENTS_TIME_LENGTH], amount[AMOUNTS_LENGTH];

	line->pane->clock(line->pane->context, change->time_ns, time);
	if (columns->time_columns == SHORT_TIME_COLUMNS)
		time[strcspn(time, ".")] = '\0';
	canvas_write(line->canvas, columns->time, line->at, columns->time_columns, time,
		     ROLE_MUTED);
	canvas_write(line->canvas, columns->type, line->at, TYPE_COLUMNS, change_words(change),
		     highlights_role(change->type, false));
	if (columns->place_columns)
		draw_place(line);
	if (columns->perms_columns)
		draw_perms(line);
	if (columns->delta && change->delta)
		canvas_write_right(line->canvas, columns->delta, line->at, DELTA_COLUMNS,
				   amounts_delta(amount, change->delta),
				   change->delta > 0 ? ROLE_GREW : ROLE_SHRANK);
	draw_name(line);
}

/* Whether the line on top is there. */
static bool was_ever(const struct events_draw *pane, struct rect inside)
{
	return pane->wx_history && wx_history_count(pane->wx_history, pane->time_ns) &&
	       inside.lines >= EVER_LINES_FROM;
}

/* "7f83a9200000 64K", and until when, if that is over. */
static void append_ever(struct text *text, const struct wx_history_range *range,
			const struct events_draw *pane)
{
	char size[FORMAT_SIZE_LENGTH], time[EVENTS_TIME_LENGTH];

	if (range->seen_ns > pane->time_ns)
		return;
	text_append_format(text, "%s%" PRIx64 " %s", text->length ? ", " : "", range->start,
			   format_size(size, range->end - range->start));
	if (!range->gone_ns || range->gone_ns > pane->time_ns)
		return;
	pane->clock(pane->context, range->gone_ns, time);
	time[strcspn(time, ".")] = '\0';
	text_append_format(text, " until %s", time);
}

/* Those that are flagged first, then the past ones, the newest first, as far as they go. */
static void draw_ever(struct canvas *canvas, struct rect inside, const struct events_draw *pane)
{
	const struct wx_history *wx_history = pane->wx_history;
	size_t room = (size_t)inside.columns;
	char number[FORMAT_NUMBER_LENGTH];
	struct text text = {0};
	int used;

	text_append_format(&text, "%s ever w+x:",
			   format_number(number, wx_history_count(wx_history, pane->time_ns)));
	used = canvas_write(canvas, inside.column, inside.line, inside.columns, text_string(&text),
			    ROLE_DANGER) +
	       1;
	text_clear(&text);
	for (size_t i = 0; i < wx_history->count && text.length < room; i++)
		append_ever(&text, &wx_history->ranges[i], pane);
	for (size_t i = wx_history->past_count; i > 0 && text.length < room; i--)
		append_ever(&text, &wx_history->past[i - 1], pane);
	canvas_write(canvas, inside.column + used, inside.line, inside.columns - used,
		     text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}

/* Inside the border there is a column of air on both sides. */
static struct rect text_area(const struct frame *frame, struct rect rect)
{
	struct rect inside = frame_inside(frame, rect);

	inside.column += frame->bordered;
	inside.columns -= 2 * frame->bordered;
	return inside;
}

size_t events_draw_lines(const struct frame *frame, struct rect rect,
			 const struct events_draw *pane)
{
	struct rect inside = text_area(frame, rect);
	int lines = inside.lines - was_ever(pane, inside);

	return lines > 0 ? (size_t)lines : 0;
}

size_t events_draw_clamp(size_t count, size_t lines, size_t back)
{
	size_t most = count > lines ? count - lines : 0;

	return back < most ? back : most;
}

/* "10:36:02" */
static const char *since_words(const struct events_draw *pane, char out[static EVENTS_TIME_LENGTH])
{
	pane->clock(pane->context, pane->since_ns, out);
	out[strcspn(out, ".")] = '\0';
	return out;
}

/* How many there are in all, and how many of them are above and below those on the screen. */
static void draw_frame(struct canvas *canvas, const struct frame *frame, struct rect rect,
		       const struct events_draw *pane, size_t shown, size_t back)
{
	char number[FORMAT_NUMBER_LENGTH], time[EVENTS_TIME_LENGTH];
	uint64_t above = pane->total - shown - back;
	struct text note = {0};

	text_append_format(&note, "%s since %s", format_number(number, pane->total),
			   since_words(pane, time));
	if (above)
		text_append_format(&note, ", %s above", format_number(number, above));
	if (back)
		text_append_format(&note, ", %s below", format_number(number, back));
	box_draw(
		canvas, frame, rect,
		&(struct box){.title = "changes", .note = pane->count ? text_string(&note) : NULL});
	text_finish(&note);
}

void events_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		 const struct events_draw *pane)
{
	struct rect inside = text_area(frame, rect);
	size_t lines = events_draw_lines(frame, rect, pane);
	size_t back = events_draw_clamp(pane->count, lines, pane->back);
	size_t end = pane->count - back, first = end > lines ? end - lines : 0;
	struct columns columns;

	draw_frame(canvas, frame, rect, pane, end - first, back);
	if (was_ever(pane, inside)) {
		draw_ever(canvas, inside, pane);
		inside.line++;
		inside.lines--;
	}
	if (pane->count == 0) {
		char time[EVENTS_TIME_LENGTH];
		struct text text = {0};

		text_append_format(&text, "No change since %s.", since_words(pane, time));
		box_write_wrapped(canvas, inside.column, inside.line, inside.columns, inside.lines,
				  text_string(&text), ROLE_MUTED);
		text_finish(&text);
	}
	lay_columns(&columns, inside);
	for (size_t i = first; i < end; i++) {
		const struct change *change = &pane->changes[i];

		draw_change(&(struct line){
			.canvas = canvas,
			.pane = pane,
			.columns = &columns,
			.change = change,
			.at = inside.line + (int)(i - first),
			.danger = is_danger(change->perms) || is_danger(change->old_perms),
		});
	}
}
