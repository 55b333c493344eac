/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_ARRANGE_H
#define UI_ARRANGE_H

/* Which panes are open, and where on the screen each of them stands. */

#include <stdbool.h>

struct pane;
struct pane_ops;
struct ui;

/* Takes a new size of the screen over. */
void arrange_resize(struct ui *ui, int columns, int lines);

/* The same for a picture on paper: no panes but header and picture, and a footer where asked. */
void arrange_resize_plain(struct ui *ui, int columns, int lines, bool footer);

/* Places the panes again, after one wants another number of lines. */
void arrange_again(struct ui *ui);

/* ui_layout(), after room was made for a pane that wants another number of lines by now. */
void arrange_layout(struct ui *ui);

/* The pane of the screen, which must have been made; and whether it is open. */
struct pane *arrange_pane(const struct ui *ui, const struct pane_ops *ops);
bool arrange_is_open(const struct ui *ui, const struct pane_ops *ops);

/* Whether it is open, has room, and nothing lies over all panes. */
bool arrange_is_seen(const struct ui *ui, const struct pane_ops *ops);

/*
 * Opens a pane on top of the others, or closes it. One at the bottom takes the place of those
 * that were opened there, but not of what is there from the start.
 */
void arrange_open(struct ui *ui, const struct pane_ops *ops);
void arrange_close(struct ui *ui, const struct pane_ops *ops);
void arrange_toggle(struct ui *ui, const struct pane_ops *ops);

/* Leaves whatever lies over the main view. */
void arrange_uncover(struct ui *ui);

/* The pane that is seen on that cell of the screen; NULL for header and footer. */
struct pane *arrange_pane_at(const struct ui *ui, int column, int line);

#endif
