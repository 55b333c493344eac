/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_DISPATCH_H
#define UI_DISPATCH_H

/*
 * The way of a key or a press of the mouse: to the line that is typed, else to the pane that has
 * the focus or lies under the pointer, else to a command.
 */

#include <stdbool.h>
#include <stdint.h>

struct keymap;
struct mouse;
struct pane_ops;
struct ui;

/*
 * Makes the panes of the keymap's commands, closed but for the main view and what stands beside and
 * below it. The keymap must live as long.
 */
void dispatch_start(struct ui *ui, const struct keymap *keymap);

/* Takes a key. */
void dispatch_key(struct ui *ui, uint32_t key);

/* Takes a press of the mouse. While a line is typed, presses do nothing. */
void dispatch_mouse(struct ui *ui, const struct mouse *mouse);

#endif
