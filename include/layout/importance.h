/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_IMPORTANCE_H
#define LAYOUT_IMPORTANCE_H

/*
 * Which regions deserve a band of their own when there are not enough rows for all: the landmarks
 * (heap and main stack) before everything else, then by size, the program's own mappings counting
 * for more than they are and what only takes up addresses for much less. Small
 * numbers, so that a counting sort can order them; ties are the caller's, lower address first.
 */

#include "layout/region.h"

#define IMPORTANCE_OCTAVE 16 /* for twice the size of a mapping */
#define IMPORTANCE_END    2048

/* From 0 to IMPORTANCE_END - 1; greater is more important. */
unsigned importance_of(const struct region *region, const struct region_list *list);

#endif
