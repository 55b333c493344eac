/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/protection.h"
#include "model/target.h"

static void nothing_is_known_at_first(void **state)
{
	const struct protection protection = protection_unknown();

	(void)state;
	assert_true(protection.personality == TARGET_UNKNOWN);
	assert_true(protection.randomize == TARGET_UNKNOWN);
	assert_int_equal(protection.randomized, PROTECTION_UNKNOWN);
	assert_int_equal(protection.can_shadow, PROTECTION_UNKNOWN);
	assert_int_equal(protection.shadows, PROTECTION_UNKNOWN);
	assert_int_equal(protection.can_guard_jumps, PROTECTION_UNKNOWN);
	assert_true(protection.guards_unseen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known_at_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
