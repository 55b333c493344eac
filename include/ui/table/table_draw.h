/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_TABLE_DRAW_H
#define UI_TABLE_TABLE_DRAW_H

/* The pane of the table, in the place of the picture: headings, and a line a row. */

#include <stdbool.h>
#include <stddef.h>

#include "ui/frame.h"
#include "ui/table/table_rows.h"

struct canvas;
struct scene;
struct table;

/* Draws the table, which is of the scene's space. */
void table_draw_pane(struct canvas *canvas, const struct frame *frame, struct rect rect,
		     const struct table *table, const struct scene *scene);

/* The lines that the pane has for rows; at least 1. */
size_t table_draw_lines(const struct frame *frame, struct rect rect);

/* The row on a line of the screen; false when there is none. */
bool table_draw_row_at(const struct table *table, const struct frame *frame, struct rect rect,
		       int line, size_t *ret_row);

/* The column whose heading is at that place of the screen; TABLE_COLUMNS for none. */
enum table_column table_draw_column_at(const struct table *table, const struct frame *frame,
				       struct rect rect, int column, int line);

#endif
