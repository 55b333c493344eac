/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HEAP_ROOM_H
#define UI_PANE_HEAP_ROOM_H

/*
 * Where in the pane of malloc's arenas the list, the histogram of holes and the words stand: the
 * list first, two lines of words, the histogram (to the right of the list, or below it), more
 * words. Pure geometry, in cells.
 */

#include <stddef.h>

#include "ui/frame.h"

#define HEAP_ROOM_HEADING 1 /* lines above the list */

struct heap_room {
	int list_lines;      /* for arenas, below the heading; at least 1 */
	struct rect classes; /* no lines: there is no room for it */
	struct rect words;   /* at the bottom; likewise */
};

/*
 * In the pane's text area, for so many arenas, of which a line takes so many columns, and words of
 * so many lines.
 */
struct heap_room heap_room_lay(struct rect inside, size_t arenas, int columns, int words);

/* The lines with which all of them has room in so many columns of text. */
int heap_room_wanted(int inside_columns, size_t arenas, int columns, int words);

#endif
