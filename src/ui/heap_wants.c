/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/heap_wants.h"

#include "model/address_space.h"
#include "model/session.h"
#include "ui/arrange.h"
#include "ui/inside/inside_wants.h"
#include "ui/pane/chart_pane.h"
#include "ui/pane/growers_pane.h"
#include "ui/pane/heap_pane.h"
#include "ui/ui.h"

/* Once the user has looked at the heap, what shows its growth has it walked, too. */
static bool is_followed(const struct ui *ui)
{
	return ui->shown.session && ui->shown.session->heap_used.count &&
	       (arrange_is_seen(ui, &growers_pane) || chart_pane_follows_heap(ui));
}

bool heap_wants(const struct ui *ui)
{
	if (!ui->shown.space || ui->shown.ended || !shown_is_newest(&ui->shown))
		return false;
	return arrange_is_seen(ui, &heap_pane) || inside_wants_heap(ui) || is_followed(ui);
}

bool heap_wants_take(struct ui *ui, const struct heap_usage *heap, int error, int64_t time_ns)
{
	struct shown *shown = &ui->shown;

	if (!shown->space || time_ns < shown->program_ns)
		return false;
	shown->heap = heap;
	/* What was walked a moment ago is as good for the newest snapshot. */
	shown->heap_ns = shown_is_newest(shown) ? shown->space->time_ns : time_ns;
	heap_pane_take(ui, error);
	inside_wants_take_heap(ui);
	return true;
}

void heap_wants_release(struct ui *ui)
{
	const struct pane *pane = arrange_pane(ui, &heap_pane);

	if (!ui->shown.heap || (arrange_is_open(ui, &heap_pane) && pane->rect.lines > 0) ||
	    inside_wants_has_heap(ui) || is_followed(ui))
		return;
	ui->shown.heap = NULL;
	inside_wants_take_heap(ui);
	ui_want(ui, UI_DRAW);
}
