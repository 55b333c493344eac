/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

static void decodes_what_it_encodes(void **state)
{
	(void)state;
	for (uint32_t codepoint = 0; codepoint <= 0x10ffff; codepoint += 1 + codepoint / 100) {
		uint32_t decoded = UINT32_MAX;
		char bytes[4];
		size_t length;

		if (codepoint >= 0xd800 && codepoint <= 0xdfff)
			continue;
		length = utf8_encode(codepoint, bytes);
		assert_int_equal(utf8_decode(bytes, length, &decoded), length);
		assert_int_equal(decoded, codepoint);
		assert_int_equal(utf8_decode(bytes, length - 1, &decoded), 0);
	}
}

static void each_length_begins_where_it_must(void **state)
{
	static const struct {
		uint32_t codepoint;
		const char *bytes;
	} cases[] = {
		{0x7f, "\x7f"},
		{0x80, "\xc2\x80"},
		{0x7ff, "\xdf\xbf"},
		{0x800, "\xe0\xa0\x80"},
		{0xffff, "\xef\xbf\xbf"},
		{0x10000, "\xf0\x90\x80\x80"},
		{0x10ffff, "\xf4\x8f\xbf\xbf"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char out[5] = {0};

		assert_int_equal(utf8_encode(cases[i].codepoint, out), strlen(cases[i].bytes));
		assert_string_equal(out, cases[i].bytes);
	}
}

static void finds_where_characters_begin(void **state)
{
	static const char text[] = "a\xc3\xa4\xe4\xb8\xad";
	static const size_t starts[] = {0, 1, 1, 3, 3, 3, 6};

	(void)state;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		assert_int_equal(utf8_start(text, i), starts[i]);
	/* What is no UTF-8 has an end, too. */
	assert_int_equal(utf8_start("\x80\x80\x80", 2), 0);
}

static void refuses_what_is_not_utf8(void **state)
{
	static const char *const wrong[] = {
		"\x80",
		"\xbf",
		"\xc0\xaf",
		"\xc1\xbf",
		"\xc3\x28",
		"\xe0\x80\xaf",
		"\xe0\x9f\xbf",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x80\x80\xaf",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xff",
		"\xe2\x82",
		"\xf0\x9f\x98",
	};
	uint32_t codepoint = 77;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(utf8_decode(wrong[i], strlen(wrong[i]), &codepoint), 0);
	assert_int_equal(utf8_decode("a", 0, &codepoint), 0);
	assert_int_equal(codepoint, 77);
}

static void knows_widths(void **state)
{
	(void)state;
	assert_int_equal(utf8_width('a'), 1);
	assert_int_equal(utf8_width(0x1b), 0);
	assert_int_equal(utf8_width(0x7f), 0);
	assert_int_equal(utf8_width(0x9b), 0); /* CSI of eight bits */
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	assert_int_equal(utf8_width(0xe9), 1);
	assert_int_equal(utf8_width(0x2588), 1);
	assert_int_equal(utf8_width(0x6f22), 2);
	assert_int_equal(utf8_width(0x202e), 0); /* right-to-left override */
	assert_int_equal(utf8_width(0x2028), 0); /* line separator */
	assert_int_equal(utf8_width(0xfeff), 0);
	assert_int_equal(utf8_width(0x301), 0); /* combining acute accent */
	/* Not to be seen, though the C library gives them columns. */
	assert_int_equal(utf8_width(0xad), 0); /* soft hyphen */
	assert_int_equal(utf8_width(0x115f), 0);
	assert_int_equal(utf8_width(0x3164), 0);
	assert_int_equal(utf8_width(0xffa0), 0);
	assert_int_equal(utf8_width(0xae), 1);
	assert_int_equal(utf8_width(0x3165), 2);
	assert_int_equal(utf8_width(0xe0fff), 0);
	assert_int_equal(utf8_width(0x20000), 2);
}

static void escapes_what_is_not_safe(void **state)
{
	static const char bytes[] = "a\n\t\x1b[2J\xff\xc3\xa9\xe2\x80\xae\0z\x7f\xc2\x9b";
	struct text text = {0};

	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	utf8_append_escaped(&text, bytes, sizeof(bytes) - 1);
	assert_string_equal(text_string(&text),
			    "a\\n\\t\\x1b[2J\\xff\xc3\xa9\\u{202e}\\x00z\\x7f\\u{9b}");
	text_finish(&text);
}

static void counts_columns(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	assert_int_equal(utf8_columns(""), 0);
	assert_int_equal(utf8_columns("a\xe6\xbc\xa2\xc3\xa9"), 4);
	assert_int_equal(utf8_columns("a\xff"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_what_it_encodes),
		cmocka_unit_test(each_length_begins_where_it_must),
		cmocka_unit_test(finds_where_characters_begin),
		cmocka_unit_test(refuses_what_is_not_utf8),
		cmocka_unit_test(knows_widths),
		cmocka_unit_test(escapes_what_is_not_safe),
		cmocka_unit_test(counts_columns),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
