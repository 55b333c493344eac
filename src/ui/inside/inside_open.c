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
	const struct heap_usage *heap = shown_heap(&ui->shown);
	struct inside *inside = &of(ui)->inside;

	if (arrange_is_open(ui, &inside_pane) && inside_mapping(inside, ui->shown.space) == vma)
		return;
	inside_start(inside, vma, ui->shown.regions.page_size, &ui->view);
	/* Perhaps it is known already. */
	if (heap)
		inside_use_heap(inside, heap, true);
}

/* A band is selected by where it begins; further in, the cursor is there for a reason. */
static bool is_further_in(const struct vma *vma, uint64_t cursor)
{
	return cursor > vma->start && cursor < vma->end;
}

void inside_open(struct ui *ui, uint64_t address)
{
	const struct vma *vma = address_space_at(ui->shown.space, address);
	uint64_t cursor = ui->view.cursor;
	struct inside *inside = &of(ui)->inside;

	if (!vma)
		return;
	start(ui, vma);
	if (is_further_in(vma, cursor))
		inside_show(inside, cursor);
	of(ui)->cursor = ui->view.cursor = inside_level(inside)->view.cursor;
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
