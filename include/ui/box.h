/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_BOX_H
#define UI_BOX_H

/* What all panes share: the frame around them with a title and a note, and wrapped text. */

#include <stddef.h>
#include <stdint.h>

#include "screen/canvas.h"
#include "ui/frame.h"

struct box {
	const char *title; /* at the left of the top line */
	const char *note;  /* at the right of it; NULL for none */
};

/* Blanks the pane and draws its border (if the frame has them), title and note. */
void box_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
	      const struct box *pane);

/*
 * The first line to show of all when so many fit: the one nearest to top with which the lines from
 * first to last, the cursor's, are in sight, and no room is wasted.
 */
size_t box_scroll(size_t top, size_t first, size_t last, size_t lines, size_t all);

/* Which part of more lines than a pane has is shown in it. */
struct box_part {
	int column, line, lines; /* where the part is on the canvas, column being the border's */
	uint64_t from, all;      /* the first line shown, and how many there are */
};

/* A thumb on the border beside the part; nothing when all lines are shown. */
void box_draw_thumb(struct canvas *canvas, uint32_t glyph, const struct box_part *part);

/*
 * Writes text broken at spaces (or anywhere in a longer word) into columns columns, at most lines
 * lines. With a canvas of NULL it only counts. Returns the lines that the whole text takes.
 */
int box_write_wrapped(struct canvas *canvas, int column, int line, int columns, int lines,
		      const char *text, enum role role);

/* The lines that the text takes then. */
int box_wrapped_lines(int columns, const char *text);

/* The sentence for a screen that is too small for anything else. */
void box_draw_too_small(struct canvas *canvas, const struct frame *frame);

#endif
