/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command.h"

#include "model/chronicle.h"
#include "screen/key.h"
#include "ui/help.h"
#include "ui/interval_commands.h"
#include "ui/scene.h"
#include "ui/ui.h"
#include "ui/usage_commands.h"

#define CTRL(letter) ((letter)&31)
#define MOVE_ALL     1000000 /* lines: to the end */

/* Keys that move: the help where it is shown, the lower pane where it has the focus. */
static unsigned move(struct ui *ui, int lines,
		     void (*in_picture)(struct view *view, const struct diagram *diagram,
					int direction))
{
	const struct scene scene = ui_scene(ui, NULL);

	if (ui->overlay == OVERLAY_HELP)
		ui->help_top = help_clamp(&ui->frame, ui->help_top + lines);
	else if (lower_has_focus(&ui->lower))
		lower_move(&ui->lower, &ui->frame, &scene, lines);
	else
		in_picture(&ui->view, ui->diagram, lines < 0 ? -1 : 1);
	return REACT_REDRAW;
}

static unsigned move_up(struct ui *ui)
{
	return move(ui, -1, view_move_band);
}

static unsigned move_down(struct ui *ui)
{
	return move(ui, 1, view_move_band);
}

static unsigned page_up(struct ui *ui)
{
	return move(ui, -ui->frame.lines / 2, view_move_page);
}

static unsigned page_down(struct ui *ui)
{
	return move(ui, ui->frame.lines / 2, view_move_page);
}

static unsigned move_top(struct ui *ui)
{
	return move(ui, -MOVE_ALL, view_move_end);
}

static unsigned move_bottom(struct ui *ui)
{
	return move(ui, MOVE_ALL, view_move_end);
}

static const char *why_not_in(const struct ui *ui)
{
	const struct band *band = view_band(&ui->view, ui->diagram);
	const struct view_window *window = view_window(&ui->view);
	uint64_t address;

	if (ui->lower.pane == LOWER_SUMMARY)
		return NULL;
	if (ui->lower.pane == LOWER_EVENTS)
		return "Nothing to go to here; e or Esc closes the events.";
	if (ui->lower.pane == LOWER_LEDGER)
		return lower_target(&ui->lower, &address)
			       ? NULL
			       : "A kind has no place of its own; choose a mapping.";
	if (band->count == 1 && ui->regions.regions[band->region].vma == REGION_GAP)
		return "There is nothing inside: no mapping lies in this gap.";
	if (band->start == window->start && band->end == window->end)
		return "This mapping fills the picture already; Backspace goes out, + zooms.";
	return ui->view.depth + 1 == VIEW_DEPTH ? "Too deep; Backspace goes out." : NULL;
}

static unsigned go_in(struct ui *ui)
{
	if (ui->lower.pane == LOWER_SUMMARY)
		return usage_commands_filter(ui);
	if (lower_target(&ui->lower, &ui->view.cursor)) {
		/* To where the address is: out of the windows that do not hold it. */
		while (ui->view.cursor < view_window(&ui->view)->start ||
		       ui->view.cursor >= view_window(&ui->view)->end)
			view_leave(&ui->view);
		ui->view.cursor_at = ui->view.lines / 2;
		return REACT_RELAYOUT;
	}
	view_enter(&ui->view, ui->diagram);
	return REACT_RELAYOUT;
}

static const char *why_not_out(const struct ui *ui)
{
	return ui->view.depth == 0 ? "The whole address space is shown already." : NULL;
}

static unsigned go_out(struct ui *ui)
{
	view_leave(&ui->view);
	return REACT_RELAYOUT;
}

static const char *why_not_larger(const struct ui *ui)
{
	return view_window(&ui->view)->zoom == VIEW_ZOOM_MAX ? "This is the largest zoom." : NULL;
}

static unsigned zoom_in(struct ui *ui)
{
	view_set_zoom(&ui->view, view_window(&ui->view)->zoom + 1);
	return REACT_RELAYOUT;
}

static const char *why_not_smaller(const struct ui *ui)
{
	return view_window(&ui->view)->zoom == 0 ? "Everything is on the screen already." : NULL;
}

static unsigned zoom_out(struct ui *ui)
{
	view_set_zoom(&ui->view, view_window(&ui->view)->zoom - 1);
	return REACT_RELAYOUT;
}

static unsigned zoom_reset(struct ui *ui)
{
	view_set_zoom(&ui->view, 0);
	return REACT_RELAYOUT;
}

static unsigned next_scale(struct ui *ui)
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

static unsigned turn_over(struct ui *ui)
{
	ui->view.low_on_top = !ui->view.low_on_top;
	ui->message =
		ui->view.low_on_top ? "Low addresses are on top." : "High addresses are on top.";
	return REACT_RELAYOUT;
}

static unsigned toggle_inspector(struct ui *ui)
{
	if (ui->frame.narrow) {
		ui->overlay = ui->overlay == OVERLAY_INSPECTOR ? OVERLAY_NONE : OVERLAY_INSPECTOR;
		return REACT_REDRAW;
	}
	ui->inspector = !ui->inspector;
	ui_resize(ui, ui->frame.columns, ui->frame.lines);
	return REACT_RELAYOUT;
}

static unsigned toggle_pause(struct ui *ui)
{
	if (ui->paused)
		ui_show_newest(ui);
	else
		ui_show_moment(ui, history_end(ui->chronicle->history) - 1);
	return REACT_RELAYOUT;
}

/* The moment that is shown: the newest one, unless paused. */
static uint64_t shown_moment(const struct ui *ui)
{
	return ui->paused ? ui->moment : history_end(ui->chronicle->history) - 1;
}

static const char *why_not_back(const struct ui *ui)
{
	return shown_moment(ui) <= history_first(ui->chronicle->history)
		       ? "This is the oldest moment that is kept."
		       : NULL;
}

static unsigned step_back(struct ui *ui)
{
	ui_show_moment(ui, shown_moment(ui) - 1);
	return REACT_RELAYOUT;
}

static const char *why_not_forward(const struct ui *ui)
{
	return shown_moment(ui) + 1 >= history_end(ui->chronicle->history)
		       ? "This is the newest moment; L goes on live."
		       : NULL;
}

static unsigned step_forward(struct ui *ui)
{
	ui_show_moment(ui, shown_moment(ui) + 1);
	return REACT_RELAYOUT;
}

static const char *why_not_live(const struct ui *ui)
{
	return ui->paused ? NULL : "The picture is the newest one already.";
}

static unsigned go_live(struct ui *ui)
{
	ui_show_newest(ui);
	return REACT_RELAYOUT;
}

static unsigned set_mark(struct ui *ui)
{
	ui_set_mark(ui);
	ui->message = "Growth counts from this moment on.";
	return REACT_RELAYOUT;
}

static unsigned toggle_ledger(struct ui *ui)
{
	ui_set_lower(ui, ui->lower.pane == LOWER_LEDGER ? LOWER_NONE : LOWER_LEDGER);
	return REACT_RELAYOUT;
}

static unsigned toggle_events(struct ui *ui)
{
	ui_set_lower(ui, ui->lower.pane == LOWER_EVENTS ? LOWER_NONE : LOWER_EVENTS);
	return REACT_RELAYOUT;
}

/* Opens the strip; then goes through what it can follow, and closes it. */
static unsigned next_value(struct ui *ui)
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

static const char *why_no_sample(const struct ui *ui)
{
	return ui->ended ? "The process has ended: this is its last picture." : NULL;
}

static unsigned sample_now(struct ui *ui)
{
	(void)ui;
	return REACT_RESAMPLE | REACT_REPAINT;
}

static unsigned toggle_help(struct ui *ui)
{
	ui->overlay = ui->overlay == OVERLAY_HELP ? OVERLAY_NONE : OVERLAY_HELP;
	ui->help_top = 0;
	return REACT_REDRAW;
}

/* Leaves the innermost thing: an overlay, the filter, a pane, the past, the zoom, the window. */
static unsigned leave(struct ui *ui)
{
	if (ui->overlay != OVERLAY_NONE) {
		ui->overlay = OVERLAY_NONE;
		return REACT_REDRAW;
	}
	if (ui->filtered) {
		ui->filtered = false;
		return REACT_REDRAW;
	}
	if (lower_has_focus(&ui->lower)) {
		ui_set_lower(ui, LOWER_NONE);
		return REACT_RELAYOUT;
	}
	if (ui->paused)
		return go_live(ui);
	if (view_set_zoom(&ui->view, 0) || view_leave(&ui->view))
		return REACT_RELAYOUT;
	ui->message = "Nothing to leave here; q quits.";
	return REACT_REDRAW;
}

static unsigned quit(struct ui *ui)
{
	(void)ui;
	return REACT_QUIT;
}

static const struct command commands[] = {
	{"up", "Go to the next band above", NULL, move_up, NULL, {KEY_ARROW_UP, 'k'}},
	{"down", "Go to the next band below", NULL, move_down, NULL, {KEY_ARROW_DOWN, 'j'}},
	{"page-up", "Go up a screenful", NULL, page_up, NULL, {KEY_PAGE_UP, CTRL('B')}},
	{"page-down", "Go down a screenful", NULL, page_down, NULL, {KEY_PAGE_DOWN, CTRL('F')}},
	{"top", "Go to the top", NULL, move_top, NULL, {KEY_TO_HOME}},
	{"bottom", "Go to the bottom", NULL, move_bottom, NULL, {KEY_TO_END, 'G'}},
	{"in",
	 "Go into the band under the cursor",
	 "in",
	 go_in,
	 why_not_in,
	 {KEY_RETURN, KEY_ARROW_RIGHT, 'l'}},
	{"out", "Go out again", "out", go_out, why_not_out, {KEY_BACK, KEY_ARROW_LEFT, 'h'}},
	{"zoom-in", "Double the rows: folds open", "zoom", zoom_in, why_not_larger, {'+', '='}},
	{"zoom-out", "Halve the rows", NULL, zoom_out, why_not_smaller, {'-'}},
	{"zoom-reset", "Fit everything on the screen", NULL, zoom_reset, why_not_smaller, {'0'}},
	{"scale", "Next scale: log, linear, equal", NULL, next_scale, NULL, {'s'}},
	{"turn-over", "High or low addresses on top", NULL, turn_over, NULL, {'o'}},
	{"inspector", "Show or hide the inspector", "inspect", toggle_inspector, NULL, {'i'}},
	{"value", "Growth of heap, mapping, kind, ...", "growth", next_value, NULL, {'v'}},
	{"ledger", "What grew most since the mark", "deltas", toggle_ledger, NULL, {'d'}},
	{"events", "What changed, and when", "events", toggle_events, NULL, {'e'}},
	{"summary", "Usage by kind, colours, limits", "usage", usage_commands_summary, NULL, {'u'}},
	{"smaps",
	 "Read smaps once: pss, dirty, flags",
	 NULL,
	 usage_commands_smaps,
	 usage_commands_why_no_smaps,
	 {'U'}},
	{"lens", "Colours by kind or by residency", NULL, usage_commands_lens, NULL, {'c'}},
	{"mark", "Count growth from this moment on", "mark", set_mark, NULL, {'m'}},
	{"pause", "Hold the picture, or go on", "pause", toggle_pause, NULL, {KEY_SPACE}},
	{"back", "One moment back in time", NULL, step_back, why_not_back, {','}},
	{"forward", "One moment forward", NULL, step_forward, why_not_forward, {'.'}},
	{"live", "Back to the newest moment", NULL, go_live, why_not_live, {'L'}},
	{"faster",
	 "More frames a second",
	 NULL,
	 interval_commands_faster,
	 interval_commands_why_not_faster,
	 {'<'}},
	{"slower",
	 "Fewer frames a second",
	 NULL,
	 interval_commands_slower,
	 interval_commands_why_not_slower,
	 {'>'}},
	{"refresh",
	 "Sample now, draw the screen again",
	 NULL,
	 sample_now,
	 why_no_sample,
	 {CTRL('L'), KEY_FN + 4}},
	{"help", "Show or leave this help", "help", toggle_help, NULL, {'?', KEY_FN}},
	{"leave", "Leave help, filter, pane, past, zoom", NULL, leave, NULL, {KEY_ESC}},
	{"quit", "Quit", "quit", quit, NULL, {'q', KEY_FN + 9}},
};

const struct command *command_table(size_t *ret_count)
{
	*ret_count = sizeof(commands) / sizeof(commands[0]);
	return commands;
}

const struct command *command_find(uint32_t key)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		for (size_t j = 0; j < COMMAND_KEYS_MAX && commands[i].keys[j]; j++)
			if (commands[i].keys[j] == key)
				return &commands[i];
	return NULL;
}
