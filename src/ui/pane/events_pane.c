/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/events_pane.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/session.h"
#include "model/wx_history.h"
#include "screen/key.h"
#include "ui/list.h"
#include "ui/pane/events_draw.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static_assert(SCENE_CLOCK_LENGTH == EVENTS_TIME_LENGTH, "one kind of words for a time");

static void open(struct pane *pane, struct ui *ui)
{
	(void)ui;
	((struct events_pane *)pane)->back = 0;
}

/* How many changes there were up to the moment shown. */
static size_t count_changes(const struct session *session, const struct address_space *space)
{
	if (space == session->now)
		return session->journal.count;
	return journal_count_until(&session->journal, space->time_ns);
}

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	(void)pane;
	(void)columns;
	return list_lines_of(lines,
			     count_changes(scene->session, scene->space) +
				     wx_history_count(scene->wx_history, scene->space->time_ns));
}

/* The journal is a ring: what is on the screen is laid out in a row first. */
static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct journal *journal = &scene->session->journal;
	struct events_draw events = {
		.back = ((const struct events_pane *)pane)->back,
		.since_ns = scene->session->start_ns,
		.wx_history = scene->wx_history,
		.time_ns = scene->space->time_ns,
		.clock = scene->status->local_time,
	};
	size_t wanted = events.back + events_draw_lines(frame, pane->rect, &events);
	size_t end = count_changes(scene->session, scene->space);
	size_t first = end > wanted ? end - wanted : 0;
	struct change *changes = memory_alloc((end - first) * sizeof(*changes));

	for (size_t i = first; i < end; i++)
		changes[i - first] = *journal_get(journal, i);
	events.changes = changes;
	events.count = end - first;
	events.total = journal->total - (journal->count - end);
	events_draw(canvas, frame, pane->rect, &events);
	free(changes);
}

static void scroll(struct events_pane *self, struct ui *ui, size_t lines, int direction)
{
	const struct events_draw events = {.wx_history = &ui->shown.wx_history,
					   .time_ns = ui->shown.space->time_ns};
	size_t room = events_draw_lines(&ui->frame, self->pane.rect, &events);
	size_t count = count_changes(ui->shown.session, ui->shown.space);

	/* Up is back in time. */
	self->back =
		events_draw_clamp(count, room, list_move(self->back, count, lines, -direction));
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	scroll((struct events_pane *)pane, ui,
	       list_step(step, frame_inside(&ui->frame, pane->rect).lines,
			 count_changes(ui->shown.session, ui->shown.space)),
	       direction);
}

static void wheel(struct pane *pane, struct ui *ui, const struct mouse *mouse, int direction)
{
	(void)mouse;
	scroll((struct events_pane *)pane, ui, PANE_WHEEL_LINES, direction);
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	(void)pane;
	(void)ui;
	return "This event has no mapping to go to; " SENTENCE_KEY(
		"events") " or Esc closes the events.";
}

const struct pane_ops events_pane = {
	.name = "events",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.ignores = PANE_NEWS_PULSE | PANE_NEWS_USAGE,
	.size = sizeof(struct events_pane),
	.open = open,
	.lines = wanted_lines,
	.draw = draw,
	.move = move,
	.wheel = wheel,
	.why_not_enter = why_not_enter,
};
