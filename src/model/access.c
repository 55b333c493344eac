/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/access.h"

#include <string.h>

#include "model/address_space.h"
#include "model/classify_name.h"
#include "model/headroom.h"
#include "model/usage.h"

/*
 * Addresses that no x86-64 processor takes as such, and those that only one with five-level page
 * tables does: Documentation/arch/x86/x86_64/mm.rst. A use of one is a general protection fault,
 * for which the kernel has no address to give (through the stack pointer it is a stack fault, and
 * SIGBUS). On other processors such an address is just not mapped.
 */
#if defined(__x86_64__)
#define HAS_CANONICAL true
#else
#define HAS_CANONICAL false
#endif

/*
 * access_error() of x86 does not ask for the permission to execute: a page that is not there is
 * brought in first, which fails with SIGBUS past the end of a file; only then the processor
 * refuses to fetch from it.
 */
#if defined(__x86_64__) || defined(__i386__)
#define JUMPS_LOAD_FIRST true
#else
#define JUMPS_LOAD_FIRST false
#endif

#define CANONICAL_48_LOW  (UINT64_C(1) << 47)
#define CANONICAL_48_HIGH UINT64_C(0xffff800000000000)
#define CANONICAL_57_LOW  (UINT64_C(1) << 56)
#define CANONICAL_57_HIGH UINT64_C(0xff00000000000000)

/* The old system calls lie at these bits of offset: addr_to_vsyscall_nr() of the kernel. */
#define VSYSCALL_BITS    UINT64_C(0xc00)
#define VSYSCALL_ENTRIES UINT64_C(0xc00) /* the first offset that is none */

bool access_works(enum access_outcome outcome)
{
	return outcome <= ACCESS_GROWS;
}

static bool has_flag(uint64_t flags, const char *name)
{
	const char *flag;

	if (flags == TARGET_UNKNOWN)
		return false;
	for (size_t i = 0; (flag = usage_flag_name(i)) != NULL; i++)
		if (!strcmp(flag, name))
			return flags >> i & 1;
	return false;
}

static enum access_outcome answer_unmapped(const struct address_space *space, uint64_t address)
{
	if (!HAS_CANONICAL || address < CANONICAL_48_LOW || address >= CANONICAL_48_HIGH)
		return ACCESS_NOT_MAPPED;
	if (address >= CANONICAL_57_LOW && address < CANONICAL_57_HIGH)
		return ACCESS_NOT_CANONICAL;
	/* Mappings up there prove that the processor knows such addresses. */
	return space->user_end > CANONICAL_48_LOW ? ACCESS_NOT_MAPPED : ACCESS_CANONICAL_OR_NOT;
}

/*
 * As expand_downwards() and acct_stack_growth() of the kernel's mm/mmap.c decide; since Linux 4.20
 * it does not matter where the stack pointer is.
 */
const struct vma *access_growing_stack(const struct address_space *space, uint64_t address,
				       uint64_t *ret_more)
{
	const struct target *target = &space->target;
	uint64_t page = target->page_size, more, size;
	size_t index = address_space_lower_bound(space, address);
	const struct vma *stack, *below;

	if (index == space->vma_count || page == 0)
		return NULL;
	stack = &space->vmas[index];
	below = index ? stack - 1 : NULL;
	if (stack->kind != KIND_STACK || stack->start <= address)
		return NULL;
	address -= address % page;
	if (below && below->kind != KIND_STACK && (below->perms & PERM_ACCESS) &&
	    address - below->end < HEADROOM_GUARD_PAGES * page)
		return NULL;
	more = stack->start - address;
	size = space->size - space->by_kind[KIND_VSYSCALL].size;
	if (stack->end - address > target->limits.stack ||
	    (target->limits.as != TARGET_UNKNOWN && size + more > target->limits.as))
		return NULL;
	*ret_more = more;
	return stack;
}

static bool has_permission(const struct vma *vma, enum access access, uint64_t flags)
{
	switch (access) {
	/* No processor that Linux runs on has pages to be written or executed but not read,
	 * unless by protection keys: mmap(2). */
	case ACCESS_READ: return vma->perms & PERM_ACCESS;
	case ACCESS_WRITE: return (vma->perms & PERM_WRITE) && !has_flag(flags, "ss");
	default: return vma->perms & PERM_EXEC;
	}
}

/* Private huge pages have a name like a file's, and none. */
static bool has_file(const struct vma *vma)
{
	return vma_has_file(vma) && !classify_name_is_anonymous(vma);
}

/* Whether the kernel brings the page in before it, or the processor, refuses. */
static bool loads_page(const struct vma *vma, enum access access, uint64_t flags)
{
	if (has_permission(vma, access, flags))
		return true;
	return JUMPS_LOAD_FIRST && access == ACCESS_JUMP && (vma->perms & PERM_ACCESS);
}

/*
 * A page that begins past the end of its file; in the last page, the rest is zero. Private copies
 * past the end went away when the file was cut: mmap(2), truncate(2).
 */
static bool is_past_file(const struct vma *vma, uint64_t address, uint64_t page, uint64_t size)
{
	uint64_t at = vma->offset + (address - vma->start);

	at -= page ? at % page : 0;
	return has_file(vma) && at >= size;
}

static unsigned find_conditions(const struct vma *vma, enum access access,
				const struct access_facts *facts)
{
	uint64_t flags = facts->flags;
	unsigned conditions = 0;

	if (vma->kind == KIND_DEVICE)
		conditions |= ACCESS_IF_DRIVER;
	else if (has_file(vma) && facts->file_size == TARGET_UNKNOWN)
		conditions |= ACCESS_IF_PAST_FILE;
	if (access == ACCESS_READ && !(vma->perms & (PERM_READ | PERM_WRITE)))
		conditions |= ACCESS_IF_KEYS;
	if (vma->kind == KIND_VVAR)
		conditions |= ACCESS_IF_NO_PAGE;
	if (has_flag(flags, "gu"))
		conditions |= ACCESS_IF_GUARD;
	if (has_flag(flags, "um") || has_flag(flags, "ui") ||
	    (access == ACCESS_WRITE && has_flag(flags, "uw")))
		conditions |= ACCESS_IF_HANDLER;
	return conditions;
}

/*
 * The kernel plays the calls itself (emulate_vsyscall() in arch/x86/entry/vsyscall) and sends
 * SIGSEGV for jumps to where none begins. No VMA of the process lies there, so whatever else the
 * page does not allow is a fault of unmapped memory.
 */
static struct access_answer answer_vsyscall(const struct vma *vma, uint64_t address,
					    enum access access)
{
	uint64_t offset = address - vma->start;
	struct access_answer answer = {.outcome = ACCESS_NOT_MAPPED};

	if (access == ACCESS_READ && (vma->perms & PERM_READ))
		answer.outcome = ACCESS_WORKS;
	else if (access == ACCESS_JUMP)
		answer.outcome = offset < VSYSCALL_ENTRIES && !(offset & ~VSYSCALL_BITS)
					 ? ACCESS_WORKS
					 : ACCESS_NO_CALL;
	return answer;
}

static struct access_answer answer_mapped(const struct vma *vma, uint64_t page, uint64_t address,
					  enum access access, const struct access_facts *facts)
{
	struct access_answer answer = {.outcome = ACCESS_WORKS};
	uint64_t size = facts->file_size;

	if (vma->kind == KIND_VSYSCALL)
		return answer_vsyscall(vma, address, access);
	if (size != TARGET_UNKNOWN && loads_page(vma, access, facts->flags) &&
	    is_past_file(vma, address, page, size)) {
		answer.outcome = ACCESS_PAST_FILE;
		return answer;
	}
	answer.conditions = find_conditions(vma, access, facts);
	if (!has_permission(vma, access, facts->flags)) {
		answer.outcome = ACCESS_FORBIDDEN;
		answer.conditions &= loads_page(vma, access, facts->flags)
					     ? ACCESS_IF_PAST_FILE | ACCESS_IF_NO_PAGE
					     : 0;
	} else if (access == ACCESS_WRITE && (vma->perms & PERM_SHARED)) {
		answer.outcome = ACCESS_SHARES;
	} else if (access == ACCESS_WRITE && has_file(vma) && vma->kind != KIND_DEVICE) {
		answer.outcome = ACCESS_COPIES;
	}
	return answer;
}

struct access_answer access_answer(const struct address_space *space, uint64_t address,
				   enum access access, const struct access_facts *facts)
{
	size_t index = address_space_find(space, address);
	struct access_answer answer = {0};
	const struct vma *stack;
	uint64_t more;

	if (index < space->vma_count)
		return answer_mapped(&space->vmas[index], space->target.page_size, address, access,
				     facts);
	stack = access_growing_stack(space, address, &more);
	if (!stack)
		answer.outcome = answer_unmapped(space, address);
	else if (has_permission(stack, access, TARGET_UNKNOWN))
		answer.outcome = ACCESS_GROWS;
	else
		answer.outcome = ACCESS_FORBIDDEN;
	return answer;
}
