/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table_commands.h"

#include <stdio.h>

#include "model/address_space.h"
#include "ui/command.h"
#include "ui/sentence.h"
#include "ui/ui.h"
#include "ui/view_commands.h"

unsigned table_commands_switch(struct ui *ui)
{
	ui->body = ui->body == BODY_TABLE ? BODY_DIAGRAM : BODY_TABLE;
	ui->overlay = OVERLAY_NONE;
	/* On a small screen a pane stands in its place. */
	if (ui->frame.picture.lines == 0)
		ui_set_lower(ui, LOWER_NONE);
	if (ui->body == BODY_TABLE) {
		ui->table_stale = true;
		ui->table.cursor = ui->table.top + ui->table.lines / 2;
	} else {
		view_show(&ui->view, ui->view.cursor);
	}
	return REACT_RELAYOUT;
}

unsigned table_commands_move(struct ui *ui, int64_t rows)
{
	table_move(&ui->table, ui->space, rows);
	ui->view.cursor = ui->table.address;
	return REACT_REDRAW;
}

unsigned table_commands_scroll(struct ui *ui, int64_t rows)
{
	table_scroll(&ui->table, ui->space, rows);
	ui->view.cursor = ui->table.address;
	return REACT_REDRAW;
}

const char *table_commands_why_not_in(const struct ui *ui)
{
	return table_row(&ui->table) ? NULL : "The process has no mappings.";
}

static unsigned fold(struct ui *ui, const struct table_row *object)
{
	table_fold(&ui->table, ui->space, object);
	ui->view.cursor = ui->table.address;
	ui->table_stale = true;
	return REACT_RELAYOUT;
}

unsigned table_commands_in(struct ui *ui)
{
	const struct table_row *row = table_row(&ui->table);
	const struct vma *vma = &ui->space->vmas[row->vma];

	if (row->type == TABLE_ROW_OBJECT)
		return fold(ui, row);
	/* The cursor may be in a gap of the picture, beside the mapping. */
	if (ui->view.cursor < vma->start || ui->view.cursor >= vma->end)
		ui->view.cursor = vma->start;
	return table_commands_switch(ui);
}

unsigned table_commands_out(struct ui *ui)
{
	const struct table_row *object = table_object(&ui->table);

	if (object && object->open)
		return fold(ui, object);
	return table_commands_switch(ui);
}

const char *table_commands_why_not_left(const struct ui *ui)
{
	return ui->body == BODY_TABLE ? NULL : view_commands_why_not_out(ui);
}

unsigned table_commands_left(struct ui *ui)
{
	if (ui->body != BODY_TABLE)
		return view_commands_out(ui);
	if (!table_choose(&ui->table, -1))
		ui->message = "This is the first column.";
	return REACT_REDRAW;
}

const char *table_commands_why_not_right(const struct ui *ui)
{
	return ui->body == BODY_TABLE ? NULL : view_commands_why_not_in(ui);
}

unsigned table_commands_right(struct ui *ui)
{
	if (ui->body != BODY_TABLE)
		return view_commands_in(ui);
	if (!table_choose(&ui->table, 1))
		ui->message = "This is the last column.";
	return REACT_REDRAW;
}

unsigned table_commands_sort(struct ui *ui)
{
	table_sort(&ui->table);
	ui->table_stale = true;
	return REACT_RELAYOUT;
}

const char *table_commands_why_not_hide(const struct ui *ui)
{
	if (ui->table.chosen == TABLE_ADDRESS || ui->table.chosen == TABLE_NAME)
		return "Address and name say which mapping it is; they stay.";
	return NULL;
}

unsigned table_commands_hide(struct ui *ui)
{
	const char *name = table_column_name(ui->table.chosen);

	table_hide(&ui->table);
	snprintf(ui->answer, sizeof(ui->answer),
		 "The column %s is hidden; " SENTENCE_KEY("show-columns") " shows all again.",
		 name);
	ui->message = ui->answer;
	return REACT_REDRAW;
}

const char *table_commands_why_not_show(const struct ui *ui)
{
	return ui->table.hidden ? NULL
				: "No column is hidden; " SENTENCE_KEY(
					  "hide-column") " hides the chosen one.";
}

unsigned table_commands_show(struct ui *ui)
{
	ui->table.hidden = 0;
	return REACT_REDRAW;
}
