/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_HELP_H
#define UI_HELP_H

/* The help screen: the keys, and below them what the picture shows, explained. Scrolled. */

#include "ui/frame.h"

struct canvas;
struct glyphs;

/* Draws the help from line top of it on, over the panes. */
void help_draw(struct canvas *canvas, const struct frame *frame, const struct glyphs *glyphs,
	       int top);

/* The nearest first line that makes sense: from 0 to where the end is on the screen. */
int help_clamp(const struct frame *frame, int top);

#endif
