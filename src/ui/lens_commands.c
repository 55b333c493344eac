/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/lens_commands.h"

#include "ui/ui.h"

static void step(struct ui *ui, unsigned by)
{
	ui->lens = (ui->lens + by) % LENS_COUNT;
	ui_say(ui, lens_message(ui->lens));
	if (ui->lens == LENS_RESIDENCY && !shown_usage(&ui->shown))
		ui_say(ui, "Colours: what is in memory, which is not known here.");
}

void lens_commands_next(struct ui *ui)
{
	step(ui, 1);
}

void lens_commands_previous(struct ui *ui)
{
	step(ui, LENS_COUNT - 1);
}
