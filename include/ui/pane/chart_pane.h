/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_CHART_PANE_H
#define UI_PANE_CHART_PANE_H

/*
 * The growth of one thing over time (ui/pane/chart.h), up to the moment that is shown: of the heap,
 * the mapping under the cursor, its kind, RSS or the size. On large screens it is there by itself.
 */

struct pane_ops;
struct ui;

extern const struct pane_ops chart_pane;

/* The command: opens it; then goes through what it can follow, and closes it. */
void chart_pane_next(struct ui *ui);

#endif
