/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HEAP_DRAW_H
#define UI_PANE_HEAP_DRAW_H

/*
 * The pane of malloc's arenas: a heading, a line for all where there are several, then one for each
 * arena; below or beside them the holes of the line under the cursor by size, and what its figures
 * mean. Its lines count from 0 at the first one below the heading.
 */

#include <stddef.h>

#include "inside/heap_usage.h"
#include "ui/frame.h"

struct canvas;

struct heap_draw {
	const struct heap_usage *heap; /* NULL: nothing is known of it */
	const char *allocator;         /* its stable name; NULL: not known */
	const char *sentence;          /* without a heap: why, and what to do */
	const char *beside;            /* what else has heaps, with a blank before; NULL: nothing */
	size_t top, cursor;
};

void heap_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
	       const struct heap_draw *pane);

/* The lines that can be selected. */
size_t heap_draw_lines(const struct heap_usage *heap);

/* The arena that a line is about; of the one for all the sum. */
struct heap_arena heap_draw_arena(const struct heap_usage *heap, size_t line);

/* The lines that a pane of so many columns needs to show all, its border and heading included. */
int heap_draw_wanted(const struct frame *frame, int columns, const struct heap_draw *pane);

/* The nearest first line with which a pane of that size shows the cursor. */
size_t heap_draw_scroll(const struct frame *frame, struct rect rect, const struct heap_draw *pane);

#endif
