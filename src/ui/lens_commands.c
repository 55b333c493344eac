/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/lens_commands.h"

#include "ui/command.h"
#include "ui/ui.h"

static unsigned step(struct ui *ui, unsigned by)
{
	ui->lens = (ui->lens + by) % LENS_COUNT;
	ui->message = lens_message(ui->lens);
	if (ui->lens == LENS_RESIDENCY && !ui_usage(ui))
		ui->message = "Colours: what is in memory, which is not known here.";
	return REACT_REDRAW;
}

unsigned lens_commands_next(struct ui *ui)
{
	return step(ui, 1);
}

unsigned lens_commands_previous(struct ui *ui)
{
	return step(ui, LENS_COUNT - 1);
}
