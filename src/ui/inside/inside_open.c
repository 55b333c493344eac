/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_open.h"

#include "model/address_space.h"
#include "ui/arrange.h"
#include "ui/inside/inside_pane.h"
#include "ui/ui.h"

static struct inside_pane *of(const struct ui *ui)
{
	return (struct inside_pane *)arrange_pane(ui, &inside_pane);
}

/* Starts at the mapping, unless it is shown. */
static void start(struct ui *ui, const struct vma *vma)
{
	struct inside *inside = &of(ui)->inside;

	if (!arrange_is_open(ui, &inside_pane) || inside_mapping(inside, ui->shown.space) != vma)
		inside_start(inside, vma, ui->shown.regions.page_size, &ui->view);
}

void inside_open(struct ui *ui, uint64_t address)
{
	const struct vma *vma = address_space_at(ui->shown.space, address);

	if (!vma)
		return;
	start(ui, vma);
	of(ui)->cursor = ui->view.cursor = inside_level(&of(ui)->inside)->view.cursor;
	arrange_open(ui, &inside_pane);
}

void inside_open_at(struct ui *ui, uint64_t address)
{
	if (!address_space_at(ui->shown.space, address))
		return;
	inside_open(ui, address);
	inside_show(&of(ui)->inside, address);
	of(ui)->cursor = ui->view.cursor = address;
}

const char *inside_open_why_not(const struct ui *ui)
{
	if (arrange_is_open(ui, &inside_pane) || address_space_at(ui->shown.space, ui->view.cursor))
		return NULL;
	return "Nothing is mapped under the cursor.";
}

void inside_open_toggle(struct ui *ui)
{
	if (arrange_is_open(ui, &inside_pane))
		arrange_close(ui, &inside_pane);
	else
		inside_open(ui, ui->view.cursor);
}
