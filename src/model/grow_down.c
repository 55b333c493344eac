/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/grow_down.h"

#include "model/address_space.h"
#include "model/classify_name.h"
#include "model/limits.h"
#include "model/page_facts.h"

/* vm.mmap_min_addr (proc_sys_vm(5)) as it usually is. */
#define MIN_ADDRESS UINT64_C(65536)

#define OVERCOMMIT_NEVER 2 /* vm.overcommit_memory (proc_sys_vm(5)) */

static enum grow_down_answer grows_by_flags(const struct vma *vma, uint64_t flags)
{
	if (flags != TARGET_UNKNOWN)
		return page_facts_has(flags, "gd") ? GROW_DOWN_YES : GROW_DOWN_NO;
	if (vma->kind == KIND_STACK)
		return GROW_DOWN_YES;
	return !(vma->perms & PERM_SHARED) && classify_name_is_anonymous(vma) ? GROW_DOWN_PERHAPS
									      : GROW_DOWN_NO;
}

/* What can be accessed keeps it away, unless it grows down itself. */
static enum grow_down_answer allowed_by_below(const struct vma *below, uint64_t address,
					      uint64_t page, uint64_t flags)
{
	if (!(below->perms & PERM_ACCESS) || address - below->end >= LIMIT_GUARD_PAGES * page)
		return GROW_DOWN_YES;
	return grows_by_flags(below, flags);
}

/*
 * RLIMIT_STACK is the limit of each mapping that grows down. Locked ones have RLIMIT_MEMLOCK as
 * well, and where nothing is overcommitted all that is committed has one.
 */
static bool may_be_refused(const struct target_limits *limits, const struct page_facts *facts,
			   uint64_t address)
{
	return limits->stack == TARGET_UNKNOWN || limits->as == TARGET_UNKNOWN ||
	       page_facts_has(facts->flags, "lo") || facts->overcommit == TARGET_UNKNOWN ||
	       facts->overcommit == OVERCOMMIT_NEVER || address < MIN_ADDRESS;
}

enum grow_down_answer grow_down_find(const struct address_space *space, uint64_t address,
				     const struct page_facts *facts, struct grow_down *ret_growth)
{
	const struct target *target = &space->target;
	uint64_t page = target->page_size;
	size_t index = address_space_lower_bound(space, address);
	enum grow_down_answer grows, allowed = GROW_DOWN_YES;
	struct grow_down growth;

	if (index == space->vma_count || page == 0)
		return GROW_DOWN_NO;
	growth.vma = &space->vmas[index];
	if (growth.vma->start <= address)
		return GROW_DOWN_NO;
	address -= address % page;
	grows = grows_by_flags(growth.vma, facts->flags);
	if (index)
		allowed = allowed_by_below(growth.vma - 1, address, page, facts->below);
	growth.more = growth.vma->start - address;
	if (growth.vma->end - address > target->limits.stack ||
	    (target->limits.as < TARGET_UNLIMITED && space->size + growth.more > target->limits.as))
		return GROW_DOWN_NO;
	growth.limited = may_be_refused(&target->limits, facts, address);
	grows = allowed < grows ? allowed : grows;
	if (grows != GROW_DOWN_NO)
		*ret_growth = growth;
	return grows;
}
