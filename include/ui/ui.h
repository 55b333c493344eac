/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_UI_H
#define UI_UI_H

/*
 * The interactive picture: holds the reader's place, lays the newest snapshot out, runs commands
 * and draws. It reads no clock, no terminal and no process: all that comes in from the loop.
 */

#include <stdbool.h>
#include <stdint.h>

#include "layout/diagram.h"
#include "layout/region.h"
#include "ui/frame.h"
#include "ui/glyphs.h"
#include "ui/view.h"

struct address_space;
struct canvas;
struct scene_status;

enum overlay {
	OVERLAY_NONE,
	OVERLAY_HELP,
	OVERLAY_INSPECTOR, /* on screens too narrow for it beside the picture */
};

struct ui {
	struct view view;
	struct frame frame;
	enum overlay overlay;
	int help_top;   /* first line of the help that is shown */
	bool inspector; /* beside the picture, where there is room */
	bool paused;
	bool ended;          /* there will be no more samples */
	const char *message; /* the answer to the last key, a constant; NULL for none */
	const struct glyphs *glyphs;
	const struct address_space *space; /* not owned; set by ui_set_space() */
	struct region_list regions;
	struct diagram *diagram;
};

/* Starts with the first snapshot, which must live until the next ui_set_space(). */
void ui_init(struct ui *ui, const struct address_space *space, bool unicode);
void ui_finish(struct ui *ui);

/* Takes a new snapshot over; the one before is not used any more. Needs a ui_layout(). */
void ui_set_space(struct ui *ui, const struct address_space *space);

/* Takes a new size of the screen over. Needs a ui_layout(). */
void ui_resize(struct ui *ui, int columns, int lines);

/* The same for a picture on paper: no panes but header and picture. */
void ui_resize_plain(struct ui *ui, int columns, int lines);

/* Makes the diagram anew, after the space, the size or the view changed. */
void ui_layout(struct ui *ui);

/* Runs the command of a key; returns reactions (ui/command.h). */
unsigned ui_handle_key(struct ui *ui, uint32_t key);

/* Draws the screen; status comes with what the loop knows. */
void ui_draw(const struct ui *ui, struct canvas *canvas, const struct scene_status *status);

/* Draws a picture on paper: header and diagram, nothing of the reader's place. */
void ui_draw_plain(const struct ui *ui, struct canvas *canvas, const struct scene_status *status);

#endif
