/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "app/option_values.h"

#define SECOND 1000000000

/* What --delay takes, in nanoseconds; or the error. */
static int64_t delay(const char *value)
{
	uint64_t number = 77;
	int error = option_read_decimal(value, 9, SECOND / 100, 3600ULL * SECOND, &number);

	if (!error)
		return (int64_t)number;
	assert_int_equal(number, 77);
	return error;
}

static void decimals(void **state)
{
	(void)state;
	assert_int_equal(delay("1"), SECOND);
	assert_int_equal(delay("0.01"), SECOND / 100);
	assert_int_equal(delay("0.5"), SECOND / 2);
	assert_int_equal(delay("00.250"), SECOND / 4);
	assert_int_equal(delay("3600"), 3600LL * SECOND);
	assert_int_equal(delay("3600.0000"), 3600LL * SECOND);
	assert_int_equal(delay("0.123456789999"), 123456789);
	assert_int_equal(delay("1.00000000000000000000000000000000000001"), SECOND);
}

static void numbers_out_of_range(void **state)
{
	(void)state;
	assert_int_equal(delay("0"), -ERANGE);
	assert_int_equal(delay("0.0"), -ERANGE);
	assert_int_equal(delay("0.0099999999999"), -ERANGE);
	assert_int_equal(delay("3600.000000001"), -ERANGE);
	assert_int_equal(delay("3601"), -ERANGE);
	/* What would overflow, before and after the multiplication. */
	assert_int_equal(delay("18446744074"), -ERANGE);
	assert_int_equal(delay("18446744073709551616"), -ERANGE);
	assert_int_equal(delay("99999999999999999999999999999.5"), -ERANGE);
}

/* The largest number that there is, and one more. */
static void the_largest_decimal(void **state)
{
	uint64_t number = 7;

	(void)state;
	assert_int_equal(option_read_decimal("1844674407370955161.6", 1, 0, UINT64_MAX, &number),
			 -ERANGE);
	assert_int_equal(number, 7);
	assert_int_equal(option_read_decimal("1844674407370955161.5", 1, 0, UINT64_MAX, &number),
			 0);
	assert_true(number == UINT64_MAX);
	assert_int_equal(option_read_decimal("18446744073709551615", 0, 0, UINT64_MAX, &number), 0);
	assert_true(number == UINT64_MAX);
}

static void what_is_no_decimal(void **state)
{
	static const char *const values[] = {"",
					     "-1",
					     "+1",
					     "1e9",
					     "nan",
					     "inf",
					     "0x1",
					     "1,5",
					     "1.",
					     ".5",
					     ".",
					     "1.5.",
					     "1.5s",
					     " 1",
					     "1 ",
					     "1.-5",
					     "1..5",
					     "9999999999999999999999x",
					     "1.9999999999999999999999x"};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		assert_int_equal(delay(values[i]), -EINVAL);
}

/* What --history takes, in bytes; or the error. */
static int64_t history(const char *value)
{
	uint64_t number = 77;
	int error = option_read_size(value, 1 << 20, 1ULL << 36, &number);

	if (!error)
		return (int64_t)number;
	assert_int_equal(number, 77);
	return error;
}

static void sizes(void **state)
{
	(void)state;
	assert_int_equal(history("1048576"), 1 << 20);
	assert_int_equal(history("1024K"), 1 << 20);
	assert_int_equal(history("64M"), 64 << 20);
	assert_int_equal(history("64G"), 1LL << 36);
	assert_int_equal(history("1023K"), -ERANGE);
	assert_int_equal(history("1048575"), -ERANGE);
	assert_int_equal(history("0"), -ERANGE);
	assert_int_equal(history("65G"), -ERANGE);
	assert_int_equal(history("1T"), -ERANGE);
	/* Shifted, these would come back into range. */
	assert_int_equal(history("18014398509482048K"), -ERANGE);
	assert_int_equal(history("99999999999999999999M"), -ERANGE);
	assert_int_equal(history(""), -EINVAL);
	assert_int_equal(history("M"), -EINVAL);
	assert_int_equal(history("64m"), 64 << 20);
	assert_int_equal(history("1.5M"), 3 << 19);
	assert_int_equal(history("64MB"), -EINVAL);
	assert_int_equal(history("-64M"), -EINVAL);
	assert_int_equal(history("6.4"), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimals),
		cmocka_unit_test(numbers_out_of_range),
		cmocka_unit_test(the_largest_decimal),
		cmocka_unit_test(what_is_no_decimal),
		cmocka_unit_test(sizes),
	};

	return cmocka_run_group_tests_name("option_values", tests, NULL, NULL);
}
