/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_SITES_DRAW_H
#define UI_PANE_SITES_DRAW_H

/*
 * The pane of call sites: a heading, then a line for each site or function of a tree (bytes touched
 * since counting began, share, rate, trend, what it rests on, function and place), below what the
 * result does not have. Its lines count from 0 at the first one below the heading.
 */

#include <stdbool.h>
#include <stddef.h>

#include "ui/frame.h"
#include "ui/pane/sites_lines.h"

struct canvas;

struct sites_draw {
	const struct call_sites *sites; /* NULL: nothing is known */
	const struct sites_lines *lines;
	enum sites_order order;
	bool all_frames;
	const char *words; /* without sites why; else what is missing, "" for nothing */
	const char *since; /* local time since when it counts; NULL: not said */
	size_t top, cursor;
};

void sites_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		const struct sites_draw *pane);

/* The lines that a pane of so many columns needs to show all, its border and heading included. */
int sites_draw_wanted(const struct frame *frame, int columns, const struct sites_draw *pane);

/* The nearest first line with which a pane of that size shows the cursor. */
size_t sites_draw_scroll(const struct frame *frame, struct rect rect,
			 const struct sites_draw *pane);

#endif
