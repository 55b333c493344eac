/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_HEADER_H
#define UI_HEADER_H

/* The two lines on top: which process, how it is, how much it maps, what watching it costs. */

#include "ui/frame.h"

struct canvas;
struct scene;

/* state: whether to say that the picture is live, paused or over (not on paper). */
void header_draw(struct canvas *canvas, struct rect rect, const struct scene *scene, bool state);

#endif
