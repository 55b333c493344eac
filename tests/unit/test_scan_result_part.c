/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "settle_script.h"

/* What is made of a walk on its way, of entries, and of the machine's swap. */

/* Shared memory may be swapped where the machine has swap. */
static void swap_hides_where_there_is_some(void **state)
{
	static const struct {
		unsigned long total;
		int error;
		bool hides;
	} cases[] = {{0, 0, false}, {1, 0, true}, {1, -1, false}};
	static const struct scan_range ranges[] = {{.start = 0x10000, .end = 0x20000}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct residency *residency;
		uint64_t cost;

		begin(ranges, 1);
		script.totalswap = cases[i].total;
		script.sysinfo_error = cases[i].error;
		scan_result(&walk, &target, NULL);
		residency = scan_result_take(&walk, &cost);
		assert_int_equal(residency->swap_hides, cases[i].hides);
		assert_false(residency->partial);
		residency_destroy(residency);
		end();
	}
}

/* What a part covers, with the cursor there; first is where the pass began. */
static void check_part(uint64_t first, uint64_t cursor, bool wrapped, const char *expected)
{
	struct residency *residency;
	uint64_t cost;

	walk.plan.first = first;
	walk.plan.cursor = cursor;
	walk.plan.wrapped = wrapped;
	residency = scan_result_part(&walk, &target, NULL, &cost);
	assert_true(residency->partial);
	for (size_t i = 0; i + 1 < residency->covered_count; i++)
		call_log_say("%x to %x", (unsigned)residency->covered[i].start,
			     (unsigned)residency->covered[i].end);
	call_log_expect(expected);
	residency_destroy(residency);
}

static void a_part_covers_what_was_walked(void **state)
{
	static const struct scan_range ranges[] = {{.start = 0x10000, .end = 0x20000},
						   {.start = 0x30000, .end = 0x40000},
						   {.start = 0x50000, .end = 0x60000}};
	struct scan_range read[3];

	(void)state;
	begin(ranges, 3);
	check_part(0x30000, 0x30000, false, "");
	check_part(0x30000, 0x38000, false, "30000 to 38000\n");
	check_part(0x30000, 0x40000, false, "30000 to 40000\n");
	check_part(0x38000, 0x58000, false, "38000 to 40000\n50000 to 58000\n");
	check_part(0x30000, 0, true, "30000 to 40000\n50000 to 60000\n");
	check_part(0x30000, 0x18000, true, "10000 to 18000\n30000 to 40000\n50000 to 60000\n");
	check_part(0x38000, 0x20000, true, "10000 to 20000\n38000 to 40000\n50000 to 60000\n");
	check_part(0x38000, 0x34000, true,
		   "10000 to 20000\n30000 to 34000\n38000 to 40000\n50000 to 60000\n");
	/* Of entries only whole mappings count. */
	memcpy(read, ranges, sizeof(read));
	walk.read = read;
	walk.read_count = 3;
	check_part(0x30000, 0x38000, false, "");
	check_part(0x30000, 0x40000, false, "30000 to 40000\n");
	check_part(0x38000, 0x58000, false, "");
	check_part(0x38000, 0x34000, true, "10000 to 20000\n50000 to 60000\n");
	end();
}

/* Only some entries are read: smaps tells of the others, which are known by their starts. */
static void ranges_that_are_read_are_found_in_order(void **state)
{
	static const struct scan_range ranges[] = {{.start = 0x10000, .end = 0x20000},
						   {.start = 0x30000, .end = 0x40000},
						   {.start = 0x50000, .end = 0x60000}};
	struct told told = {0x10000, 0x20000, usage_unknown()};
	struct scan_range read[1];

	(void)state;
	begin(ranges, 3);
	read[0] = ranges[1];
	walk.read = read;
	walk.read_count = 1;
	told.usage.rss = 8192;
	told.usage.swap = 4096;
	told.usage.page_size = 4096;
	settle(&told, 1,
	       "10000 to 20000: kind 2, 2 resident, 1 swapped\n"
	       "covers 10000 to 20000\ncovers 30000 to 40000\nuncertain\n");
	told.usage.page_size = 0x200000; /* it is of hugetlb: nothing is known but that */
	settle(&told, 1, "covers 10000 to 20000\ncovers 30000 to 40000\nuncertain\n");
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(swap_hides_where_there_is_some),
		cmocka_unit_test(a_part_covers_what_was_walked),
		cmocka_unit_test(ranges_that_are_read_are_found_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
