/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_INSPECTOR_PANE_H
#define UI_PANE_INSPECTOR_PANE_H

/* What is under the cursor, explained in words: beside the main view, or over it on narrow screens.
 */

struct pane_ops;
struct ui;

extern const struct pane_ops inspector_pane;

/* The command: shows or hides it. */
void inspector_pane_toggle(struct ui *ui);

#endif
