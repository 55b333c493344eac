/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>

#include "model/target.h"

static void states_in_words(void **state)
{
	(void)state;
	assert_string_equal(target_state_words('R'), "running");
	assert_string_equal(target_state_words('S'), "sleeping");
	assert_string_equal(target_state_words('T'), "stopped");
	assert_string_equal(target_state_words('t'), "traced");
	assert_string_equal(target_state_words('Z'), "ended");
	for (int letter = CHAR_MIN; letter <= CHAR_MAX; letter++)
		assert_non_null(target_state_words((char)letter));
	assert_string_equal(target_state_words('?'), "state unknown");
	assert_string_equal(target_state_words('\0'), "state unknown");
}

static void pages_have_sizes_that_there_are(void **state)
{
	static const uint64_t wrong[] = {
		0, 1, 256, 4097, 6144, UINT64_C(1) << 21, UINT64_C(1) << 63, UINT64_MAX};

	(void)state;
	for (uint64_t size = 512; size <= 1 << 20; size *= 2)
		assert_true(target_is_page_size(size));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(target_is_page_size(wrong[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_in_words),
		cmocka_unit_test(pages_have_sizes_that_there_are),
	};

	return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
