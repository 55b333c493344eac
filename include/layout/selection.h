/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_SELECTION_H
#define LAYOUT_SELECTION_H

/*
 * Which regions are shown as a band of their own; each maximal run of the others makes one band
 * together. The shown ones are the longest prefix of the order of importance whose bands take no
 * more than three fifths of the rows, so that heights have room to differ; all of them where there
 * is a row for each. So what is shown at some rows is shown at more.
 */

#include <stdbool.h>
#include <stdint.h>

#include "layout/region.h"

/* What was chosen before. */
struct selection {
	const struct region_list *regions;
	const bool *shown; /* one for each region */
	uint64_t rows;
};

#define SELECTION_NO_PIN SIZE_MAX

/*
 * Fills shown, one for each region. With a selection from before (NULL for none) the same regions
 * stay as long as nothing appeared, vanished or changed its kind and none that is not shown became
 * four times as important as one that is; else they are preferred by as much. The region with the
 * index pinned (or SELECTION_NO_PIN) is more important than all others.
 */
void selection_choose(const struct region_list *regions, uint64_t rows,
		      const struct selection *before, size_t pinned, bool *shown);

/* The most bands that are made when there is not a row for every region. */
uint64_t selection_budget(uint64_t rows);

#endif
