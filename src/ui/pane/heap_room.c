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

static bool is_beside(int inside_columns, int columns)
{
	return inside_columns - columns >= APART + HEAP_CLASSES_COLUMNS;
}

/* A process of any number of arenas has no more lines than a screen. */
static int to_lines(size_t arenas)
{
	return arenas < 1 ? 1 : arenas > 1000 ? 1000 : (int)arenas;
}

struct heap_room heap_room_lay(struct rect inside, size_t arenas, int columns, int words)
{
	int all = to_lines(arenas), left = inside.lines - HEAP_ROOM_HEADING, told = 0;
	bool beside = is_beside(inside.columns, columns);
	struct heap_room room = {.classes = inside, .words = inside};
	int classes = 0;

	if (left > WORDS_LEAST)
		told = WORDS_LEAST;
	left -= told;
	if (beside)
		/* It begins beside the heading. */
		classes = left + HEAP_ROOM_HEADING >= HEAP_CLASSES_LINES ? HEAP_CLASSES_LINES : 0;
	else if (inside.columns >= HEAP_CLASSES_COLUMNS &&
		 left >= least(all, FEW_ARENAS) + HEAP_CLASSES_LINES)
		classes = HEAP_CLASSES_LINES;
	room.list_lines = least(beside && classes && all < HEAP_CLASSES_LINES - HEAP_ROOM_HEADING
					? HEAP_CLASSES_LINES - HEAP_ROOM_HEADING
					: all,
				beside ? left : left - classes);
	if (room.list_lines < 1)
		room.list_lines = 1;
	left -= room.list_lines + (beside ? 0 : classes);
	if (left > 0 && told && told < words) {
		told += least(words - told, left);
		left = inside.lines - HEAP_ROOM_HEADING - room.list_lines - told -
		       (beside ? 0 : classes);
	}
	room.words.line = inside.line + inside.lines - told;
	room.words.lines = told;
	room.classes.lines = classes;
	if (classes && beside) {
		room.classes.column += columns + APART;
		room.classes.columns -= columns + APART;
		room.classes.lines = inside.lines - told;
	} else if (classes) {
		room.classes.line += HEAP_ROOM_HEADING + room.list_lines;
		room.classes.lines += left > 0 ? left : 0;
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
