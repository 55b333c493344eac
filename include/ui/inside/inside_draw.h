/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_DRAW_H
#define UI_INSIDE_INSIDE_DRAW_H

/*
 * Draws what is inside a mapping: in the border the way there and the scale, then a line for each
 * row with address, bar (how much of it is in memory), name, type and size, and below them what is
 * under the cursor in words.
 */

#include "ui/frame.h"

struct canvas;
struct inside;
struct scene;

/* The text area of the rows, in the pane's rect: without the lines for words. */
struct rect inside_draw_rows(const struct frame *frame, struct rect rect,
			     const struct inside *inside);

void inside_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		 const struct inside *inside, const struct scene *scene);

#endif
