/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_PICTURE_EDGE_H
#define UI_PICTURE_PICTURE_EDGE_H

/* What is around the lines of the picture: border and title, scroll bar, minimap, legend. */

#include <stdbool.h>

#include "ui/frame.h"

struct canvas;
struct legend_lines;
struct picture_columns;
struct scene;

/* Blanks the pane; the title says what is shown, the note how. */
void picture_edge_draw_pane(struct canvas *canvas, const struct frame *frame, struct rect rect,
			    const struct scene *scene);

/* Whether the column of the top border is one of the note's, "log ×1". */
bool picture_edge_is_note(const struct scene *scene, struct rect rect, int column);

/* What shows the place and what colours mean; lines as for legend_draw(). */
void picture_edge_draw_guides(struct canvas *canvas, const struct frame *frame, struct rect rect,
			      const struct scene *scene, const struct picture_columns *columns,
			      const struct legend_lines *lines);

#endif
