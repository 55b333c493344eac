/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_growth.h"

#include "layout/diagram.h"
#include "model/identity.h"
#include "ui/picture/highlights.h"
#include "ui/scene.h"

static uint32_t sign_of(const struct glyphs *glyphs, const struct highlight *highlight)
{
	switch (highlight->type) {
	case CHANGE_MAPPED: return glyphs->appeared;
	case CHANGE_UNMAPPED: return glyphs->vanished;
	case CHANGE_GREW: return glyphs->grew;
	case CHANGE_SHRANK: return glyphs->shrank;
	case CHANGE_MOVED: return glyphs->moved;
	case CHANGE_PROTECTED: return glyphs->protected;
	default: return glyphs->other;
	}
}

static void find_mark(const struct scene *scene, const struct band *band,
		      struct band_growth *growth)
{
	struct highlight highlight;

	if (!scene->highlights ||
	    !highlights_find(scene->highlights, band->start, band->end, &highlight))
		return;
	growth->marked = true;
	growth->ghost = highlight.type == CHANGE_UNMAPPED;
	growth->ghost_size = growth->ghost ? highlight.end - highlight.start : 0;
	growth->role = highlights_role(highlight.type, highlight.danger);
	growth->sign = sign_of(scene->glyphs, &highlight);
}

/* The new part of a mapping that is new at one end, or wholly. */
static void find_part(const struct scene *scene, const struct region *region,
		      struct band_growth *growth)
{
	struct identity_growth parts = identity_growth(scene->growth, region->vma);
	uint64_t bytes = identity_new_bytes(scene->growth, region->vma, region->start, region->end);

	if (region->part ? bytes == region->end - region->start : parts.appeared) {
		growth->from = region->start;
		growth->to = region->end;
	} else if (region->part) {
		return;
	} else if (parts.high) {
		growth->from = region->end - parts.high;
		growth->to = region->end;
	} else if (parts.low) {
		growth->from = region->start;
		growth->to = region->start + parts.low;
	}
}

/* What is as it was needs no look: the region of the next mapping that is not, or that behind. */
static size_t skip_unchanged(const struct scene *scene, size_t vma, size_t behind)
{
	size_t changed = identity_next_changed(scene->growth, vma), region;

	if (changed == vma)
		return behind;
	if (changed >= scene->space->vma_count)
		return SIZE_MAX;
	region = region_list_find(scene->regions, scene->space->vmas[changed].start);
	return region > behind ? region : behind;
}

void band_growth_find(const struct scene *scene, const struct band *band,
		      struct band_growth *ret_growth)
{
	*ret_growth = (struct band_growth){.role = ROLE_DEFAULT};
	find_mark(scene, band, ret_growth);
	if (!scene->growth)
		return;
	for (size_t i = band->region, next; i < band->region + band->count; i = next) {
		const struct region *region = &scene->regions->regions[i];
		int64_t delta;
		uint64_t end;
		bool whole;

		next = region_list_mapping_end(scene->regions, scene->space, i,
					       band->region + band->count, &whole);
		end = scene->regions->regions[next - 1].end;
		if (region->vma == REGION_GAP)
			continue;
		next = skip_unchanged(scene, region->vma, next);
		delta = whole ? identity_delta(scene->growth, region->vma)
			      : (int64_t)identity_new_bytes(scene->growth, region->vma,
							    region->start, end);
		identity_delta_add(&ret_growth->delta, delta);
		if (band->count == 1)
			find_part(scene, region, ret_growth);
	}
}
