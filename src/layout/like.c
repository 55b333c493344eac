/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/like.h"

#include "model/kind.h"

/* Bytes. Loaders leave up to the alignment of segments; arenas begin every so many bytes. */
#define HOLE_MAX (UINT64_C(64) << 20)

#define PIECES_MIN           3
#define PIECES_MIN_ANONYMOUS 4
#define PIECES_MIN_PROGRAM   2

bool like_is_program(const struct region *region)
{
	return region->vma != REGION_GAP && region->owner == OWNER_PROGRAM &&
	       region->kind <= KIND_BSS;
}

static bool is_stack(const struct region *region)
{
	return region->kind == KIND_STACK || region->kind == KIND_THREAD_STACK;
}

/* The fewest pieces that are worth one band; 0: such regions do not fold as one. */
static size_t pieces_needed(const struct region *region)
{
	if (region->runtime)
		return 1;
	if (like_is_program(region))
		return PIECES_MIN_PROGRAM;
	switch (region->kind) {
	case KIND_THREAD_STACK:
	case KIND_ARENA: return PIECES_MIN;
	case KIND_ANON: return PIECES_MIN_ANONYMOUS;
	default: return 0;
	}
}

static bool is_like(const struct region *first, const struct region *region)
{
	if (first->runtime || region->runtime)
		return first->runtime == region->runtime;
	if (like_is_program(first))
		return like_is_program(region);
	if (region->kind != first->kind)
		return false;
	return region->kind != KIND_ANON ||
	       region->end - region->start == first->end - first->start;
}

static bool is_hole(const struct region *region)
{
	return !region->hidden && (region->kind == KIND_GUARD || region_is_idle(region)) &&
	       region->end - region->start <= HOLE_MAX;
}

size_t like_band_start(const struct region_list *list, size_t index)
{
	const struct region *region = &list->regions[index];

	if (index == 0)
		return index;
	if (is_stack(region) && region[-1].kind == KIND_GUARD)
		return index - 1;
	if (like_is_program(region) && region->kind == KIND_DATA && like_is_program(&region[-1]) &&
	    region[-1].kind == KIND_RELRO)
		return index - 1;
	return index;
}

bool like_find(const struct region_list *list, size_t first, struct like *ret_like)
{
	const struct region *regions = list->regions;
	size_t needed = pieces_needed(&regions[first]);
	struct like like = {.end = first + 1, .pieces = 1};

	if (!needed)
		return false;
	for (size_t i = first + 1; i < list->count; i++) {
		if (is_like(&regions[first], &regions[i])) {
			like.end = i + 1;
			like.pieces++;
		} else if (!is_hole(&regions[i])) {
			break;
		}
	}
	if (like.pieces < needed)
		return false;
	like.first = like_band_start(list, first);
	/* What the last arena reserves is its own. */
	if (regions[first].kind == KIND_ARENA && like.end < list->count &&
	    regions[like.end].kind == KIND_RESERVE && is_hole(&regions[like.end]))
		like.end++;
	*ret_like = like;
	return true;
}
