/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HELP_PANE_H
#define UI_PANE_HELP_PANE_H

/* The help: the keys, and below them what the picture shows, explained. It scrolls. */

struct pane_ops;

extern const struct pane_ops help_pane;

#endif
