/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_TABLE_PANE_H
#define UI_TABLE_TABLE_PANE_H

/*
 * The other main view: the mappings as a table (ui/table/table.h, ui/table/table_draw.h). Enter
 * unfolds or folds an object and shows what is inside a mapping, Backspace is the way back. A click
 * selects a row, a double click does what Enter does, the right button what Backspace does, the
 * wheel scrolls; a click on a heading sorts by it. Below, its commands for ui/command/commands.c;
 * why_not_… is a sentence, or NULL when the command can act.
 */

#include <stdbool.h>

#include "ui/pane.h"
#include "ui/table/table.h"

struct ui;

struct table_pane {
	struct pane pane;
	struct table table; /* its cursor is the view's while the pane is open */
	bool stale;         /* the rows are to be rebuilt */
};

extern const struct pane_ops table_pane;

/* The picture or the table, in one place; the cursor stays. */
void table_pane_switch(struct ui *ui);

/* The column beside the chosen one. */
void table_pane_left(struct ui *ui);
void table_pane_right(struct ui *ui);

void table_pane_sort(struct ui *ui);
const char *table_pane_why_not_hide(const struct ui *ui);
void table_pane_hide(struct ui *ui);
const char *table_pane_why_not_show(const struct ui *ui);
void table_pane_show(struct ui *ui);

#endif
