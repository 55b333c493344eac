/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_VIEW_H
#define UI_VIEW_H

/*
 * Where the user is: the window, the zoom and the cursor. The cursor is an address, so it survives
 * refresh, resize and zoom; its line on the screen is kept as long as the picture allows.
 *
 * A diagram's rows count upwards from the lowest address; the view's lines count downwards from
 * the top of the picture. With high addresses on top, line = rows - 1 - row.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/diagram.h"

#define VIEW_DEPTH    32
#define VIEW_ZOOM_MAX 16u

/* One level of going in. */
struct view_window {
	uint64_t start, end; /* addresses shown */
	unsigned zoom;       /* the picture has lines << zoom rows */
};

struct view {
	struct view_window windows[VIEW_DEPTH]; /* [0] is the whole space */
	size_t depth;                           /* index of the window that is shown */
	enum scale scale;
	bool low_on_top;
	uint64_t cursor;    /* address */
	uint64_t pin;       /* address of what has a band of its own, */
	bool pinned;        /* if there is such a thing */
	uint64_t top;       /* line of the picture that the screen's first line shows */
	uint64_t cursor_at; /* the cursor's line on the screen, from 0 */
	uint64_t lines;     /* lines that the screen has for the picture */
};

/* The whole space of the regions, the cursor on the heap, or else on the main stack. */
void view_init(struct view *view, const struct region_list *regions);

/* The window shown. */
const struct view_window *view_window(const struct view *view);

/* Rows that the diagram of this view has. */
uint64_t view_rows(const struct view *view);

/* The line of a diagram's row and back. */
uint64_t view_line_of_row(const struct view *view, const struct diagram *diagram, uint64_t row);
uint64_t view_row_of_line(const struct view *view, const struct diagram *diagram, uint64_t line);

/* The addresses that are on the screen, half-open. */
void view_visible(const struct view *view, const struct diagram *diagram, uint64_t *ret_start,
		  uint64_t *ret_end);

/* The band under the cursor. */
const struct band *view_band(const struct view *view, const struct diagram *diagram);

/* Takes over a new sample: the whole may end elsewhere. */
void view_follow(struct view *view, const struct region_list *regions);

/* Scrolls so that the cursor keeps its line; to be called after every new diagram. */
void view_settle(struct view *view, const struct diagram *diagram);

/* Moves the cursor to the next band on the screen, -1 up or +1 down; through a tall one in steps.
 */
void view_move_band(struct view *view, const struct diagram *diagram, int direction);

/* Moves the cursor by so many lines of the screen, -1 up or +1 down. */
void view_move_lines(struct view *view, const struct diagram *diagram, uint64_t lines,
		     int direction);

/* Moves the cursor to the top (-1) or the bottom (+1) of the picture. */
void view_move_end(struct view *view, const struct diagram *diagram, int direction);

/* Moves the cursor to a line of the screen's, from 0; to the last where there is none. */
void view_select(struct view *view, const struct diagram *diagram, uint64_t line);

/*
 * Scrolls by so many lines, negative up; the cursor stays where it is, but on the screen. False
 * when there is nothing more that way.
 */
bool view_scroll(struct view *view, const struct diagram *diagram, int lines);

/* Makes the band under the cursor the window; false when the window is that band already. */
bool view_enter(struct view *view, const struct diagram *diagram);

/* Moves the cursor to the address and to the middle of the screen, out of windows without it. */
void view_go(struct view *view, uint64_t address);

/*
 * The same, and pins what lies there: whatever its size, it has a band of its own from the next
 * diagram on. Only its fold splits; nothing else moves. False from unpinning: nothing was pinned.
 */
void view_show(struct view *view, uint64_t address);
bool view_unpin(struct view *view);

/* Goes one window out; false when the whole space is shown. */
bool view_leave(struct view *view);

/* Sets the zoom, clamped to what there is; false when nothing changed. */
bool view_set_zoom(struct view *view, unsigned zoom);

#endif
