/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PROCESSES_PROCESSES_DRAW_H
#define UI_PROCESSES_PROCESSES_DRAW_H

/* The process list as it is drawn: what is typed in the place of the header, and the processes. */

#include <stddef.h>

#include "ui/frame.h"
#include "ui/processes/process_rows.h"

struct canvas;
struct picker;
struct scene;

#define PROCESSES_DRAW_NO_ROW ((size_t)-1)

/* Draws it, with the header; rect is the pane with its border. */
void processes_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		    const struct picker *picker, const struct scene *scene);

/* The rows that a pane has room for; at least 1. */
size_t processes_draw_lines(const struct frame *frame, struct rect rect);

/* The row that stands on a line of the screen; PROCESSES_DRAW_NO_ROW when none does. */
size_t processes_draw_row_at(const struct picker *picker, const struct frame *frame,
			     struct rect rect, int line);

/* The column whose heading stands on a cell of the screen; PICKER_COLUMNS when none does. */
enum picker_column processes_draw_heading_at(const struct picker *picker, const struct frame *frame,
					     struct rect rect, int column, int line);

#endif
