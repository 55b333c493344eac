/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_TIMELINE_PANE_H
#define UI_PANE_TIMELINE_PANE_H

/* A recording that is played, from its begin to its end: how it grew, what stands out, and where
 * one is. */

#include "ui/pane.h"

struct ui;

extern const struct pane_ops timeline_pane;

/* Asks for a time to go to, in a line that the loop reads (app/replay_time.h). */
void timeline_pane_ask(struct ui *ui);

#endif
