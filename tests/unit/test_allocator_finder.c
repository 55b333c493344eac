/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "files/allocator_finder.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "own_space.h"

static const struct procfs_options proc = {.root = "/proc"};

/* This program has a function that one allocator has, too, but its malloc is another's. */
void rpmalloc(void);
void rpmalloc(void)
{
}

static void what_the_program_has_is_found_beside_its_malloc(void **state)
{
	struct address_space *space = own_space_read();
	struct allocator_finder finder = {.procfs = &proc};
	enum allocator mapped = allocator_find(space);
	struct allocator_found found = allocator_finder_find(&finder, space);

	(void)state;
	/* The sanitizers' malloc may be a part of this program. */
	if (mapped != ALLOCATOR_UNKNOWN && !finder.has_malloc) {
		assert_int_equal(found.allocator, mapped);
		assert_true(found.others & UINT32_C(1) << ALLOCATOR_RPMALLOC);
	}
	assert_true(finder.own & UINT32_C(1) << ALLOCATOR_RPMALLOC);
	assert_int_equal(found.context, 0);
	address_space_destroy(space);
}

static void a_program_is_read_once(void **state)
{
	struct address_space *space = own_space_read();
	struct allocator_finder finder = {.procfs = &proc};
	struct allocator_found first = allocator_finder_find(&finder, space), second;

	(void)state;
	/* What was found is taken as it is. */
	finder.own = UINT32_C(1) << ALLOCATOR_HOARD;
	second = allocator_finder_find(&finder, space);
	assert_true(second.allocator == ALLOCATOR_HOARD ||
		    second.others == UINT32_C(1) << ALLOCATOR_HOARD);
	assert_true(first.allocator != ALLOCATOR_HOARD);
	/* Another program in the same process is read again. */
	finder.program.start++;
	second = allocator_finder_find(&finder, space);
	assert_int_equal(second.allocator, first.allocator);
	assert_int_equal(second.others, first.others);
	address_space_destroy(space);
}

static void without_a_program_mappings_tell(void **state)
{
	const struct target target = {.pid = 1, .comm = "x", .state = 'S'};
	const struct vma vma = {.start = 0x10000,
				.end = 0x20000,
				.inode = 5,
				.name = "/lib/libjemalloc.so.2",
				.perms = PERM_READ | PERM_EXEC,
				.owner = OWNER_LIBRARY};
	struct allocator_finder finder = {.procfs = &proc};
	struct address_space *space;

	(void)state;
	assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
	assert_int_equal(allocator_finder_find(&finder, space).allocator, ALLOCATOR_JEMALLOC);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_program_has_is_found_beside_its_malloc),
		cmocka_unit_test(a_program_is_read_once),
		cmocka_unit_test(without_a_program_mappings_tell),
	};

	return cmocka_run_group_tests_name("allocator_finder", tests, NULL, NULL);
}
