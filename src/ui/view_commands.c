/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/view_commands.h"

#include "ui/command.h"
#include "ui/display.h"
#include "ui/help.h"
#include "ui/ledger_pane.h"
#include "ui/scene.h"
#include "ui/sentence.h"
#include "ui/table_commands.h"
#include "ui/ui.h"
#include "ui/usage_commands.h"

#define MOVE_ALL 1000000 /* lines: to the end */

/* A screenful of the table, in the direction of lines. */
static int64_t table_page(const struct ui *ui, int lines)
{
	return lines < 0 ? -(int64_t)ui->table.lines : (int64_t)ui->table.lines;
}

/* Keys that move: the help where it is shown, the lower pane where it has the focus. */
static unsigned move(struct ui *ui, int lines,
		     void (*in_picture)(struct view *view, const struct diagram *diagram,
					int direction))
{
	const struct scene scene = display_scene(ui, NULL);

	if (ui->overlay == OVERLAY_HELP)
		ui->help_top = help_clamp(&ui->frame, ui->help_top + lines);
	else if (lower_has_focus(&ui->lower))
		lower_move(&ui->lower, &ui->frame, &scene, lines);
	else if (ui->body == BODY_TABLE)
		table_commands_move(ui,
				    in_picture == view_move_page ? table_page(ui, lines) : lines);
	else
		in_picture(&ui->view, ui->diagram, lines < 0 ? -1 : 1);
	return REACT_REDRAW;
}

unsigned view_commands_up(struct ui *ui)
{
	return move(ui, -1, view_move_band);
}

unsigned view_commands_down(struct ui *ui)
{
	return move(ui, 1, view_move_band);
}

unsigned view_commands_page_up(struct ui *ui)
{
	return move(ui, -ui->frame.lines / 2, view_move_page);
}

unsigned view_commands_page_down(struct ui *ui)
{
	return move(ui, ui->frame.lines / 2, view_move_page);
}

unsigned view_commands_top(struct ui *ui)
{
	return move(ui, -MOVE_ALL, view_move_end);
}

unsigned view_commands_bottom(struct ui *ui)
{
	return move(ui, MOVE_ALL, view_move_end);
}

/* Why the band under the cursor cannot be the new whole. */
static const char *why_not_enter(const struct ui *ui)
{
	const struct band *band = view_band(&ui->view, ui->diagram);
	const struct view_window *window = view_window(&ui->view);

	if (band->count == 1 && ui->regions.regions[band->region].hidden)
		return "The filter hides what is inside; " SENTENCE_KEY(
			"filter") " edits it, Esc shows it again.";
	if (band->count == 1 && ui->regions.regions[band->region].vma == REGION_GAP)
		return "There is nothing inside: no mapping lies in this gap.";
	if (band->start == window->start && band->end == window->end)
		return "This mapping fills the picture already; " SENTENCE_KEY(
			"out") " goes out, " SENTENCE_KEY("zoom-in") " zooms.";
	return ui->view.depth + 1 == VIEW_DEPTH ? "Too deep; " SENTENCE_KEY("out") " goes out."
						: NULL;
}

unsigned view_commands_enter(struct ui *ui)
{
	ui->message = why_not_enter(ui);
	if (ui->message)
		return REACT_REDRAW;
	view_enter(&ui->view, ui->diagram);
	return REACT_RELAYOUT;
}

const char *view_commands_why_not_in(const struct ui *ui)
{
	uint64_t address;

	if (ui->lower.pane == LOWER_SUMMARY)
		return NULL;
	if (ui->lower.pane == LOWER_EVENTS)
		return "Nothing to go to here; " SENTENCE_KEY(
			"events") " or Esc closes the events.";
	if (ui->lower.pane == LOWER_LEDGER && !ledger_pane_lines(&ui->lower.ledger))
		return "Nothing grew that one could go to; " SENTENCE_KEY(
			"ledger") " or Esc closes the list.";
	if (ui->lower.pane == LOWER_LEDGER)
		return lower_target(&ui->lower, &address)
			       ? NULL
			       : "A kind has no place of its own; choose a mapping.";
	if (ui->body == BODY_TABLE)
		return table_commands_why_not_in(ui);
	return why_not_enter(ui);
}

unsigned view_commands_in(struct ui *ui)
{
	uint64_t address;

	if (ui->lower.pane == LOWER_SUMMARY)
		return usage_commands_filter(ui);
	if (lower_target(&ui->lower, &address)) {
		view_show(&ui->view, address);
		return REACT_RELAYOUT;
	}
	if (ui->body == BODY_TABLE)
		return table_commands_in(ui);
	view_enter(&ui->view, ui->diagram);
	return REACT_RELAYOUT;
}

const char *view_commands_why_not_out(const struct ui *ui)
{
	if (ui->body == BODY_TABLE)
		return NULL;
	return ui->view.depth == 0 ? "The whole address space is shown already." : NULL;
}

unsigned view_commands_out(struct ui *ui)
{
	if (ui->body == BODY_TABLE)
		return table_commands_out(ui);
	view_leave(&ui->view);
	return REACT_RELAYOUT;
}

const char *view_commands_why_not_larger(const struct ui *ui)
{
	return view_window(&ui->view)->zoom == VIEW_ZOOM_MAX ? "This is the largest zoom." : NULL;
}

unsigned view_commands_zoom_in(struct ui *ui)
{
	view_set_zoom(&ui->view, view_window(&ui->view)->zoom + 1);
	return REACT_RELAYOUT;
}

const char *view_commands_why_not_smaller(const struct ui *ui)
{
	return view_window(&ui->view)->zoom == 0 ? "Everything is on the screen already." : NULL;
}

unsigned view_commands_zoom_out(struct ui *ui)
{
	view_set_zoom(&ui->view, view_window(&ui->view)->zoom - 1);
	return REACT_RELAYOUT;
}

unsigned view_commands_zoom_reset(struct ui *ui)
{
	view_set_zoom(&ui->view, 0);
	return REACT_RELAYOUT;
}

unsigned view_commands_scale(struct ui *ui)
{
	static const char *const messages[SCALE_COUNT] = {
		[SCALE_LOG] = "Log scale: each doubling of the size adds the same height.",
		[SCALE_LINEAR] = "Linear scale: heights are sizes; gaps and reservations are cut.",
		[SCALE_EQUAL] = "Equal scale: every band has the same height.",
	};

	ui->view.scale = (ui->view.scale + 1) % SCALE_COUNT;
	ui->message = messages[ui->view.scale];
	return REACT_RELAYOUT;
}

unsigned view_commands_turn_over(struct ui *ui)
{
	ui->view.low_on_top = !ui->view.low_on_top;
	ui->message =
		ui->view.low_on_top ? "Low addresses are on top." : "High addresses are on top.";
	return REACT_RELAYOUT;
}
