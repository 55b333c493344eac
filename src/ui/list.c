/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/list.h"

#define LINES_EMPTY  3 /* a sentence that there is nothing, and the border */
#define LINES_BORDER 2
/* Up to so many entries take no more than their lines; a list that goes on growing moves its upper
 * end once. */
#define FEW         4
#define LINES_LEAST 8
#define LINES_MOST  18

int list_lines(int screen_lines)
{
	int third = screen_lines / 3;

	return third < LINES_LEAST ? LINES_LEAST : third > LINES_MOST ? LINES_MOST : third;
}

int list_lines_of(int screen_lines, size_t entries)
{
	if (!entries)
		return LINES_EMPTY;
	return entries <= FEW ? (int)entries + LINES_BORDER : list_lines(screen_lines);
}

size_t list_step(enum pane_step step, int inside_lines, size_t all)
{
	if (step == PANE_END)
		return all;
	if (step == PANE_HALF && inside_lines > 3)
		return (size_t)inside_lines / 2;
	return step == PANE_PAGE && inside_lines > 1 ? (size_t)inside_lines - 1 : 1;
}

size_t list_move(size_t at, size_t last, size_t lines, int direction)
{
	if (direction < 0)
		return at < lines ? 0 : at - lines;
	return lines > last || at > last - lines ? last : at + lines;
}

struct rect list_below_heads(struct rect inside)
{
	inside.line++;
	inside.lines--;
	return inside;
}

bool list_at(struct rect rows, size_t top, size_t count, int line, size_t *ret_at)
{
	size_t at;

	if (line < rows.line || line >= rows.line + rows.lines)
		return false;
	at = top + (size_t)(line - rows.line);
	if (at >= count)
		return false;
	*ret_at = at;
	return true;
}

void list_move_cursor(size_t *cursor, size_t count, enum pane_step step, int inside_lines,
		      int direction)
{
	if (count)
		*cursor = list_move(*cursor, count - 1, list_step(step, inside_lines, count),
				    direction);
}
