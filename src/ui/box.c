/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/box.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

static void draw_title(struct canvas *canvas, struct rect rect, const struct box *pane, int inset)
{
	struct text text = {0};
	int room = rect.columns - 2 * inset, note = 0;

	if (pane->note) {
		note = (int)utf8_columns(pane->note) + 2;
		if (note + 8 <= room) {
			text_append_format(&text, " %s ", pane->note);
			canvas_write_right(canvas, rect.column + inset, rect.line, room,
					   text_string(&text), ROLE_MUTED);
			room -= note + 1;
		}
	}
	text_clear(&text);
	text_append_format(&text, " %s ", pane->title);
	canvas_write(canvas, rect.column + inset, rect.line, room, text_string(&text), ROLE_TITLE);
	text_finish(&text);
}

void box_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
	      const struct box *pane)
{
	canvas_clear(canvas, rect.column, rect.line, rect.columns, rect.lines);
	if (frame->bordered)
		canvas_draw_box(canvas, rect.column, rect.line, rect.columns, rect.lines,
				ROLE_BORDER);
	draw_title(canvas, rect, pane, frame->bordered ? 1 : 0);
}

size_t box_scroll(size_t top, size_t first, size_t last, size_t lines, size_t all)
{
	if (lines == 0 || all <= lines)
		return 0;
	if (top > first)
		top = first;
	if (top + lines <= last)
		top = last - lines + 1;
	return top > all - lines ? all - lines : top;
}

void box_draw_thumb(struct canvas *canvas, uint32_t glyph, const struct box_part *part)
{
	uint64_t lines = part->lines > 0 ? (uint64_t)part->lines : 0, from, to;

	if (part->all <= lines)
		return;
	from = (uint64_t)((unsigned __int128)part->from * lines / part->all);
	to = (uint64_t)((unsigned __int128)(part->from + lines) * lines / part->all);
	if (to <= from)
		to = from + 1;
	for (uint64_t i = from; i < to && i < lines; i++)
		canvas_put(canvas, part->column, part->line + (int)i, glyph, ROLE_SCROLL);
}

/* The columns of what may be other than a printable ASCII character, and its bytes. */
static int decode(const char *text, size_t length, size_t *ret_step)
{
	uint32_t codepoint;
	size_t step = utf8_decode(text, length, &codepoint);

	*ret_step = step ? step : 1;
	return step ? utf8_width(codepoint) : 1;
}

/* Where the next line of at most columns columns ends; *ret_next is where the one after begins. */
static size_t break_line(const char *text, size_t length, int columns, size_t *ret_next)
{
	size_t at = 0, space = 0;
	int used = 0;

	while (at < length) {
		size_t step = 1;
		int width = 1;

		if (text[at] < 0x20 || text[at] >= 0x7f)
			width = decode(text + at, length - at, &step);

		if (used + width > columns)
			break;
		if (text[at] == ' ')
			space = at;
		used += width;
		at += step;
	}
	if (at < length && text[at] == ' ')
		space = at;
	if (at == length || space == 0) {
		*ret_next = at ? at : length;
		return at ? at : length;
	}
	*ret_next = space + 1;
	return space;
}

int box_write_wrapped(struct canvas *canvas, int column, int line, int columns, int lines,
		      const char *text, enum role role)
{
	size_t length = strlen(text);
	int count = 0;

	while (length && columns > 0) {
		size_t next, end = break_line(text, length, columns, &next);

		if (canvas && count < lines)
			canvas_write_bytes(canvas, column, line + count, columns, text, end, role);
		count++;
		text += next;
		length -= next;
	}
	return count;
}

int box_wrapped_lines(int columns, const char *text)
{
	return box_write_wrapped(NULL, 0, 0, columns, 0, text, ROLE_DEFAULT);
}

void box_draw_too_small(struct canvas *canvas, const struct frame *frame)
{
	struct text text = {0};

	text_append_format(&text, "%dx%d is too small: vastop needs %dx%d.", frame->columns,
			   frame->lines, FRAME_COLUMNS_MIN, FRAME_LINES_MIN);
	box_write_wrapped(canvas, 0, 0, frame->columns, frame->lines, text_string(&text),
			  ROLE_DEFAULT);
	text_finish(&text);
}
