/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/importance.h"

#include "model/kind.h"

#define LANDMARK 1024 /* above what 2^63 pages come to */

static bool is_landmark(const struct region *region)
{
	if (region_is_idle(region))
		return false;
	return region->kind == KIND_HEAP || region->kind == KIND_STACK ||
	       region->owner == OWNER_PROGRAM;
}

/*
 * A power of two counts a whole octave for a mapping and a sixteenth for a gap or a reservation:
 * the widest gap of a 47-bit space (2^34 pages) then ranks with a mapping of 4 pages and never
 * above one of 64 KiB, even with LA57's 2^44 pages, while gaps still rank among themselves.
 */
unsigned importance_of(const struct region *region, const struct region_list *list)
{
	unsigned power = 63 - (unsigned)__builtin_clzll(region_pages(region, list));

	if (region_is_beyond(region, list))
		return 0;
	if (region_is_idle(region))
		return power;
	return power * IMPORTANCE_OCTAVE + (is_landmark(region) ? LANDMARK : 0);
}
