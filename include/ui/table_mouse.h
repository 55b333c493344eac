/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_MOUSE_H
#define UI_TABLE_MOUSE_H

/*
 * The mouse in the table: a click selects a row, a double click does what Enter does, the right
 * button what Backspace does, the wheel scrolls; a click on a heading sorts by it.
 */

struct mouse;
struct ui;

/* Takes a press in the pane of the table; returns reactions. */
unsigned table_mouse_press(struct ui *ui, const struct mouse *mouse);

#endif
