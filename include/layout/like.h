/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_LIKE_H
#define LAYOUT_LIKE_H

/*
 * What belongs together in the picture: like neighbours that one band can stand for (model/alike.h;
 * thread stacks with their guards, arenas with what they reserve), and a region with what is below
 * it and only means something beside it.
 */

#include <stddef.h>

#include "layout/region.h"
#include "model/alike.h"

/* A run of like neighbours: regions from first on, below end. */
struct like {
	size_t first, end;
	size_t pieces; /* regions that are like; the others lie between them or guard them */
};

/*
 * The run whose lowest piece is the region with the index first; holes between pieces are at most
 * as wide as loaders and arenas leave. Returns false, with ret_like untouched, where there are too
 * few to fold. A guard directly below the first piece belongs to the run.
 */
bool like_find(const struct region_list *list, size_t first, struct like *ret_like);

/* Whether a run could begin with the region: false for most. */
static inline bool like_may_begin(const struct region *region)
{
	const struct alike alike = alike_make(region->kind, region->owner, region->runtime,
					      region->end - region->start);

	return alike_least(&alike) != 0;
}

/*
 * The index of the first region of the band that the region with the index makes: its guard below
 * a stack, relro below the program's data; else the index itself.
 */
size_t like_band_start(const struct region_list *list, size_t index);

/* Whether the region is text, rodata, relro, data or bss of the program. */
static inline bool like_is_program(const struct region *region)
{
	return region->kind <= KIND_BSS && region->owner == OWNER_PROGRAM &&
	       region->vma != REGION_GAP;
}

#endif
