/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_MOUSE_H
#define UI_MOUSE_H

/*
 * The mouse: what a press means where it happened. In the picture a click moves the cursor, a
 * double click goes in, the right button goes out, the wheel scrolls, and zooms with Ctrl; in the
 * pane below, a click chooses a line and a double click does what Enter does; the table has its
 * own ways (ui/table_mouse.h); keys in the footer can be clicked. All of it can be done with keys
 * as well.
 */

struct mouse;
struct ui;

/* Takes a press; returns reactions. While a line is typed, presses do nothing. */
unsigned mouse_handle(struct ui *ui, const struct mouse *mouse);

/* The command that turns it off and on, for the table in ui/command.c. */
unsigned mouse_toggle(struct ui *ui);
const char *mouse_why_none(const struct ui *ui);

#endif
