/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "kernel/kept_memory.h"

static unsigned destroyed;

static void destroy(struct kept_memory *kept)
{
	(void)kept;
	destroyed++;
}

static void the_last_one_frees_it(void **state)
{
	static const struct kept_memory_operations operations = {.destroy = destroy};
	struct kept_memory kept;

	(void)state;
	kept_memory_init(&kept, &operations, 4096);
	assert_int_equal(kept.page_size, 4096);
	assert_ptr_equal(kept_memory_hold(&kept), &kept);
	kept_memory_release(&kept);
	assert_int_equal(destroyed, 0);
	kept_memory_release(&kept);
	assert_int_equal(destroyed, 1);
	assert_null(kept_memory_hold(NULL));
	kept_memory_release(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_one_frees_it),
	};

	return cmocka_run_group_tests_name("kept_memory", tests, NULL, NULL);
}
