/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/like.h"

#include "model/alike.h"
#include "model/kind.h"

static bool is_stack(const struct region *region)
{
	return region->kind == KIND_STACK || region->kind == KIND_THREAD_STACK;
}

static struct alike region_alike(const struct region *region)
{
	return alike_make(region->kind, region->owner, region->runtime,
			  region->end - region->start);
}

static bool is_hole(const struct region *region, const struct alike *alike)
{
	return !region->hidden && (region->kind == KIND_GUARD || region_is_idle(region)) &&
	       region->end - region->start <= alike_hole_max(alike);
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
	const struct alike alike = region_alike(&regions[first]);
	size_t needed = alike_least(&alike);
	struct like like = {.end = first + 1, .pieces = 1};

	if (!needed)
		return false;
	for (size_t i = first + 1; i < list->count; i++) {
		const struct alike other = region_alike(&regions[i]);

		if (alike_same(&other, &alike)) {
			like.end = i + 1;
			like.pieces++;
		} else if (!is_hole(&regions[i], &alike)) {
			break;
		}
	}
	if (like.pieces < needed)
		return false;
	like.first = like_band_start(list, first);
	/* What the last arena reserves is its own. */
	if (regions[first].kind == KIND_ARENA && like.end < list->count &&
	    regions[like.end].kind == KIND_RESERVE && is_hole(&regions[like.end], &alike))
		like.end++;
	*ret_like = like;
	return true;
}
