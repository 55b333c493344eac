/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/help_sheet.h"

#include "screen/canvas.h"
#include "ui/box.h"

void help_sheet_heading(struct help_sheet *sheet, const char *heading)
{
	sheet->line += sheet->line > 0;
	help_sheet_text(sheet, 0, heading, ROLE_TITLE);
}

void help_sheet_label(struct help_sheet *sheet, int column, const char *label, enum role role)
{
	if (sheet->canvas)
		canvas_write(sheet->canvas, column, sheet->line, sheet->columns - column, label,
			     role);
}

void help_sheet_text(struct help_sheet *sheet, int column, const char *text, enum role role)
{
	int columns = sheet->columns - column;
	int lines = box_wrapped_lines(columns, text);

	if (sheet->canvas)
		box_write_wrapped(sheet->canvas, column, sheet->line, columns, lines, text, role);
	sheet->line += lines;
}
