/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/importance.h"

#include "model/kind.h"

#define LANDMARK 1024                    /* above what 2^63 pages come to */
#define PROGRAM  (6 * IMPORTANCE_OCTAVE) /* the program's own, worth 64 times their size */
#define IDLE     20                      /* a gap is worth a 2^20th of its size */

static unsigned mapping_bonus(const struct region *region)
{
	if (region->kind == KIND_HEAP || region->kind == KIND_STACK)
		return LANDMARK;
	return region->owner == OWNER_PROGRAM ? PROGRAM : 0;
}

/*
 * What only takes up addresses counts a 2^20th of its size: the terabytes between heap and
 * libraries rank with tens of megabytes of mapping, the megabytes between two libraries with
 * nothing. Those still rank among themselves, within the lowest octave.
 */
static unsigned idle_importance(unsigned power)
{
	if (power < IDLE)
		return power / 2;
	return (power - IDLE) * IMPORTANCE_OCTAVE + IDLE / 2;
}

unsigned importance_of(const struct region *region, const struct region_list *list)
{
	unsigned power = 63 - (unsigned)__builtin_clzll(region_pages(region, list));

	if (region_is_beyond(region, list))
		return 0;
	if (region_is_idle(region))
		return idle_importance(power);
	return power * IMPORTANCE_OCTAVE + mapping_bonus(region);
}
