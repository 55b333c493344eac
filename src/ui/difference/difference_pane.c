/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/difference/difference_pane.h"

#include <stdlib.h>

#include "base/memory.h"
#include "layout/share.h"
#include "layout/weight.h"
#include "model/address_space.h"
#include "model/comparison.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/box.h"
#include "ui/difference/difference_draw.h"
#include "ui/inside/inside_open.h"
#include "ui/list.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static struct difference_pane *of(const struct ui *ui)
{
	return (struct difference_pane *)arrange_pane(ui, &difference_pane);
}

static void forget(struct difference_pane *self)
{
	diff_rows_finish(&self->rows);
	free(self->heights);
	self->heights = NULL;
	comparison_destroy(self->comparison);
	self->comparison = NULL;
}

static void finish(struct pane *pane)
{
	forget((struct difference_pane *)pane);
}

static struct difference_draw make_draw(const struct difference_pane *self)
{
	return (struct difference_draw){.comparison = self->comparison,
					.rows = &self->rows,
					.heights = self->heights,
					.top = self->top,
					.cursor = self->at,
					.low_on_top = self->low_on_top};
}

static size_t row_at(const struct difference_pane *self, size_t place)
{
	const struct difference_draw draw = make_draw(self);

	return difference_draw_row(&draw, place);
}

static const struct diff_row *under_cursor(const struct difference_pane *self)
{
	return self->rows.count ? &self->rows.rows[row_at(self, self->at)] : NULL;
}

/* What the view's cursor shall be: on b, of which the screen shows more. */
static void lead_view(struct difference_pane *self, struct ui *ui)
{
	if (self->cursor.side == DIFF_B)
		ui->view.cursor = self->cursor.start;
	self->followed = ui->view.cursor;
}

/* Puts the cursor on the row that has what it was on. */
static void find_row(struct difference_pane *self)
{
	if (self->rows.count)
		self->at = row_at(
			self, diff_rows_find(&self->rows, &self->comparison->diff, &self->cursor));
}

static void make_rows(struct difference_pane *self)
{
	diff_rows_finish(&self->rows);
	diff_rows_init(&self->rows, &self->comparison->diff,
		       self->is_unfolded ? &self->unfolded : NULL);
	find_row(self);
}

static uint64_t weight_of(const struct diff_row *row, enum scale scale, uint64_t page_size)
{
	const uint64_t *sizes = row->sum.amounts[DIFF_SIZE];
	uint64_t most = sizes[DIFF_A] > sizes[DIFF_B] || sizes[DIFF_B] == TARGET_UNKNOWN
				? sizes[DIFF_A]
				: sizes[DIFF_B];
	uint64_t pages = most / page_size;

	if (scale == SCALE_EQUAL)
		return 0;
	if (scale == SCALE_LINEAR)
		return pages;
	/* As a fold, a run is one line to read. */
	return weight_log2(pages) / (row->count > 1 ? 2 : 1);
}

/* Where all rows are on the screen, what lines remain are theirs by weight. */
static void share_lines(struct difference_pane *self, const struct ui *ui, size_t lines)
{
	const uint64_t page_size = ui->shown.regions.page_size;
	struct share_item *items;

	free(self->heights);
	self->heights = NULL;
	if (!self->rows.count || self->rows.count > lines)
		return;
	items = memory_alloc(self->rows.count * sizeof(*items));
	self->heights = memory_alloc(self->rows.count * sizeof(*self->heights));
	for (size_t i = 0; i < self->rows.count; i++)
		items[i] = (struct share_item){
			.weight = weight_of(&self->rows.rows[i], ui->view.scale, page_size),
			.group = SHARE_FREE};
	share_rows(items, self->rows.count, lines, self->heights);
	free(items);
}

/* Another process, or program: what was compared is not it. */
static void take(struct pane *pane, struct ui *ui)
{
	struct difference_pane *self = (struct difference_pane *)pane;
	const struct target *before, *now = &ui->shown.space->target;

	if (!self->comparison)
		return;
	before = &self->comparison->sides[DIFF_B].space->target;
	if (before->pid != now->pid || before->start_ticks != now->start_ticks)
		forget(self);
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct difference_pane *self = (struct difference_pane *)pane;
	const size_t lines = difference_draw_lines(&ui->frame, pane->rect);
	const bool moved = ui->view.cursor != self->followed;

	if (!self->comparison)
		return;
	if (moved)
		self->cursor = (struct diff_place){DIFF_B, ui->view.cursor};
	self->followed = ui->view.cursor;
	if (moved || self->low_on_top != ui->view.low_on_top) {
		self->low_on_top = ui->view.low_on_top;
		find_row(self);
	}
	share_lines(self, ui, lines);
	self->top = self->heights
			    ? 0
			    : box_scroll(self->top, self->at, self->at, lines, self->rows.count);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct difference_draw draw = make_draw((const struct difference_pane *)pane);

	difference_draw(canvas, frame, pane->rect, &draw, scene);
}

static void go(struct difference_pane *self, struct ui *ui, size_t place)
{
	self->at = place;
	self->cursor = diff_row_place(under_cursor(self), &self->comparison->diff);
	lead_view(self, ui);
	settle(&self->pane, ui);
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct difference_pane *self = (struct difference_pane *)pane;
	const int lines = (int)difference_draw_lines(&ui->frame, pane->rect);

	if (self->rows.count)
		go(self, ui,
		   list_move(self->at, self->rows.count - 1,
			     list_step(step, lines, self->rows.count), direction));
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct difference_pane *self = (struct difference_pane *)pane;
	const struct difference_draw draw = make_draw(self);
	size_t place;

	if (!self->comparison ||
	    !difference_draw_place_at(&draw, &ui->frame, pane->rect, mouse->line, &place))
		return false;
	go(self, ui, place);
	return true;
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	const struct diff_row *row = under_cursor((const struct difference_pane *)pane);

	if (!row)
		return "There is nothing to compare yet.";
	if (row->count > 1)
		return NULL;
	if (row->firsts[DIFF_B] == DIFF_NONE)
		return "Only a has this mapping; there is nothing to go into.";
	return address_space_at(ui->shown.space, ui->view.cursor)
		       ? NULL
		       : "The mapping is no longer there.";
}

static void fold(struct difference_pane *self, struct ui *ui, bool open)
{
	self->is_unfolded = open;
	self->unfolded = self->cursor;
	make_rows(self);
	settle(&self->pane, ui);
	ui_want(ui, UI_DRAW);
}

static void enter(struct pane *pane, struct ui *ui)
{
	struct difference_pane *self = (struct difference_pane *)pane;

	if (under_cursor(self)->count > 1)
		fold(self, ui, true);
	else
		inside_open(ui, ui->view.cursor);
}

static void out(struct pane *pane, struct ui *ui)
{
	struct difference_pane *self = (struct difference_pane *)pane;

	if (self->is_unfolded && self->comparison)
		fold(self, ui, false);
	else
		arrange_close(ui, &difference_pane);
}

static bool leave(struct pane *pane, struct ui *ui)
{
	struct difference_pane *self = (struct difference_pane *)pane;

	if (!self->is_unfolded || !self->comparison)
		return false;
	fold(self, ui, false);
	return true;
}

/* The mapping of b, as a band of the picture. */
static bool selected(const struct pane *pane, const struct scene *scene, struct band *ret_band)
{
	const struct vma *vma = ((const struct difference_pane *)pane)->comparison
					? address_space_at(scene->space, scene->view->cursor)
					: NULL;

	if (!vma)
		return false;
	*ret_band = diagram_band_of(scene->regions, vma->start, vma->end);
	/* What a filter hides is no band of its own. */
	return scene->regions->regions[ret_band->region].vma != REGION_GAP;
}

const struct pane_ops difference_pane = {
	.name = "difference",
	.place = PANE_MAIN,
	.focus = true,
	.leavable = true,
	.not_here = "This is a command of two pictures side by side; " SENTENCE_KEY(
		"compare") " shows them.",
	.ignores = PANE_NEWS_PULSE | PANE_NEWS_SAMPLE,
	.size = sizeof(struct difference_pane),
	.finish = finish,
	.take = take,
	.settle = settle,
	.draw = draw,
	.move = move,
	.press = press,
	.why_not_enter = why_not_enter,
	.enter = enter,
	.out = out,
	.leave = leave,
	.selected = selected,
};

bool difference_pane_wants(const struct ui *ui)
{
	return ui->shown.space && arrange_is_seen(ui, &difference_pane);
}

void difference_pane_take(struct ui *ui, struct comparison *comparison)
{
	struct difference_pane *self = of(ui);
	const bool first = !self->comparison;

	forget(self);
	self->comparison = comparison;
	self->low_on_top = ui->view.low_on_top;
	if (first) {
		self->cursor = (struct diff_place){DIFF_B, ui->view.cursor};
		self->followed = ui->view.cursor;
	}
	make_rows(self);
	settle(&self->pane, ui);
	ui_want(ui, UI_DRAW);
}
