/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/program_commands.h"

#include "ui/text/sentence.h"
#include "ui/ui.h"

void program_commands_theme(struct ui *ui)
{
	ui_want(ui, UI_THEME);
}

const char *program_commands_why_no_mouse(const struct ui *ui)
{
	return ui->host.has_mouse ? NULL
				  : "This terminal has no mouse; every command works by key.";
}

void program_commands_mouse(struct ui *ui)
{
	ui->request.mouse = !ui->host.mouse;
	ui_want(ui, UI_MOUSE);
	ui_say(ui, ui->request.mouse
			   ? "The mouse is on; hold Shift to select text in most terminals."
			   : "The mouse is off: the terminal selects text; " SENTENCE_KEY(
				     "mouse") " turns it on again.");
}

const char *program_commands_why_no_processes(const struct ui *ui)
{
	return ui->host.why_no_processes;
}

const char *program_commands_why_no_refresh(const struct ui *ui)
{
	return ui->shown.ended ? "The process has ended: this is its last picture." : NULL;
}

void program_commands_refresh(struct ui *ui)
{
	ui_want(ui, UI_SAMPLE | UI_REPAINT);
}

void program_commands_quit(struct ui *ui)
{
	ui_want(ui, UI_QUIT);
}
