/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_CANDIDATES_H
#define LAYOUT_CANDIDATES_H

/*
 * What can have a band of its own: each region, with what belongs to it, and each run of like
 * neighbours as a whole (layout/like.h). Each has an importance (layout/importance.h), which says
 * who comes first where there are not enough rows; the largest piece of a runtime's heap and what
 * grew most since the baseline are landmarks, too. Numbers of regions, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/region.h"

/* There is one for each of a hundred thousand regions: four bytes, that a few passes are cheap. */
struct candidate {
	uint16_t importance; /* below IMPORTANCE_END */
	uint8_t octave;      /* of what it grew by, in pages: 1 + log2; 0: it did not grow */
	uint8_t before;      /* 1: it was chosen before */
};

/* The regions that lie between the borders of a candidate. */
struct candidate_span {
	uint32_t first, end;
	uint32_t region; /* that it is chosen by: itself, or the lowest piece of a run */
};

struct candidates {
	const struct region_list *regions; /* borrowed */
	struct candidate *list;            /* one for each region, then one for each run */
	struct candidate_span *runs;
	size_t count, run_count, run_capacity;
	size_t pinned;  /* the region that is more important than all others, or SIZE_MAX */
	uint8_t octave; /* of all growth; 0: nothing grew */
};

/*
 * What all pictures of the regions choose from, which takes longest: found once, it is of use for
 * each of them. The regions outlive the candidates; the caller frees with candidates_finish().
 */
void candidates_find(struct candidates *candidates, const struct region_list *regions);

/* What was found is of regions of which none grew. */
void candidates_forget_growth(struct candidates *found);

/* What one picture chooses from: by what was found for the same regions, NULL: it is found now. */
void candidates_init(struct candidates *candidates, const struct region_list *regions,
		     const struct candidates *found, size_t pinned);
void candidates_finish(struct candidates *candidates);

/*
 * What grew most becomes a landmark, what was chosen before preferred: to be called once, when
 * `before` is filled in.
 */
void candidates_promote_growers(struct candidates *candidates);

/* The span of the candidate with the index. */
struct candidate_span candidates_span(const struct candidates *candidates, size_t index);

/* Whether it is a run of like neighbours. */
static inline bool candidates_is_run(const struct candidates *candidates, size_t index)
{
	return index >= candidates->regions->count;
}

#endif
