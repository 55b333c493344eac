/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/region.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/identity.h"
#include "model/query_matches.h"

#define PAGE_SIZE_UNKNOWN 4096 /* what to count in when the target did not tell */

/* The end of the last region so far. */
static uint64_t list_end(const struct region_list *list)
{
	return list->count ? list->regions[list->count - 1].end : 0;
}

static void append_gap(struct region_list *list, uint64_t end)
{
	uint64_t start = list_end(list);

	if (start < end)
		list->regions[list->count++] = (struct region){
			.start = start,
			.end = end,
			.vma = REGION_GAP,
			.kind = KIND_GAP,
			.owner = OWNER_OTHER,
		};
}

static void append_mapping(struct region_list *list, const struct vma *mapping, size_t vma,
			   bool part)
{
	list->regions[list->count++] = (struct region){
		.start = mapping->start,
		.end = mapping->end,
		.vma = (uint32_t)vma,
		.part = part,
		.kind = mapping->kind,
		.owner = mapping->owner,
		.runtime = mapping->runtime,
	};
}

static uint64_t usable_page_size(uint64_t page_size)
{
	if (page_size == 0 || (page_size & (page_size - 1)))
		return PAGE_SIZE_UNKNOWN;
	return page_size;
}

void region_list_adopt(struct region_list *list)
{
	list->lists = memory_alloc(sizeof(*list->lists));
	atomic_init(list->lists, 1);
}

void region_list_init(struct region_list *list, const struct address_space *space)
{
	/* A gap below each VMA, one more where user addresses end, one on top. */
	size_t most = 2 * space->vma_count + space->part_count + 2, part = 0;

	*list = (struct region_list){
		.regions = memory_resize(NULL, most * sizeof(*list->regions)),
		.user_end = space->user_end,
		.page_size = usable_page_size(space->target.page_size),
	};
	region_list_adopt(list);
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		if (vma->start >= space->user_end)
			append_gap(list, space->user_end);
		append_gap(list, vma->start);
		if (part == space->part_count || space->parts[part].start >= vma->end)
			append_mapping(list, vma, i, false);
		for (; part < space->part_count && space->parts[part].start < vma->end; part++)
			append_mapping(list, &space->parts[part], i, true);
	}
	append_gap(list, space->user_end);
	list->regions = memory_resize(list->regions, list->count * sizeof(*list->regions));
}

void region_list_finish(struct region_list *list)
{
	if (!list->lists || atomic_fetch_sub(list->lists, 1) == 1) {
		free(list->regions);
		free(list->lists);
		free(list->hidden);
	}
	*list = (struct region_list){0};
}

struct region_list region_list_share(const struct region_list *list)
{
	atomic_fetch_add(list->lists, 1);
	return *list;
}

struct region_list region_list_without_growth(const struct region_list *list)
{
	struct region_list copy = *list;

	copy.regions = memory_resize(NULL, list->count * sizeof(*copy.regions));
	region_list_adopt(&copy);
	for (size_t i = 0; i < list->count; i++) {
		copy.regions[i] = list->regions[i];
		copy.regions[i].grown = 0;
	}
	return copy;
}

/* A run of hidden mappings with the gaps around them, or of gaps alone. */
struct run {
	size_t first;
	struct region_hidden hidden;
};

static void add_to_run(struct run *run, const struct region *all, size_t index)
{
	if (all[index].vma == REGION_GAP)
		return;
	run->hidden.count += index == run->first || all[index - 1].vma != all[index].vma;
	run->hidden.mapped += all[index].end - all[index].start;
}

/* Lists the run that ends there, as one region if it hides; the next one begins there. */
static void end_run(struct region_list *list, size_t *hidden, struct run *run,
		    const struct region *all, size_t end)
{
	if (run->hidden.count) {
		list->hidden[*hidden] = run->hidden;
		list->regions[list->count++] = (struct region){
			.start = all[run->first].start,
			.end = all[end - 1].end,
			.vma = REGION_GAP,
			.kind = KIND_GAP,
			.owner = OWNER_OTHER,
			.hidden = true,
			.hiding = (*hidden)++,
		};
	} else {
		for (size_t i = run->first; i < end; i++)
			list->regions[list->count++] = all[i];
	}
	*run = (struct run){.first = end};
}

void region_list_hide(struct region_list *list, const struct query_matches *kept)
{
	struct region_list all = *list;
	struct run run = {0};
	size_t hidden = 0;

	list->regions = memory_resize(NULL, all.count * sizeof(*list->regions));
	/* Between those that are kept, and where user addresses end. */
	list->hidden = memory_resize(NULL, (kept->count + 2) * sizeof(*list->hidden));
	list->count = 0;
	region_list_adopt(list);
	for (size_t i = 0; i < all.count; i++) {
		const struct region *region = &all.regions[i];
		const bool is_kept =
			region->vma != REGION_GAP && query_matches_has(kept, region->vma);

		/* A run ends where user addresses do: what lies above is no part of the picture. */
		if (is_kept ||
		    (i && region_is_beyond(region, list) != region_is_beyond(region - 1, list)))
			end_run(list, &hidden, &run, all.regions, i);
		if (!is_kept) {
			add_to_run(&run, all.regions, i);
			continue;
		}
		list->regions[list->count++] = *region;
		run.first = i + 1;
	}
	end_run(list, &hidden, &run, all.regions, all.count);
	list->regions = memory_resize(list->regions, list->count * sizeof(*list->regions));
	list->hidden = memory_resize(list->hidden, hidden * sizeof(*list->hidden));
	list->filtered = true;
	region_list_finish(&all);
}

void region_list_set_growth(struct region_list *list, const struct identity *growth)
{
	size_t changed = identity_next_changed(growth, 0);

	for (size_t i = 0; i < list->count && changed != SIZE_MAX; i++) {
		struct region *region = &list->regions[i];
		int64_t delta;

		if (growth->other_program)
			break;
		/* Mostly few of very many have changed. */
		if (region->vma == REGION_GAP || region->vma < changed)
			continue;
		changed = identity_next_changed(growth, region->vma);
		if (region->vma < changed)
			continue;
		delta = region->part ? (int64_t)identity_new_bytes(growth, region->vma,
								   region->start, region->end)
				     : identity_delta(growth, region->vma);
		region->grown = delta > 0 ? (uint64_t)delta : 0;
	}
}

struct region_hidden region_list_hidden(const struct region_list *list, const struct region *region)
{
	return region->hidden ? list->hidden[region->hiding] : (struct region_hidden){0};
}

const struct vma *region_mapping(const struct region *region, const struct address_space *space)
{
	return region->part ? address_space_at(space, region->start) : &space->vmas[region->vma];
}

size_t region_list_mapping_end(const struct region_list *list, const struct address_space *space,
			       size_t index, size_t end, bool *ret_whole)
{
	const struct region *first = &list->regions[index];
	const struct vma *vma;
	size_t next = index + 1;

	*ret_whole = true;
	if (first->vma == REGION_GAP || !first->part)
		return next;
	vma = &space->vmas[first->vma];
	while (next < end && list->regions[next].vma == first->vma)
		next++;
	*ret_whole = first->start == vma->start && list->regions[next - 1].end == vma->end;
	return next;
}

size_t region_list_find(const struct region_list *list, uint64_t address)
{
	return SEARCH_ABOVE(list->regions, list->count, end, address);
}
