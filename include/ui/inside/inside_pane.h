/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_PANE_H
#define UI_INSIDE_INSIDE_PANE_H

/*
 * The main view of what is inside a mapping (ui/inside/inside.h). It opens over picture or table on
 * a band that is one mapping, and has the keys of the picture: Enter takes a step in, Backspace one
 * back. The view's cursor is the pane's while it is open. ui/inside/inside_open.h opens it.
 */

#include <stdint.h>

#include "ui/inside/inside.h"
#include "ui/inside/inside_find.h"
#include "ui/pane.h"

struct ui;

struct inside_pane {
	struct pane pane;
	struct inside inside;
	struct inside_find find;
	uint64_t cursor; /* where the pane has put the view's cursor */
};

extern const struct pane_ops inside_pane;

/* The command: shows what is inside by pages, or by what it is; and why it cannot. */
const char *inside_pane_why_not_switch(const struct ui *ui);
void inside_pane_switch(struct ui *ui);

#endif
