/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "settle_script.h"

/* Which truths and which cover are made of a walk, by what the kernel says of a mapping. */

/* Files at huge pages, of which something is there, may be of hugetlb: the kernel is asked. */
static void what_may_be_hugetlb_is_asked_about(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = 0x200000, .end = 0x400000, .file = true},
		{.start = 0x400000, .end = 0x410000, .file = true},
		{.start = 0x410000, .end = 0x421000, .file = true},
		{.start = 0x431000, .end = 0x440000, .file = true},
		{.start = 0x440000, .end = 0x450000},
	};

	(void)state;
	begin(ranges, 5);
	found(0x200000, 4, RUN_RESIDENT | RUN_HUGE);
	found(0x400000, 4, RUN_RESIDENT);
	found(0x410000, 4, RUN_RESIDENT | RUN_HUGE);
	found(0x431000, 4, RUN_RESIDENT | RUN_HUGE);
	found(0x440000, 4, RUN_RESIDENT | RUN_HUGE);
	script.page_size = 0x200000;
	settle(NULL, 0,
	       "open maps\nquery 200000\n200000 to 400000: kind 1, 0 resident, 0 swapped\n"
	       "covers 400000 to 421000\ncovers 431000 to 450000\n");
	assert_int_equal(fcntl(script.maps, F_GETFD), -1);
	script.page_size = 4096;
	settle(NULL, 0,
	       "open maps\nquery 200000\ncovers 200000 to 421000\n"
	       "covers 431000 to 450000\n");
	end();
}

/* Entries say nothing of huge pages: whatever is there may be of hugetlb. */
static void of_entries_anything_may_be_hugetlb(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = 0x200000, .end = 0x400000, .file = true},
		{.start = 0x400000, .end = 0x600000, .file = true},
		{.start = 0x600000, .end = 0x800000, .file = true},
	};
	struct scan_range read[3];

	(void)state;
	begin(ranges, 3);
	memcpy(read, ranges, sizeof(read));
	walk.read = read;
	walk.read_count = 3;
	found(0x200000, 1, RUN_RESIDENT);
	found(0x400000, 1, RUN_RESIDENT | RUN_SUSPECT);
	script.page_size = 4097;
	settle(NULL, 0,
	       "open maps\nquery 200000\nquery 400000\n"
	       "200000 to 400000: kind 1, 0 resident, 0 swapped\n"
	       "400000 to 600000: kind 1, 0 resident, 0 swapped\ncovers 600000 to 800000\n");
	end();
}

/* Where the kernel does not say, smaps does; where that does not either, it is uncertain. */
static void without_an_answer_smaps_decides(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = 0x200000, .end = 0x400000, .file = true}};
	struct told told = {0x200000, 0x400000, usage_unknown()};

	(void)state;
	for (int way = 0; way < 3; way++) {
		const char *asked = way == 0   ? ""
				    : way == 1 ? "open maps\n"
					       : "open maps\nquery 200000\n";
		char expected[200];

		begin(ranges, 1);
		walk.can_query = way != 0;
		script.file_error = way == 1 ? -EMFILE : 0;
		script.query_error = way == 2 ? -ENOTTY : 0;
		found(0x200000, 1, RUN_RESIDENT | RUN_HUGE);
		told.usage = usage_unknown();
		snprintf(expected, sizeof(expected), "%scovers 200000 to 400000\nuncertain\n",
			 asked);
		settle(NULL, 0, expected);
		settle(&told, 1, expected);
		told.usage.page_size = 0x200000;
		snprintf(expected, sizeof(expected),
			 "%s200000 to 400000: kind 1, 0 resident, 0 swapped\n", asked);
		settle(&told, 1, expected);
		told.usage.page_size = 4096;
		snprintf(expected, sizeof(expected), "%scovers 200000 to 400000\n", asked);
		settle(&told, 1, expected);
		told.usage = usage_unknown();
		told.usage.flags = usage_flag_bit("ht");
		snprintf(expected, sizeof(expected),
			 "%s200000 to 400000: kind 1, 0 resident, 0 swapped\n", asked);
		settle(&told, 1, expected);
		end();
	}
	script.file_error = script.query_error = 0;
}

/* maps is opened once, whatever comes of it. */
static void maps_is_not_opened_again(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = 0x200000, .end = 0x400000, .file = true},
		{.start = 0x400000, .end = 0x600000, .file = true},
	};

	(void)state;
	begin(ranges, 2);
	script.file_error = -EPERM;
	found(0x200000, 1, RUN_RESIDENT | RUN_HUGE);
	found(0x400000, 1, RUN_RESIDENT | RUN_HUGE);
	settle(NULL, 0, "open maps\ncovers 200000 to 600000\nuncertain\n");
	script.file_error = 0;
	end();
}

/* What is uncovered is the last range alone, also where it adjoined the one before. */
static void uncovering_leaves_what_is_below(void **state)
{
	static const struct scan_range ranges[] = {
		{.start = 0x1f0000, .end = 0x200000},
		{.start = 0x200000, .end = 0x400000, .file = true},
		{.start = 0x400000, .end = 0x401000},
	};

	(void)state;
	begin(ranges, 3);
	script.page_size = 0x200000;
	found(0x200000, 1, RUN_RESIDENT | RUN_HUGE);
	settle(NULL, 0,
	       "open maps\nquery 200000\n200000 to 400000: kind 1, 0 resident, 0 swapped\n"
	       "covers 1f0000 to 200000\ncovers 400000 to 401000\n");
	end();
}

/* Suspects are as many as smaps says are resident; of marked memory as much is swapped. */
static void amounts_are_those_of_smaps(void **state)
{
	static const struct scan_range ranges[] = {{.start = 0x10000, .end = 0x20000}};
	struct told told = {0x10000, 0x20000, usage_unknown()};

	(void)state;
	script.swap = TARGET_UNKNOWN;
	begin(ranges, 1);
	found(0x10000, 4, RUN_RESIDENT | RUN_SUSPECT);
	settle(NULL, 0, "covers 10000 to 20000\nuncertain\n");
	settle(&told, 1, "covers 10000 to 20000\nuncertain\n");
	told.usage.rss = 3 * 4096;
	settle(&told, 1, "10000 to 20000: kind 0, 3 resident, -1 swapped\ncovers 10000 to 20000\n");
	found(0x14000, 2, RUN_SWAPPED);
	told.usage.swap = 4096;
	told.usage.flags = usage_flag_bit("rd");
	settle(&told, 1, "10000 to 20000: kind 0, 3 resident, -1 swapped\ncovers 10000 to 20000\n");
	for (int flag = 0; flag < 3; flag++) {
		told.usage.flags = usage_flag_bit((const char *[]){"um", "uw", "ui"}[flag]);
		settle(&told, 1,
		       "10000 to 20000: kind 0, 3 resident, 1 swapped\ncovers 10000 to 20000\n");
	}
	end();
	begin(ranges, 1);
	found(0x14000, 2, RUN_SWAPPED);
	settle(&told, 1, "10000 to 20000: kind 0, -1 resident, 1 swapped\ncovers 10000 to 20000\n");
	end();
}

/* By the kernel's own account: a sixteenth may have come or gone; or smaps knows it. */
static void what_is_swapped_is_what_the_kernel_says(void **state)
{
	static const struct scan_range ranges[] = {{.start = 0x10000, .end = 0x40000},
						   {.start = 0x40000, .end = 0x50000}};
	struct told told[] = {{0x10000, 0x40000, usage_unknown()},
			      {0x40000, 0x50000, usage_unknown()}};
	struct residency *residency;
	uint64_t cost;

	(void)state;
	begin(ranges, 2);
	found(0x10000, 33, RUN_SWAPPED);
	found(0x40000, 1, RUN_SWAPPED);
	script.swap = 32 * 4096;
	settle(NULL, 0, "covers 10000 to 50000\n"); /* 34 of 32 */
	script.swap = 32 * 4096 - 16;
	settle(NULL, 0, "covers 10000 to 50000\nuncertain\n");
	settle(told, 2, "covers 10000 to 50000\n");
	settle(told, 1, "covers 10000 to 50000\nuncertain\n");
	script.swap = 0;
	settle(NULL, 0, "covers 10000 to 50000\n");
	residency = scan_result_take(&walk, &cost);
	assert_int_equal(residency_between(residency, 0, UINT64_MAX).swapped, 0);
	assert_int_equal(residency->source, RESIDENCY_PAGEMAP_SCAN);
	assert_int_equal(residency->time_ns, 70);
	assert_int_equal(residency->held_ns, 33);
	assert_int_equal(cost, 500);
	assert_null(walk.covered);
	assert_int_equal(walk.covered_count + walk.covered_capacity, 0);
	residency_destroy(residency);
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_be_hugetlb_is_asked_about),
		cmocka_unit_test(of_entries_anything_may_be_hugetlb),
		cmocka_unit_test(without_an_answer_smaps_decides),
		cmocka_unit_test(maps_is_not_opened_again),
		cmocka_unit_test(uncovering_leaves_what_is_below),
		cmocka_unit_test(amounts_are_those_of_smaps),
		cmocka_unit_test(what_is_swapped_is_what_the_kernel_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
