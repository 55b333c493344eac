/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_GROWTH_STRIP_H
#define UI_GROWTH_STRIP_H

/* The growth strip of what the reader follows: the heap, a mapping, a kind, RSS or the size. */

#include "ui/frame.h"

struct canvas;
struct scene;

/* Draws it into the lower pane, up to the moment that the scene shows. */
void growth_strip_draw(struct canvas *canvas, const struct frame *frame, const struct scene *scene);

#endif
