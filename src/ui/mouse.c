/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/mouse.h"

#include "screen/key.h"
#include "ui/command.h"
#include "ui/display.h"
#include "ui/footer.h"
#include "ui/help.h"
#include "ui/pane_commands.h"
#include "ui/picture_columns.h"
#include "ui/sentence.h"
#include "ui/table_mouse.h"
#include "ui/ui.h"
#include "ui/view_commands.h"

#define WHEEL_LINES 3 /* that a step of the wheel scrolls by */

/* Down or up, by so many lines a step; 0 for a button. */
static int wheel_lines(const struct mouse *mouse, int lines)
{
	if (mouse->button == MOUSE_WHEEL_UP)
		return -lines;
	return mouse->button == MOUSE_WHEEL_DOWN ? lines : 0;
}

/* Does what a command does, or says why it cannot. */
static unsigned act(struct ui *ui, const char *(*why_not)(const struct ui *ui),
		    unsigned (*run)(struct ui *ui))
{
	ui->message = why_not(ui);
	return ui->message ? REACT_REDRAW : run(ui);
}

/* The cursor goes to the pointer: it is what keeps its line when the picture is laid out anew. */
static unsigned zoom_at(struct ui *ui, const struct mouse *mouse, uint64_t line)
{
	view_select(&ui->view, ui->diagram, line);
	if (mouse->button == MOUSE_WHEEL_UP)
		return act(ui, view_commands_why_not_larger, view_commands_zoom_in);
	return act(ui, view_commands_why_not_smaller, view_commands_zoom_out);
}

/* What fits has nothing to scroll: the cursor moves instead. */
static unsigned scroll_picture(struct ui *ui, const struct mouse *mouse)
{
	if (ui->diagram->rows > ui->view.lines)
		view_scroll(&ui->view, ui->diagram, wheel_lines(mouse, WHEEL_LINES));
	else
		view_move_band(&ui->view, ui->diagram, wheel_lines(mouse, 1));
	return REACT_REDRAW;
}

/* Whether the column of the screen is one of the minimap's. */
static bool is_minimap(const struct ui *ui, struct rect inside, int column)
{
	struct picture_columns columns;

	picture_columns_lay(&columns, inside, &(struct picture_wish){.minimap = ui->chronicle});
	return columns.minimap && column >= columns.minimap;
}

static unsigned press_picture(struct ui *ui, const struct mouse *mouse)
{
	struct rect inside = frame_inside(&ui->frame, ui->frame.picture);

	if (mouse->button == MOUSE_RIGHT)
		return act(ui, view_commands_why_not_out, view_commands_out);
	if (!frame_contains(inside, mouse->column, mouse->line))
		return REACT_REDRAW;
	if (wheel_lines(mouse, 1))
		return mouse->modifiers & MOUSE_CTRL
			       ? zoom_at(ui, mouse, (uint64_t)(mouse->line - inside.line))
			       : scroll_picture(ui, mouse);
	if (mouse->button == MOUSE_LEFT && is_minimap(ui, inside, mouse->column)) {
		view_go(&ui->view, minimap_address_at(&ui->minimap, mouse->line - inside.line));
		return REACT_RELAYOUT;
	}
	if (mouse->button == MOUSE_LEFT)
		view_select(&ui->view, ui->diagram, (uint64_t)(mouse->line - inside.line));
	if (mouse->button == MOUSE_LEFT && mouse->clicks == 2)
		return view_commands_enter(ui);
	return REACT_REDRAW;
}

static unsigned press_lower(struct ui *ui, const struct mouse *mouse)
{
	const struct scene scene = display_scene(ui, NULL);
	int lines = wheel_lines(mouse, ui->lower.pane == LOWER_EVENTS ? WHEEL_LINES : 1);

	if (!lower_has_focus(&ui->lower))
		return REACT_REDRAW;
	if (lines)
		lower_move(&ui->lower, &ui->frame, &scene, lines);
	else if (mouse->button == MOUSE_LEFT && lower_select(&ui->lower, &ui->frame, mouse->line) &&
		 mouse->clicks == 2)
		return act(ui, view_commands_why_not_in, view_commands_in);
	return REACT_REDRAW;
}

static unsigned press_footer(struct ui *ui, const struct mouse *mouse, const char *shown)
{
	const struct scene_status status = {.message = shown};
	const struct scene scene = display_scene(ui, &status);
	const struct command *command = footer_command_at(ui->frame.footer, &scene, mouse->column);

	return command && mouse->button == MOUSE_LEFT ? ui_run(ui, command) : REACT_REDRAW;
}

/* What lies over the picture is scrolled, and left with the right button. */
static unsigned press_overlay(struct ui *ui, const struct mouse *mouse)
{
	if (mouse->button == MOUSE_RIGHT)
		return pane_commands_leave(ui);
	if (ui->overlay == OVERLAY_HELP)
		ui->help_top =
			help_clamp(&ui->frame, ui->help_top + wheel_lines(mouse, WHEEL_LINES));
	return REACT_REDRAW;
}

unsigned mouse_handle(struct ui *ui, const struct mouse *mouse)
{
	const struct frame *frame = &ui->frame;
	const char *shown = ui->message;

	if (ui->asking || frame->too_small)
		return REACT_NONE;
	ui->message = NULL;
	ui->keys++;
	if (frame_contains(frame->footer, mouse->column, mouse->line))
		return press_footer(ui, mouse, shown);
	if (ui->overlay == OVERLAY_HELP)
		return press_overlay(ui, mouse);
	if (frame_contains(frame->lower, mouse->column, mouse->line))
		return press_lower(ui, mouse);
	if (!frame_contains(frame->picture, mouse->column, mouse->line))
		return REACT_REDRAW;
	if (ui->overlay != OVERLAY_NONE)
		return press_overlay(ui, mouse);
	return ui->body == BODY_TABLE ? table_mouse_press(ui, mouse) : press_picture(ui, mouse);
}

const char *mouse_why_none(const struct ui *ui)
{
	return ui->has_mouse ? NULL : "This terminal has no mouse; keys do all of it.";
}

unsigned mouse_toggle(struct ui *ui)
{
	ui->mouse = !ui->mouse;
	ui->message = ui->mouse ? "The mouse is on; hold Shift to select text in most terminals."
				: "The mouse is off: it selects text; " SENTENCE_KEY(
					  "mouse") " turns it on again.";
	return REACT_MOUSE;
}
