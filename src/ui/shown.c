/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/shown.h"

#include <stddef.h>

#include "model/address_space.h"
#include "model/session.h"
#include "ui/find.h"
#include "ui/view.h"

void shown_forget_regions(struct shown *shown)
{
	shown_picture_finish(&shown->next);
	candidates_finish(&shown->found);
	region_list_finish(&shown->regions);
	region_list_finish(&shown->all);
}

void shown_finish(struct shown *shown)
{
	shown_picture_finish(&shown->picture);
	shown_forget_regions(shown);
	identity_finish(&shown->growth);
	highlights_finish(&shown->highlights);
	wx_history_finish(&shown->wx_history);
	past_moment_finish(&shown->past);
	time_step_finish(&shown->step);
	shown_basis_finish(&shown->live);
	*shown = (struct shown){0};
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
	return shown->paused && shown->moment + 1 < session_end_moment(shown->session);
}

void shown_take_limits(struct shown *shown, const struct shown_basis *basis)
{
	if (basis)
		shown->limits = basis->limits;
	else
		limits_measure(shown->space, &shown->limits);
}

void shown_measure(struct shown *shown)
{
	shown_take_limits(shown, NULL);
	if (!shown->session)
		return;
	identity_finish(&shown->growth);
	identity_init(&shown->growth, shown_baseline(shown), shown->space);
}

bool shown_rest_on(struct shown *shown, struct shown_basis *basis)
{
	const struct address_space *baseline = shown_baseline(shown);

	shown_forget_regions(shown);
	if (!shown_basis_is_made(basis) || !address_space_same_list(basis->baseline, baseline)) {
		shown_measure(shown);
		return false;
	}
	identity_finish(&shown->growth);
	shown->limits = basis->limits;
	shown->growth = basis->growth;
	shown->all = basis->all;
	shown->regions = basis->regions;
	shown->found = basis->found;
	shown->next = basis->picture;
	/* Of the same lists, but these stay as long as they are shown. */
	shown->growth.spaces[IDENTITY_BEFORE] = baseline;
	shown->growth.spaces[IDENTITY_NOW] = shown->space;
	basis->growth = (struct identity){.pieces = NULL};
	basis->all = basis->regions = (struct region_list){.regions = NULL};
	basis->found = (struct candidates){.list = NULL};
	basis->picture = (struct shown_picture){.diagram = NULL};
	shown_picture_outdate(&shown->picture);
	return true;
}

struct shown_basis shown_lift(struct shown *shown)
{
	struct shown_basis basis = {.baseline = NULL};

	shown_picture_finish(&shown->next);
	if (!shown->session || !shown->space || !shown->all.regions)
		return basis;
	basis.baseline = address_space_copy(shown_baseline(shown));
	basis.limits = shown->limits;
	basis.growth = shown->growth;
	basis.growth.spaces[IDENTITY_BEFORE] = basis.baseline;
	basis.all = shown->all;
	basis.regions = shown->regions;
	basis.found = shown->found;
	shown->growth = (struct identity){.pieces = NULL};
	shown->all = shown->regions = (struct region_list){.regions = NULL};
	shown->found = (struct candidates){.list = NULL};
	return basis;
}

void shown_keep_live(struct shown *shown, struct shown_basis *basis)
{
	shown_basis_finish(&shown->live);
	if (!basis)
		return;
	shown->live = *basis;
	/* More of the memory is known when it is shown. */
	shown->live.finds &= !find_needs_usage(&basis->find);
	*basis = (struct shown_basis){.baseline = NULL};
}

static bool hides(const struct shown *shown)
{
	return shown->regions.regions != shown->all.regions;
}

bool shown_forget_growth(struct shown *shown)
{
	struct region_list all;

	shown_measure(shown);
	if (hides(shown) || !shown->found.list) {
		shown_forget_regions(shown);
		return true;
	}
	if (!shown->found.octave)
		return false;
	shown_picture_finish(&shown->next);
	all = region_list_without_growth(&shown->all);
	region_list_finish(&shown->all);
	region_list_finish(&shown->regions);
	shown->all = all;
	shown->regions = region_list_share(&all);
	candidates_forget_growth(&shown->found);
	return true;
}

void shown_make_regions(struct shown *shown, const struct find *find)
{
	const bool hid = hides(shown) || !shown->all.regions;

	if (!shown->all.regions) {
		region_list_init(&shown->all, shown->space);
		if (shown->session)
			region_list_set_growth(&shown->all, &shown->growth);
	}
	region_list_finish(&shown->regions);
	shown->regions = region_list_share(&shown->all);
	find_hide(find, &shown->regions);
	if (hid || hides(shown)) {
		candidates_finish(&shown->found);
		shown_picture_finish(&shown->next);
	}
	shown_picture_outdate(&shown->picture);
}

void shown_lay_out(struct shown *shown, const struct view *view)
{
	const struct shown_layout layout = shown_layout_of(view);

	if (shown_layout_same(&layout, &shown->picture.layout))
		return;
	if (shown->next.diagram && shown_layout_same(&layout, &shown->next.layout)) {
		shown_picture_finish(&shown->picture);
		shown->picture = shown->next;
		shown->next = (struct shown_picture){.diagram = NULL};
		return;
	}
	if (!shown->found.list)
		candidates_find(&shown->found, &shown->regions);
	shown_picture_lay_out(&shown->picture, &(struct shown_picture_source){
						       .space = shown->space,
						       .regions = &shown->regions,
						       .found = &shown->found,
						       .view = view,
						       .on_paper = !shown->session,
					       });
	/* The view is another one by now. */
	shown_picture_finish(&shown->next);
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
