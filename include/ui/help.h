/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_HELP_H
#define UI_HELP_H

/* The help screen: the keys, and below them what the picture shows, explained. Scrolled. */

#include "ui/frame.h"

struct canvas;
struct glyphs;
struct keymap;

/* Draws the help from line top of it on, over the panes; keymap as in ui/keymap.h. */
void help_draw(struct canvas *canvas, const struct frame *frame, const struct glyphs *glyphs,
	       const struct keymap *keymap, int top);

/* The nearest first line that makes sense: from 0 to where the end is on the screen. */
int help_clamp(const struct frame *frame, int top);

#endif
