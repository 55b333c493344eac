/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_GROWERS_DRAW_H
#define UI_PANE_GROWERS_DRAW_H

/* Draws the pane of what grew most since the baseline, line by line (ui/pane/growers_lines.h). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/frame.h"

struct address_space;
struct canvas;
struct growers;
struct growers_open;

struct growers_draw {
	const struct growers *growers;
	const struct growers_open *open;   /* the unfolded groups */
	const struct address_space *space; /* that the growers was made for */
	const char *baseline;              /* when the baseline was set: "10:41:07" */
	double seconds;                    /* since then; 0 or NAN: rates are not known */
	const char *walked;                /* when the heap was first walked since then */
	double heap_seconds;               /* between the first and the last walk; as seconds */
	size_t top;                        /* first line shown */
	size_t cursor;                     /* the selected line */
	bool selecting;                    /* whether it is shown */
	bool letters;                      /* stand for colours */
};

void growers_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		  const struct growers_draw *pane);

#endif
