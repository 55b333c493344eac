/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_INSPECTOR_PANE_H
#define UI_PANE_INSPECTOR_PANE_H

/*
 * What is under the cursor, explained in words: beside the main view, or over it on narrow screens.
 * What there is no room for is on further pages.
 */

struct pane_ops;
struct ui;

extern const struct pane_ops inspector_pane;

/* The command: shows or hides it. */
void inspector_pane_toggle(struct ui *ui);

/* The command: shows the next page; after the last one the first. */
void inspector_pane_turn(struct ui *ui);

/* Why there is no next page: a sentence (ui/text/sentence.h), or NULL. */
const char *inspector_pane_why_not_turn(const struct ui *ui);

#endif
