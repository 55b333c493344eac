/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>

#include "record/json_tree.h"

/* A library of JSON that is not there, and one that has none of its functions. */

static bool is_there;

void *dlopen(const char *name, int flags)
{
	assert_true(name && *name);
	return is_there ? dlmopen(LM_ID_BASE, "libc.so.6", flags) : NULL;
}

static void what_is_no_library_of_json_is_told(void **state)
{
	struct json_tree *tree = NULL;

	(void)state;
	for (int i = 0; i < 2; i++) {
		is_there = i;
		assert_int_equal(json_tree_read(-1, &tree), -ELIBACC);
		assert_null(tree);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_library_of_json_is_told),
	};

	return cmocka_run_group_tests_name("json_tree_missing", tests, NULL, NULL);
}
