/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_GROWERS_PANE_H
#define UI_PANE_GROWERS_PANE_H

/*
 * What grew most since the baseline (ui/pane/growers_draw.h). The cursor stays with its mapping or
 * kind; Enter unfolds a group of like mappings, and shows a mapping in the main view.
 */

#include <stddef.h>

#include "model/growers.h"
#include "ui/pane.h"
#include "ui/pane/growers_lines.h"

struct growers_pane {
	struct pane pane;
	struct growers growers; /* rebuilt with every snapshot while it is shown */
	struct growers_open open;
	size_t top, cursor; /* lines of it */
};

extern const struct pane_ops growers_pane;

#endif
