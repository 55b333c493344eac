/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/heap_room.h"

#include <stdbool.h>

#include "ui/pane/heap_classes.h"

#define WORDS_LEAST 2
#define FEW_ARENAS  3 /* that a histogram below them leaves */
#define APART       3 /* columns between the list and what stands beside it */

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

static bool is_beside(int inside_columns, int columns)
{
	return inside_columns - columns >= APART + HEAP_CLASSES_COLUMNS;
}

/* A process of any number of arenas has no more lines than a screen. */
static int to_lines(size_t arenas)
{
	return arenas < 1 ? 1 : arenas > 1000 ? 1000 : (int)arenas;
}

/* The lines that the histogram takes of so many for it and for the list: none beside the list. */
static int lines_below(const struct rect *inside, int columns, int all, int lines)
{
	if (is_beside(inside->columns, columns) || inside->columns < HEAP_CLASSES_COLUMNS ||
	    lines < least(all, FEW_ARENAS) + HEAP_CLASSES_LINES)
		return 0;
	return HEAP_CLASSES_LINES;
}

struct heap_room heap_room_lay(struct rect inside, size_t arenas, int columns, int words)
{
	bool beside = is_beside(inside.columns, columns);
	struct heap_room room = {.words = inside};
	int left = inside.lines - HEAP_ROOM_HEADING, all = to_lines(arenas), below, more;

	room.words.lines = left > WORDS_LEAST ? WORDS_LEAST : 0;
	left -= room.words.lines;
	below = lines_below(&inside, columns, all, left);
	/* What stands beside the list begins beside its heading. */
	if (beside)
		all = most(all, HEAP_CLASSES_LINES - HEAP_ROOM_HEADING);
	room.list_lines = most(least(all, left - below), 1);
	left = most(left - below - room.list_lines, 0);
	more = room.words.lines ? least(words - room.words.lines, left) : 0;
	room.words.lines += more;
	room.words.line += inside.lines - room.words.lines;
	if (below) {
		room.classes = inside;
		room.classes.line += HEAP_ROOM_HEADING + room.list_lines;
		room.classes.lines = below + left - more;
	} else if (beside && inside.lines - room.words.lines >= HEAP_CLASSES_LINES) {
		room.classes = inside;
		room.classes.column += columns + APART;
		room.classes.columns -= columns + APART;
		room.classes.lines -= room.words.lines;
	}
	return room;
}

int heap_room_wanted(int inside_columns, size_t arenas, int columns, int words)
{
	int lines = HEAP_ROOM_HEADING + to_lines(arenas);

	if (!is_beside(inside_columns, columns))
		lines += inside_columns >= HEAP_CLASSES_COLUMNS ? HEAP_CLASSES_LINES : 0;
	else if (lines < HEAP_CLASSES_LINES)
		lines = HEAP_CLASSES_LINES;
	return lines + words;
}
