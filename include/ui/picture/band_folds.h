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
struct names;
struct region_list;
struct text;

struct band_folds {
	const struct diagram *diagram; /* not owned; NULL: none */
	size_t count;                  /* of its bands */
	struct fold *folds;            /* one for each of its bands */
	struct names **names;          /* likewise; NULL: not asked for yet, or few regions */
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

/* Appends its names as fold_append_names() does; of very many regions they are found once. */
void band_folds_append_names(const struct band_folds *folds, struct text *text,
			     const struct address_space *space, const struct region_list *regions,
			     const struct band *band, size_t columns, const char *ellipsis);

/* Frees them; nothing is at hand then. */
void band_folds_finish(struct band_folds *folds);

#endif
