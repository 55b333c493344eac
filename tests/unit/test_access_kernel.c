/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "access_child.h"

#include <stdio.h>
#include <sys/mman.h>

#include "model/usage.h"

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
	uint64_t end, more = 0;

	(void)state;
	getrlimit(RLIMIT_STACK, &limit);
	limit.rlim_cur = UINT64_C(4) << 20;
	if (!stack || setrlimit(RLIMIT_STACK, &limit))
		skip();
	space = access_child_space();
	end = space->vmas[address_space_find(space, stack)].end;
	assert_non_null(access_growing_stack(space, stack - 65536 + 5, &more));
	assert_int_equal(more, 65536);
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

static void what_the_flags_tell_is_a_condition(void **state)
{
	struct access_facts facts = {TARGET_UNKNOWN, 0};
	struct address_space *space = maps_space_create(
		NULL, "10000-20000 rw-p 00000000 00:00 0\n"
		      "20000-30000 r--p 00000000 00:00 0 [vvar]\n"
		      "30000-40000 rw-s 00000000 00:06 7 /dev/dri/card0\n"
		      "200000-400000 rw-p 00000000 00:10 9 /anon_hugepage (deleted)\n");

	(void)state;
	for (unsigned i = 0; usage_flag_name(i); i++)
		if (!strcmp(usage_flag_name(i), "gu") || !strcmp(usage_flag_name(i), "uw"))
			facts.flags |= UINT64_C(1) << i;
	assert_int_equal(access_answer(space, 0x10000, ACCESS_READ, &facts).conditions,
			 ACCESS_IF_GUARD);
	assert_int_equal(access_answer(space, 0x10000, ACCESS_WRITE, &facts).conditions,
			 ACCESS_IF_GUARD | ACCESS_IF_HANDLER);
	facts.flags = TARGET_UNKNOWN;
	assert_int_equal(access_answer(space, 0x10000, ACCESS_WRITE, &facts).conditions, 0);
	assert_int_equal(access_answer(space, 0x20000, ACCESS_READ, &facts).conditions,
			 ACCESS_IF_NO_PAGE);
	assert_int_equal(access_answer(space, 0x30000, ACCESS_READ, &facts).conditions,
			 ACCESS_IF_DRIVER);
	assert_int_equal(access_answer(space, 0x200000, ACCESS_WRITE, &facts).outcome,
			 ACCESS_WORKS);
	assert_int_equal(access_answer(space, 0x200000, ACCESS_WRITE, &facts).conditions, 0);
	facts.flags = 0;
	for (unsigned i = 0; usage_flag_name(i); i++)
		if (!strcmp(usage_flag_name(i), "ss"))
			facts.flags |= UINT64_C(1) << i;
	assert_int_equal(access_answer(space, 0x10000, ACCESS_WRITE, &facts).outcome,
			 ACCESS_FORBIDDEN);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_out_of_reach),
		cmocka_unit_test(the_kernels_own_mappings),
		cmocka_unit_test(the_main_stack_grows_to_its_limit),
		cmocka_unit_test(the_stack_keeps_away_from_what_is_below),
		cmocka_unit_test(what_the_flags_tell_is_a_condition),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	page = access_page();
	return cmocka_run_group_tests_name("access_kernel", tests, NULL, NULL);
}
