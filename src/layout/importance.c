/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/importance.h"

#include "layout/like.h"
#include "model/kind.h"

#define PROGRAM (6 * IMPORTANCE_OCTAVE) /* the program's own, worth 64 times their size */
#define IDLE    20                      /* a gap is worth a 2^20th of its size */

/* Landmarks differ by more than their sizes and what was shown before (a bonus) can make up. */
#define LANDMARK_PARTS (IMPORTANCE_LANDMARK + 1) /* the program's text, data and bss */
#define LANDMARK_HEAP  1200
#define LANDMARK_STACK 1400
#define LANDMARK_WHOLE 1600 /* all of the program, as one band */

/* The landmark that the region is; 0 for none. */
static unsigned landmark(const struct region *region)
{
	if (region->kind == KIND_STACK)
		return LANDMARK_STACK;
	if (region->kind == KIND_HEAP)
		return LANDMARK_HEAP;
	if (!like_is_program(region))
		return 0;
	switch (region->kind) {
	case KIND_TEXT: return LANDMARK_PARTS + 2;
	case KIND_DATA: return LANDMARK_PARTS + 1;
	case KIND_BSS: return LANDMARK_PARTS;
	default: return 0;
	}
}

/* log2 of the pages, rounded down. */
static unsigned power_of(uint64_t pages)
{
	return pages ? 63 - (unsigned)__builtin_clzll(pages) : 0;
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

/* The importance of accessible memory that is not a landmark. */
static unsigned part_importance(const struct region *region, unsigned power)
{
	return power * IMPORTANCE_OCTAVE + (region->owner == OWNER_PROGRAM ? PROGRAM : 0);
}

unsigned importance_of(const struct region *region, const struct region_list *list)
{
	unsigned power = power_of(region_pages(region, list)), mark;

	if (region_is_beyond(region, list))
		return 0;
	if (region_is_idle(region) || region->kind == KIND_GUARD)
		return idle_importance(power);
	mark = landmark(region);
	return mark ? mark + power : part_importance(region, power);
}

unsigned importance_of_part(const struct region *region, const struct region_list *list)
{
	return part_importance(region, power_of(region_pages(region, list)));
}

unsigned importance_of_piece(const struct region *region, unsigned alone)
{
	/* The program's parts are no mere pieces. */
	if (region->owner == OWNER_PROGRAM)
		return alone;
	return alone / IMPORTANCE_OCTAVE;
}

unsigned importance_of_like(const struct like *like, const struct region_list *list)
{
	uint64_t pages = 0;
	bool program = false;

	for (size_t i = like->first; i < like->end; i++) {
		const struct region *region = &list->regions[i];

		program |= like_is_program(region);
		if (!region_is_idle(region) && region->kind != KIND_GUARD)
			pages += region_pages(region, list);
	}
	if (program)
		return LANDMARK_WHOLE + power_of(pages);
	return power_of(pages) * IMPORTANCE_OCTAVE;
}
