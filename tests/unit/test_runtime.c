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
	assert_null(runtime_words(RUNTIME_NONE));
	assert_null(runtime_ask(RUNTIME_NONE));
	assert_false(runtime_is_heap(RUNTIME_NONE));
	for (unsigned i = RUNTIME_NONE + 1; i < RUNTIME_COUNT; i++)
		assert_true(runtime_label((enum runtime)i) && runtime_name((enum runtime)i) &&
			    runtime_words((enum runtime)i));
	assert_true(RUNTIME_COUNT <= 64);
}

static void heaps_are_told_from_what_lies_beside_them(void **state)
{
	(void)state;
	assert_true(runtime_is_heap(RUNTIME_JAVA));
	assert_false(runtime_is_heap(RUNTIME_JAVA_CODE));
	assert_false(runtime_is_heap(RUNTIME_TSAN));
	assert_true(runtime_is_heap(RUNTIME_SANITIZER_HEAP));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_stable),
		cmocka_unit_test(heaps_are_told_from_what_lies_beside_them),
	};

	return cmocka_run_group_tests_name("runtime", tests, NULL, NULL);
}
