/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_ANSWER_PANE_H
#define UI_ANSWER_PANE_H

/* The pane below the picture that answers what is at the address that the reader went to. */

#include "ui/frame.h"

struct canvas;
struct scene;

/* The lines that the answer takes in so many columns. */
int answer_pane_lines(const struct scene *scene, int columns);

/* Draws it in the frame's lower pane. Statements that do not fit whole are left out, last first. */
void answer_pane_draw(struct canvas *canvas, const struct frame *frame, const struct scene *scene);

#endif
