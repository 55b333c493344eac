/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table_mouse.h"

#include "screen/key.h"
#include "ui/command.h"
#include "ui/table_commands.h"
#include "ui/table_pane.h"
#include "ui/ui.h"

#define WHEEL_LINES 3 /* that a step of the wheel scrolls by */

static unsigned press_heading(struct ui *ui, const struct mouse *mouse)
{
	enum table_column column = table_pane_column_at(&ui->table, &ui->frame, ui->frame.picture,
							mouse->column, mouse->line);

	if (column == TABLE_COLUMNS)
		return REACT_REDRAW;
	ui->table.chosen = column;
	return table_commands_sort(ui);
}

unsigned table_mouse_press(struct ui *ui, const struct mouse *mouse)
{
	size_t row;

	if (mouse->button == MOUSE_WHEEL_UP)
		return table_commands_scroll(ui, -WHEEL_LINES);
	if (mouse->button == MOUSE_WHEEL_DOWN)
		return table_commands_scroll(ui, WHEEL_LINES);
	if (mouse->button == MOUSE_RIGHT)
		return table_commands_out(ui);
	if (mouse->button != MOUSE_LEFT)
		return REACT_REDRAW;
	if (!table_pane_row_at(&ui->table, &ui->frame, ui->frame.picture, mouse->line, &row))
		return press_heading(ui, mouse);
	table_commands_move(ui, (int64_t)row - (int64_t)ui->table.cursor);
	return mouse->clicks == 2 ? table_commands_in(ui) : REACT_REDRAW;
}
