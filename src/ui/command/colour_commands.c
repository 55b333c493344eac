/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/colour_commands.h"

#include "ui/ui.h"

static void step(struct ui *ui, unsigned by)
{
	ui->colours = (ui->colours + by) % COLOUR_MODE_COUNT;
	ui_say(ui, colour_mode_message(ui->colours));
	if (ui->colours == COLOUR_MODE_RESIDENCY && !shown_usage(&ui->shown))
		ui_say(ui, "Colours: residency, which is unknown for this process.");
}

void colour_commands_next(struct ui *ui)
{
	step(ui, 1);
}

void colour_commands_previous(struct ui *ui)
{
	step(ui, COLOUR_MODE_COUNT - 1);
}
