/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_IMPORTANCE_H
#define LAYOUT_IMPORTANCE_H

/*
 * Which regions deserve a band of their own when there are not enough rows for all: the landmarks
 * (the program as a whole, main stack, heap, then the program's text, data and bss) before
 * everything else, then by size, what only takes up addresses counting for much less. Of like
 * neighbours (layout/like.h) the run as a whole comes first, and a single one of them late. Small
 * numbers, so that a counting sort can order them; ties are the caller's, lower address first.
 */

#include "layout/region.h"

struct like;

#define IMPORTANCE_OCTAVE   16   /* for twice the size of a mapping */
#define IMPORTANCE_LANDMARK 1024 /* landmarks have this or more */
#define IMPORTANCE_RUNTIME  1100 /* the largest piece of a runtime's heap: as a heap */
#define IMPORTANCE_GROWER   1150 /* what grew most: before the program's parts, after the heap */
#define IMPORTANCE_END      2048

/* From 0 to IMPORTANCE_END - 1; greater is more important. */
unsigned importance_of(const struct region *region, const struct region_list *list);

/* The same of accessible memory that is no landmark, whatever it is. */
unsigned importance_of_part(const struct region *region, const struct region_list *list);

/* The same of one piece of a run of like regions: never more than what the region has alone. */
unsigned importance_of_piece(const struct region *region, unsigned alone);

/* Of the run as a whole. */
unsigned importance_of_like(const struct like *like, const struct region_list *list);

#endif
