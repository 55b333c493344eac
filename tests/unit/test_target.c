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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_in_words),
	};

	return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
