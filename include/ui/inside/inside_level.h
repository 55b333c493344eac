/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_LEVEL_H
#define UI_INSIDE_INSIDE_LEVEL_H

/*
 * One step of going in below the mapping: a range, as its sections, its symbols, its chunks or its
 * pages, laid out to scale as the picture of the whole is. The view is a cursor, a zoom and a scale
 * of its own, so that all is as it was when one comes back. Addresses are the target's.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "inside/part_list.h"
#include "layout/diagram.h"
#include "layout/region.h"
#include "ui/view.h"

/* What the range is shown as. */
enum inside_grain { INSIDE_SECTIONS, INSIDE_SYMBOLS, INSIDE_CHUNKS, INSIDE_PAGES };

struct inside_level {
	enum inside_grain grain;
	enum inside_grain
		named; /* as what else than pages it can be shown; INSIDE_PAGES: nothing */
	uint64_t start, end;
	struct text name; /* for the title, escaped */
	struct view view;
	/* Made of these, by inside_level_lay(): */
	struct part_list parts;
	struct region_list regions; /* one for each part */
	struct diagram *diagram;    /* NULL: nothing was laid out yet */
	bool stale;                 /* the parts are to be rebuilt */
	struct view laid;           /* the view that the diagram was made for */
	uint64_t home; /* where the cursor is put; it was not moved while it is there */
};

/* What levels are made of. */
struct inside_stuff {
	struct part_source source;
	uint64_t page_size; /* a power of two */
	uint8_t kind;       /* enum kind: of the mapping */
};

/* Starts at the range's end that is on top, at the scale and order of the view. */
void inside_level_init(struct inside_level *level, enum inside_grain grain, uint64_t start,
		       uint64_t end, const struct view *like);
void inside_level_finish(struct inside_level *level);

/* The same of another range or grain; the view stays. */
void inside_level_change(struct inside_level *level, enum inside_grain grain, uint64_t start,
			 uint64_t end);

/* Shows it by pages, or again as what it was before. */
void inside_level_switch(struct inside_level *level);

/* Whether it is shown by pages, but has a way that is not. */
bool inside_level_is_switched(const struct inside_level *level);

/* Lays out for so many lines of the screen, at least 1, what is not laid out so already. */
void inside_level_lay(struct inside_level *level, const struct inside_stuff *stuff, uint64_t lines);

/* The band under the cursor. Of a level that is laid out. */
const struct band *inside_level_band(const struct inside_level *level);

/* The part that a band is; NULL for a fold of several. */
const struct inside_part *inside_level_part(const struct inside_level *level,
					    const struct band *band);

#endif
