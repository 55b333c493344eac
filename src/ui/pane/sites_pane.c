/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/sites_pane.h"

#include <string.h>

#include "model/address_space.h"
#include "ui/arrange.h"
#include "ui/inside/inside_open.h"
#include "screen/key.h"
#include "ui/list.h"
#include "ui/pane/sites_draw.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static void finish(struct pane *pane)
{
	sites_lines_finish(&((struct sites_pane *)pane)->lines);
}

static void open(struct pane *pane, struct ui *ui)
{
	struct sites_pane *self = (struct sites_pane *)pane;

	(void)ui;
	self->top = self->cursor = 0;
}

static struct sites_draw make_draw(const struct sites_pane *self, const struct call_sites *sites,
				   const char *words)
{
	return (struct sites_draw){
		.sites = sites,
		.lines = &self->lines,
		.order = self->order,
		.all_frames = self->all_frames,
		.words = words   ? words
			 : sites ? ""
				 : "Listening begins …",
		.top = self->top,
		.cursor = self->cursor,
	};
}

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	struct sites_pane *self = (struct sites_pane *)pane;
	const struct frame bordered = {.bordered = true};
	const struct sites_draw draw = make_draw(self, scene->sites, scene->sites_words);
	const int wanted = sites_draw_wanted(&bordered, columns, &draw);

	self->wanted = self->lines.count;
	self->words = strlen(draw.words);
	return wanted > list_lines(lines) ? list_lines(lines) : wanted;
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct sites_pane *self = (struct sites_pane *)pane;
	struct sites_draw draw;

	if (!self->lines.count)
		return;
	if (self->cursor >= self->lines.count)
		self->cursor = self->lines.count - 1;
	draw = make_draw(self, ui->shown.sites, ui->shown.sites_words);
	self->top = sites_draw_scroll(&ui->frame, pane->rect, &draw);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct sites_pane *self = (const struct sites_pane *)pane;
	struct sites_draw draw = make_draw(self, scene->sites, scene->sites_words);
	char since[SCENE_CLOCK_LENGTH];

	if (scene->sites && scene->status && scene->status->local_time) {
		scene->status->local_time(NULL, scene->sites->listening.start_ns, since);
		since[8] = '\0'; /* to the second */
		draw.since = since;
	}
	sites_draw(canvas, frame, pane->rect, &draw);
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct sites_pane *self = (struct sites_pane *)pane;

	list_move_cursor(&self->cursor, self->lines.count, step,
			 frame_inside(&ui->frame, pane->rect).lines, direction);
	settle(pane, ui);
}

static const struct sites_line *chosen(const struct sites_pane *self)
{
	return self->cursor < self->lines.count ? &self->lines.lines[self->cursor] : NULL;
}

/* Where the site touched most; NULL: in no mapping that is still there. */
static const struct site_place *place_of(const struct call_sites *sites, uint32_t site)
{
	const struct site_place *found = NULL;

	for (size_t i = 0; i < sites->place_count; i++)
		if (sites->places[i].site == site &&
		    (!found || sites->places[i].bytes > found->bytes))
			found = &sites->places[i];
	return found;
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	const struct sites_line *line = chosen((const struct sites_pane *)pane);

	if (!line || !ui->shown.sites)
		return "No call site is known yet; " SENTENCE_KEY(
			"call-sites") " or Esc closes the "
				      "list.";
	return place_of(ui->shown.sites, line->site)
		       ? NULL
		       : "What this call site touched is not mapped any more.";
}

static void enter(struct pane *pane, struct ui *ui)
{
	const struct sites_line *line = chosen((const struct sites_pane *)pane);

	view_show(&ui->view, place_of(ui->shown.sites, line->site)->start);
	ui_want(ui, UI_LAYOUT);
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct sites_pane *self = (struct sites_pane *)pane;
	const struct rect rows = list_below_heads(frame_inside(&ui->frame, pane->rect));

	return list_at(rows, self->top, self->lines.count, mouse->line, &self->cursor);
}

const struct pane_ops sites_pane = {
	.name = "call sites",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.not_here = "The list of call sites is not shown; " SENTENCE_KEY("call-sites") " opens it.",
	.ignores = PANE_NEWS_PULSE | PANE_NEWS_SAMPLE | PANE_NEWS_USAGE | PANE_NEWS_LIST,
	.size = sizeof(struct sites_pane),
	.finish = finish,
	.open = open,
	.lines = wanted_lines,
	.settle = settle,
	.draw = draw,
	.move = move,
	.press = press,
	.why_not_enter = why_not_enter,
	.enter = enter,
};

static struct sites_pane *pane_of(const struct ui *ui)
{
	return (struct sites_pane *)arrange_pane(ui, &sites_pane);
}

/* The cursor stays with its function. */
void sites_pane_take(struct ui *ui)
{
	struct sites_pane *self = pane_of(ui);
	const struct sites_line *line = chosen(self);
	struct sites_lines lines = {0};
	const char *words;

	if (ui->shown.sites) {
		sites_lines_init(&lines, ui->shown.sites, self->order, self->all_frames);
		self->cursor = line ? sites_lines_find(&lines, line) : 0;
	}
	sites_lines_finish(&self->lines);
	self->lines = lines;
	if (!arrange_is_open(ui, &sites_pane))
		return;
	words = make_draw(self, ui->shown.sites, ui->shown.sites_words).words;
	if (self->lines.count != self->wanted || (!self->wanted && strlen(words) != self->words))
		arrange_again(ui);
	settle(&self->pane, ui);
	ui_want(ui, UI_DRAW);
}

/* After the two trees these with the functions of allocators and runtimes, and then the list. */
void sites_pane_next_order(struct ui *ui)
{
	static const char *const messages[SITES_ORDERS] = {
		[SITES_LIST] = "Call sites, the heaviest first.",
		[SITES_CALLERS] = "Call sites, and who called them.",
		[SITES_CALLEES] = "Functions, and what they called.",
	};
	struct sites_pane *self = pane_of(ui);

	if (self->order + 1 < SITES_ORDERS) {
		self->order++;
	} else {
		self->all_frames = !self->all_frames;
		self->order = self->all_frames ? SITES_CALLERS : SITES_LIST;
	}
	ui_say(ui, self->all_frames ? "The same with functions of allocators and runtimes."
				    : messages[self->order]);
	sites_pane_take(ui);
}

static const char *why_no_code(const struct ui *ui)
{
	const struct sites_line *line = chosen(pane_of(ui));

	if (!line || !line->frame)
		return "No function is under the cursor.";
	return address_space_find(ui->shown.space, line->frame->address) ==
			       ui->shown.space->vma_count
		       ? "This code is not mapped any more."
		       : NULL;
}

void sites_pane_show_code(struct ui *ui)
{
	const char *why = why_no_code(ui);

	if (why)
		ui_say(ui, why);
	else
		inside_open_at(ui, chosen(pane_of(ui))->frame->address);
}
