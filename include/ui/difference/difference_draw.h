/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_DIFFERENCE_DIFFERENCE_DRAW_H
#define UI_DIFFERENCE_DIFFERENCE_DRAW_H

/*
 * Two address spaces side by side as pictures of one scale: what is one thing stands on the same
 * lines on both sides, whatever its addresses are; what only one side has leaves a hole on the
 * other. Between them a sign says what is different, at the right the sizes' differences.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/diff_rows.h"
#include "ui/frame.h"

struct canvas;
struct comparison;
struct scene;

struct difference_draw {
	const struct comparison *comparison; /* NULL: it is not made yet */
	const struct diff_rows *rows;
	const uint64_t *heights; /* lines of each row; NULL: one */
	size_t top, cursor;      /* places from the top of the picture, see below */
	bool low_on_top;         /* the rows from the first one down; else from the last one */
};

/* The row at the place from the top, and back. */
size_t difference_draw_row(const struct difference_draw *draw, size_t place);

/* The lines that the pane has for rows; at least 1. */
size_t difference_draw_lines(const struct frame *frame, struct rect rect);

/* The place of the row that is on a line of the screen; false when there is none. */
bool difference_draw_place_at(const struct difference_draw *draw, const struct frame *frame,
			      struct rect rect, int line, size_t *ret_place);

void difference_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		     const struct difference_draw *draw, const struct scene *scene);

#endif
