/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SCENE_H
#define UI_SCENE_H

/*
 * Everything that a frame is drawn from, all of it const: panes show, they do not change. What
 * depends on the clock, the user database or the sampler comes in as values and words.
 */

#include <stdbool.h>
#include <stdint.h>

#include "layout/diagram.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "model/coverage.h"
#include "model/kind.h"
#include "ui/colour_mode_list.h"
#include "ui/glyphs.h"
#include "ui/view.h"

struct band_folds;
struct call_sites;
struct session;
struct wx_history;
struct find;
struct limits;
struct identity;
struct keymap;
struct heap_usage;
struct highlights;
struct minimap;
struct pane_ops;
struct site_colours;
struct residency;
struct usage_table;

#define SCENE_CLOCK_LENGTH 32

/* What vastop itself costs. */
struct scene_cost {
	double cpu;  /* of one core, over the last seconds: 0 to 1, or more */
	double held; /* of wall time that the target's memory lock was held; NAN: not known */
};

struct scene_status {
	const char *user;         /* name of the target's user; NULL unknown */
	const char *clock;        /* local time of the sample, "10:41:07" */
	uint64_t interval_ns;     /* between two frames */
	struct coverage coverage; /* what is seen of that at each */
	bool recorded;            /* it is read from files copied from a procfs: nothing moves */
	bool replayed;            /* it is a recording that is played, */
	unsigned speed;           /* so many times as fast as it was */
	bool recording;           /* what is seen is recorded */
	bool paused;
	bool earlier;         /* while paused: what is shown is not the newest moment */
	int64_t back_ns;      /* how long it is before that, or before the end of the process */
	const char *output;   /* where the output of a command started here goes; NULL: none was */
	bool unconfined;      /* vastop has all rights of the user (--no-sandbox) */
	const char *baseline; /* local time of the baseline, "10:36:02" */
	const struct scene_cost *cost; /* NULL: not known */
	/* A time as local time with milliseconds, "10:41:07.123"; the context is not used. */
	void (*local_time)(void *context, int64_t time_ns, char out[static SCENE_CLOCK_LENGTH]);
	const char *stale; /* local time of the last sample, where the next is overdue; else NULL */
	const char *banner; /* why there are no more samples, no full stop; NULL: there are */
	bool ended;         /* with a banner: the process has; else it only cannot be read */
	const char *origin; /* of a picture on paper: where and when it was taken; NULL: not said */
	const char *message; /* the answer to the last key; NULL for none */
};

struct scene {
	const struct address_space *space;
	const struct region_list *regions;
	const struct diagram *diagram;
	const struct view *view;
	const struct pane_ops *main;     /* the main view; NULL: there is none */
	bool table;                      /* selected is a row of it, and no band of the picture */
	const struct pane_ops *focus;    /* the pane that keys go to; NULL: none */
	const struct timeline *timeline; /* of the recording that is played; NULL: none */
	struct band selected;            /* what is under the cursor */
	const struct scene_status *status;
	bool letters; /* there are no colours: letters stand for them */
	const struct glyphs *glyphs;
	const struct keymap *keymap; /* NULL: the command table's own keys */
	bool cursor;                 /* whether the selected band is marked */
	enum colour_mode colours;
	const struct find *find; /* what is looked for */
	const struct limits *limits;
	/* What is in memory of the space; NULL: not known. */
	const struct usage_table *usage;
	const struct residency *residency;
	const struct heap_usage *heap;           /* the inside of the heap; NULL: not known */
	const struct call_sites *sites;          /* who touches new pages; NULL: not known */
	const char *sites_words;                 /* of their pane; NULL: there are none */
	const struct site_colours *site_colours; /* NULL: none of them has one */
	/* What became of the process; all NULL for a picture on paper. */
	const struct session *session;
	const struct identity *growth; /* of the space since the baseline */
	const struct highlights *highlights;
	const struct wx_history *wx_history;
	const struct minimap *minimap;
	const struct band_folds *folds; /* what bands of the diagram hold; NULL: not at hand */
};

#endif
