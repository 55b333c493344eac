/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_FRAME_H
#define UI_FRAME_H

/*
 * Where on the screen each part stands. Pure geometry; columns and lines of cells, from 0 at the
 * top left. A part of no lines or no columns is not shown.
 */

#include <stdbool.h>

#define FRAME_COLUMNS_MIN 40
#define FRAME_LINES_MIN   12

struct rect {
	int column, line, columns, lines;
};

struct frame {
	int columns, lines;
	bool too_small; /* nothing but a sentence fits */
	bool narrow;    /* no room for the inspector beside the picture */
	bool bordered;  /* panes have a frame of one cell around them */
	struct rect header;
	struct rect main;   /* the pane with its border */
	struct rect aside;  /* the pane with its border; empty when not beside the picture */
	struct rect bottom; /* the pane below the picture; on small screens instead of it */
	struct rect footer;
};

/* What the user wants to see beside the picture. */
struct frame_wish {
	bool aside;       /* a pane there, where there is room for it */
	int bottom_lines; /* of the pane below the picture, with border; 0: none */
};

/* The parts of an interactive screen. */
void frame_measure(struct frame *frame, int columns, int lines, const struct frame_wish *wish);

/* The parts of a picture on paper: no inspector, no borders; a footer of one line where asked. */
void frame_measure_plain(struct frame *frame, int columns, int lines, bool footer);

/* What is inside a pane's border: its text area. */
struct rect frame_inside(const struct frame *frame, struct rect pane);

/* Whether a cell lies in a part. */
bool frame_contains(struct rect rect, int column, int line);

#endif
