/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/limits.h"

#include "model/address_space.h"

#define NEAR_PERCENT  80
#define SHORT_PERCENT 95

static const char *const names[LIMIT_COUNT] = {
	[LIMIT_MAPPINGS] = "mappings",
	[LIMIT_STACK] = "stack",
	[LIMIT_ADDRESS_SPACE] = "address space",
	[LIMIT_DATA] = "data",
};

const char *limit_name(enum limit_item item)
{
	return names[item];
}

enum limit_level limit_level(uint64_t used, uint64_t limit)
{
	unsigned __int128 share = (unsigned __int128)used * 100;

	if (used == TARGET_UNKNOWN || limit == TARGET_UNKNOWN || limit == TARGET_UNLIMITED)
		return LIMIT_FINE;
	/* Of a limit of 0 nothing is left, whatever is used. */
	if (share >= (unsigned __int128)limit * SHORT_PERCENT)
		return LIMIT_SHORT;
	return share >= (unsigned __int128)limit * NEAR_PERCENT ? LIMIT_NEAR : LIMIT_FINE;
}

/* As is_data_mapping() of the kernel's mm/internal.h counts. */
static bool is_data(const struct vma *vma)
{
	return (vma->perms & PERM_WRITE) && !(vma->perms & PERM_SHARED) && vma->kind != KIND_STACK;
}

/* Whether it is not known if it is such a mapping. */
static bool may_be_data(const struct vma *vma)
{
	return (vma->perms & PERM_ACCESS_UNKNOWN) ||
	       ((vma->perms & PERM_WRITE) && (vma->perms & PERM_SHARING_UNKNOWN));
}

static void add_mapping(struct limits *limits, const struct vma *vma, uint64_t below)
{
	struct limit_use *uses = limits->uses;

	uses[LIMIT_MAPPINGS].used++;
	uses[LIMIT_ADDRESS_SPACE].used += vma_size(vma);
	if (may_be_data(vma))
		uses[LIMIT_DATA].used = TARGET_UNKNOWN;
	else if (is_data(vma) && uses[LIMIT_DATA].used != TARGET_UNKNOWN)
		uses[LIMIT_DATA].used += vma_size(vma);
	if (vma->kind != KIND_STACK)
		return;
	/* Of a stack in several mappings (mprotect(2) cuts it) the lowest one grows. */
	uses[LIMIT_STACK].used += vma_size(vma);
	if (!limits->has_stack)
		limits->stack_gap = vma->start - below;
	limits->has_stack = true;
}

static void add_gap(struct limits *limits, uint64_t start, uint64_t end)
{
	if (end <= start || end - start <= limits->gap)
		return;
	limits->gap = end - start;
	limits->gap_start = start;
}

/* What the stack can have at most: its limit, or less where something lies in its way. */
static uint64_t stack_reach(const struct limits *limits, const struct target *target)
{
	uint64_t guard = LIMIT_GUARD_PAGES * target->page_size;
	uint64_t room = limits->stack_gap > guard ? limits->stack_gap - guard : 0;
	uint64_t reach = limits->uses[LIMIT_STACK].used + room;

	return target->limits.stack < reach ? target->limits.stack : reach;
}

void limits_measure(const struct address_space *space, struct limits *ret_limits)
{
	const struct target_limits *allowed = &space->target.limits;
	struct limits limits = {
		.uses[LIMIT_MAPPINGS].limit = allowed->max_map_count,
		.uses[LIMIT_STACK].limit = allowed->stack,
		.uses[LIMIT_ADDRESS_SPACE].limit = allowed->as,
		.uses[LIMIT_DATA].limit = allowed->data,
	};
	uint64_t below = 0;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		if (vma->start >= space->user_end)
			break;
		add_gap(&limits, below, vma->start);
		add_mapping(&limits, vma, below);
		below = vma->end;
	}
	add_gap(&limits, below, space->user_end);
	for (unsigned item = 0; item < LIMIT_COUNT; item++) {
		struct limit_use *use = &limits.uses[item];
		uint64_t limit = use->limit;

		if (item == LIMIT_STACK)
			limit = limits.has_stack ? stack_reach(&limits, &space->target)
						 : TARGET_UNKNOWN;
		use->level = limit_level(use->used, limit);
		if (use->level > limits.level)
			limits.level = use->level;
	}
	*ret_limits = limits;
}
