/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SHOWN_H
#define UI_SHOWN_H

/*
 * What of the process is shown: its newest snapshot, or a past one, and all that is made of it.
 * All zeroes: no process yet.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/past_moment.h"
#include "model/wx_history.h"
#include "ui/picture/highlights.h"
#include "ui/shown_basis.h"
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

struct shown {
	const struct address_space *space; /* NULL: there is no process */
	struct past_moment past;           /* while paused: has the space; else none */
	struct time_step step;             /* likewise */
	struct shown_basis live;           /* likewise: of the newest snapshot, if it is at hand */
	struct session *session;           /* not owned; NULL for a picture on paper */
	bool paused;                       /* the picture stays; the session continues */
	uint64_t moment;                   /* of the history, while paused */
	bool ended;                        /* there will be no more samples */
	/* Of the space: */
	struct limits limits;
	struct identity growth;       /* since the baseline; with a session */
	struct region_list all;       /* its regions; without any: to be listed */
	struct region_list regions;   /* those that are not hidden */
	struct candidates found;      /* for them; without a list: to be found */
	struct shown_picture picture; /* of the view, by ui_layout() */
	struct shown_picture next;    /* laid out beside, of the same regions; to be had if it is
				       * what the view wants */
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

/* The limits of the space: those of its basis, or measured where there is none (NULL). */
void shown_take_limits(struct shown *shown, const struct shown_basis *basis);

/* Measures what depends on the space and the baseline: the limits, and what grew. */
void shown_measure(struct shown *shown);

/* Frees what was listed and laid out of a space, as another one is to be shown. */
void shown_forget_regions(struct shown *shown);

/*
 * The baseline has become the space itself: measures, and forgets what grew. Returns whether the
 * regions are to be made again.
 */
bool shown_forget_growth(struct shown *shown);

/*
 * Takes limits, growth, regions and picture of the space over from its basis; the matches stay
 * there. Where the basis is not made, or the baseline is another one by now, the space is measured,
 * and the regions are to be made. Returns whether the basis was of use.
 */
bool shown_rest_on(struct shown *shown, struct shown_basis *basis);

/*
 * Gives limits, growth and regions away, as a basis of the space that is shown (not made where
 * there are none); another space is to be shown then.
 */
struct shown_basis shown_lift(struct shown *shown);

/* Keeps what the newest snapshot rests on while a past one is shown; NULL: that is not known. */
void shown_keep_live(struct shown *shown, struct shown_basis *basis);

/* Makes the regions of the space, without what is hidden; of those before nothing is laid out. */
void shown_make_regions(struct shown *shown, const struct find *find);

/* Lays out what the view wants, unless the picture is that already. */
void shown_lay_out(struct shown *shown, const struct view *view);

/* What is known of the memory of what is shown; NULL: nothing. */
const struct usage_table *shown_usage(const struct shown *shown);
const struct residency *shown_residency(const struct shown *shown);

/* The inside of its heap; NULL: not known. */
const struct heap_usage *shown_heap(const struct shown *shown);

#endif
