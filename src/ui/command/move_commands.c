/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/move_commands.h"

#include "ui/arrange.h"
#include "ui/command/find_commands.h"
#include "ui/table/table_pane.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static void move(struct ui *ui, enum pane_step step, int direction)
{
	struct pane *focused = pane_stack_focused(&ui->panes);

	if (focused && focused->ops->move)
		focused->ops->move(focused, ui, step, direction);
}

void move_commands_up(struct ui *ui)
{
	move(ui, PANE_LINE, -1);
}

void move_commands_down(struct ui *ui)
{
	move(ui, PANE_LINE, 1);
}

void move_commands_half_page_up(struct ui *ui)
{
	move(ui, PANE_HALF, -1);
}

void move_commands_half_page_down(struct ui *ui)
{
	move(ui, PANE_HALF, 1);
}

void move_commands_page_up(struct ui *ui)
{
	move(ui, PANE_PAGE, -1);
}

void move_commands_page_down(struct ui *ui)
{
	move(ui, PANE_PAGE, 1);
}

void move_commands_top(struct ui *ui)
{
	move(ui, PANE_END, -1);
}

void move_commands_bottom(struct ui *ui)
{
	move(ui, PANE_END, 1);
}

const char *move_commands_why_not_in(const struct ui *ui)
{
	const struct pane *focused = pane_stack_focused(&ui->panes);
	const char *why =
		focused->ops->why_not_enter ? focused->ops->why_not_enter(focused, ui) : NULL;

	if (!why && !focused->ops->enter)
		return "There is nothing to go into here; Esc leaves.";
	return why;
}

void move_commands_in(struct ui *ui)
{
	struct pane *focused = pane_stack_focused(&ui->panes);

	focused->ops->enter(focused, ui);
}

/* The pane that Backspace is for. */
static struct pane *pane_for_out(const struct ui *ui)
{
	struct pane *focused = pane_stack_focused(&ui->panes);

	return focused->ops->out ? focused : pane_stack_top(&ui->panes, PANE_MAIN);
}

const char *move_commands_why_not_out(const struct ui *ui)
{
	const struct pane *pane = pane_for_out(ui);

	return pane->ops->why_not_out ? pane->ops->why_not_out(pane, ui) : NULL;
}

void move_commands_out(struct ui *ui)
{
	struct pane *pane = pane_for_out(ui);

	pane->ops->out(pane, ui);
}

const char *move_commands_why_not_right(const struct ui *ui)
{
	return arrange_is_open(ui, &table_pane) ? NULL : move_commands_why_not_in(ui);
}

void move_commands_right(struct ui *ui)
{
	if (arrange_is_open(ui, &table_pane))
		table_pane_right(ui);
	else
		move_commands_in(ui);
}

const char *move_commands_why_not_left(const struct ui *ui)
{
	return arrange_is_open(ui, &table_pane) ? NULL : move_commands_why_not_out(ui);
}

void move_commands_left(struct ui *ui)
{
	if (arrange_is_open(ui, &table_pane))
		table_pane_left(ui);
	else
		move_commands_out(ui);
}

/* Leaves the pane, or something inside it; false when it stays as it is. */
static bool leave_pane(struct ui *ui, struct pane *pane)
{
	if (!pane)
		return false;
	if (pane->ops->leave && pane->ops->leave(pane, ui))
		return true;
	if (!pane->ops->leavable)
		return false;
	arrange_close(ui, pane->ops);
	return true;
}

/* What the user opened below the main view is left first, a chart that came by itself last. */
static bool leave_bottom(struct ui *ui, bool asked)
{
	struct pane *bottom = pane_stack_top(&ui->panes, PANE_BOTTOM);

	return bottom && bottom->rect.lines > 0 && bottom->asked == asked && leave_pane(ui, bottom);
}

/* What the user opened last; NULL when there is nothing but what is there from the start. */
static const struct pane *topmost_asked(const struct ui *ui)
{
	const struct pane *focused = pane_stack_focused(&ui->panes);

	if (focused && focused->asked)
		return focused;
	for (size_t i = ui->panes.depth; i-- > 0;) {
		const struct pane *pane = ui->panes.open[i];

		if (pane->asked && pane->ops->place != PANE_ASIDE)
			return pane;
	}
	return NULL;
}

void move_commands_leave(struct ui *ui)
{
	const struct pane *aside = pane_stack_top(&ui->panes, PANE_ASIDE);

	if (leave_pane(ui, pane_stack_top(&ui->panes, PANE_BODY)) ||
	    leave_pane(ui, pane_stack_top(&ui->panes, PANE_SCREEN)))
		return;
	if (aside && aside->over) {
		arrange_uncover(ui);
		return;
	}
	if (find_commands_leave(ui) || leave_bottom(ui, true) ||
	    leave_pane(ui, pane_stack_top(&ui->panes, PANE_MAIN)) || leave_bottom(ui, false))
		return;
	ui_say(ui, "Nothing to leave here; " SENTENCE_KEY("close") " quits.");
}

void move_commands_close(struct ui *ui)
{
	const struct pane *aside = pane_stack_top(&ui->panes, PANE_ASIDE);
	const struct pane *opened = topmost_asked(ui);

	if (aside && aside->over)
		arrange_uncover(ui);
	else if (opened)
		arrange_close(ui, opened->ops);
	else
		ui_want(ui, UI_QUIT);
}

const char *move_commands_why_no_next_pane(const struct ui *ui)
{
	return pane_stack_next(&ui->panes) ? NULL : "There is no other pane to go to.";
}

void move_commands_next_pane(struct ui *ui)
{
	pane_stack_push(&ui->panes, pane_stack_next(&ui->panes));
}
