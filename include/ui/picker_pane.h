/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICKER_PANE_H
#define UI_PICKER_PANE_H

/* The picker on the whole screen: what is typed, the processes, the keys. */

#include <stddef.h>
#include <stdint.h>

#include "ui/picker_rows.h"

struct canvas;
struct picker;

#define PICKER_PANE_NO_ROW ((size_t)-1)

/* Draws the picker on a canvas of its size. clock is the local time, "10:41:07". */
void picker_pane_draw(struct canvas *canvas, const struct picker *picker, const char *clock);

/* The row that stands on a line of the screen; PICKER_PANE_NO_ROW when none does. */
size_t picker_pane_row_at(const struct picker *picker, int line);

/* The column whose heading stands on a cell of the screen; PICKER_COLUMNS when none does. */
enum picker_column picker_pane_heading_at(const struct picker *picker, int column, int line);

/* The key that stands on a cell of the footer; 0 when none does. */
uint32_t picker_pane_key_at(const struct picker *picker, int column, int line);

#endif
