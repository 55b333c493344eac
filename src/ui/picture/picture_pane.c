/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/picture_pane.h"

#include "base/memory.h"
#include "model/session.h"
#include "screen/key.h"
#include "ui/command/time_commands.h"
#include "ui/command/view_commands.h"
#include "ui/inside/inside_open.h"
#include "ui/picture/picture.h"
#include "ui/picture/picture_columns.h"
#include "ui/picture/picture_edge.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	picture_draw(canvas, frame, pane->rect, scene);
}

static struct view *view_of(struct pane *pane, struct ui *ui)
{
	(void)pane;
	return &ui->view;
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	(void)pane;
	switch (step) {
	case PANE_LINE: view_move_band(&ui->view, ui->shown.picture.diagram, direction); break;
	case PANE_HALF:
		view_move_lines(&ui->view, ui->shown.picture.diagram, (ui->view.lines + 1) / 2,
				direction);
		break;
	case PANE_PAGE:
		view_move_lines(&ui->view, ui->shown.picture.diagram, ui->view.lines, direction);
		break;
	case PANE_END: view_move_end(&ui->view, ui->shown.picture.diagram, direction); break;
	}
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	const struct band *band = view_band(&ui->view, ui->shown.picture.diagram);
	const struct view_window *window = view_window(&ui->view);
	const struct region *region = &ui->shown.regions.regions[band->region];

	(void)pane;
	if (band->count == 1 && region->hidden)
		return "The filter hides what is inside; " SENTENCE_KEY(
			"filter") " edits it, Esc shows it again.";
	if (band->count == 1 && region->vma == REGION_GAP)
		return "There is nothing inside: no mapping lies in this gap.";
	if (band->count == 1)
		return NULL;
	if (band->start == window->start && band->end == window->end)
		return "This already fills the picture; " SENTENCE_KEY(
			"out") " goes out, " SENTENCE_KEY("zoom-in") " zooms.";
	return ui->view.depth + 1 == VIEW_DEPTH
		       ? "This is the innermost level; " SENTENCE_KEY("out") " goes out."
		       : NULL;
}

static void enter(struct pane *pane, struct ui *ui)
{
	const struct band *band = view_band(&ui->view, ui->shown.picture.diagram);

	(void)pane;
	if (band->count == 1) {
		inside_open(ui, band->start);
		return;
	}
	view_enter(&ui->view, ui->shown.picture.diagram);
	ui_want(ui, UI_LAYOUT);
}

static const char *why_not_out(const struct pane *pane, const struct ui *ui)
{
	(void)pane;
	return ui->view.depth == 0 ? "The picture already shows the whole address space." : NULL;
}

static void out(struct pane *pane, struct ui *ui)
{
	(void)pane;
	view_leave(&ui->view);
	ui_want(ui, UI_LAYOUT);
}

/* Leaves the past, else the zoom, else the window; or what has a band of its own. */
static bool leave(struct pane *pane, struct ui *ui)
{
	bool unpinned;

	(void)pane;
	if (ui->shown.paused) {
		time_commands_live(ui);
		return true;
	}
	unpinned = view_unpin(&ui->view);
	if (!view_set_zoom(&ui->view, 0) && !view_leave(&ui->view) && !unpinned)
		return false;
	ui_want(ui, UI_LAYOUT);
	return true;
}

/* The cursor goes to the pointer: it is what keeps its line when the picture is laid out anew. */
static void zoom_at(struct ui *ui, uint64_t line, int direction)
{
	view_select(&ui->view, ui->shown.picture.diagram, line);
	if (direction < 0)
		ui_do_or_say(ui, view_commands_why_not_larger(ui), view_commands_zoom_in);
	else
		ui_do_or_say(ui, view_commands_why_not_smaller(ui), view_commands_zoom_out);
}

/* What fits has nothing to scroll: the cursor moves instead. */
static void scroll(struct ui *ui, int direction)
{
	if (ui->shown.picture.diagram->rows > ui->view.lines)
		view_scroll(&ui->view, ui->shown.picture.diagram, direction * PANE_WHEEL_LINES);
	else
		view_move_band(&ui->view, ui->shown.picture.diagram, direction);
}

/* Whether the column of the screen is one of the minimap's. */
static bool is_minimap(const struct ui *ui, struct rect inside, int column)
{
	struct picture_columns columns;

	picture_columns_lay(&columns, inside, &(struct picture_wish){.minimap = ui->shown.session});
	return columns.minimap && column >= columns.minimap;
}

/* Whether the scale in the top border was pressed. */
static bool is_note(const struct pane *pane, const struct ui *ui, const struct mouse *mouse)
{
	const struct scene scene = ui_scene(ui, NULL);

	return picture_edge_is_note(&scene, pane->rect, mouse->column);
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct rect inside = frame_inside(&ui->frame, pane->rect);
	int line = mouse->line - inside.line;

	if (mouse->line == pane->rect.line && is_note(pane, ui, mouse)) {
		view_commands_scale(ui);
		return false;
	}
	if (!frame_contains(inside, mouse->column, mouse->line))
		return false;
	if (is_minimap(ui, inside, mouse->column)) {
		view_go(&ui->view, minimap_address_at(&ui->shown.picture.minimap, line));
		ui_want(ui, UI_LAYOUT);
		return false;
	}
	view_select(&ui->view, ui->shown.picture.diagram, (uint64_t)line);
	return true;
}

static void wheel(struct pane *pane, struct ui *ui, const struct mouse *mouse, int direction)
{
	struct rect inside = frame_inside(&ui->frame, pane->rect);

	if (!frame_contains(inside, mouse->column, mouse->line))
		return;
	if (mouse->modifiers & MOUSE_CTRL)
		zoom_at(ui, (uint64_t)(mouse->line - inside.line), direction);
	else
		scroll(ui, direction);
}

const struct pane_ops picture_pane = {
	.name = "picture",
	.place = PANE_MAIN,
	.focus = true,
	.from_start = true,
	.not_here = "The table is shown; " SENTENCE_KEY("table") " shows the picture.",
	.ignores = PANE_NEWS_PULSE | PANE_NEWS_SAMPLE,
	.size = sizeof(struct pane),
	.draw = draw,
	.move = move,
	.press = press,
	.wheel = wheel,
	.why_not_enter = why_not_enter,
	.enter = enter,
	.why_not_out = why_not_out,
	.out = out,
	.leave = leave,
	.view = view_of,
};
