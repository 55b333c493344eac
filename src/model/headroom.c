/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/headroom.h"

#include "model/address_space.h"

#define NEAR_PERCENT  80
#define SHORT_PERCENT 95

static const char *const names[HEADROOM_COUNT] = {
	[HEADROOM_MAPPINGS] = "mappings",
	[HEADROOM_STACK] = "stack",
	[HEADROOM_ADDRESS_SPACE] = "address space",
	[HEADROOM_DATA] = "data",
};

const char *headroom_item_name(enum headroom_item item)
{
	return names[item];
}

enum headroom_level headroom_level(uint64_t used, uint64_t limit)
{
	unsigned __int128 share = (unsigned __int128)used * 100;

	if (limit == TARGET_UNKNOWN || limit == TARGET_UNLIMITED)
		return HEADROOM_FINE;
	/* Of a limit of 0 nothing is left, whatever is used. */
	if (share >= (unsigned __int128)limit * SHORT_PERCENT)
		return HEADROOM_SHORT;
	return share >= (unsigned __int128)limit * NEAR_PERCENT ? HEADROOM_NEAR : HEADROOM_FINE;
}

/* As is_data_mapping() of the kernel's mm/internal.h counts. */
static bool is_data(const struct vma *vma)
{
	return (vma->perms & PERM_WRITE) && !(vma->perms & PERM_SHARED) && vma->kind != KIND_STACK;
}

static void add_mapping(struct headroom *headroom, const struct vma *vma, uint64_t below)
{
	struct headroom_use *uses = headroom->uses;

	uses[HEADROOM_MAPPINGS].used++;
	uses[HEADROOM_ADDRESS_SPACE].used += vma_size(vma);
	if (is_data(vma))
		uses[HEADROOM_DATA].used += vma_size(vma);
	if (vma->kind != KIND_STACK)
		return;
	/* Of a stack in several mappings (mprotect(2) cuts it) the lowest one grows. */
	uses[HEADROOM_STACK].used += vma_size(vma);
	if (!headroom->has_stack)
		headroom->stack_gap = vma->start - below;
	headroom->has_stack = true;
}

static void add_gap(struct headroom *headroom, uint64_t start, uint64_t end)
{
	if (end <= start || end - start <= headroom->gap)
		return;
	headroom->gap = end - start;
	headroom->gap_start = start;
}

/* What the stack can have at most: its limit, or less where something lies in its way. */
static uint64_t stack_reach(const struct headroom *headroom, const struct target *target)
{
	uint64_t guard = HEADROOM_GUARD_PAGES * target->page_size;
	uint64_t room = headroom->stack_gap > guard ? headroom->stack_gap - guard : 0;
	uint64_t reach = headroom->uses[HEADROOM_STACK].used + room;

	return target->limits.stack < reach ? target->limits.stack : reach;
}

void headroom_measure(const struct address_space *space, struct headroom *ret_headroom)
{
	const struct target_limits *limits = &space->target.limits;
	struct headroom headroom = {
		.uses[HEADROOM_MAPPINGS].limit = limits->max_map_count,
		.uses[HEADROOM_STACK].limit = limits->stack,
		.uses[HEADROOM_ADDRESS_SPACE].limit = limits->as,
		.uses[HEADROOM_DATA].limit = limits->data,
	};
	uint64_t below = 0;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		if (vma->start >= space->user_end)
			break;
		add_gap(&headroom, below, vma->start);
		add_mapping(&headroom, vma, below);
		below = vma->end;
	}
	add_gap(&headroom, below, space->user_end);
	for (unsigned item = 0; item < HEADROOM_COUNT; item++) {
		struct headroom_use *use = &headroom.uses[item];
		uint64_t limit = use->limit;

		if (item == HEADROOM_STACK)
			limit = headroom.has_stack ? stack_reach(&headroom, &space->target)
						   : TARGET_UNKNOWN;
		use->level = headroom_level(use->used, limit);
		if (use->level > headroom.level)
			headroom.level = use->level;
	}
	*ret_headroom = headroom;
}
