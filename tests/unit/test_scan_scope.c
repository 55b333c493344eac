/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"

#include "residency/scan_scope.h"

static struct address_space *make_space(size_t count)
{
	static const struct target target = {
		.pid = 1, .comm = "x", .page_size = 4096, .start_brk = 5, .start_stack = 7};
	static const struct vma vmas[] = {
		{.start = 0x1000, .end = 0x2000, .name = "/x", .inode = 3},
		{.start = 0x2000, .end = 0x3000, .name = ""},
		{.start = 0x3000, .end = 0x4000, .name = "/dev/zero", .inode = 4, .dev_minor = 6},
		{.start = 0x5000, .end = 0x6000, .name = "", .perms = PERM_SHARED, .inode = 5},
		{.start = UINT64_C(0xffffffffff600000),
		 .end = UINT64_C(0xffffffffff601000),
		 .name = "[vsyscall]"},
	};
	struct address_space *space;

	assert_int_equal(address_space_create(&target, vmas, count, 0, 0, &space), 0);
	return space;
}

static void keeps_what_can_be_walked(void **state)
{
	struct address_space *space = make_space(5), *fewer = make_space(3);
	struct scan_scope look = scan_scope_at(space, 9, 19), other = scan_scope_at(fewer, 9, 9);
	struct address_space *alike = make_space(5);
	struct scan_scope twin = scan_scope_at(alike, 0, 0);

	(void)state;
	assert_int_equal(look.count, 4);
	assert_true(look.visible_start == 9 && look.visible_end == 19);
	/* Nothing is everything. */
	assert_true(other.visible_start == 0 && other.visible_end == UINT64_MAX);
	assert_null(look.ranges);
	scan_scope_list(&look);
	assert_true(look.ranges[0].file && !look.ranges[0].anonymous);
	assert_true(!look.ranges[1].file && look.ranges[1].anonymous);
	assert_true(look.ranges[2].file && look.ranges[2].anonymous);
	assert_true(look.ranges[3].file && !look.ranges[3].anonymous);
	scan_scope_unlist(&look);
	assert_null(look.ranges);
	assert_true(scan_scope_equal(&look, &look));
	assert_true(scan_scope_equal(&look, &twin));
	assert_false(scan_scope_equal(&look, &other));
	scan_scope_finish(&look);
	scan_scope_finish(&other);
	scan_scope_finish(&twin);
	address_space_destroy(alike);
	address_space_destroy(space);
	address_space_destroy(fewer);
}

/* Of one mapping. */
static struct scan_scope scope_of(struct vma vma)
{
	static const struct target target = {.pid = 1, .comm = "x", .page_size = 4096};
	struct address_space *space;
	struct scan_scope scope;

	assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
	scope = scan_scope_at(space, 0, 0);
	address_space_destroy(space);
	return scope;
}

static void each_thing_makes_another_list(void **state)
{
	const struct vma vma = {.start = 0x1000, .end = 0x3000, .name = ""};
	struct vma others[5] = {vma, vma, vma, vma, vma};
	struct scan_scope one = scope_of(vma);

	(void)state;
	others[0].start = 0x2000;
	others[1].end = 0x4000;
	others[2].perms = PERM_SHARED; /* not anonymous */
	others[3].file_system = FILE_SYSTEM_HUGETLBFS;
	others[4].name = "/dev/zero";
	others[4].inode = 4;
	for (size_t i = 0; i < 5; i++) {
		struct scan_scope other = scope_of(others[i]);

		assert_int_equal(other.count, 1);
		if (scan_scope_equal(&one, &other))
			fail_msg("equal: %d", (int)i);
		scan_scope_finish(&other);
	}
	scan_scope_list(&one);
	assert_false(one.ranges[0].hugetlb);
	scan_scope_finish(&one);
	assert_null(one.space);
}

/* What is looked at is listed once. */
static void a_file_of_which_all_is_known_is_none(void **state)
{
	struct vma vma = {.start = 0x1000, .end = 0x3000, .name = "/x", .inode = 3};
	struct scan_range *ranges;
	struct scan_scope scope;

	(void)state;
	vma.file_system = FILE_SYSTEM_HUGETLBFS;
	scope = scope_of(vma);
	scan_scope_list(&scope);
	ranges = scope.ranges;
	assert_true(!ranges[0].file && !ranges[0].anonymous && ranges[0].hugetlb);
	scan_scope_list(&scope);
	assert_ptr_equal(scope.ranges, ranges);
	scan_scope_finish(&scope);
}

static void knows_its_image(void **state)
{
	struct scan_image same = {.start_brk = 5, .start_stack = 7};
	struct scan_image other = {.start_brk = 5, .start_stack = 8}, hidden = {0};
	struct address_space *space = make_space(5);
	struct scan_scope look = scan_scope_at(space, 0, 0);

	(void)state;
	assert_true(scan_scope_is_of(&look, &same));
	assert_false(scan_scope_is_of(&look, &other));
	assert_true(scan_scope_is_of(&look, &hidden));
	look.image.start_stack = 0;
	assert_true(scan_scope_is_of(&look, &other));
	scan_scope_finish(&look);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_what_can_be_walked),
		cmocka_unit_test(each_thing_makes_another_list),
		cmocka_unit_test(a_file_of_which_all_is_known_is_none),
		cmocka_unit_test(knows_its_image),
	};

	return cmocka_run_group_tests_name("scan_scope", tests, NULL, NULL);
}
