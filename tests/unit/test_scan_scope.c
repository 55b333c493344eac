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
	scan_scope_finish(&look);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_what_can_be_walked),
		cmocka_unit_test(knows_its_image),
	};

	return cmocka_run_group_tests_name("scan_scope", tests, NULL, NULL);
}
