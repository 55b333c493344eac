/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "access_child.h"
#include "kernel/procfs_options.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "model/grow_down.h"

static size_t page;

/* What no processor takes as an address, what some do, and what is the kernel's. */
static void addresses_out_of_reach(void **state)
{
#if defined(__x86_64__)
	static const enum access_outcome never[] = {ACCESS_NOT_CANONICAL, ACCESS_NOT_CANONICAL,
						    ACCESS_NOT_CANONICAL};
	static const enum access_outcome perhaps[] = {
		ACCESS_CANONICAL_OR_NOT, ACCESS_CANONICAL_OR_NOT, ACCESS_CANONICAL_OR_NOT};
	static const enum access_outcome kernel[] = {ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED,
						     ACCESS_NOT_MAPPED};

	(void)state;
	access_child_check(UINT64_C(1) << 62, TARGET_UNKNOWN, never);
	access_child_check(UINT64_C(1) << 56, TARGET_UNKNOWN, never);
	access_child_check(UINT64_C(1) << 47, TARGET_UNKNOWN, perhaps);
	access_child_check(UINT64_C(0xff80000000000000), TARGET_UNKNOWN, perhaps);
	access_child_check(UINT64_C(0xffff888000000000), TARGET_UNKNOWN, kernel);
#else
	(void)state;
	skip();
#endif
}

static uint64_t find_named(const char *name)
{
	struct address_space *space = access_child_space();
	uint64_t start = 0;

	for (size_t i = 0; i < space->vma_count; i++)
		if (!strcmp(space->vmas[i].name, name))
			start = space->vmas[i].start;
	address_space_destroy(space);
	return start;
}

static void the_kernels_own_mappings(void **state)
{
	const uint64_t vdso = find_named("[vdso]"), vsyscall = find_named("[vsyscall]");
	const enum access_outcome calls = ACCESS_WORKS, asked = ACCESS_OUTCOMES;

	(void)state;
	if (!vdso || !vsyscall)
		skip();
	access_child_check(vdso, TARGET_UNKNOWN,
			   (enum access_outcome[]){ACCESS_WORKS, ACCESS_FORBIDDEN, asked});
	access_child_check(vsyscall, TARGET_UNKNOWN,
			   (enum access_outcome[]){asked, ACCESS_NOT_MAPPED, calls});
	access_child_check(vsyscall + 0x800, TARGET_UNKNOWN,
			   (enum access_outcome[]){asked, asked, calls});
	access_child_check(vsyscall + 8, TARGET_UNKNOWN,
			   (enum access_outcome[]){asked, asked, ACCESS_NO_CALL});
	access_child_check(vsyscall + 0xc00, TARGET_UNKNOWN,
			   (enum access_outcome[]){asked, asked, ACCESS_NO_CALL});
}

static void the_main_stack_grows_to_its_limit(void **state)
{
	static const enum access_outcome grows[] = {ACCESS_GROWS, ACCESS_GROWS, ACCESS_FORBIDDEN};
	static const enum access_outcome not_mapped[] = {ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED,
							 ACCESS_NOT_MAPPED};
	const uint64_t stack = find_named("[stack]");
	struct address_space *space;
	struct rlimit limit;
	const struct page_facts facts = page_facts_unknown();
	struct grow_down growth;
	uint64_t end;

	(void)state;
	getrlimit(RLIMIT_STACK, &limit);
	limit.rlim_cur = UINT64_C(4) << 20;
	if (!stack || setrlimit(RLIMIT_STACK, &limit))
		skip();
	space = access_child_space();
	end = space->vmas[address_space_find(space, stack)].end;
	assert_int_equal(grow_down_find(space, stack - 65536 + 5, &facts, &growth), GROW_DOWN_YES);
	assert_int_equal(growth.more, 65536);
	address_space_destroy(space);
	access_child_check(stack - 1, TARGET_UNKNOWN, grows);
	access_child_check(stack - 65536, TARGET_UNKNOWN, grows);
	access_child_check(end - limit.rlim_cur, TARGET_UNKNOWN, grows);
	access_child_check(end - limit.rlim_cur - 1, TARGET_UNKNOWN, not_mapped);
}

static void the_stack_keeps_away_from_what_is_below(void **state)
{
	static const enum access_outcome grows[] = {ACCESS_GROWS, ACCESS_GROWS, ACCESS_FORBIDDEN};
	static const enum access_outcome not_mapped[] = {ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED,
							 ACCESS_NOT_MAPPED};
	const uint64_t stack = find_named("[stack]"), below = stack - (UINT64_C(2) << 20);
	const uint64_t guard = 256 * page;
	void *memory = (void *)(uintptr_t)below;

	(void)state;
	if (!stack || page != 4096 ||
	    mmap(memory, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
		 0) != memory)
		skip();
	access_child_check(below + page + guard, TARGET_UNKNOWN, grows);
	access_child_check(below + page + guard - 1, TARGET_UNKNOWN, not_mapped);
	/* What cannot be accessed is guard enough itself. */
	assert_int_equal(mprotect(memory, page, PROT_NONE), 0);
	access_child_check(below + page, TARGET_UNKNOWN, grows);
	munmap(memory, page);
}

static unsigned char *map_rw(size_t pages, int more)
{
	unsigned char *memory = mmap(NULL, pages * page, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | more, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

/* MADV_GUARD_INSTALL of madvise(2), since Linux 6.13. */
static void guard_pages_fault(void **state)
{
	static const enum access_outcome guard[] = {ACCESS_GUARDED, ACCESS_GUARDED, ACCESS_GUARDED};
	static const enum access_outcome works[] = {ACCESS_WORKS, ACCESS_WORKS, ACCESS_FORBIDDEN};
	const struct procfs_options procfs = {.root = "/proc"};
	struct page_facts facts;
	unsigned char *memory = map_rw(3, 0);

	(void)state;
	assert_non_null(memory);
	if (madvise(memory + page, page, 102))
		skip();
	assert_int_equal(page_probe(&procfs, getpid(), (uintptr_t)memory + page, page,
				    PAGE_PROBE_ALL, &facts),
			 0);
	/* Before 6.15 the entry does not tell them from other markers. */
	if (facts.state != PAGE_GUARD)
		skip();
	access_child_check((uintptr_t)memory, TARGET_UNKNOWN, works);
#if defined(__x86_64__)
	access_child_check((uintptr_t)memory + page + 7, TARGET_UNKNOWN, guard);
#else
	access_child_check((uintptr_t)memory + page + 7, TARGET_UNKNOWN,
			   (enum access_outcome[]){guard[0], guard[1], ACCESS_OUTCOMES});
#endif
	access_child_check((uintptr_t)memory + 2 * page, TARGET_UNKNOWN, works);
	assert_int_equal(madvise(memory + page, page, 103), 0);
	access_child_check((uintptr_t)memory + page + 7, TARGET_UNKNOWN, works);
	munmap(memory, 3 * page);
}

static void any_mapping_may_grow_down(void **state)
{
	static const enum access_outcome grows[] = {ACCESS_GROWS, ACCESS_GROWS, ACCESS_FORBIDDEN};
	static const enum access_outcome not_mapped[] = {ACCESS_NOT_MAPPED, ACCESS_NOT_MAPPED,
							 ACCESS_NOT_MAPPED};
	/* Room around: a growing mapping keeps 256 pages away from what lies below. */
	const size_t room = 1024 * page;
	unsigned char *around = mmap(NULL, 2 * room, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char *memory, *below;

	(void)state;
	assert_true(around != MAP_FAILED);
	munmap(around, 2 * room);
	memory = mmap(around + room, page, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED_NOREPLACE, -1, 0);
	if (memory != around + room)
		skip();
	access_child_check((uintptr_t)memory - 1, TARGET_UNKNOWN, grows);
	access_child_check((uintptr_t)memory - 16 * page, TARGET_UNKNOWN, grows);
	/* Another one that grows is no neighbour to keep away from. */
	below = mmap(memory - 20 * page, page, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED_NOREPLACE, -1, 0);
	if (below == memory - 20 * page) {
		access_child_check((uintptr_t)memory - 16 * page, TARGET_UNKNOWN, grows);
		munmap(below, page);
	}
	munmap(memory, page);
	/* The same without the flag. */
	memory = mmap(around + room, page, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (memory != around + room)
		skip();
	access_child_check((uintptr_t)memory - 1, TARGET_UNKNOWN, not_mapped);
	munmap(memory, page);
}

/* A processor with protection keys, and a key that a child inherits the right of. */
static void keys_are_a_condition(void **state)
{
	static const enum access_outcome works[] = {ACCESS_WORKS, ACCESS_WORKS, ACCESS_FORBIDDEN};
	unsigned char *memory = map_rw(1, 0);
	struct access_facts facts = {.file_size = TARGET_UNKNOWN};
	const struct procfs_options procfs = {.root = "/proc"};
	struct address_space *space;
	int key = pkey_alloc(0, PKEY_DISABLE_WRITE);

	(void)state;
	assert_non_null(memory);
	if (key < 0)
		skip();
	assert_int_equal(pkey_mprotect(memory, page, PROT_READ | PROT_WRITE, key), 0);
	access_child_check((uintptr_t)memory, TARGET_UNKNOWN, works);
	assert_int_equal(
		page_probe(&procfs, getpid(), (uintptr_t)memory, page, PAGE_PROBE_ALL, &facts.page),
		0);
	assert_int_equal(facts.page.key, key);
	space = access_child_space();
	assert_true(access_answer(space, (uintptr_t)memory, ACCESS_WRITE, &facts).conditions &
		    ACCESS_IF_PKRU);
	address_space_destroy(space);
	munmap(memory, page);
	pkey_free(key);
}

/* memfd_secret(2): the process itself may, the kernel may not. mseal(2) is about changes only. */
static void what_is_secret_or_sealed_works(void **state)
{
	static const enum access_outcome shared[] = {ACCESS_SHARES, ACCESS_SHARES,
						     ACCESS_FORBIDDEN};
	static const enum access_outcome works[] = {ACCESS_WORKS, ACCESS_WORKS, ACCESS_FORBIDDEN};
	unsigned char *memory = map_rw(1, 0);
	int file = (int)syscall(447, 0); /* memfd_secret */

	(void)state;
	assert_non_null(memory);
	if (file >= 0 && !ftruncate(file, (off_t)page)) {
		unsigned char *secret =
			mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);

		if (secret != MAP_FAILED)
			access_child_check(
				(uintptr_t)secret, page,
				(enum access_outcome[]){ACCESS_WORKS, shared[1], shared[2]});
	}
	if (file >= 0)
		close(file);
	if (syscall(462, memory, page, 0)) /* mseal */
		skip();
	access_child_check((uintptr_t)memory, TARGET_UNKNOWN, works);
}

/* Without a reservation a huge page may be missing when it is touched. */
static void huge_pages_may_be_missing(void **state)
{
	const size_t size = (size_t)2 << 20;
	unsigned char *memory =
		mmap(NULL, size, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_NORESERVE, -1, 0);
	static const enum access_outcome works[] = {ACCESS_WORKS, ACCESS_WORKS, ACCESS_FORBIDDEN};

	(void)state;
	if (memory == MAP_FAILED)
		skip();
	access_child_check((uintptr_t)memory, TARGET_UNKNOWN, works);
	munmap(memory, size);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_out_of_reach),
		cmocka_unit_test(the_kernels_own_mappings),
		cmocka_unit_test(the_main_stack_grows_to_its_limit),
		cmocka_unit_test(the_stack_keeps_away_from_what_is_below),
		cmocka_unit_test(guard_pages_fault),
		cmocka_unit_test(any_mapping_may_grow_down),
		cmocka_unit_test(keys_are_a_condition),
		cmocka_unit_test(huge_pages_may_be_missing),
		cmocka_unit_test(what_is_secret_or_sealed_works),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	page = access_page();
	return cmocka_run_group_tests_name("access_kernel", tests, NULL, NULL);
}
