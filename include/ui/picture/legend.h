/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_LEGEND_H
#define UI_PICTURE_LEGEND_H

/* What the colours of the picture mean: a line in the lower border of its pane. */

#include "model/kind.h"
#include "ui/frame.h"

struct canvas;
struct scene;

/* How many lines of the screen have the colour of each kind. */
struct legend_lines {
	unsigned of_kind[KIND_COUNT];
};

/*
 * Draws as much of it as fits, whole words only: at the right end what the hatching of bars means,
 * and before it the kinds that are on the screen in the order of enum kind, those of the fewest
 * lines being left out first; or the classes of another colour mode. rect is the pane with its
 * border.
 */
void legend_draw(struct canvas *canvas, struct rect rect, const struct scene *scene,
		 const struct legend_lines *lines);

#endif
