/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/growers_pane.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/growers_heap.h"
#include "model/heap_walks.h"
#include "model/session.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/list.h"
#include "ui/pane/growers_draw.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

#define ENTRIES_MAX 200

/* "10:41:07" of a clock with more. */
#define CLOCK_SECONDS 8

static void finish(struct pane *pane)
{
	growers_finish(&((struct growers_pane *)pane)->growers);
}

static void open(struct pane *pane, struct ui *ui)
{
	struct growers_pane *self = (struct growers_pane *)pane;

	(void)ui;
	growers_finish(&self->growers);
	self->top = self->cursor = 0;
}

static size_t count_lines(const struct growers_pane *self)
{
	return growers_lines_count(&self->growers, &self->open);
}

static struct growers_line line_at(const struct growers_pane *self, size_t line)
{
	return growers_lines_at(&self->growers, &self->open, line);
}

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	(void)scene;
	(void)columns;
	return list_lines_of(lines, count_lines((struct growers_pane *)pane));
}

/* The cursor stays with its entry and, as far as there is room, on its line of the screen. */
static void take(struct pane *pane, struct ui *ui)
{
	struct growers_pane *self = (struct growers_pane *)pane;
	const struct growers_entry *chosen = line_at(self, self->cursor).entry;
	size_t above = self->cursor - self->top;
	struct growers growers;

	growers_init(&growers, &ui->shown.growth, ENTRIES_MAX);
	growers_add_heap(&growers, &ui->shown.session->walks,
			 ui->shown.heap && shown_is_newest(&ui->shown));
	self->cursor = chosen ? growers_lines_find(&growers, &self->open, chosen)
			      : growers_lines_move(&growers, &self->open, 0, 1);
	growers_finish(&self->growers);
	self->growers = growers;
	self->top = self->cursor > above ? self->cursor - above : 0;
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct growers_pane *self = (struct growers_pane *)pane;
	int room = frame_inside(&ui->frame, pane->rect).lines;

	self->top = growers_lines_scroll(&self->growers, &self->open, self->top, self->cursor,
					 room > 0 ? (size_t)room : 1);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct growers_pane *self = (const struct growers_pane *)pane;
	int64_t since = scene->space->time_ns - scene->session->baseline->time_ns;
	const struct heap_walks *walks = &scene->session->walks;
	char walked[SCENE_CLOCK_LENGTH] = "";

	if (walks->first.count) {
		scene->status->local_time(NULL, walks->first.time_ns, walked);
		walked[CLOCK_SECONDS] = '\0';
	}

	growers_draw(
		canvas, frame, pane->rect,
		&(struct growers_draw){
			.growers = &self->growers,
			.open = &self->open,
			.space = scene->space,
			.baseline = scene->status->baseline,
			.seconds = (double)since / 1e9,
			.walked = walked,
			.heap_seconds = (double)(walks->last.time_ns - walks->first.time_ns) / 1e9,
			.top = self->top,
			.cursor = self->cursor,
			.selecting = true,
			.letters = scene->letters,
		});
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct growers_pane *self = (struct growers_pane *)pane;
	size_t entries =
		list_step(step, frame_inside(&ui->frame, pane->rect).lines, count_lines(self));

	while (entries--)
		self->cursor =
			growers_lines_move(&self->growers, &self->open, self->cursor, direction);
	settle(pane, ui);
}

/* Where Enter goes: to the mapping or, of a kind, to its largest grower; NULL: nowhere. */
static const struct growers_entry *find_destination(const struct growers_pane *self)
{
	const struct growers_entry *entry = line_at(self, self->cursor).entry;

	if (!entry || entry->start < entry->end)
		return entry;
	for (size_t i = 0; i < self->growers.mapping_count; i++)
		if (self->growers.mappings[i].kind == entry->kind)
			return &self->growers.mappings[i];
	return NULL;
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	const struct growers_pane *self = (const struct growers_pane *)pane;

	(void)ui;
	if (!count_lines(self))
		return "No mapping grew; " SENTENCE_KEY("growers") " or Esc closes the list.";
	return find_destination(self) ? NULL : "No mapping of this kind grew; choose another line.";
}

/* A group unfolds, or folds again; a mapping is shown. */
static void enter(struct pane *pane, struct ui *ui)
{
	struct growers_pane *self = (struct growers_pane *)pane;
	const struct growers_line line = line_at(self, self->cursor);

	if (line.type == GROWERS_LINE_GROUP) {
		growers_open_toggle(&self->open, line.entry);
		arrange_again(ui);
		return;
	}
	view_show(&ui->view, find_destination(self)->start);
	ui_want(ui, UI_LAYOUT);
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct growers_pane *self = (struct growers_pane *)pane;
	size_t at;

	if (!list_at(frame_inside(&ui->frame, pane->rect), self->top, count_lines(self),
		     mouse->line, &at) ||
	    !line_at(self, at).entry)
		return false;
	self->cursor = at;
	return true;
}

const struct pane_ops growers_pane = {
	.name = "growers",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.ignores = PANE_NEWS_PULSE,
	.size = sizeof(struct growers_pane),
	.finish = finish,
	.open = open,
	.lines = wanted_lines,
	.take = take,
	.settle = settle,
	.draw = draw,
	.move = move,
	.press = press,
	.why_not_enter = why_not_enter,
	.enter = enter,
};
