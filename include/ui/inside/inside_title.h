/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_TITLE_H
#define UI_INSIDE_INSIDE_TITLE_H

/*
 * The border of what is inside a mapping: at its left the way there from the mapping on, "libc.so.6
 * data › .data › main_arena", of which the last part stays where there is no room for all; at its
 * right the scale, "log ×1".
 */

#include <stdbool.h>

#include "ui/frame.h"

struct canvas;
struct inside;
struct scene;

/* Blanks the pane. */
void inside_title_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		       const struct inside *inside, const struct scene *scene);

/* Whether the column of the top border is one of the scale's. */
bool inside_title_is_scale(const struct inside *inside, const struct scene *scene, struct rect rect,
			   int column);

#endif
