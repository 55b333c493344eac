/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "inside/heap_memory.h"

static void a_range_holds_all_of_it_or_none_does(void **state)
{
	const struct heap_range list[] = {{0x1000, 0x3000}, {0x5000, 0x6000}};
	const struct heap_ranges ranges = {list, 2};

	(void)state;
	assert_ptr_equal(heap_ranges_find(&ranges, 0x1000, 0x2000), &list[0]);
	assert_ptr_equal(heap_ranges_find(&ranges, 0x2ff8, 8), &list[0]);
	assert_null(heap_ranges_find(&ranges, 0x2ff8, 16));
	assert_null(heap_ranges_find(&ranges, 0xfff, 1));
	assert_null(heap_ranges_find(&ranges, 0x3000, 1));
	assert_ptr_equal(heap_ranges_find(&ranges, 0x5000, 1), &list[1]);
	assert_null(heap_ranges_find(&ranges, 0x6000, 0));
	/* Sizes that wrap round are too large. */
	assert_null(heap_ranges_find(&ranges, 0x5000, UINT64_MAX));
	assert_null(heap_ranges_find(&ranges, UINT64_MAX, 8));
}

static void of_none_there_is_none(void **state)
{
	(void)state;
	assert_null(heap_ranges_find(&(struct heap_ranges){NULL, 0}, 0x1000, 8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_range_holds_all_of_it_or_none_does),
		cmocka_unit_test(of_none_there_is_none),
	};

	return cmocka_run_group_tests_name("heap_memory", tests, NULL, NULL);
}
