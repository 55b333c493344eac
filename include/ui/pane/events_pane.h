/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_EVENTS_PANE_H
#define UI_PANE_EVENTS_PANE_H

/* What changed, and when (ui/pane/events_draw.h), the newest at the bottom; it scrolls. */

#include <stddef.h>

#include "ui/pane.h"

struct events_pane {
	struct pane pane;
	size_t back; /* how many newer ones lie below the pane */
};

extern const struct pane_ops events_pane;

#endif
