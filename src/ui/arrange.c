/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/arrange.h"

#include <assert.h>
#include <stddef.h>

#include "ui/ui.h"

struct pane *arrange_pane(const struct ui *ui, const struct pane_ops *ops)
{
	struct pane *pane = pane_stack_find(&ui->panes, ops);

	assert(pane);
	return pane;
}

bool arrange_is_open(const struct ui *ui, const struct pane_ops *ops)
{
	return pane_stack_is_open(&ui->panes, pane_stack_find(&ui->panes, ops));
}

bool arrange_is_seen(const struct ui *ui, const struct pane_ops *ops)
{
	const struct pane *pane = pane_stack_find(&ui->panes, ops);

	return pane && pane_stack_is_open(&ui->panes, pane) && pane->rect.lines > 0 &&
	       (ops->place >= PANE_BODY || (!pane_stack_top(&ui->panes, PANE_BODY) &&
					    !pane_stack_top(&ui->panes, PANE_SCREEN)));
}

/* The lines that the pane at the bottom wants. */
static int bottom_lines(struct ui *ui, struct pane *bottom, int columns, int lines)
{
	const struct scene scene = ui_scene(ui, NULL);

	return bottom && scene.space ? bottom->ops->lines(bottom, &scene, columns, lines) : 0;
}

/* Beside the main view, or on a narrow screen over it where that was asked for. */
static void place_aside(struct ui *ui, struct pane *main, struct pane *aside)
{
	if (!aside)
		return;
	if (!ui->frame.narrow)
		aside->over = false;
	aside->rect = ui->frame.aside;
	if (!aside->over || !main)
		return;
	aside->rect = main->rect;
	main->rect = (struct rect){0};
}

static void place(struct ui *ui)
{
	const struct frame *frame = &ui->frame;
	struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);
	struct pane *bottom = pane_stack_top(&ui->panes, PANE_BOTTOM);

	for (size_t i = 0; i < ui->panes.count; i++)
		ui->panes.panes[i]->rect = (struct rect){0};
	if (main)
		main->rect = frame->main;
	if (bottom)
		bottom->rect = frame->bottom;
	place_aside(ui, main, pane_stack_top(&ui->panes, PANE_ASIDE));
	for (int over = PANE_BODY; over <= PANE_SCREEN; over++) {
		struct pane *pane = pane_stack_top(&ui->panes, (enum pane_place)over);

		if (pane)
			pane->rect = (struct rect){0, frame->header.lines, frame->columns,
						   frame->lines - frame->header.lines -
							   frame->footer.lines};
	}
}

static void take_frame(struct ui *ui)
{
	struct rect inside = frame_inside(&ui->frame, ui->frame.main);

	ui->view.lines = inside.lines > 0 ? (uint64_t)inside.lines : 1;
	place(ui);
	ui_want(ui, UI_LAYOUT | UI_DRAW);
}

void arrange_resize(struct ui *ui, int columns, int lines)
{
	struct pane *bottom = pane_stack_top(&ui->panes, PANE_BOTTOM);
	const struct pane *aside = pane_stack_top(&ui->panes, PANE_ASIDE);
	int wanted = bottom_lines(ui, bottom, columns, lines);

	if (bottom)
		bottom->wanted = wanted;
	frame_measure(&ui->frame, columns, lines,
		      &(struct frame_wish){
			      .aside = aside,
			      .bottom_lines = wanted,
		      });
	take_frame(ui);
}

void arrange_resize_plain(struct ui *ui, int columns, int lines, bool footer)
{
	frame_measure_plain(&ui->frame, columns, lines, footer);
	take_frame(ui);
}

void arrange_again(struct ui *ui)
{
	arrange_resize(ui, ui->frame.columns, ui->frame.lines);
}

void arrange_layout(struct ui *ui)
{
	struct pane *bottom = pane_stack_top(&ui->panes, PANE_BOTTOM);

	if (bottom &&
	    bottom_lines(ui, bottom, ui->frame.columns, ui->frame.lines) != bottom->wanted)
		arrange_again(ui);
	ui_layout(ui);
}

static void close(struct ui *ui, struct pane *pane)
{
	pane->asked = pane->over = false;
	pane_stack_remove(&ui->panes, pane);
	if (pane->ops->close)
		pane->ops->close(pane, ui);
}

/* At the bottom there is room for one; what was opened there makes way, a chart waits below. */
static void make_way(struct ui *ui, const struct pane *opened)
{
	for (size_t i = ui->panes.depth; i-- > 0;) {
		struct pane *pane = ui->panes.open[i];

		if (pane != opened && pane->ops->place == PANE_BOTTOM && !pane->ops->from_start)
			close(ui, pane);
	}
}

void arrange_open(struct ui *ui, const struct pane_ops *ops)
{
	struct pane *pane = arrange_pane(ui, ops);

	if (ops->place == PANE_BOTTOM)
		make_way(ui, pane);
	pane->asked = true;
	pane_stack_push(&ui->panes, pane);
	if (ops->open)
		ops->open(pane, ui);
	if (ops->take && ui->shown.space)
		ops->take(pane, ui);
	arrange_again(ui);
}

void arrange_close(struct ui *ui, const struct pane_ops *ops)
{
	struct pane *pane = arrange_pane(ui, ops);

	if (!pane_stack_is_open(&ui->panes, pane))
		return;
	close(ui, pane);
	arrange_again(ui);
}

void arrange_toggle(struct ui *ui, const struct pane_ops *ops)
{
	if (arrange_is_open(ui, ops))
		arrange_close(ui, ops);
	else
		arrange_open(ui, ops);
}

void arrange_uncover(struct ui *ui)
{
	struct pane *body = pane_stack_top(&ui->panes, PANE_BODY);
	struct pane *aside = pane_stack_top(&ui->panes, PANE_ASIDE);

	if (body)
		close(ui, body);
	if (aside)
		aside->over = false;
	arrange_again(ui);
}

struct pane *arrange_pane_at(const struct ui *ui, int column, int line)
{
	struct pane *found = NULL;

	for (size_t i = 0; i < ui->panes.depth; i++) {
		struct pane *pane = ui->panes.open[i];

		if (frame_contains(pane->rect, column, line) &&
		    (!found || pane->ops->place >= found->ops->place))
			found = pane;
	}
	return found;
}
