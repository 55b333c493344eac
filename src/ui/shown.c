/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/shown.h"

#include "model/address_space.h"
#include "model/session.h"
#include "ui/find.h"
#include "ui/view.h"

void shown_finish(struct shown *shown)
{
	band_folds_finish(&shown->folds);
	diagram_destroy(shown->diagram);
	region_list_finish(&shown->regions);
	identity_finish(&shown->growth);
	highlights_finish(&shown->highlights);
	minimap_finish(&shown->minimap);
	wx_history_finish(&shown->wx_history);
	past_moment_finish(&shown->past);
	time_step_finish(&shown->step);
	*shown = (struct shown){0};
}

struct shown_layout shown_layout_of(const struct view *view)
{
	const struct view_window *window = view_window(view);

	return (struct shown_layout){
		.request = {.start = window->start,
			    .end = window->end,
			    .rows = view_rows(view),
			    .scale = view->scale},
		.pin = view->pinned ? view->pin : 0,
		.pinned = view->pinned,
		.low_on_top = view->low_on_top,
		.lines = view->lines,
	};
}

bool shown_layout_same(const struct shown_layout *a, const struct shown_layout *b)
{
	return a->request.start == b->request.start && a->request.end == b->request.end &&
	       a->request.rows == b->request.rows && a->request.scale == b->request.scale &&
	       a->pin == b->pin && a->pinned == b->pinned && a->low_on_top == b->low_on_top &&
	       a->lines == b->lines;
}

bool shown_is_core(const struct shown *shown)
{
	return shown->space && shown->space->target.is_core;
}

bool shown_is_newest(const struct shown *shown)
{
	return !shown->session || shown->space == shown->session->now;
}

const struct address_space *shown_baseline(const struct shown *shown)
{
	const struct address_space *baseline = shown->session->baseline;

	return shown->space->time_ns < baseline->time_ns ? shown->space : baseline;
}

bool shown_is_earlier(const struct shown *shown)
{
	return shown->paused && shown->moment + 1 < history_end(shown->session->history);
}

void shown_measure(struct shown *shown)
{
	limits_measure(shown->space, &shown->limits);
	if (!shown->session)
		return;
	identity_finish(&shown->growth);
	identity_init(&shown->growth, shown_baseline(shown), shown->space);
}

void shown_make_regions(struct shown *shown, const struct find *find)
{
	region_list_finish(&shown->regions);
	region_list_init(&shown->regions, shown->space);
	if (shown->session)
		region_list_set_growth(&shown->regions, &shown->growth);
	find_hide(find, &shown->regions);
	/* Made of these regions. */
	shown->minimap.space = NULL;
	band_folds_finish(&shown->folds);
	shown->layout = (struct shown_layout){0};
}

const struct usage_table *shown_usage(const struct shown *shown)
{
	return shown_is_newest(shown) ? shown->usage : kept_usage_table(&shown->past.usage);
}

const struct residency *shown_residency(const struct shown *shown)
{
	return shown_is_newest(shown) ? shown->residency : shown->past.usage.residency;
}

const struct heap_usage *shown_heap(const struct shown *shown)
{
	/* While the picture is paused, it stays, too. */
	return shown_is_newest(shown) || shown->space->time_ns == shown->heap_ns ? shown->heap
										 : NULL;
}
