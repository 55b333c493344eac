/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_FINDINGS_DRAW_H
#define UI_PANE_FINDINGS_DRAW_H

/*
 * Draws findings as a list: severity, name, and what was found. Below it, where there is room, what
 * the one under the cursor means and what to do.
 */

#include <stdbool.h>
#include <stddef.h>

#include "ui/frame.h"

struct canvas;
struct finding;
struct findings;

struct findings_draw {
	const struct findings *findings;
	const size_t *lines; /* indices of findings, in the order in which they are listed */
	size_t count, top, cursor;
	bool known; /* what files say; else they are being looked at */
};

/* How far up a finding is listed: its severity; -1: what is not known. */
int findings_draw_weight(const struct finding *finding);

/* The lines that the meaning takes below a list of so many columns, where there is room. */
int findings_draw_meaning_lines(int columns);

/* The lines of the list, at least 1, inside a pane of that size. */
size_t findings_draw_room(struct rect inside);

void findings_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		   const struct findings_draw *pane);

#endif
