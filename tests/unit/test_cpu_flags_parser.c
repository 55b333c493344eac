/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "procfs/cpu_flags_parser.h"

static bool have(const char *text, const char *feature)
{
	return cpu_flags_have(text, strlen(text), feature);
}

static void features_are_words_of_their_line(void **state)
{
	static const char x86[] = "processor\t: 0\nmodel name\t: user_shstk flags: bti\n"
				  "flags\t\t: fpu vme user_shstk rdpid\nbugs\t\t: spectre_v1\n";

	(void)state;
	assert_true(have(x86, "user_shstk"));
	assert_true(have(x86, "fpu"));
	assert_true(have(x86, "rdpid"));
	assert_false(have(x86, "shstk"));
	assert_false(have(x86, "user_shst"));
	assert_false(have(x86, "spectre_v1"));
	assert_false(have(x86, "bti"));
	assert_false(have(x86, ""));
	assert_true(have("Features\t: fp asimd bti\n", "bti"));
	assert_true(have("Features\t: fp asimd bti", "bti"));
	assert_true(have("flags : a b\r\n", "b"));
	assert_true(have("flags:a b\n", "a"));
	assert_true(have("Features :x\n", "x"));
}

static void other_lines_have_none(void **state)
{
	(void)state;
	assert_false(have("", "a"));
	assert_false(have("flags", "flags"));
	assert_false(have("flags a", "a"));
	assert_false(have("vmx flags\t: ept_ad a\n", "a"));
	assert_false(have("flagsx : a\n", "a"));
	assert_false(have("flags :\n", "a"));
	assert_false(cpu_flags_have("flags : abc", 9, "abc"));
}

static void words_stand_between_blanks(void **state)
{
	static const char words[] = "shstk wrss\t";

	(void)state;
	assert_true(cpu_flags_contain(words, words + strlen(words), "shstk"));
	assert_true(cpu_flags_contain(words, words + strlen(words), "wrss"));
	assert_false(cpu_flags_contain(words, words, "shstk"));
	assert_false(cpu_flags_contain(words, words + 4, "shstk"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(features_are_words_of_their_line),
		cmocka_unit_test(other_lines_have_none),
		cmocka_unit_test(words_stand_between_blanks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
