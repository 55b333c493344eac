/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table/table_pane.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/inside/inside_open.h"
#include "ui/table/table_draw.h"
#include "ui/table/table_find.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static struct table_pane *of(const struct ui *ui)
{
	return (struct table_pane *)arrange_pane(ui, &table_pane);
}

static void finish(struct pane *pane)
{
	table_finish(&((struct table_pane *)pane)->table);
}

/* The cursor begins on the middle line, as far as there are rows around it. */
static void open(struct pane *pane, struct ui *ui)
{
	struct table *table = &((struct table_pane *)pane)->table;

	(void)ui;
	table->cursor = table->top + table->lines / 2;
}

static void take(struct pane *pane, struct ui *ui)
{
	(void)ui;
	((struct table_pane *)pane)->stale = true;
}

/* O(n log n) of the mappings: once for what there is to show, and only while it is shown. */
static void make(struct table_pane *self, struct ui *ui)
{
	const struct shown *shown = &ui->shown;

	self->stale = false;
	table_make(&self->table,
		   (struct table_request){
			   .space = shown->space,
			   .usage = shown_usage(shown),
			   .growth = shown->session ? &shown->growth : NULL,
			   .kept = ui->find.filter == FILTER_HIDE ? find_filtered(&ui->find) : NULL,
		   },
		   ui->view.cursor);
	ui->view.cursor = self->table.address;
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct table_pane *self = (struct table_pane *)pane;

	table_set_lines(&self->table, table_draw_lines(&ui->frame, pane->rect));
	if (self->stale)
		make(self, ui);
	else
		table_place(&self->table, ui->shown.space, ui->view.cursor);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	table_draw_pane(canvas, frame, pane->rect, &((const struct table_pane *)pane)->table,
			scene);
}

static void move_rows(struct table_pane *self, struct ui *ui, int64_t rows)
{
	table_move(&self->table, ui->shown.space, rows);
	ui->view.cursor = self->table.address;
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct table_pane *self = (struct table_pane *)pane;
	size_t rows = step == PANE_LINE   ? 1
		      : step == PANE_HALF ? (self->table.lines + 1) / 2
		      : step == PANE_PAGE ? self->table.lines
					  : self->table.rows.count;

	move_rows(self, ui, direction * (int64_t)rows);
}

static void fold(struct table_pane *self, struct ui *ui, const struct table_row *object)
{
	table_fold(&self->table, ui->shown.space, object);
	ui->view.cursor = self->table.address;
	self->stale = true;
	ui_want(ui, UI_LAYOUT);
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	(void)ui;
	return table_row(&((const struct table_pane *)pane)->table)
		       ? NULL
		       : "The process has no mappings.";
}

static void enter(struct pane *pane, struct ui *ui)
{
	struct table_pane *self = (struct table_pane *)pane;
	const struct table_row *row = table_row(&self->table);
	const struct vma *vma = table_rows_mapping(ui->shown.space, row);

	if (row->type == TABLE_ROW_OBJECT) {
		fold(self, ui, row);
		return;
	}
	inside_open(ui, vma->start);
}

static void out(struct pane *pane, struct ui *ui)
{
	struct table_pane *self = (struct table_pane *)pane;
	const struct table_row *object = table_object(&self->table);

	if (object && object->open)
		fold(self, ui, object);
	else
		table_pane_switch(ui);
}

static bool leave(struct pane *pane, struct ui *ui)
{
	(void)pane;
	table_pane_switch(ui);
	return true;
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct table_pane *self = (struct table_pane *)pane;
	enum table_column column;
	size_t row;

	if (table_draw_row_at(&self->table, &ui->frame, pane->rect, mouse->line, &row)) {
		move_rows(self, ui, (int64_t)row - (int64_t)self->table.cursor);
		return true;
	}
	column = table_draw_column_at(&self->table, &ui->frame, pane->rect, mouse->column,
				      mouse->line);
	if (column != TABLE_COLUMNS) {
		self->table.chosen = column;
		table_pane_sort(ui);
	}
	return false;
}

static void wheel(struct pane *pane, struct ui *ui, const struct mouse *mouse, int direction)
{
	struct table_pane *self = (struct table_pane *)pane;

	(void)mouse;
	table_scroll(&self->table, ui->shown.space, direction * PANE_WHEEL_LINES);
	ui->view.cursor = self->table.address;
}

static bool selected(const struct pane *pane, const struct scene *scene, struct band *ret_band)
{
	const struct table_pane *self = (const struct table_pane *)pane;

	/* Stale rows are of another space. */
	return !self->stale && table_band(&self->table, scene->space, scene->regions, ret_band);
}

static bool visible(const struct pane *pane, const struct scene *scene, uint64_t *ret_start,
		    uint64_t *ret_end)
{
	const struct table_pane *self = (const struct table_pane *)pane;

	return !self->stale && table_visible(&self->table, scene->space, ret_start, ret_end);
}

static size_t next_match(struct pane *pane, struct ui *ui, const struct query_matches *matches,
			 int direction, bool *ret_wrapped)
{
	struct table_pane *self = (struct table_pane *)pane;
	struct table *table = &self->table;
	size_t row;

	if (self->stale)
		make(self, ui);
	row = table_row_of(table, ui->shown.space, ui->view.cursor);
	/* It is the mapping that is found, not its object. */
	table->on_object = false;
	return table_find(table, row, matches, direction, ret_wrapped);
}

static size_t match_rank(struct pane *pane, struct ui *ui, const struct query_matches *matches,
			 size_t vma)
{
	(void)ui;
	return table_find_rank(&((struct table_pane *)pane)->table, matches, vma);
}

const struct pane_ops table_pane = {
	.name = "table",
	.place = PANE_MAIN,
	.focus = true,
	.not_here = "The picture is shown; " SENTENCE_KEY("table") " shows the table.",
	.ignores = PANE_NEWS_PULSE | PANE_NEWS_SAMPLE,
	.size = sizeof(struct table_pane),
	.finish = finish,
	.open = open,
	.take = take,
	.settle = settle,
	.draw = draw,
	.move = move,
	.press = press,
	.wheel = wheel,
	.why_not_enter = why_not_enter,
	.enter = enter,
	.out = out,
	.leave = leave,
	.selected = selected,
	.visible = visible,
	.next_match = next_match,
	.match_rank = match_rank,
};

/* What was opened over the picture or the table makes way. */
static bool uncover(struct ui *ui)
{
	const struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);

	if (main->ops == &table_pane || main->ops->from_start)
		return false;
	arrange_close(ui, main->ops);
	return arrange_is_open(ui, &table_pane);
}

void table_pane_switch(struct ui *ui)
{
	bool uncovered = uncover(ui), shown = arrange_is_open(ui, &table_pane);
	const struct pane *bottom = pane_stack_top(&ui->panes, PANE_BOTTOM);

	if (uncovered)
		return;

	/* On a small screen the pane at the bottom stands in its place. */
	if (bottom && ui->frame.main.lines == 0)
		arrange_close(ui, bottom->ops);
	arrange_toggle(ui, &table_pane);
	if (shown)
		view_show(&ui->view, ui->view.cursor);
}

void table_pane_left(struct ui *ui)
{
	if (!table_choose(&of(ui)->table, -1))
		ui_say(ui, "This is the first column.");
}

void table_pane_right(struct ui *ui)
{
	if (!table_choose(&of(ui)->table, 1))
		ui_say(ui, "This is the last column.");
}

void table_pane_sort(struct ui *ui)
{
	struct table_pane *self = of(ui);

	table_sort(&self->table);
	self->stale = true;
	ui_want(ui, UI_LAYOUT);
}

const char *table_pane_why_not_hide(const struct ui *ui)
{
	enum table_column chosen = of(ui)->table.chosen;

	if (chosen == TABLE_ADDRESS || chosen == TABLE_NAME)
		return "The address and name columns cannot be hidden.";
	return NULL;
}

void table_pane_hide(struct ui *ui)
{
	struct table *table = &of(ui)->table;
	const char *name = table_column_name(table->chosen);

	table_hide(table);
	ui_say_format(ui,
		      "The column %s is hidden; " SENTENCE_KEY("show-columns") " shows all again.",
		      name);
}

const char *table_pane_why_not_show(const struct ui *ui)
{
	return of(ui)->table.hidden ? NULL
				    : "No column is hidden; " SENTENCE_KEY(
					      "hide-column") " hides the chosen one.";
}

void table_pane_show(struct ui *ui)
{
	of(ui)->table.hidden = 0;
}
