/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_SELECTION_H
#define LAYOUT_SELECTION_H

/*
 * Where one band ends and the next begins. What can be chosen is a region, with what belongs to it,
 * or a run of like neighbours as a whole (layout/like.h): choosing it puts a border at each of its
 * ends, and the regions between two borders make one band. Chosen is the longest prefix of the
 * order of importance (layout/importance.h; what grew most since the baseline is a landmark) whose
 * bands take no more than three fifths of the rows, so that heights have
 * room to differ; landmarks may take every row; and every region where there is a row for each. So
 * what is shown alone at some rows is shown alone at more.
 */

#include <stdbool.h>
#include <stdint.h>

#include "layout/region.h"

struct candidates;

/* What is said of each region. */
enum {
	SELECTION_REGION = 1, /* it was chosen */
	SELECTION_LIKE = 2,   /* the run of like neighbours whose lowest piece it is was */
	SELECTION_BORDER = 4, /* a band begins here */
};

/* What was chosen before. */
struct selection {
	const struct region_list *regions;
	const uint8_t *choice; /* SELECTION_…, one for each region */
	uint64_t rows;
};

#define SELECTION_NO_PIN SIZE_MAX

/*
 * Fills choice, one for each region. With a selection from before (NULL for none) the borders stay
 * as long as nothing appeared, vanished or changed its kind and no region that is not chosen became
 * four times as important as one that is; else what was chosen is preferred by as much. The region
 * with the index pinned (or SELECTION_NO_PIN) is more important than all others. found is what
 * candidates_find() found for the regions, or NULL.
 */
void selection_choose(const struct region_list *regions, uint64_t rows,
		      const struct selection *before, const struct candidates *found, size_t pinned,
		      uint8_t *choice);

/* The most bands that are made of what is no landmark, when there is not a row for every region. */
uint64_t selection_budget(uint64_t rows);

/* The same where landmarks made so many bands (1: there are none): some more besides them. */
uint64_t selection_budget_beside(uint64_t rows, uint64_t landmark_bands);

#endif
