/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "base/number.h"

static int parse(const char *text, uint64_t max, uint64_t *ret_number)
{
	return number_parse(text, strlen(text), max, ret_number);
}

static void parses_the_whole_text_or_nothing(void **state)
{
	static const char *const wrong[] = {"", " 1", "1 ", "+1", "-1", "0x1", "1a", "1\n"};
	uint64_t number = 77;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(parse(wrong[i], UINT64_MAX, &number), -EINVAL);
	assert_int_equal(parse("11", 10, &number), -ERANGE);
	assert_int_equal(parse("18446744073709551616", UINT64_MAX, &number), -ERANGE);
	assert_int_equal(parse("99999999999999999999999", UINT64_MAX, &number), -ERANGE);
	assert_int_equal(number, 77);
	assert_int_equal(parse("18446744073709551615", UINT64_MAX, &number), 0);
	assert_true(number == UINT64_MAX);
	assert_int_equal(parse("0010", 10, &number), 0);
	assert_int_equal(number, 10);
	assert_int_equal(number_parse("123", 2, 100, &number), 0);
	assert_int_equal(number, 12);
}

static void scans_and_moves_on(void **state)
{
	static const char text[] = "ffffffffff600000-FFffffffff601000 42";
	const char *cursor = text, *end = text + sizeof(text) - 1;
	uint64_t number;

	(void)state;
	assert_int_equal(number_scan(&cursor, end, 16, &number), 0);
	assert_true(number == UINT64_C(0xffffffffff600000));
	assert_int_equal(*cursor++, '-');
	assert_int_equal(number_scan(&cursor, end, 16, &number), 0);
	assert_true(number == UINT64_C(0xffffffffff601000));
	cursor++;
	assert_int_equal(number_scan(&cursor, end, 10, &number), 0);
	assert_int_equal(number, 42);
	assert_ptr_equal(cursor, end);
}

static void stays_where_it_was_on_errors(void **state)
{
	static const char text[] = "10000000000000000";
	const char *cursor = text;
	uint64_t number = 77;

	(void)state;
	assert_int_equal(number_scan(&cursor, text + 17, 16, &number), -ERANGE);
	assert_ptr_equal(cursor, text);
	assert_int_equal(number_scan(&cursor, text, 16, &number), -EINVAL);
	cursor = "g";
	assert_int_equal(number_scan(&cursor, cursor + 1, 16, &number), -EINVAL);
	cursor = "a";
	assert_int_equal(number_scan(&cursor, cursor + 1, 10, &number), -EINVAL);
	assert_int_equal(number, 77);
}

/* What is left of the text behind the size. */
static const char *scan_size(const char *text, int expected, uint64_t *bytes)
{
	const char *cursor = text;

	*bytes = 77;
	assert_int_equal(number_scan_size(&cursor, text + strlen(text), bytes), expected);
	if (expected) {
		assert_int_equal(*bytes, 77);
		assert_ptr_equal(cursor, text);
	}
	return cursor;
}

static void scans_sizes(void **state)
{
	static const struct {
		const char *text, *rest;
		uint64_t bytes;
	} sizes[] = {
		{"0", "", 0},
		{"4096", "", 4096},
		{"4K", "", 4096},
		{"4k)", ")", 4096},
		{"1.5M+", "+", 1572864},
		{"0.1K", "", 102},
		{"2.0000009G", "", UINT64_C(2) << 30},
		{"3T", "", UINT64_C(3) << 40},
		{"15E", "", UINT64_C(15) << 60},
		{"7B", "B", 7},
		{"7.", ".", 7},
		{"18446744073709551615", "", UINT64_MAX},
	};
	uint64_t bytes;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_string_equal(scan_size(sizes[i].text, 0, &bytes), sizes[i].rest);
		assert_true(bytes == sizes[i].bytes);
	}
	scan_size("", -EINVAL, &bytes);
	scan_size("K", -EINVAL, &bytes);
	scan_size("1.5", -EINVAL, &bytes);
	scan_size("-1", -EINVAL, &bytes);
	scan_size("16E", -ERANGE, &bytes);
	scan_size("18446744073709551616", -ERANGE, &bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses_the_whole_text_or_nothing),
		cmocka_unit_test(scans_and_moves_on),
		cmocka_unit_test(stays_where_it_was_on_errors),
		cmocka_unit_test(scans_sizes),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
