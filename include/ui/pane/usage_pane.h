/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_USAGE_PANE_H
#define UI_PANE_USAGE_PANE_H

/*
 * The usage by kind and the limits (ui/pane/usage_draw.h). Enter filters by the kind under the
 * cursor. Below, the command that reads smaps, for ui/command/commands.c.
 */

#include <stddef.h>

#include "ui/pane.h"
#include "ui/pane/summary.h"

struct ui;

struct usage_pane {
	struct pane pane;
	struct summary summary; /* rebuilt with every snapshot while it is shown */
	size_t top, cursor;     /* lines of it */
};

extern const struct pane_ops usage_pane;

const char *usage_pane_why_no_smaps(const struct ui *ui);
void usage_pane_smaps(struct ui *ui);

#endif
