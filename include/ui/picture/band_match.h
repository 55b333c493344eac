/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_BAND_MATCH_H
#define UI_PICTURE_BAND_MATCH_H

/* What of a band is looked for: by a search, whose matches are marked, and by a filter. */

#include <stdbool.h>

#include "model/kind.h"
#include "screen/role.h"

struct band;
struct scene;

struct band_match {
	bool marked;    /* holds a mapping that the search found */
	bool dimmed;    /* there is a filter, and it keeps nothing of the band */
	enum kind kept; /* the kind with the most bytes of what a filter keeps; KIND_COUNT: none */
};

/* O(regions of the band). Gaps, and what is hidden, are never dimmed. */
void band_match_find(const struct scene *scene, const struct band *band,
		     struct band_match *ret_match);

/* The role of words that have the given one otherwise. */
enum role band_match_role(const struct band_match *match, enum role role);

#endif
