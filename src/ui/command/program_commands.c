/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/program_commands.h"

#include "ui/text/sentence.h"
#include "ui/ui.h"

/* A recording has no page faults: their colours are passed over. */
static void step_colours(struct ui *ui, unsigned by)
{
	do
		ui->colours = (ui->colours + by) % COLOUR_MODE_COUNT;
	while (ui->colours == COLOUR_MODE_SITES && ui->host.replay);
	ui_say(ui, colour_mode_message(ui->colours));
	if (ui->colours == COLOUR_MODE_RESIDENCY && !shown_usage(&ui->shown))
		ui_say(ui, "Colours: residency, which is unknown for this process.");
}

void program_commands_next_colours(struct ui *ui)
{
	step_colours(ui, 1);
}

void program_commands_previous_colours(struct ui *ui)
{
	step_colours(ui, COLOUR_MODE_COUNT - 1);
}

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
