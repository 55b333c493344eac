/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_match.h"

#include <stddef.h>
#include <stdint.h>

#include "layout/diagram.h"
#include "ui/find.h"
#include "ui/scene.h"

void band_match_find(const struct scene *scene, const struct band *band,
		     struct band_match *ret_match)
{
	const struct query_matches *marked = find_marked(scene->find);
	const struct query_matches *kept = find_filtered(scene->find);
	struct band_match match = {.kept = KIND_COUNT};
	uint64_t sizes[KIND_COUNT] = {0}, most = 0;
	size_t mappings = 0;

	for (size_t i = band->region; (marked || kept) && i < band->region + band->count; i++) {
		const struct region *region = &scene->regions->regions[i];

		if (region->vma == REGION_GAP)
			continue;
		mappings++;
		match.marked = match.marked || (marked && query_matches_has(marked, region->vma));
		if (kept && query_matches_has(kept, region->vma))
			sizes[region->kind] += region->end - region->start;
	}
	for (unsigned kind = 0; kind < KIND_COUNT; kind++)
		if (sizes[kind] > most) {
			most = sizes[kind];
			match.kept = (enum kind)kind;
		}
	match.dimmed = kept && mappings && most == 0;
	*ret_match = match;
}

enum role band_match_role(const struct band_match *match, enum role role)
{
	return match->marked ? ROLE_MATCH : match->dimmed ? ROLE_MUTED : role;
}
