/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/format.h"

static void sizes_are_short_and_never_too_large(void **state)
{
	static const struct {
		uint64_t bytes;
		const char *text;
	} examples[] = {
		{0, "0"},
		{1, "1B"},
		{512, "512B"},
		{1023, "1023B"},
		{1024, "1.0K"},
		{4096, "4.0K"},
		{10239, "9.9K"},
		{10240, "10K"},
		{132 << 10, "132K"},
		{(1 << 20) - 1, "1023K"},
		{2 << 20, "2.0M"},
		{(UINT64_C(1) << 30) - 1, "1023.9M"},
		{UINT64_C(128) << 40, "128.0T"},
		{UINT64_MAX, "15.9E"},
	};
	char out[FORMAT_SIZE_LENGTH];

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		assert_string_equal(format_size(out, examples[i].bytes), examples[i].text);
}

static void sizes_fit_seven_columns(void **state)
{
	char out[FORMAT_SIZE_LENGTH];

	(void)state;
	for (int bit = 0; bit < 64; bit++) {
		assert_true(strlen(format_size(out, (UINT64_C(1) << bit) - 1)) <= 7);
		assert_true(strlen(format_size(out, UINT64_C(1) << bit)) <= 7);
	}
}

static void numbers_have_groups(void **state)
{
	char out[FORMAT_NUMBER_LENGTH];

	(void)state;
	assert_string_equal(format_number(out, 0), "0");
	assert_string_equal(format_number(out, 999), "999");
	assert_string_equal(format_number(out, 1000), "1 000");
	assert_string_equal(format_number(out, 1234567), "1 234 567");
	assert_string_equal(format_number(out, UINT64_MAX), "18 446 744 073 709 551 615");
}

static void times_are_in_utc(void **state)
{
	char out[FORMAT_TIME_LENGTH];

	(void)state;
	assert_string_equal(format_time(out, 0), "1970-01-01T00:00:00.000Z");
	assert_string_equal(format_time(out, INT64_C(1792406467123999999)),
			    "2026-10-19T10:41:07.123Z");
	assert_true(strlen(format_time(out, INT64_MAX)) < FORMAT_TIME_LENGTH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_short_and_never_too_large),
		cmocka_unit_test(sizes_fit_seven_columns),
		cmocka_unit_test(numbers_have_groups),
		cmocka_unit_test(times_are_in_utc),
	};

	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
