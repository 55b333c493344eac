/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/target.h"
#include "model/usage_ranges.h"

static void add(struct usage_ranges *ranges, uint64_t start, uint64_t end, uint64_t rss)
{
	struct usage usage = usage_unknown();

	usage.rss = rss;
	usage_ranges_add(ranges, start, end, &usage);
}

/* The rss of exactly that range; TARGET_UNKNOWN: there is none. */
static uint64_t find(const struct usage_ranges *ranges, size_t *next, uint64_t start, uint64_t end)
{
	struct usage usage;

	return usage_ranges_find(ranges, next, start, end, &usage) ? usage.rss : TARGET_UNKNOWN;
}

static void what_overlaps_is_replaced(void **state)
{
	struct usage_ranges ranges = {0};
	size_t next = 0;

	(void)state;
	add(&ranges, 0x1000, 0x2000, 1);
	add(&ranges, 0x2000, 0x3000, 2);
	add(&ranges, 0x3000, 0x4000, 3);
	add(&ranges, 0x2800, 0x5000, 4);
	assert_int_equal(ranges.count, 2);
	assert_int_equal(ranges.usages.count, 2);
	assert_int_equal(find(&ranges, &next, 0x1000, 0x2000), 1);
	assert_int_equal(find(&ranges, &next, 0x2800, 0x5000), 4);
	add(&ranges, 0, 0x10, 5);
	next = 0;
	assert_int_equal(ranges.count, 1);
	assert_int_equal(find(&ranges, &next, 0, 0x10), 5);
	usage_ranges_finish(&ranges);
}

static void only_exactly_that_range_is_found(void **state)
{
	struct usage_ranges ranges = {0};
	size_t next = 0;

	(void)state;
	assert_true(find(NULL, &next, 0x1000, 0x2000) == TARGET_UNKNOWN);
	assert_true(find(&ranges, &next, 0x1000, 0x2000) == TARGET_UNKNOWN);
	add(&ranges, 0x1000, 0x2000, 1);
	add(&ranges, 0x3000, 0x4000, 2);
	assert_true(find(&ranges, &next, 0x1000, 0x1800) == TARGET_UNKNOWN);
	assert_true(find(&ranges, &next, 0x2000, 0x3000) == TARGET_UNKNOWN);
	assert_int_equal(find(&ranges, &next, 0x3000, 0x4000), 2);
	assert_true(find(&ranges, &next, 0x5000, 0x6000) == TARGET_UNKNOWN);
	usage_ranges_finish(&ranges);
}

static void they_are_moved_and_copied(void **state)
{
	struct usage_ranges ranges = {0}, *taken, *copy;
	size_t next = 0;

	(void)state;
	add(&ranges, 0x1000, 0x2000, 1);
	taken = usage_ranges_take(&ranges);
	assert_int_equal(ranges.count, 0);
	assert_null(ranges.ranges);
	copy = usage_ranges_copy(taken);
	usage_ranges_destroy(taken);
	assert_int_equal(find(copy, &next, 0x1000, 0x2000), 1);
	add(copy, 0x2000, 0x3000, 2);
	assert_int_equal(find(copy, &next, 0x2000, 0x3000), 2);
	usage_ranges_destroy(copy);
	taken = usage_ranges_take(&ranges);
	copy = usage_ranges_copy(taken);
	assert_int_equal(copy->count, 0);
	usage_ranges_destroy(copy);
	usage_ranges_destroy(taken);
	usage_ranges_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_overlaps_is_replaced),
		cmocka_unit_test(only_exactly_that_range_is_found),
		cmocka_unit_test(they_are_moved_and_copied),
	};

	return cmocka_run_group_tests_name("usage_ranges", tests, NULL, NULL);
}
