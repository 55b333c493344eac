/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/access.h"

#include "model/address_space.h"
#include "model/classify_name.h"
#include "model/grow_down.h"

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

/*
 * Protection keys (pkeys(7)): those of x86 leave the fetching of instructions alone, and are how
 * it makes code that cannot be read.
 */
#define KEYS_CHECK_JUMPS (!JUMPS_LOAD_FIRST)
#define KEYS_ENFORCE     JUMPS_LOAD_FIRST

/* What may go wrong with bringing a page in, before the processor refuses. */
#define LOADING                                                                          \
	(ACCESS_IF_PAST_FILE | ACCESS_IF_NO_PAGE | ACCESS_IF_GUARD | ACCESS_IF_HANDLER | \
	 ACCESS_IF_NO_HUGE | ACCESS_IF_NO_ROOM | ACCESS_IF_DRIVER | ACCESS_IF_FLAGS |    \
	 ACCESS_IF_POISONED)

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

static enum access_outcome answer_unmapped(const struct address_space *space, uint64_t address)
{
	if (!HAS_CANONICAL || address < CANONICAL_48_LOW || address >= CANONICAL_48_HIGH)
		return ACCESS_NOT_MAPPED;
	if (address >= CANONICAL_57_LOW && address < CANONICAL_57_HIGH)
		return ACCESS_NOT_CANONICAL;
	/* Mappings up there prove that the processor knows such addresses. */
	return space->user_end > CANONICAL_48_LOW ? ACCESS_NOT_MAPPED : ACCESS_CANONICAL_OR_NOT;
}

static bool has_permission(const struct vma *vma, enum access access, uint64_t flags)
{
	switch (access) {
	/* No processor that Linux runs on has pages to be written or executed but not read,
	 * unless by protection keys: mmap(2). */
	case ACCESS_READ: return vma->perms & PERM_ACCESS;
	case ACCESS_WRITE: return (vma->perms & PERM_WRITE) && !page_facts_has(flags, "ss");
	default: return vma->perms & PERM_EXEC;
	}
}

/* Private huge pages have a name like a file's, and none. */
static bool has_file(const struct vma *vma)
{
	return vma_has_file(vma) && !classify_name_is_anonymous(vma);
}

static bool is_huge(const struct vma *vma, uint64_t flags)
{
	return page_facts_has(flags, "ht") || vma_is_hugetlb(vma);
}

/* Whether the kernel brings the page in before it, or the processor, refuses. */
static bool loads_page(const struct vma *vma, enum access access, const struct page_facts *page)
{
	if (page->state == PAGE_PRESENT)
		return false;
	if (has_permission(vma, access, page->flags))
		return true;
	return JUMPS_LOAD_FIRST && access == ACCESS_JUMP && (vma->perms & PERM_ACCESS);
}

/* Whether the size of the file is that of what can be mapped. */
static bool has_size(const struct vma *vma)
{
	return has_file(vma) && vma->kind != KIND_DEVICE &&
	       vma->file_system != FILE_SYSTEM_DEVICES && vma->file_system != FILE_SYSTEM_KERNEL;
}

/*
 * A page that begins past the end of its file; in the last page, the rest is zero, but a huge page
 * is there as a whole or not at all. Private copies past the end went away when the file was cut:
 * mmap(2), truncate(2).
 */
static bool is_past_file(const struct vma *vma, uint64_t address, uint64_t page, uint64_t size)
{
	uint64_t at = vma->offset + (address - vma->start);

	if (size == TARGET_UNKNOWN || !has_size(vma))
		return false;
	if (vma_is_hugetlb(vma))
		size &= ~(((uint64_t)1 << vma->huge_shift) - 1);
	at -= page ? at % page : 0;
	return at >= size;
}

/*
 * Guard pages of madvise(2) are in the page table. Where that was not looked at, flags tell
 * whether there are any, but not those of kernels before 6.18; that there are none they never
 * tell.
 */
static bool may_be_guard(const struct vma *vma, const struct page_facts *page)
{
	if (page->state != PAGE_AWAY && page->state != PAGE_UNKNOWN)
		return false;
	return vma->kind != KIND_VDSO && vma->kind != KIND_VVAR && vma->kind != KIND_DEVICE &&
	       !is_huge(vma, page->flags);
}

/*
 * A poisoned page stands in the page table as a swapped one does, also when userfaultfd(2) has let
 * go of the mapping. Only anonymous memory and that of tmpfs can be given to it, besides huge pages
 * (vma_can_userfault() of include/linux/userfaultfd_k.h).
 */
static bool may_be_poisoned(const struct vma *vma, const struct page_facts *page)
{
	if (page->state != PAGE_SWAPPED && page->state != PAGE_AWAY && page->state != PAGE_UNKNOWN)
		return false;
	if (vma->kind == KIND_VDSO || vma->kind == KIND_VVAR || vma->kind == KIND_DEVICE ||
	    is_huge(vma, page->flags))
		return false;
	return !has_file(vma) || (vma->file_system != FILE_SYSTEM_ORDINARY && has_size(vma));
}

/*
 * Pages of hugetlb are reserved for who maps them first, but not for the child of a fork, and not
 * with MAP_NORESERVE (Documentation/admin-guide/mm/hugetlbpage.rst).
 */
static bool may_lack_huge(const struct vma *vma, enum access access, const struct page_facts *page)
{
	bool reserved = page->flags != TARGET_UNKNOWN && !page_facts_has(page->flags, "nr");

	if (!is_huge(vma, page->flags) || ((vma->perms & PERM_SHARED) && reserved))
		return false;
	return page->state != PAGE_PRESENT ||
	       (access == ACCESS_WRITE && !(vma->perms & PERM_SHARED));
}

/*
 * A file that is memory gets a page for each hole that is touched, also to be copied from
 * (tmpfs(5)). Other files look for room when a hole is first written through a shared mapping
 * (do_page_mkwrite() of mm/memory.c).
 */
static bool may_lack_room(const struct vma *vma, enum access access, const struct page_facts *page)
{
	bool writes_to_file = access == ACCESS_WRITE && (vma->perms & PERM_SHARED);
	bool present = page->state == PAGE_PRESENT;

	if (!has_file(vma) || vma->kind == KIND_DEVICE || is_huge(vma, page->flags))
		return false;
	switch ((enum file_system)vma->file_system) {
	case FILE_SYSTEM_ORDINARY: return writes_to_file;
	case FILE_SYSTEM_TMPFS:
	case FILE_SYSTEM_SHMEM: return !present;
	case FILE_SYSTEM_UNKNOWN:
	case FILE_SYSTEM_ABSENT: return writes_to_file || !present;
	default: return false;
	}
}

#define ON(access) (1u << (access))
#define ON_DATA    (ON(ACCESS_READ) | ON(ACCESS_WRITE))
#define ON_ALL     (ON_DATA | ON(ACCESS_JUMP))

/*
 * The flags in VmFlags that make an access come out otherwise than the permissions say, of all
 * that Documentation/filesystems/proc.rst has. Those asked for above are gd, gu, ht, nr and ss.
 * rd, wr, ex and sh are the permissions again. The others are about what system calls may do to
 * the mapping (mr mw me ms de sl dc wf dd), or about which page comes when (dw lo sr rr ac sf nl
 * ar sd hg nh mg lf dp mp).
 */
static const struct flag_rule {
	const char *flag;
	unsigned accesses;
	bool unless_present; /* a page that is mapped already is not concerned */
	unsigned condition;
} flag_rules[] = {
	{"um", ON_ALL, true, ACCESS_IF_HANDLER},            /* userfaultfd(2): missing pages */
	{"ui", ON_ALL, true, ACCESS_IF_HANDLER},            /* of minor faults */
	{"uw", ON(ACCESS_WRITE), false, ACCESS_IF_HANDLER}, /* of write protection */
	{"pf", ON_ALL, false, ACCESS_IF_DRIVER},            /* page frames of a device */
	{"io", ON_ALL, false, ACCESS_IF_DRIVER},
	{"mm", ON_ALL, false, ACCESS_IF_DRIVER},
	{"mt", ON_DATA, false, ACCESS_IF_TAG},            /* memory tags of arm64 */
	{"bt", ON(ACCESS_JUMP), false, ACCESS_IF_TARGET}, /* branch targets of arm64 */
};

static unsigned find_flag_conditions(enum access access, const struct page_facts *page)
{
	unsigned conditions = 0;

	for (size_t i = 0; i < sizeof(flag_rules) / sizeof(flag_rules[0]); i++) {
		const struct flag_rule *rule = &flag_rules[i];

		if ((rule->accesses & ON(access)) && page_facts_has(page->flags, rule->flag) &&
		    !(rule->unless_present && page->state == PAGE_PRESENT))
			conditions |= rule->condition;
	}
	return conditions;
}

/* Whether the key of the page may forbid it. */
static bool is_keyed(enum access access, uint64_t key)
{
	return key != TARGET_UNKNOWN && key != 0 && (access != ACCESS_JUMP || KEYS_CHECK_JUMPS);
}

/* Code that may not be read by its permissions, which only some processors enforce. */
static bool may_be_unreadable(const struct vma *vma, enum access access,
			      const struct page_facts *page)
{
	if (access != ACCESS_READ || (vma->perms & (PERM_READ | PERM_WRITE)))
		return false;
	/* x86 does so by keys, of which smaps tells where the processor has them. */
	return page->key == TARGET_UNKNOWN && (!KEYS_ENFORCE || page->flags == TARGET_UNKNOWN);
}

static unsigned find_conditions(const struct vma *vma, enum access access,
				const struct access_facts *facts)
{
	const struct page_facts *page = &facts->page;
	bool present = page->state == PAGE_PRESENT;
	unsigned conditions = find_flag_conditions(access, page);

	if (vma->kind == KIND_VVAR)
		return present ? 0 : ACCESS_IF_NO_PAGE;
	if (vma->kind == KIND_DEVICE)
		conditions |= ACCESS_IF_DRIVER;
	if (has_size(vma) && facts->file_size == TARGET_UNKNOWN && !present)
		conditions |= ACCESS_IF_PAST_FILE;
	if (may_be_guard(vma, page))
		conditions |= ACCESS_IF_GUARD;
	if (may_be_poisoned(vma, page))
		conditions |= ACCESS_IF_POISONED;
	if (may_lack_huge(vma, access, page))
		conditions |= ACCESS_IF_NO_HUGE;
	if (may_lack_room(vma, access, page))
		conditions |= ACCESS_IF_NO_ROOM;
	if (is_keyed(access, page->key))
		conditions |= ACCESS_IF_PKRU;
	if (may_be_unreadable(vma, access, page))
		conditions |= ACCESS_IF_KEYS;
	/* The kernel's own code has none of what flags could tell. */
	if (page->flags == TARGET_UNKNOWN && vma->kind != KIND_VDSO)
		conditions |= ACCESS_IF_FLAGS;
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
	bool loads = loads_page(vma, access, &facts->page);

	if (vma->kind == KIND_VSYSCALL)
		return answer_vsyscall(vma, address, access);
	if (loads && facts->page.state == PAGE_GUARD) {
		answer.outcome = ACCESS_GUARDED;
		return answer;
	}
	if (loads && is_past_file(vma, address, page, facts->file_size)) {
		answer.outcome = ACCESS_PAST_FILE;
		return answer;
	}
	answer.conditions = find_conditions(vma, access, facts);
	if (!has_permission(vma, access, facts->page.flags)) {
		answer.outcome = ACCESS_FORBIDDEN;
		answer.conditions &= loads ? LOADING : 0;
	} else if (access == ACCESS_WRITE && (vma->perms & PERM_SHARED)) {
		answer.outcome = ACCESS_SHARES;
	} else if (access == ACCESS_WRITE && has_file(vma) && vma->kind != KIND_DEVICE) {
		answer.outcome = ACCESS_COPIES;
	}
	return answer;
}

/* The page is a new one, and as what grows it is anonymous memory. */
static struct access_answer answer_growing(const struct grow_down *growth, enum access access,
					   const struct access_facts *facts)
{
	struct access_facts fresh = *facts;
	struct access_answer answer = {.outcome = ACCESS_GROWS};

	fresh.page.state = PAGE_ABSENT;
	if (has_permission(growth->vma, access, fresh.page.flags))
		answer.conditions = find_conditions(growth->vma, access, &fresh);
	else
		answer.outcome = ACCESS_FORBIDDEN;
	if (growth->limited)
		answer.conditions |= ACCESS_IF_LIMIT;
	return answer;
}

struct access_answer access_answer(const struct address_space *space, uint64_t address,
				   enum access access, const struct access_facts *facts)
{
	size_t index = address_space_find(space, address);
	struct access_answer answer = {0};
	struct grow_down growth;
	enum grow_down_answer grows;

	if (index < space->vma_count)
		return answer_mapped(&space->vmas[index], space->target.page_size, address, access,
				     facts);
	grows = grow_down_find(space, address, &facts->page, &growth);
	if (grows == GROW_DOWN_YES)
		return answer_growing(&growth, access, facts);
	answer.outcome = answer_unmapped(space, address);
	if (grows == GROW_DOWN_PERHAPS)
		answer.conditions = ACCESS_IF_GROWS;
	return answer;
}
