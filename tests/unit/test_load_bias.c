/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/elf_image.h"
#include "model/load_bias.h"
#include "model/vma.h"

#define PAGE 0x1000
#define RX   (PERM_READ | PERM_EXEC)
#define RW   (PERM_READ | PERM_WRITE)

/* As ld -z noseparate-code makes them: both segments are in one page of the file. */
static struct elf_segment shared_segments[] = {
	{0x400000, 0x800, 0x0, 0x800, RX},
	{0x401800, 0x400, 0x800, 0x200, RW},
};
static const struct elf_image shared = {.segments = shared_segments, .segment_count = 2};

static const struct vma shared_vmas[] = {
	{.start = 0x10000000, .end = 0x10001000, .inode = 1, .name = "/x", .perms = RX},
	{.start = 0x10001000, .end = 0x10002000, .inode = 1, .name = "/x", .perms = RW},
};

static void the_page_that_two_segments_share_is_told_apart(void **state)
{
	const struct load_vmas list = {.vmas = shared_vmas, .count = 2, .page_size = PAGE};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		uint64_t bias = 0;

		assert_true(load_bias_find(&list, &shared, i, 0, &bias));
		assert_int_equal(bias, 0x10000000 - 0x400000);
	}
}

/* Without its neighbours the permissions decide. */
static void one_mapping_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const struct load_vmas list = {
			.vmas = &shared_vmas[i], .count = 1, .page_size = PAGE};
		uint64_t bias = 0;

		assert_true(load_bias_find(&list, &shared, 0, 0, &bias));
		assert_int_equal(bias, 0x10000000 - 0x400000);
	}
}

static bool only_the_second(const void *context, size_t index)
{
	(void)context;
	return index == 1;
}

static void others_in_the_list_do_not_count(void **state)
{
	const struct vma vmas[] = {
		{.start = 0x10001000, .end = 0x10002000, .inode = 2, .name = "/y", .perms = RW},
		{.start = 0x20001000, .end = 0x20002000, .inode = 1, .name = "/x", .perms = RW},
	};
	const struct load_vmas list = {
		.vmas = vmas, .count = 2, .page_size = PAGE, .may_load = only_the_second};
	uint64_t bias = 0;

	(void)state;
	assert_true(load_bias_find(&list, &shared, 1, 0, &bias));
	assert_int_equal(bias, 0x20001000 - 0x401000);
}

static void what_loading_does_not_map_has_none(void **state)
{
	const struct vma vma = {
		.start = 0x10000000, .end = 0x10004000, .inode = 1, .name = "/x", .perms = RX};
	const struct load_vmas list = {.vmas = &vma, .count = 1, .page_size = PAGE};
	uint64_t bias = 7;

	(void)state;
	assert_false(load_bias_find(&list, &shared, 0, 0, &bias));
	assert_int_equal(bias, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_that_two_segments_share_is_told_apart),
		cmocka_unit_test(one_mapping_alone),
		cmocka_unit_test(others_in_the_list_do_not_count),
		cmocka_unit_test(what_loading_does_not_map_has_none),
	};

	return cmocka_run_group_tests_name("load_bias", tests, NULL, NULL);
}
