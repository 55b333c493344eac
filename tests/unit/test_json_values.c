/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "base/text.h"
#include "model/target.h"
#include "report/json_values.h"

static void expect(json_t *value, const char *expected)
{
	char *text =
		json_dumps(value, JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(3));

	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
	json_decref(value);
}

static void strings_of_any_bytes(void **state)
{
	(void)state;
	expect(json_values_string(""), "\"\"");
	expect(json_values_string("/a \"b\"\n\033\xc3\xa9"), "\"/a \\\"b\\\"\\n\\u001B\\u00E9\"");
	expect(json_values_string("\xff\xc0\xafx\xc3"), "\"\\\\xff\\\\xc0\\\\xafx\\\\xc3\"");
}

static void numbers_and_addresses(void **state)
{
	(void)state;
	expect(json_values_number(0), "0");
	expect(json_values_number(INT64_MAX), "9223372036854775807");
	expect(json_values_number(UINT64_MAX), "1.84e19");
	expect(json_values_number_or_null(0), "0");
	expect(json_values_number_or_null(TARGET_UNKNOWN), "null");
	expect(json_values_address(0), "\"0x0\"");
	expect(json_values_address(0xffffffffff600000), "\"0xffffffffff600000\"");
}

static void times_in_utc(void **state)
{
	(void)state;
	expect(json_values_time(0), "\"1970-01-01T00:00:00.000Z\"");
	expect(json_values_time(INT64_C(1792412467123999999)), "\"2026-10-19T12:21:07.123Z\"");
}

/* jansson leaves it as it is. */
static void no_control_character_reaches_a_terminal(void **state)
{
	json_t *value = json_pack("{s:[s]}", "a\177", "\033\177\xc2\x9b\xc2\xad");
	struct text text = {0};

	(void)state;
	assert_int_equal(json_values_append(&text, value, JSON_INDENT(1), 2), 0);
	assert_string_equal(text_string(&text), "{\n   \"a\\u007F\": [\n    "
						"\"\\u001B\\u007F\\u009B\\u00AD\"\n   ]\n  }");
	json_decref(value);
	text_clear(&text);
	assert_int_equal(json_values_append(&text, NULL, 0, 0), -EINVAL);
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_of_any_bytes),
		cmocka_unit_test(numbers_and_addresses),
		cmocka_unit_test(times_in_utc),
		cmocka_unit_test(no_control_character_reaches_a_terminal),
	};

	return cmocka_run_group_tests_name("json_values", tests, NULL, NULL);
}
