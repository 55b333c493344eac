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
#include "ui/glyphs.h"
#include "ui/view.h"

struct scene_status {
	const char *user;     /* name of the target's user; NULL unknown */
	const char *clock;    /* local time of the sample, "10:41:07" */
	uint64_t interval_ns; /* between two samples */
	bool paused;
	const char *banner;  /* why there are no more samples; NULL while there are */
	const char *message; /* the answer to the last key; NULL for none */
};

struct scene {
	const struct address_space *space;
	const struct region_list *regions;
	const struct diagram *diagram;
	const struct view *view;
	const struct scene_status *status;
	const struct glyphs *glyphs;
	bool cursor; /* whether the selected band is marked */
};

#endif
