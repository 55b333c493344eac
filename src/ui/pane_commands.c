/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane_commands.h"

#include "ui/command.h"
#include "ui/find_commands.h"
#include "ui/go_to.h"
#include "ui/sentence.h"
#include "ui/table_commands.h"
#include "ui/time_commands.h"
#include "ui/ui.h"

unsigned pane_commands_inspector(struct ui *ui)
{
	if (ui->frame.narrow) {
		ui->overlay = ui->overlay == OVERLAY_INSPECTOR ? OVERLAY_NONE : OVERLAY_INSPECTOR;
		return REACT_REDRAW;
	}
	ui->inspector = !ui->inspector;
	ui_resize(ui, ui->frame.columns, ui->frame.lines);
	return REACT_RELAYOUT;
}

unsigned pane_commands_ledger(struct ui *ui)
{
	ui_set_lower(ui, ui->lower.pane == LOWER_LEDGER ? LOWER_NONE : LOWER_LEDGER);
	return REACT_RELAYOUT;
}

unsigned pane_commands_events(struct ui *ui)
{
	ui_set_lower(ui, ui->lower.pane == LOWER_EVENTS ? LOWER_NONE : LOWER_EVENTS);
	return REACT_RELAYOUT;
}

/* Opens the strip; then goes through what it can follow, and closes it. */
unsigned pane_commands_value(struct ui *ui)
{
	if (ui->lower.pane != LOWER_STRIP) {
		ui->lower.value = VALUE_HEAP;
		ui_set_lower(ui, LOWER_STRIP);
	} else if (ui->lower.value + 1 < VALUE_COUNT) {
		ui->lower.value++;
		ui->lower_chosen = true;
	} else {
		ui->lower.value = VALUE_HEAP;
		ui_set_lower(ui, LOWER_NONE);
	}
	return REACT_RELAYOUT;
}

unsigned pane_commands_help(struct ui *ui)
{
	ui->overlay = ui->overlay == OVERLAY_HELP ? OVERLAY_NONE : OVERLAY_HELP;
	ui->help_top = 0;
	return REACT_REDRAW;
}

/*
 * Leaves the innermost thing: an overlay, the search, the filter, a pane, the table, the past, the
 * zoom, the window.
 */
unsigned pane_commands_leave(struct ui *ui)
{
	bool unpinned;

	if (ui->overlay != OVERLAY_NONE) {
		ui->overlay = OVERLAY_NONE;
		return REACT_REDRAW;
	}
	if (find_commands_leave(ui))
		return REACT_RELAYOUT;
	if (ui->lower.pane == LOWER_ANSWER)
		return go_to_close(ui);
	if (lower_has_focus(&ui->lower)) {
		ui_set_lower(ui, LOWER_NONE);
		return REACT_RELAYOUT;
	}
	if (ui->body == BODY_TABLE)
		return table_commands_switch(ui);
	if (ui->paused)
		return time_commands_live(ui);
	unpinned = view_unpin(&ui->view);
	if (view_set_zoom(&ui->view, 0) || view_leave(&ui->view) || unpinned)
		return REACT_RELAYOUT;
	ui->message = "Nothing to leave here; " SENTENCE_KEY("quit") " quits.";
	return REACT_REDRAW;
}
