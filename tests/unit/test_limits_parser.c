/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/target.h"
#include "procfs/limits_parser.h"

static struct target_limits parse(const char *text)
{
	struct target_limits limits = {.max_map_count = 65530};

	limits_parse(text, strlen(text), &limits);
	assert_int_equal(limits.max_map_count, 65530);
	return limits;
}

static void reads_the_soft_limits(void **state)
{
	struct target_limits limits = parse(
		"Limit                     Soft Limit           Hard Limit           Units     \n"
		"Max data size             4096                 unlimited            bytes     \n"
		"Max stack size            8388608              unlimited            bytes     \n"
		"Max address space         unlimited            1                    bytes     \n");

	(void)state;
	assert_int_equal(limits.data, 4096);
	assert_int_equal(limits.stack, 8388608);
	assert_true(limits.as == TARGET_UNLIMITED);
}

static void what_is_missing_or_odd_is_unknown(void **state)
{
	struct target_limits limits =
		parse("Max stack size \nMax data size unlimite\nMax address space");

	(void)state;
	assert_true(limits.stack == TARGET_UNKNOWN);
	assert_true(limits.data == TARGET_UNKNOWN);
	assert_true(limits.as == TARGET_UNKNOWN);
}

/* Recorded, it may be cut anywhere. */
static void a_number_that_the_text_ends_in_is_unknown(void **state)
{
	struct target_limits limits = parse("Max data size             4096\n"
					    "Max stack size            83886");

	(void)state;
	assert_true(limits.data == TARGET_UNKNOWN);
	assert_true(limits.stack == TARGET_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_soft_limits),
		cmocka_unit_test(what_is_missing_or_odd_is_unknown),
		cmocka_unit_test(a_number_that_the_text_ends_in_is_unknown),
	};

	return cmocka_run_group_tests_name("limits_parser", tests, NULL, NULL);
}
