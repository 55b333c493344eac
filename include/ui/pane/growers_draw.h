/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_GROWERS_DRAW_H
#define UI_PANE_GROWERS_DRAW_H

/*
 * The pane of what grew most since the baseline: first a short block of kinds, then the mappings.
 * Its lines count from 0 at the first block's heading; a line is an entry of the growers or a
 * heading.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/frame.h"

struct address_space;
struct canvas;
struct growers;
struct growers_entry;
struct region_list;

#define GROWERS_DRAW_KINDS 5 /* kinds shown, at most */

struct growers_draw {
	const struct growers *growers;
	const struct address_space *space; /* that the growers was made for */
	const char *baseline;              /* when the baseline was set: "10:41:07" */
	double seconds;                    /* since then; 0 or NAN: rates are not known */
	size_t top;                        /* first line shown */
	size_t cursor;                     /* the selected line */
	bool selecting;                    /* whether it is shown */
};

void growers_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		  const struct growers_draw *pane);

/* How many lines there are in all; 0 when nothing changed. */
size_t growers_draw_lines(const struct growers *growers);

/* The entry on a line; NULL for a heading and below the last line. */
const struct growers_entry *growers_draw_entry(const struct growers *growers, size_t line);

/*
 * The line of the same kind, or of the mapping that overlaps the entry's (which may be of an older
 * growers); the first entry's when there is none any more; 0 when there is nothing.
 */
size_t growers_draw_find(const struct growers *growers, const struct growers_entry *entry);

/* The line of the next entry up (-1) or down (+1); the same at the ends. */
size_t growers_draw_move(const struct growers *growers, size_t line, int direction);

/* The nearest first line with which a pane of so many lines inside shows the cursor. */
size_t growers_draw_scroll(const struct growers *growers, size_t top, size_t cursor, size_t lines);

#endif
