/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command.h"

#include "screen/key.h"
#include "ui/help.h"
#include "ui/ui.h"

#define CTRL(letter) ((letter)&31)

/* In the help screen the keys that move, move the help. */
static unsigned scroll_help(struct ui *ui, int lines)
{
	ui->help_top = help_clamp(&ui->frame, ui->help_top + lines);
	return REACT_REDRAW;
}

static unsigned move_up(struct ui *ui)
{
	if (ui->overlay == OVERLAY_HELP)
		return scroll_help(ui, -1);
	view_move_band(&ui->view, ui->diagram, -1);
	return REACT_REDRAW;
}

static unsigned move_down(struct ui *ui)
{
	if (ui->overlay == OVERLAY_HELP)
		return scroll_help(ui, 1);
	view_move_band(&ui->view, ui->diagram, 1);
	return REACT_REDRAW;
}

static unsigned page_up(struct ui *ui)
{
	if (ui->overlay == OVERLAY_HELP)
		return scroll_help(ui, -ui->frame.lines);
	view_move_page(&ui->view, ui->diagram, -1);
	return REACT_REDRAW;
}

static unsigned page_down(struct ui *ui)
{
	if (ui->overlay == OVERLAY_HELP)
		return scroll_help(ui, ui->frame.lines);
	view_move_page(&ui->view, ui->diagram, 1);
	return REACT_REDRAW;
}

static unsigned move_top(struct ui *ui)
{
	view_move_end(&ui->view, ui->diagram, -1);
	return REACT_REDRAW;
}

static unsigned move_bottom(struct ui *ui)
{
	view_move_end(&ui->view, ui->diagram, 1);
	return REACT_REDRAW;
}

static const char *why_not_in(const struct ui *ui)
{
	const struct band *band = view_band(&ui->view, ui->diagram);
	const struct view_window *window = view_window(&ui->view);

	if (band->count == 1 && ui->regions.regions[band->region].vma == REGION_GAP)
		return "There is nothing inside: no mapping lies in this gap.";
	if (band->start == window->start && band->end == window->end)
		return "This mapping fills the picture already; Backspace goes out, + zooms.";
	return ui->view.depth + 1 == VIEW_DEPTH ? "Too deep; Backspace goes out." : NULL;
}

static unsigned go_in(struct ui *ui)
{
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

static const char *why_no_pause(const struct ui *ui)
{
	return ui->ended ? "The process has ended: this is its last picture." : NULL;
}

static unsigned toggle_pause(struct ui *ui)
{
	ui->paused = !ui->paused;
	return REACT_PAUSE;
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

/* Leaves the innermost thing: an overlay, then the zoom, then the window. */
static unsigned leave(struct ui *ui)
{
	if (ui->overlay != OVERLAY_NONE) {
		ui->overlay = OVERLAY_NONE;
		return REACT_REDRAW;
	}
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
	{"scale", "Next scale: log, linear, equal", "scale", next_scale, NULL, {'s'}},
	{"turn-over", "High or low addresses on top", "turn", turn_over, NULL, {'o'}},
	{"inspector", "Show or hide the inspector", "inspect", toggle_inspector, NULL, {'i'}},
	{"pause", "Stop or go on sampling", "pause", toggle_pause, why_no_pause, {KEY_SPACE}},
	{"refresh",
	 "Sample now, draw the screen again",
	 NULL,
	 sample_now,
	 why_no_pause,
	 {CTRL('L'), KEY_FN + 4}},
	{"help", "Show or leave this help", "help", toggle_help, NULL, {'?', KEY_FN}},
	{"leave", "Leave help, the zoom, the band", NULL, leave, NULL, {KEY_ESC}},
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
