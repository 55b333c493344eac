/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/lower.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/chronicle.h"
#include "ui/answer_pane.h"
#include "ui/events_pane.h"
#include "ui/find.h"
#include "ui/growth_strip.h"
#include "ui/ledger_pane.h"
#include "ui/scene.h"
#include "ui/strip.h"
#include "ui/summary_pane.h"

#define LEDGER_ENTRIES    200
#define SUMMARY_LINES_MIN 9 /* the limits with a heading above and a border */

static_assert(SCENE_CLOCK_LENGTH == EVENTS_TIME_LENGTH, "one kind of words for a time");

/* A line for each kind, one for all, a heading and a border, but no more than most. */
static int summary_lines(const struct lower *lower, int most)
{
	int lines = (int)summary_pane_lines(&lower->summary) + 3;

	if (lines > most)
		lines = most;
	return lines < SUMMARY_LINES_MIN ? SUMMARY_LINES_MIN : lines;
}

int lower_lines(const struct lower *lower, int screen_lines)
{
	int third = screen_lines / 3;

	switch (lower->pane) {
	case LOWER_NONE: return 0;
	case LOWER_STRIP: return STRIP_LINES_BEST + (screen_lines >= 50 ? 2 : 0);
	case LOWER_SUMMARY: return summary_lines(lower, screen_lines / 2);
	case LOWER_ANSWER: return lower->located.lines;
	default: return third < 8 ? 8 : third > 18 ? 18 : third;
	}
}

bool lower_has_focus(const struct lower *lower)
{
	return lower->pane == LOWER_LEDGER || lower->pane == LOWER_EVENTS ||
	       lower->pane == LOWER_SUMMARY;
}

/* How many changes there were up to the moment shown. */
static size_t count_changes(const struct scene *scene)
{
	const struct journal *journal = &scene->chronicle->journal;

	if (scene->space == scene->chronicle->now)
		return journal->count;
	return journal_count_until(journal, scene->space->time_ns);
}

static void move_events(struct lower *lower, const struct frame *frame, const struct scene *scene,
			int lines)
{
	const struct events_pane pane = {.ever = scene->ever};
	size_t room = events_pane_lines(frame, frame->lower, &pane);

	if (lines < 0)
		lower->back += (size_t)-lines;
	else
		lower->back -= lower->back < (size_t)lines ? lower->back : (size_t)lines;
	lower->back = events_pane_clamp(count_changes(scene), room, lower->back);
}

static void move_summary(struct lower *lower, const struct frame *frame, int lines)
{
	size_t last = summary_pane_lines(&lower->summary) - 1;

	if (lines < 0)
		lower->cursor -= lower->cursor < (size_t)-lines ? lower->cursor : (size_t)-lines;
	else
		lower->cursor +=
			last - lower->cursor < (size_t)lines ? last - lower->cursor : (size_t)lines;
	lower->top = summary_pane_scroll(&lower->summary, frame, frame->lower, lower->top,
					 lower->cursor);
}

static void scroll_ledger(struct lower *lower, const struct frame *frame)
{
	int room = frame_inside(frame, frame->lower).lines;

	lower->top = ledger_pane_scroll(&lower->ledger, lower->top, lower->cursor,
					room > 0 ? (size_t)room : 1);
}

void lower_clamp(struct lower *lower, const struct frame *frame)
{
	if (lower->pane == LOWER_LEDGER)
		scroll_ledger(lower, frame);
	if (lower->pane != LOWER_SUMMARY)
		return;
	if (lower->cursor >= summary_pane_lines(&lower->summary))
		lower->cursor = summary_pane_lines(&lower->summary) - 1;
	move_summary(lower, frame, 0);
}

bool lower_kind(const struct lower *lower, enum kind *ret_kind)
{
	if (lower->pane != LOWER_SUMMARY || lower->cursor >= lower->summary.count)
		return false;
	*ret_kind = lower->summary.entries[lower->cursor].kind;
	return true;
}

void lower_move(struct lower *lower, const struct frame *frame, const struct scene *scene,
		int lines)
{
	if (lower->pane == LOWER_EVENTS) {
		move_events(lower, frame, scene, lines);
		return;
	}
	if (lower->pane == LOWER_SUMMARY) {
		move_summary(lower, frame, lines);
		return;
	}
	for (int i = 0; i < abs(lines); i++)
		lower->cursor = ledger_pane_move(&lower->ledger, lower->cursor, lines < 0 ? -1 : 1);
	scroll_ledger(lower, frame);
}

void lower_make_ledger(struct lower *lower, const struct frame *frame,
		       const struct address_space *mark, const struct address_space *now)
{
	struct ledger ledger;
	const struct ledger_entry *chosen = ledger_pane_entry(&lower->ledger, lower->cursor);
	size_t cursor, above = lower->cursor - lower->top;

	ledger_init(&ledger, mark, now, LEDGER_ENTRIES);
	cursor = chosen ? ledger_pane_find(&ledger, chosen) : ledger_pane_move(&ledger, 0, 1);
	ledger_finish(&lower->ledger);
	lower->ledger = ledger;
	lower->cursor = cursor;
	lower->top = cursor > above ? cursor - above : 0;
	scroll_ledger(lower, frame);
}

bool lower_select(struct lower *lower, const struct frame *frame, int line)
{
	struct rect inside = frame_inside(frame, frame->lower);
	bool summary = lower->pane == LOWER_SUMMARY;
	size_t at;

	/* The summary's heading stands still. */
	line -= inside.line + summary;
	if (line < 0 || line >= inside.lines - summary)
		return false;
	at = lower->top + (size_t)line;
	if (summary ? at >= summary_pane_lines(&lower->summary)
		    : lower->pane != LOWER_LEDGER || !ledger_pane_entry(&lower->ledger, at))
		return false;
	lower->cursor = at;
	return true;
}

bool lower_target(const struct lower *lower, uint64_t *ret_address)
{
	const struct ledger_entry *entry = ledger_pane_entry(&lower->ledger, lower->cursor);

	if (lower->pane != LOWER_LEDGER || !entry || entry->start == entry->end)
		return false;
	*ret_address = entry->start;
	return true;
}

static void draw_ledger(struct canvas *canvas, const struct frame *frame, const struct scene *scene)
{
	const struct lower *lower = scene->lower;
	int64_t since = scene->space->time_ns - scene->chronicle->mark->time_ns;

	ledger_pane_draw(canvas, frame, frame->lower,
			 &(struct ledger_pane){
				 .ledger = &lower->ledger,
				 .space = scene->space,
				 .mark = scene->status->mark,
				 .seconds = (double)since / 1e9,
				 .top = lower->top,
				 .cursor = lower->cursor,
				 .selecting = true,
			 });
}

static void draw_summary(struct canvas *canvas, const struct frame *frame,
			 const struct scene *scene)
{
	const struct lower *lower = scene->lower;

	summary_pane_draw(
		canvas, frame, frame->lower,
		&(struct summary_pane){
			.summary = &lower->summary,
			.space = scene->space,
			.headroom = scene->headroom,
			.filter = find_kept(scene->find) ? scene->find->filtered.text : NULL,
			.kinds = find_kept_kinds(scene->find, scene->space),
			.top = lower->top,
			.cursor = lower->cursor,
		});
}

/* The journal is a ring: what is on the screen is laid out in a row first. */
static void draw_events(struct canvas *canvas, const struct frame *frame, const struct scene *scene)
{
	const struct journal *journal = &scene->chronicle->journal;
	struct events_pane pane = {
		.back = scene->lower->back,
		.since = scene->status->mark,
		.ever = scene->ever,
		.clock = scene->status->local_time,
	};
	size_t wanted = pane.back + events_pane_lines(frame, frame->lower, &pane);
	size_t end = count_changes(scene), first = end > wanted ? end - wanted : 0;
	struct change *changes = memory_alloc((end - first) * sizeof(*changes));

	for (size_t i = first; i < end; i++)
		changes[i - first] = *journal_get(journal, i);
	pane.changes = changes;
	pane.count = end - first;
	events_pane_draw(canvas, frame, frame->lower, &pane);
	free(changes);
}

void lower_draw(struct canvas *canvas, const struct frame *frame, const struct scene *scene)
{
	switch (scene->lower->pane) {
	case LOWER_NONE: break;
	case LOWER_STRIP: growth_strip_draw(canvas, frame, scene); break;
	case LOWER_LEDGER: draw_ledger(canvas, frame, scene); break;
	case LOWER_EVENTS: draw_events(canvas, frame, scene); break;
	case LOWER_SUMMARY: draw_summary(canvas, frame, scene); break;
	case LOWER_ANSWER: answer_pane_draw(canvas, frame, scene); break;
	}
}
