/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_CHART_PANE_H
#define UI_PANE_CHART_PANE_H

/*
 * The growth of one thing over time (ui/pane/chart.h), up to the moment that is shown: of what grew
 * most since the baseline (a mapping, the heap, else RSS), the heap, what of it is in use and what
 * is free (once it was walked), the mapping under the cursor, its kind, RSS or the size. On large
 * screens it opens by itself once something has grown.
 */

#include <stdbool.h>

struct pane_ops;
struct ui;

extern const struct pane_ops chart_pane;

/* The command: opens it; then goes through what it can follow, and closes it. */
void chart_pane_next(struct ui *ui);

/* Whether it is seen, and follows what is inside the heap. */
bool chart_pane_follows_heap(const struct ui *ui);

#endif
