/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "screen/setting.h"

static const struct setting_syntax syntax = {"key", "x = zoom-in"};

static struct setting_mistake mistakes[2];

static struct setting_reader read_text(const char *text)
{
	struct setting_reader reader;

	memset(mistakes, 0, sizeof(mistakes));
	setting_reader_init(&reader, &syntax, text, strlen(text), mistakes, 2);
	return reader;
}

static void assert_word(struct setting_word word, const char *expected)
{
	assert_int_equal(word.length, strlen(expected));
	assert_memory_equal(word.bytes, expected, word.length);
}

static void lines_have_a_name_and_words(void **state)
{
	struct setting_reader reader =
		read_text("# comment\n\n \t\r\n  name = one\ttwo #three # four\r\nother=x\n#end");
	struct setting_word name;

	(void)state;
	assert_true(setting_next(&reader, &name));
	assert_int_equal(reader.line, 4);
	assert_word(name, "name");
	assert_int_equal(setting_take_sign(&reader, name), 0);
	assert_word(setting_next_word(&reader), "one");
	assert_word(setting_next_word(&reader), "two");
	assert_word(setting_next_word(&reader), "#three");
	assert_word(setting_next_word(&reader), "");
	assert_word(setting_next_word(&reader), "");
	assert_true(setting_next(&reader, &name));
	assert_int_equal(reader.line, 5);
	assert_word(name, "other");
	assert_int_equal(setting_take_sign(&reader, name), 0);
	assert_word(setting_next_word(&reader), "x");
	assert_false(setting_next(&reader, &name));
	assert_int_equal(reader.count, 0);
}

static void the_sign_can_be_a_name(void **state)
{
	struct setting_reader reader = read_text("= = x\n== y");
	struct setting_word name;

	(void)state;
	for (const char *value = "x"; value; value = *value == 'x' ? "y" : NULL) {
		assert_true(setting_next(&reader, &name));
		assert_word(name, "=");
		assert_int_equal(setting_take_sign(&reader, name), 0);
		assert_word(setting_next_word(&reader), value);
	}
	assert_false(setting_next(&reader, &name));
}

static void a_sign_that_is_missing_is_told(void **state)
{
	struct setting_reader reader = read_text("x zoom-in\n= zoom-in\nx\ny = zoom-out\n");
	struct setting_word name;

	(void)state;
	while (setting_next(&reader, &name))
		assert_int_equal(setting_take_sign(&reader, name), reader.line < 4 ? -1 : 0);
	assert_int_equal(reader.count, 3);
	assert_int_equal(mistakes[0].line, 1);
	assert_string_equal(mistakes[0].message, "no '=' after 'x'; a line is like 'x = zoom-in'");
	assert_int_equal(mistakes[1].line, 2);
	assert_string_equal(mistakes[1].message, "no key before '='; a line is like 'x = zoom-in'");
}

/* As /etc/shadow under sudo(8). */
static void what_is_another_file_is_not_repeated(void **state)
{
	struct setting_reader reader =
		read_text("root:$y$j9T$secret:19000:0:99999:7:::\nsecond line\nthird=line\n");
	struct setting_word name;

	(void)state;
	while (setting_next(&reader, &name))
		setting_mistake(&reader, "unknown key %s", setting_quote(name).text);
	assert_int_equal(reader.count, 3);
	assert_int_equal(mistakes[0].line, 1);
	assert_string_equal(mistakes[0].message,
			    "this is not a valid key; a line is like 'x = zoom-in'");
	assert_string_equal(mistakes[1].message, "");
}

static void quotes_are_short_and_printable(void **state)
{
	struct setting_word word = {"a\x1b\xff", 3};

	(void)state;
	assert_string_equal(setting_quote(word).text, "'a\\x1b\\xff'");
	word = (struct setting_word){"abcdefghijklmnopqrstuvwxyz", 26};
	assert_string_equal(setting_quote(word).text, "'abcdefghijklmnopqrstuvwx...'");
	/* A character is not cut in two. */
	word = (struct setting_word){"abcdefghijklmnopqrstuvw\xc3\xa4", 25};
	assert_string_equal(setting_quote(word).text, "'abcdefghijklmnopqrstuvw...'");
}

static void mistakes_name_the_line(void **state)
{
	struct setting_reader reader = read_text("\na = b");
	struct setting_word name;

	(void)state;
	assert_true(setting_next(&reader, &name));
	assert_int_equal(setting_mistake_twice(&reader, name, 1), -1);
	assert_int_equal(mistakes[0].line, 2);
	assert_string_equal(mistakes[0].message, "'a' is already set on line 1; keep one of them");
}

static void finds_whole_names_only(void **state)
{
	static const char *const names[] = {"on", "off"};

	(void)state;
	assert_int_equal(setting_find((struct setting_word){"off", 3}, names, 2), 1);
	assert_int_equal(setting_find((struct setting_word){"of", 2}, names, 2), 2);
	assert_int_equal(setting_find((struct setting_word){"offs", 4}, names, 2), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_have_a_name_and_words),
		cmocka_unit_test(the_sign_can_be_a_name),
		cmocka_unit_test(a_sign_that_is_missing_is_told),
		cmocka_unit_test(what_is_another_file_is_not_repeated),
		cmocka_unit_test(quotes_are_short_and_printable),
		cmocka_unit_test(mistakes_name_the_line),
		cmocka_unit_test(finds_whole_names_only),
	};

	return cmocka_run_group_tests_name("setting", tests, NULL, NULL);
}
