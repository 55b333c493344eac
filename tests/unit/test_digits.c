/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"

static void check(uint64_t number)
{
	char expected[32], out[32];

	memset(out, '#', sizeof(out));
	snprintf(expected, sizeof(expected), "%" PRIu64, number);
	assert_int_equal(digits_decimal(out, number), strlen(expected));
	assert_memory_equal(out, expected, strlen(expected));
	assert_int_equal(out[DIGITS_DECIMAL_MAX], '#');
	memset(out, '#', sizeof(out));
	snprintf(expected, sizeof(expected), "%" PRIx64, number);
	assert_int_equal(digits_hex(out, number), strlen(expected));
	assert_memory_equal(out, expected, strlen(expected));
	assert_int_equal(out[DIGITS_HEX_MAX], '#');
}

static void digits_are_those_of_printf(void **state)
{
	uint64_t power = 1;

	(void)state;
	for (uint64_t i = 0; i < 2000; i++)
		check(i);
	for (int i = 0; i < DIGITS_DECIMAL_MAX; i++, power *= 10) {
		check(power - 1);
		check(power);
	}
	for (int bit = 0; bit < 64; bit++) {
		check(UINT64_C(1) << bit);
		check((UINT64_C(1) << bit) - 1);
	}
	check(UINT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_are_those_of_printf),
	};

	return cmocka_run_group_tests_name("digits", tests, NULL, NULL);
}
