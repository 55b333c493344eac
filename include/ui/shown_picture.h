/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SHOWN_PICTURE_H
#define UI_SHOWN_PICTURE_H

/*
 * The picture as it is laid out for a view: its diagram, what the bands hold, and the minimap. All
 * zeroes: nothing is laid out. With very many mappings that takes long, so that another thread can
 * do it: by a shown_wish.
 */

#include <stdbool.h>
#include <stdint.h>

#include "layout/diagram.h"
#include "ui/find.h"
#include "ui/picture/band_folds.h"
#include "ui/picture/minimap.h"
#include "ui/view.h"

struct address_space;
struct candidates;
struct region_list;

/* What a diagram is laid out for, besides the regions. All zeroes: nothing was laid out yet. */
struct shown_layout {
	struct diagram_request request; /* without regions, hint and pin */
	uint64_t pin;
	bool pinned, low_on_top;
	uint64_t lines; /* of the screen */
};

struct shown_picture {
	struct shown_layout layout; /* that the diagram has; all zeroes: of other regions */
	struct diagram *diagram;    /* of the view */
	struct band_folds folds;    /* of the diagram; none: of other regions */
	struct minimap minimap;     /* likewise */
};

/* What it is laid out from. */
struct shown_picture_source {
	const struct address_space *space;
	const struct region_list *regions; /* of the space; they outlive the picture */
	const struct candidates *found;    /* candidates_find() of them; NULL: not at hand */
	const struct view *view;
	bool on_paper; /* there is nothing but the whole, and only once: folds and minimap are not
			* needed */
};

/* What the view wants to have laid out. */
struct shown_layout shown_layout_of(const struct view *view);
bool shown_layout_same(const struct shown_layout *a, const struct shown_layout *b);

/* Lays out what the view wants, calmly: near to what the picture was. O(regions). */
void shown_picture_lay_out(struct shown_picture *picture,
			   const struct shown_picture_source *source);

/* It is of other regions now: only its diagrams are of use, for the next ones to stay calm. */
void shown_picture_outdate(struct shown_picture *picture);

void shown_picture_finish(struct shown_picture *picture);

/* What is looked for, the view and the diagrams of before, of a picture wanted of other regions. */
struct shown_wish {
	struct find_wish find;
	struct view view;
	struct diagram *before, *whole_before; /* shared; NULL: none */
};

/*
 * A wish for what the view wants of other regions; whole_before is for its minimap. Returns false
 * where nothing is laid out yet.
 */
bool shown_wish_make(const struct shown_picture *picture, const struct view *view,
		     const struct find *find, struct shown_wish *ret_wish);

/* Whether both want the same to be laid out. */
bool shown_wish_same(const struct shown_wish *a, const struct shown_wish *b);

void shown_wish_finish(struct shown_wish *wish);

/*
 * The picture that the wish is for, of the regions of the space and what was found for them; in any
 * thread, as long as the others leave the diagrams of before as they are.
 */
void shown_wish_lay_out(const struct shown_wish *wish, const struct address_space *space,
			const struct region_list *regions, const struct candidates *found,
			struct shown_picture *ret_picture);

#endif
