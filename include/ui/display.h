/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_DISPLAY_H
#define UI_DISPLAY_H

/* The whole screen, drawn from where the user is and what the loop knows. Needs a ui_layout(). */

#include "ui/scene.h"

struct canvas;
struct ui;

/* Draws all of the screen; status comes with what the loop knows. */
void display_draw(const struct ui *ui, struct canvas *canvas, const struct scene_status *status);

/*
 * The same where the canvas holds the frame before, since which there are only news (enum
 * pane_news): panes that ignore these stay as they are.
 */
void display_renew(const struct ui *ui, struct canvas *canvas, const struct scene_status *status,
		   unsigned news);

/* Draws a picture on paper: header and diagram, nothing of the user's place. */
void display_draw_plain(const struct ui *ui, struct canvas *canvas,
			const struct scene_status *status);

#endif
