/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Huge pages of hugetlb: in memory, but not in the kernel's Rss. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "maps_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "support/told.h"
#include "usage_made.h"

#define HUGE UINT64_C(0x200000)

static const char three_maps[] = "10000-20000 rw-p 0 00:00 0 \n"
				 "20000-40000 rw-s 0 00:01 9 /dev/shm/x (deleted)\n"
				 "7000000-7400000 rw-p 0 00:0f 8 /anon_hugepage (deleted)\n";

static void huge_pages_of_hugetlb_are_not_rss(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	struct told smaps = {0x7000000, 0x7400000, usage_unknown()};
	struct residency *residency =
		one_run(0x7000000, 0x7400000, RUN_RESIDENT | RUN_HUGE, RESIDENCY_PAGEMAP_SCAN);
	struct usage_table table;
	struct usage one;

	(void)state;
	smaps.usage.page_size = HUGE;
	smaps.usage.pss = 2;
	told_table(&table, space, residency, &smaps, 1, 77);
	assert_int_equal(usage_table_at(&table, 2).rss, 0);
	assert_int_equal(usage_table_at(&table, 2).pss, 2);
	/* They are in memory all the same. */
	assert_int_equal(usage_table_at(&table, 2).hugetlb, 0x400000);
	one = usage_table_at(&table, 2);
	assert_int_equal(usage_in_memory(&one), 0x400000);
	usage_table_finish(&table);
	/* Known by its flag, too. */
	smaps.usage.page_size = TARGET_UNKNOWN;
	smaps.usage.flags = usage_flag_bit("rd") | usage_flag_bit("ht");
	told_table(&table, space, residency, &smaps, 1, 77);
	assert_int_equal(usage_table_at(&table, 2).rss, 0);
	usage_table_finish(&table);
	/* The memory of a device can have large pages, too. */
	smaps.usage.page_size = HUGE;
	smaps.usage.flags = usage_flag_bit("rd") | usage_flag_bit("io");
	told_table(&table, space, residency, &smaps, 1, 77);
	assert_int_equal(usage_table_at(&table, 2).rss, 0x400000);
	assert_int_equal(usage_table_at(&table, 2).hugetlb, 0);
	usage_table_finish(&table);
	smaps.usage.page_size = TARGET_UNKNOWN;
	/* Flags that are not known say nothing. */
	smaps.usage.flags = TARGET_UNKNOWN;
	told_table(&table, space, residency, &smaps, 1, 77);
	assert_int_equal(usage_table_at(&table, 2).rss, 0x400000);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

/* The file system of the file tells of huge pages when smaps was not read, and before anything was
 * looked at. */
static void a_file_system_of_huge_pages_is_enough(void **state)
{
	struct vma vmas[] = {
		{.start = 0x7000000,
		 .end = 0x7400000,
		 .name = "/srv/pool",
		 .inode = 8,
		 .dev_minor = 0x2c,
		 .perms = PERM_READ | PERM_SHARED,
		 .kind = KIND_SHARED,
		 .file_system = FILE_SYSTEM_HUGETLBFS},
		{.start = 0x7400000, .end = 0x7401000, .name = "", .kind = KIND_ANON},
	};
	struct target target = {.pid = 1, .comm = "x", .page_size = 4096};
	struct residency *residency =
		one_run(0x7000000, 0x7200000, RUN_RESIDENT | RUN_HUGE, RESIDENCY_PAGEMAP_SCAN);
	struct address_space *space;
	struct usage_table table;
	struct usage one;

	(void)state;
	assert_int_equal(address_space_create(&target, vmas, 2, 0, 0, &space), 0);
	usage_table_init(&table, space, residency, NULL, 0);
	assert_int_equal(usage_table_at(&table, 0).rss, 0);
	assert_int_equal(usage_table_at(&table, 0).hugetlb, 0x200000);
	assert_int_equal(table.total.rss, 0);
	assert_int_equal(table.total.hugetlb, 0x200000);
	assert_int_equal(table.by_kind[KIND_SHARED].hugetlb, 0x200000);
	usage_table_finish(&table);
	/* What nobody looked at is not known. */
	usage_table_init(&table, space, NULL, NULL, 0);
	assert_true(usage_table_at(&table, 0).rss == TARGET_UNKNOWN);
	assert_true(usage_table_at(&table, 0).hugetlb == TARGET_UNKNOWN);
	one = usage_table_at(&table, 0);
	assert_true(usage_in_memory(&one) == TARGET_UNKNOWN);
	assert_true(usage_table_at(&table, 1).hugetlb == TARGET_UNKNOWN);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(huge_pages_of_hugetlb_are_not_rss),
		cmocka_unit_test(a_file_system_of_huge_pages_is_enough),
	};

	return cmocka_run_group_tests_name("usage_hugetlb", tests, NULL, NULL);
}
