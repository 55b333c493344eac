/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSPECTOR_H
#define UI_INSPECTOR_H

/* The pane that explains the band under the cursor in words. */

#include "ui/frame.h"

struct canvas;
struct scene;

void inspector_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		    const struct scene *scene);

#endif
