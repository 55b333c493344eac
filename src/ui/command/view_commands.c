/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/view_commands.h"

#include "ui/ui.h"

static struct view *shown_view(struct ui *ui)
{
	struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);

	return main->ops->view(main, ui);
}

/* The same to look at: it is the pane's, or the ui's. */
static unsigned zoom_of(const struct ui *ui)
{
	return view_window(shown_view((struct ui *)ui))->zoom;
}

static void set_zoom(struct ui *ui, unsigned zoom)
{
	view_set_zoom(shown_view(ui), zoom);
	ui_want(ui, UI_LAYOUT);
}

const char *view_commands_why_not_larger(const struct ui *ui)
{
	return zoom_of(ui) == VIEW_ZOOM_MAX ? "This is the largest zoom." : NULL;
}

void view_commands_zoom_in(struct ui *ui)
{
	set_zoom(ui, zoom_of(ui) + 1);
}

const char *view_commands_why_not_smaller(const struct ui *ui)
{
	return zoom_of(ui) == 0 ? "Everything is already on the screen." : NULL;
}

void view_commands_zoom_out(struct ui *ui)
{
	set_zoom(ui, zoom_of(ui) - 1);
}

void view_commands_zoom_reset(struct ui *ui)
{
	set_zoom(ui, 0);
}

void view_commands_scale(struct ui *ui)
{
	static const char *const messages[SCALE_COUNT] = {
		[SCALE_LOG] = "Log scale: each doubling of the size adds the same height.",
		[SCALE_LINEAR] = "Linear scale: heights are sizes; gaps and reservations are cut.",
		[SCALE_EQUAL] = "Equal scale: every band has the same height.",
	};
	struct view *view = shown_view(ui);

	view->scale = (view->scale + 1) % SCALE_COUNT;
	ui_say(ui, messages[view->scale]);
	ui_want(ui, UI_LAYOUT);
}

void view_commands_turn_over(struct ui *ui)
{
	struct view *view = shown_view(ui);

	view->low_on_top = !view->low_on_top;
	ui_say(ui, view->low_on_top ? "Low addresses are on top." : "High addresses are on top.");
	ui_want(ui, UI_LAYOUT);
}
