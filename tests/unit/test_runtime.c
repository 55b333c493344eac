/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/runtime.h"

static void names_are_stable(void **state)
{
	(void)state;
	assert_null(runtime_label(RUNTIME_NONE));
	assert_null(runtime_name(RUNTIME_NONE));
	for (unsigned i = RUNTIME_NONE + 1; i < RUNTIME_COUNT; i++)
		assert_true(runtime_label((enum runtime)i) && runtime_name((enum runtime)i));
	assert_true(RUNTIME_COUNT <= 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_stable),
	};

	return cmocka_run_group_tests_name("runtime", tests, NULL, NULL);
}
