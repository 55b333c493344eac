/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_USAGE_DRAW_H
#define UI_PANE_USAGE_DRAW_H

/*
 * The pane of the usage by kind, which is the legend of the colours: how near the process is to its
 * limits, above the kinds or, where there is room, beside them; a line for all, then one a kind.
 * Its lines count from 0 at the one for all; the limits and the heading above it stay.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"
#include "ui/frame.h"

struct address_space;
struct canvas;
struct limits;
struct summary;
struct summary_entry;

struct usage_draw {
	const struct summary *summary;
	const struct address_space *space; /* that the summary was made for */
	const struct limits *limits;       /* of the space */
	const char *filter;                /* that the picture has; NULL: none */
	uint32_t kinds;                    /* bit 1 << kind for each that it keeps something of */
	size_t top, cursor;                /* the first line shown, the selected one */
	bool letters;                      /* stand for colours */
};

void usage_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		const struct usage_draw *pane);

/* The lines that can be selected: the first one for all, and one for each kind. */
size_t usage_draw_lines(const struct summary *summary);

/* What such a line shows. */
const struct summary_entry *usage_draw_entry(const struct summary *summary, size_t line);

/* The lines above that stay, of a pane of that size, its border included. */
int usage_draw_fixed(const struct limits *limits, const struct frame *frame, struct rect rect);

/* The nearest first line with which a pane of that size shows the cursor. */
size_t usage_draw_scroll(const struct summary *summary, const struct limits *limits,
			 const struct frame *frame, struct rect rect, size_t top, size_t cursor);

#endif
