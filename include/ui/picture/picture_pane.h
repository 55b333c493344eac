/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_PICTURE_PANE_H
#define UI_PICTURE_PICTURE_PANE_H

/*
 * The main view: the address space as a picture (ui/picture/picture.h). A click moves the cursor, a
 * double click goes in, the right button goes out, the wheel scrolls, and zooms with Ctrl; a click
 * in the minimap goes there. Below, its commands for ui/command/commands.c; why_not_… is a
 * sentence, or NULL when the command can act.
 */

struct pane_ops;
struct ui;

extern const struct pane_ops picture_pane;

const char *picture_pane_why_not_larger(const struct ui *ui);
void picture_pane_zoom_in(struct ui *ui);
const char *picture_pane_why_not_smaller(const struct ui *ui);
void picture_pane_zoom_out(struct ui *ui);
void picture_pane_zoom_reset(struct ui *ui);
void picture_pane_scale(struct ui *ui);
void picture_pane_turn_over(struct ui *ui);

#endif
