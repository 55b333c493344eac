/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/access.h"

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
	return flags != TARGET_UNKNOWN && (flags & usage_flag_bit(name));
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
 * it does not matter where the stack pointer is. RLIMIT_STACK is the limit of each such mapping.
 */
static const struct vma *find_growing(const struct address_space *space, uint64_t address,
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
	if (stack->start <= address)
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

const struct vma *access_growing(const struct address_space *space, uint64_t address,
				 uint64_t flags, uint64_t *ret_more)
{
	uint64_t more;
	const struct vma *vma = find_growing(space, address, &more);

	if (!vma || (vma->kind != KIND_STACK && !has_flag(flags, "gd")))
		return NULL;
	*ret_more = more;
	return vma;
}

/* Whether flags that are not known may make a mapping grow down: MAP_GROWSDOWN of mmap(2). */
static bool may_grow(const struct address_space *space, uint64_t address, uint64_t flags)
{
	uint64_t more;
	const struct vma *vma =
		flags == TARGET_UNKNOWN ? find_growing(space, address, &more) : NULL;

	return vma && !(vma->perms & PERM_SHARED) && (vma->perms & PERM_ACCESS) &&
	       classify_name_is_anonymous(vma);
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

/* What may go wrong before the processor refuses. */
#define LOADING                                                                          \
	(ACCESS_IF_PAST_FILE | ACCESS_IF_NO_PAGE | ACCESS_IF_GUARD | ACCESS_IF_HANDLER | \
	 ACCESS_IF_NO_HUGE)

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

/* Whether there are guard pages, and the page's state does not tell whether it is one. */
static bool may_be_guard(const struct page_facts *page)
{
	return (page->state == PAGE_AWAY || page->state == PAGE_UNKNOWN) &&
	       has_flag(page->flags, "gu");
}

/*
 * Pages of hugetlb are reserved for who maps them first, but not for the child of a fork, and not
 * with MAP_NORESERVE (Documentation/admin-guide/mm/hugetlbpage.rst).
 */
static bool may_lack_huge(const struct vma *vma, enum access access, const struct page_facts *page)
{
	if (!has_flag(page->flags, "ht") ||
	    ((vma->perms & PERM_SHARED) && !has_flag(page->flags, "nr")))
		return false;
	return page->state != PAGE_PRESENT || access == ACCESS_WRITE;
}

/*
 * Where a file has a hole, room is looked for when it is first written through a mapping; of what
 * is only in memory, when it is first touched (tmpfs(5), do_page_mkwrite() of mm/memory.c).
 */
static bool may_lack_room(const struct vma *vma, enum access access, bool present)
{
	if (!has_file(vma) || !(vma->perms & PERM_SHARED))
		return false;
	return vma->kind == KIND_SHARED ? !present : access == ACCESS_WRITE;
}

static unsigned find_page_conditions(const struct vma *vma, enum access access,
				     const struct page_facts *page)
{
	uint64_t flags = page->flags;
	bool present = page->state == PAGE_PRESENT;
	unsigned conditions = 0;

	if (may_be_guard(page))
		conditions |= ACCESS_IF_GUARD;
	if ((has_flag(flags, "um") && !present) || has_flag(flags, "ui") ||
	    (access == ACCESS_WRITE && has_flag(flags, "uw")))
		conditions |= ACCESS_IF_HANDLER;
	if (may_lack_huge(vma, access, page))
		conditions |= ACCESS_IF_NO_HUGE;
	if (may_lack_room(vma, access, present))
		conditions |= ACCESS_IF_NO_ROOM;
	/* Instructions are fetched whatever the key says. */
	if (access != ACCESS_JUMP && page->key != TARGET_UNKNOWN && page->key != 0)
		conditions |= ACCESS_IF_PKRU;
	/* The kernel's own code has none of what flags could tell. */
	if (flags == TARGET_UNKNOWN && vma->kind != KIND_VDSO && vma->kind != KIND_VVAR)
		conditions |= ACCESS_IF_FLAGS;
	return conditions;
}

static unsigned find_conditions(const struct vma *vma, enum access access,
				const struct access_facts *facts)
{
	const struct page_facts *page = &facts->page;
	unsigned conditions = find_page_conditions(vma, access, page);

	if (vma->kind == KIND_DEVICE || has_flag(page->flags, "pf") || has_flag(page->flags, "io"))
		conditions |= vma->kind == KIND_VVAR ? 0 : ACCESS_IF_DRIVER;
	else if (has_file(vma) && facts->file_size == TARGET_UNKNOWN)
		conditions |= ACCESS_IF_PAST_FILE;
	if (access == ACCESS_READ && !(vma->perms & (PERM_READ | PERM_WRITE)) &&
	    page->key == TARGET_UNKNOWN)
		conditions |= ACCESS_IF_KEYS;
	if (vma->kind == KIND_VVAR)
		conditions |= ACCESS_IF_NO_PAGE;
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
	uint64_t size = facts->file_size, flags = facts->page.flags;
	struct access_answer answer = {.outcome = ACCESS_WORKS};

	if (vma->kind == KIND_VSYSCALL)
		return answer_vsyscall(vma, address, access);
	if (loads_page(vma, access, flags) && facts->page.state == PAGE_GUARD) {
		answer.outcome = ACCESS_GUARDED;
		return answer;
	}
	if (size != TARGET_UNKNOWN && loads_page(vma, access, flags) &&
	    is_past_file(vma, address, page, size)) {
		answer.outcome = ACCESS_PAST_FILE;
		return answer;
	}
	answer.conditions = find_conditions(vma, access, facts);
	if (!has_permission(vma, access, flags)) {
		answer.outcome = ACCESS_FORBIDDEN;
		answer.conditions &= loads_page(vma, access, flags) ? LOADING : 0;
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
	stack = access_growing(space, address, facts->page.flags, &more);
	if (!stack) {
		answer.outcome = answer_unmapped(space, address);
		if (may_grow(space, address, facts->page.flags))
			answer.conditions = ACCESS_IF_GROWS;
	} else if (has_permission(stack, access, facts->page.flags)) {
		answer.outcome = ACCESS_GROWS;
	} else {
		answer.outcome = ACCESS_FORBIDDEN;
	}
	return answer;
}
