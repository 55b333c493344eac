/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/time_commands.h"

#include "model/chronicle.h"
#include "ui/command.h"
#include "ui/ui.h"

unsigned time_commands_pause(struct ui *ui)
{
	if (ui->paused)
		ui_show_newest(ui);
	else
		ui_show_moment(ui, history_end(ui->chronicle->history) - 1);
	return REACT_RELAYOUT;
}

/* The moment that is shown: the newest one, unless paused. */
static uint64_t shown_moment(const struct ui *ui)
{
	return ui->paused ? ui->moment : history_end(ui->chronicle->history) - 1;
}

const char *time_commands_why_not_back(const struct ui *ui)
{
	return shown_moment(ui) <= history_first(ui->chronicle->history)
		       ? "This is the oldest moment that is kept."
		       : NULL;
}

unsigned time_commands_back(struct ui *ui)
{
	ui_show_moment(ui, shown_moment(ui) - 1);
	return REACT_RELAYOUT;
}

const char *time_commands_why_not_forward(const struct ui *ui)
{
	return shown_moment(ui) + 1 >= history_end(ui->chronicle->history)
		       ? "This is the newest moment; L goes on live."
		       : NULL;
}

unsigned time_commands_forward(struct ui *ui)
{
	ui_show_moment(ui, shown_moment(ui) + 1);
	return REACT_RELAYOUT;
}

const char *time_commands_why_not_live(const struct ui *ui)
{
	return ui->paused ? NULL : "The picture is the newest one already.";
}

unsigned time_commands_live(struct ui *ui)
{
	ui_show_newest(ui);
	return REACT_RELAYOUT;
}

unsigned time_commands_mark(struct ui *ui)
{
	ui_set_mark(ui);
	ui->message = "Growth counts from this moment on.";
	return REACT_RELAYOUT;
}
