/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_BAND_FOLDS_H
#define UI_PICTURE_BAND_FOLDS_H

/*
 * What each band of a diagram holds, found out once: there can be a million regions, and each frame
 * asks for it. All zeroes: nothing is at hand.
 */

#include <stddef.h>

#include "layout/fold.h"

struct address_space;
struct band;
struct diagram;
struct region_list;

struct band_folds {
	const struct diagram *diagram; /* not owned; NULL: none */
	struct fold *folds;            /* one for each of its bands */
};

/*
 * Makes them of the diagram, which must live as long, and of the space and regions that it is of.
 * Of a diagram of very many bands, as in a zoomed picture, there are none.
 */
void band_folds_make(struct band_folds *folds, const struct address_space *space,
		     const struct region_list *regions, const struct diagram *diagram);

/* What the band of the regions holds: as it is at hand (NULL: nothing is), or found out. */
void band_folds_find(const struct band_folds *folds, const struct address_space *space,
		     const struct region_list *regions, const struct band *band,
		     struct fold *ret_fold);

/* Frees them; nothing is at hand then. */
void band_folds_finish(struct band_folds *folds);

#endif
