/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/usage_pane.h"

#include <inttypes.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "ui/command/find_commands.h"
#include "ui/list.h"
#include "ui/pane/usage_draw.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

#define LINES_LEAST 9 /* the limits, some kinds, and a border */

/*
 * Reading smaps holds the target's memory lock, page by page of its text. What takes less than a
 * frame of an animation is not worth a question.
 */
#define CHEAP_NS   UINT64_C(10000000)
#define NS_PER_MS  UINT64_C(1000000)
#define NS_PER_SEC UINT64_C(1000000000)

static void open(struct pane *pane, struct ui *ui)
{
	struct usage_pane *self = (struct usage_pane *)pane;

	(void)ui;
	self->top = self->cursor = 0;
}

/* The limits, a line for all and one for each kind, but no more than half of the screen. */
static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	const struct frame bordered = {.bordered = true};
	int wanted =
		(int)usage_draw_lines(&((struct usage_pane *)pane)->summary) +
		usage_draw_fixed(scene->limits, &bordered, (struct rect){0, 0, columns, lines});

	if (wanted > lines / 2)
		wanted = lines / 2;
	return wanted < LINES_LEAST ? LINES_LEAST : wanted;
}

/* The cursor stays with its kind, where that comes to stand elsewhere. */
static void take(struct pane *pane, struct ui *ui)
{
	struct usage_pane *self = (struct usage_pane *)pane;
	enum kind kind = KIND_COUNT;

	if (self->cursor && self->cursor < usage_draw_lines(&self->summary))
		kind = usage_draw_entry(&self->summary, self->cursor)->kind;
	summary_make(&self->summary, ui->shown.space, shown_usage(&ui->shown));
	for (size_t line = 1; line < usage_draw_lines(&self->summary); line++)
		if (usage_draw_entry(&self->summary, line)->kind == kind)
			self->cursor = line;
}

/* The cursor stays on a line that there is, and in sight. */
static void settle(struct pane *pane, struct ui *ui)
{
	struct usage_pane *self = (struct usage_pane *)pane;
	size_t lines = usage_draw_lines(&self->summary);

	if (self->cursor >= lines)
		self->cursor = lines - 1;
	self->top = usage_draw_scroll(&self->summary, &ui->shown.limits, &ui->frame, pane->rect,
				      self->top, self->cursor);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct usage_pane *self = (const struct usage_pane *)pane;

	usage_draw(canvas, frame, pane->rect,
		   &(struct usage_draw){
			   .summary = &self->summary,
			   .space = scene->space,
			   .limits = scene->limits,
			   .filter = find_filtered(scene->find) ? scene->find->filtered.text : NULL,
			   .kinds = find_filtered_kinds(scene->find, scene->space),
			   .top = self->top,
			   .cursor = self->cursor,
			   .letters = scene->letters,
		   });
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct usage_pane *self = (struct usage_pane *)pane;

	list_move_cursor(&self->cursor, usage_draw_lines(&self->summary), step,
			 frame_inside(&ui->frame, pane->rect).lines, direction);
	settle(pane, ui);
}

static void enter(struct pane *pane, struct ui *ui)
{
	const struct usage_pane *self = (const struct usage_pane *)pane;

	find_commands_filter_kind(ui, usage_draw_entry(&self->summary, self->cursor)->kind);
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct usage_pane *self = (struct usage_pane *)pane;
	struct rect rows = frame_inside(&ui->frame, pane->rect);
	int fixed = usage_draw_fixed(&ui->shown.limits, &ui->frame, pane->rect) -
		    (pane->rect.lines - rows.lines);

	rows.line += fixed;
	rows.lines -= fixed;
	return list_at(rows, self->top, usage_draw_lines(&self->summary), mouse->line,
		       &self->cursor);
}

const struct pane_ops usage_pane = {
	.name = "usage",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.ignores = PANE_NEWS_PULSE,
	.size = sizeof(struct usage_pane),
	.open = open,
	.lines = wanted_lines,
	.take = take,
	.settle = settle,
	.draw = draw,
	.move = move,
	.press = press,
	.enter = enter,
};

const char *usage_pane_why_no_smaps(const struct ui *ui)
{
	if (shown_is_core(&ui->shown))
		return "smaps is of a process that runs; a core file has none.";
	if (ui->shown.ended)
		return "The process has ended: this is its last picture.";
	if (ui->shown.paused)
		return "smaps describes the present only; " SENTENCE_KEY("live") " resumes.";
	return ui->host.smaps_ns ? NULL : "smaps of this process cannot be read.";
}

void usage_pane_smaps(struct ui *ui)
{
	uint64_t ns = ui->host.smaps_ns, ms = ns / NS_PER_MS;

	if (ns < CHEAP_NS || ui_confirms(ui, &usage_pane)) {
		ui_say(ui, "Reading smaps once.");
		ui_want(ui, UI_SMAPS);
	} else if (ns < NS_PER_SEC) {
		ui_say_format(ui,
			      "Reading smaps locks the memory of the process for about %" PRIu64
			      " ms; press " SENTENCE_KEY("smaps") " again to read it.",
			      ms);
	} else {
		ui_say_format(ui,
			      "Reading smaps locks the memory of the process for about %" PRIu64
			      ".%" PRIu64 " s; press " SENTENCE_KEY("smaps") " again to read it.",
			      ms / 1000, ms / 100 % 10);
	}
}
