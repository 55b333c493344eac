/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_LIST_H
#define UI_LIST_H

/* What the panes that list something below the main view share. Lines of the screen. */

#include <stddef.h>

#include "ui/pane.h"

/* The lines that a list wants on a screen of that many, with its border. */
int list_lines(int screen_lines);

/*
 * The same of a list of so many entries, lines between them included: without any, what one
 * sentence takes; of a few, no more than these take.
 */
int list_lines_of(int screen_lines, size_t entries);

/* How far a key moves in a pane with that many lines inside, of that many in all. */
size_t list_step(enum pane_step step, int inside_lines, size_t all);

/* A cursor or scroll position from 0 to last, moved by so many lines up (-1) or down (+1). */
size_t list_move(size_t at, size_t last, size_t lines, int direction);

#endif
