/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_PICTURE_H
#define UI_PICTURE_PICTURE_H

/* The pane of the diagram: a line a row, with address, bar, name, permissions and size. */

#include "ui/frame.h"

struct canvas;
struct scene;

void picture_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		  const struct scene *scene);

#endif
