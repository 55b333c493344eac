/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "inside/memory_reader.h"

static void a_range_touches_whole_pages(void **state)
{
	(void)state;
	assert_int_equal(memory_reader_pages(0x1000, 0, 4096), 0);
	assert_int_equal(memory_reader_pages(0x1000, 1, 4096), 1);
	assert_int_equal(memory_reader_pages(0x1fff, 1, 4096), 1);
	assert_int_equal(memory_reader_pages(0x1fff, 2, 4096), 2);
	assert_int_equal(memory_reader_pages(0x1001, 4096, 4096), 2);
	assert_int_equal(memory_reader_pages(UINT64_MAX - 4095, 4096, 4096), 1);
	assert_int_equal(memory_reader_map_size(0x1000, 0, 4096), 0);
	assert_int_equal(memory_reader_map_size(0x1000, 8 * 4096, 4096), 1);
	assert_int_equal(memory_reader_map_size(0x1fff, 8 * 4096, 4096), 2);
}

static void bits_are_those_of_pages(void **state)
{
	uint8_t absent[2] = {0};

	(void)state;
	memory_reader_set_absent(absent, 0, true);
	memory_reader_set_absent(absent, 9, true);
	assert_int_equal(absent[0], 1);
	assert_int_equal(absent[1], 2);
	/* The range begins 16 bytes before the end of its first page. */
	assert_true(memory_reader_is_absent(absent, 0x1ff0, 15, 4096));
	assert_false(memory_reader_is_absent(absent, 0x1ff0, 16, 4096));
	assert_true(memory_reader_is_absent(absent, 0x1ff0, 16 + 8 * 4096, 4096));
	memory_reader_set_absent(absent, 9, false);
	assert_int_equal(absent[1], 0);
	assert_int_equal(absent[0], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_range_touches_whole_pages),
		cmocka_unit_test(bits_are_those_of_pages),
	};

	return cmocka_run_group_tests_name("memory_reader", tests, NULL, NULL);
}
