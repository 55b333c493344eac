/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_H
#define UI_PANE_H

/* What all panes share: the frame around them with a title and a note, and wrapped text. */

#include "screen/canvas.h"
#include "ui/frame.h"

struct pane {
	const char *title; /* at the left of the top line */
	const char *note;  /* at the right of it; NULL for none */
};

/* Blanks the pane and draws its border (if the frame has them), title and note. */
void pane_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
	       const struct pane *pane);

/*
 * Writes text broken at spaces (or anywhere in a longer word) into columns columns, at most lines
 * lines. With a canvas of NULL it only counts. Returns the lines that the whole text takes.
 */
int pane_write_wrapped(struct canvas *canvas, int column, int line, int columns, int lines,
		       const char *text, enum role role);

#endif
