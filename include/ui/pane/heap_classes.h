/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HEAP_CLASSES_H
#define UI_PANE_HEAP_CLASSES_H

/*
 * A small histogram of what is free inside a heap, by the size of the holes: a bar for each power
 * of two, with the bytes and the size below it. The largest sizes that have no room of their own
 * are added to the last bar.
 */

#include "inside/heap_usage.h"
#include "ui/frame.h"

struct canvas;
struct glyphs;

#define HEAP_CLASSES_LINES   3  /* it needs at least, */
#define HEAP_CLASSES_TALL    6  /* makes use of at most, */
#define HEAP_CLASSES_COLUMNS 42 /* and these columns, for four bars */

/* Which classes (struct heap_arena) have bars in so many columns. */
struct heap_classes_range {
	unsigned first, count; /* 0: nothing is free */
	bool more;             /* the last bar stands for larger ones, too */
};

struct heap_classes_range heap_classes_find(const struct heap_arena *arena, int columns);

void heap_classes_draw(struct canvas *canvas, const struct glyphs *glyphs, struct rect rect,
		       const struct heap_arena *arena);

#endif
