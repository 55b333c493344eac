/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_LIST_H
#define UI_LIST_H

/* What the panes that list something below the main view share. Lines of the screen. */

#include <stdbool.h>
#include <stddef.h>

#include "ui/frame.h"
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

/* The lines of a list below the one that names its columns. */
struct rect list_below_heads(struct rect inside);

/*
 * Which of count entries is on the line of the screen, where they lie in the lines of rows, top on
 * the first of these. Returns whether there is one, and sets *ret_at.
 */
bool list_at(struct rect rows, size_t top, size_t count, int line, size_t *ret_at);

/* Moves the cursor in a list of count entries by a step in a pane with that many lines inside. */
void list_move_cursor(size_t *cursor, size_t count, enum pane_step step, int inside_lines,
		      int direction);

/* A cursor or scroll position from 0 to last, moved by so many lines up (-1) or down (+1). */
size_t list_move(size_t at, size_t last, size_t lines, int direction);

#endif
