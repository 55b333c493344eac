/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "screen/key.h"
#include "term/curses.h"
#include "term/input.h"

static uint32_t translate(uint32_t input, bool special)
{
	uint32_t key;

	return input_translate(input, special, &key) ? key : UINT32_MAX;
}

static void characters_are_themselves(void **state)
{
	(void)state;
	assert_int_equal(translate('a', false), 'a');
	assert_int_equal(translate(0x4e2d, false), 0x4e2d);
	assert_int_equal(translate(12, false), 12);
	assert_int_equal(translate(27, false), KEY_ESC);
	assert_int_equal(translate('\t', false), KEY_TAB);
	assert_int_equal(translate(0x10ffff, false), 0x10ffff);
	assert_int_equal(translate(0x110000, false), UINT32_MAX);
}

static void variants_are_one_key(void **state)
{
	(void)state;
	assert_int_equal(translate('\r', false), KEY_RETURN);
	assert_int_equal(translate('\n', false), KEY_RETURN);
	assert_int_equal(translate(KEY_ENTER, true), KEY_RETURN);
	assert_int_equal(translate(0x7f, false), KEY_BACK);
	assert_int_equal(translate('\b', false), KEY_BACK);
	assert_int_equal(translate(KEY_BACKSPACE, true), KEY_BACK);
	assert_int_equal(translate(KEY_FIND, true), KEY_TO_HOME);
	assert_int_equal(translate(KEY_A1, true), KEY_TO_HOME);
}

static void named_keys_have_names(void **state)
{
	(void)state;
	assert_int_equal(translate(KEY_UP, true), KEY_ARROW_UP);
	assert_int_equal(translate(KEY_DOWN, true), KEY_ARROW_DOWN);
	assert_int_equal(translate(KEY_LEFT, true), KEY_ARROW_LEFT);
	assert_int_equal(translate(KEY_RIGHT, true), KEY_ARROW_RIGHT);
	assert_int_equal(translate(KEY_PPAGE, true), KEY_PAGE_UP);
	assert_int_equal(translate(KEY_NPAGE, true), KEY_PAGE_DOWN);
	assert_int_equal(translate(KEY_HOME, true), KEY_TO_HOME);
	assert_int_equal(translate(KEY_END, true), KEY_TO_END);
	assert_int_equal(translate(KEY_DC, true), KEY_DEL);
	assert_int_equal(translate(KEY_IC, true), KEY_INS);
	for (uint32_t n = 1; n <= 12; n++)
		assert_int_equal(translate(KEY_F(n), true), KEY_FN + n - 1);
}

static void other_codes_are_no_keys(void **state)
{
	(void)state;
	assert_int_equal(translate(KEY_F(13), true), UINT32_MAX);
	assert_int_equal(translate(KEY_F0, true), UINT32_MAX);
	assert_int_equal(translate(KEY_RESIZE, true), UINT32_MAX);
	assert_int_equal(translate(KEY_MOUSE, true), UINT32_MAX);
	assert_int_equal(translate('a', true), UINT32_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters_are_themselves),
		cmocka_unit_test(variants_are_one_key),
		cmocka_unit_test(named_keys_have_names),
		cmocka_unit_test(other_codes_are_no_keys),
	};

	return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
