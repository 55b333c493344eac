/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "screen/key.h"

static const char *name(uint32_t key)
{
	static char out[KEY_NAME_LENGTH];

	return key_name(key, out);
}

static uint32_t parse(const char *string)
{
	uint32_t key = 0xdead;

	return key_parse(string, strlen(string), &key) == 0 ? key : UINT32_MAX;
}

static void names_keys_as_help_writes_them(void **state)
{
	(void)state;
	assert_string_equal(name('a'), "a");
	assert_string_equal(name('+'), "+");
	assert_string_equal(name(' '), "Space");
	assert_string_equal(name(KEY_RETURN), "Enter");
	assert_string_equal(name(KEY_ARROW_UP), "Up");
	assert_string_equal(name(KEY_PAGE_DOWN), "PgDn");
	assert_string_equal(name(KEY_BACK), "Backspace");
	assert_string_equal(name(KEY_FN), "F1");
	assert_string_equal(name(KEY_FN + 11), "F12");
	assert_string_equal(name(12), "Ctrl-L");
	assert_string_equal(name(0), "Ctrl-@");
	assert_string_equal(name(0x1c), "Ctrl-\\");
	assert_string_equal(name(0x7f), "Ctrl-?");
	assert_string_equal(name(0x85), "U+0085");
	assert_string_equal(name(0xd800), "U+D800");
	assert_string_equal(name(UINT32_MAX), "U+FFFFFFFF");
}

static void names_other_letters(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	assert_string_equal(name(0xe4), "ä");
	assert_string_equal(name(0x4e2d), "中");
	assert_string_equal(name(0x301), "U+0301");
	assert_int_equal(parse("ä"), 0xe4);
}

static void every_name_is_understood(void **state)
{
	(void)state;
	for (uint32_t key = 0; key < KEY_NAMED_END; key++) {
		if (key >= 0xd800 && key < 0xe000)
			continue;
		assert_true(strlen(name(key)) < KEY_NAME_LENGTH);
		assert_int_equal(parse(name(key)), key);
	}
}

static void understands_what_people_write(void **state)
{
	(void)state;
	assert_int_equal(parse("ctrl-l"), 12);
	assert_int_equal(parse("Ctrl-[") == KEY_ESC, 1);
	assert_int_equal(parse("PAGEUP"), KEY_PAGE_UP);
	assert_int_equal(parse("del"), KEY_DEL);
	assert_int_equal(parse("Return"), KEY_RETURN);
	assert_int_equal(parse("f10"), KEY_FN + 9);
	assert_int_equal(parse("F"), 'F');
	assert_int_equal(parse("U"), 'U');
	assert_int_equal(parse("U+41"), 'A');
}

static void refuses_what_is_no_key(void **state)
{
	static const char *const wrong[] = {
		"",
		"F0",
		"F13",
		"F1x",
		"F-1",
		"Ctrl-",
		"Ctrl-1",
		"Ctrl-LL",
		"ab",
		"Meta-x",
		"U+",
		"U+d800",
		"U+110000",
		"U+4x",
		"\xff",
		"a\xff",
		"Page",
		"Ctrl-\xff",
		"F99999999999999999999999",
	};
	uint32_t key = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(key_parse(wrong[i], strlen(wrong[i]), &key), -EINVAL);
	assert_int_equal(key_parse("Up\0", 3, &key), -EINVAL);
	assert_int_equal(key, 42);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_keys_as_help_writes_them),
		cmocka_unit_test(names_other_letters),
		cmocka_unit_test(every_name_is_understood),
		cmocka_unit_test(understands_what_people_write),
		cmocka_unit_test(refuses_what_is_no_key),
	};

	return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
