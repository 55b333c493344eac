/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/heap_walks.h"

static void the_first_and_the_last_walk_are_kept(void **state)
{
	struct heap_part parts[] = {{.address = 0x10, .is_main = true, .used = 100, .free = 10},
				    {.address = 0x20, .used = 50, .free = 5}};
	struct heap_walks walks = {0};

	(void)state;
	heap_walks_add(&walks, 1, parts, 1);
	parts[0].used = 200;
	heap_walks_add(&walks, 2, parts, 1);
	parts[0].used = 300;
	heap_walks_add(&walks, 3, parts, 2);
	assert_int_equal(walks.first.time_ns, 1);
	assert_int_equal(walks.last.time_ns, 3);
	assert_int_equal(heap_walks_before(&walks, 0x10)->used, 100);
	assert_null(heap_walks_before(&walks, 0x20));
	assert_int_equal(heap_sums_all(&walks.first).used, 100);
	assert_int_equal(heap_sums_all(&walks.last).used, 350);
	assert_int_equal(heap_sums_all(&walks.last).free, 15);
	heap_walks_finish(&walks);
	assert_int_equal(walks.first.count, 0);
	heap_walks_finish(&walks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_and_the_last_walk_are_kept),
	};

	return cmocka_run_group_tests_name("heap_walks", tests, NULL, NULL);
}
