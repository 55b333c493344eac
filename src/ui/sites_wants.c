/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/sites_wants.h"

#include <stddef.h>

#include "ui/arrange.h"
#include "ui/pane/sites_pane.h"
#include "ui/ui.h"

bool sites_wants(const struct ui *ui)
{
	return ui->shown.space && ui->shown.session && !ui->shown.ended &&
	       (arrange_is_open(ui, &sites_pane) || ui->colours == COLOUR_MODE_SITES);
}

void sites_wants_take(struct ui *ui, const struct call_sites *sites, const char *words)
{
	ui->shown.sites = sites;
	ui->shown.sites_words = words;
	site_colours_renew(&ui->shown.site_colours, sites);
	sites_pane_take(ui);
	/* Where the pane is not there to say why. */
	if (!sites && words && *words && !arrange_is_open(ui, &sites_pane))
		ui_say_format(ui, "%s", words);
	ui_want(ui, UI_DRAW);
}
