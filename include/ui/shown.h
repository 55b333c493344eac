/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SHOWN_H
#define UI_SHOWN_H

/*
 * What of the process is shown: its newest snapshot, or a past one, and all that is made of it.
 * All zeroes: no process yet.
 */

#include <stdbool.h>
#include <stdint.h>

#include "layout/diagram.h"
#include "layout/region.h"
#include "model/identity.h"
#include "model/limits.h"
#include "model/past_moment.h"
#include "model/wx_history.h"
#include "ui/picture/band_folds.h"
#include "ui/picture/highlights.h"
#include "ui/picture/minimap.h"
#include "ui/site_colours.h"
#include "ui/time_step.h"

struct address_space;
struct call_sites;
struct find;
struct session;
struct heap_usage;
struct residency;
struct usage_table;
struct view;

/* What a diagram is laid out for, besides the regions. All zeroes: nothing was laid out yet. */
struct shown_layout {
	struct diagram_request request; /* without regions, hint and pin */
	uint64_t pin;
	bool pinned, low_on_top;
	uint64_t lines; /* of the screen */
};

struct shown {
	const struct address_space *space; /* NULL: there is no process */
	struct past_moment past;           /* while paused: has the space; else none */
	struct time_step step;             /* likewise */
	struct session *session;           /* not owned; NULL for a picture on paper */
	bool paused;                       /* the picture stays; the session continues */
	uint64_t moment;                   /* of the history, while paused */
	bool ended;                        /* there will be no more samples */
	/* Of the space: */
	struct limits limits;
	struct identity growth; /* since the baseline; with a session */
	struct region_list regions;
	struct diagram *diagram;    /* of the view, by ui_layout() */
	struct shown_layout layout; /* that the diagram has; all zeroes: of other regions */
	struct band_folds folds;    /* of the diagram, with a session; none: of other regions */
	struct minimap minimap;     /* likewise */
	/* Of the newest snapshot, not owned; NULL: not known. */
	const struct usage_table *usage;
	const struct residency *residency;
	const struct heap_usage *heap; /* as walked a moment ago, while that is asked for */
	int64_t heap_ns;               /* time of the newest snapshot that it was shown with */
	/* While that is asked for; not owned. */
	const struct call_sites *sites; /* who touches new pages; NULL: not known */
	const char
		*sites_words; /* why that is not known, or what it does not have; NULL: nothing */
	struct site_colours site_colours; /* of the sites */
	int64_t program_ns;               /* time of the first snapshot of the program that runs */
	struct highlights highlights;
	struct wx_history wx_history;
};

void shown_finish(struct shown *shown);

/* What the view wants to have laid out. */
struct shown_layout shown_layout_of(const struct view *view);
bool shown_layout_same(const struct shown_layout *a, const struct shown_layout *b);

/* Whether it is of a core file. */
bool shown_is_core(const struct shown *shown);

/* Whether the newest snapshot is shown. */
bool shown_is_newest(const struct shown *shown);

/*
 * The space that growth counts from: the session's baseline, or the shown space itself if it is
 * earlier than the baseline and so has no growth.
 */
const struct address_space *shown_baseline(const struct shown *shown);

/* Whether a moment is shown that is not the newest one. */
bool shown_is_earlier(const struct shown *shown);

/* Rebuilds what depends on the space and the baseline. */
void shown_measure(struct shown *shown);

/* Makes the regions of the space, without what is hidden; of those before nothing is laid out. */
void shown_make_regions(struct shown *shown, const struct find *find);

/* What is known of the memory of what is shown; NULL: nothing. */
const struct usage_table *shown_usage(const struct shown *shown);
const struct residency *shown_residency(const struct shown *shown);

/* The inside of its heap; NULL: not known. */
const struct heap_usage *shown_heap(const struct shown *shown);

#endif
