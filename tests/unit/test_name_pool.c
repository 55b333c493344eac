/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "sampler/name_pool.h"

static void equal_names_share_one_pointer(void **state)
{
	struct name_pool pool = {0};
	const char *name = name_pool_intern(&pool, "/usr/lib/libc.so.6", 18);

	(void)state;
	assert_string_equal(name, "/usr/lib/libc.so.6");
	assert_ptr_equal(name_pool_intern(&pool, "/usr/lib/libc.so.6+", 18), name);
	assert_ptr_not_equal(name_pool_intern(&pool, "/usr/lib/libc.so.6+", 19), name);
	assert_string_equal(name_pool_intern(&pool, "x", 0), "");
	name_pool_finish(&pool);
}

static void keeps_its_pointers_while_it_grows(void **state)
{
	enum { NAMES = 5000 };
	static const char *names[NAMES];
	struct name_pool pool = {0};
	char name[32];

	(void)state;
	for (int i = 0; i < NAMES; i++) {
		snprintf(name, sizeof(name), "/some/path/%d", i);
		names[i] = name_pool_intern(&pool, name, strlen(name));
	}
	assert_int_equal(pool.count, NAMES);
	for (int i = 0; i < NAMES; i++) {
		snprintf(name, sizeof(name), "/some/path/%d", i);
		assert_ptr_equal(name_pool_intern(&pool, name, strlen(name)), names[i]);
		assert_string_equal(names[i], name);
	}
	assert_true(name_pool_size(&pool) > NAMES * strlen("/some/path/"));
	name_pool_finish(&pool);
	assert_int_equal(name_pool_size(&pool), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_names_share_one_pointer),
		cmocka_unit_test(keeps_its_pointers_while_it_grows),
	};

	return cmocka_run_group_tests_name("name_pool", tests, NULL, NULL);
}
