/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "config.h"
#include "inside/demangle.h"

static void skip_without_library(void)
{
#ifndef HAVE_LIBIBERTY
	skip();
#endif
}

static void assert_shown(const char *name, const char *shown)
{
	struct text text = {0};

	text_append(&text, "before ");
	assert_int_equal(demangle_append(&text, name, strlen(name)), shown != NULL);
	assert_int_equal(strncmp(text_string(&text), "before ", 7), 0);
	assert_string_equal(text_string(&text) + 7, shown ? shown : "");
	assert_int_equal(strlen(text_string(&text)), text.length);
	text_finish(&text);
}

static void shows_names_as_people_write_them(void **state)
{
	(void)state;
	skip_without_library();
	assert_shown("_ZN3fooIiE3barEPc", "foo<int>::bar(char*)");
	assert_shown("_ZNSt6vectorIiSaIiEE9push_backERKi",
		     "std::vector<int, std::allocator<int> >::push_back(int const&)");
	assert_shown("_ZN4core3fmt9Formatter3pad17h0123456789abcdefE", "core::fmt::Formatter::pad");
	assert_shown("_RNvC7mycrate3foo", "mycrate::foo");
}

static void other_names_stay_as_they_are(void **state)
{
	static const char *const names[] = {
		"main", "", "_", "_Z", "_R", "_Znonsense", "_ZN3foo", "_RNv", "__Z3foov", "_Reset",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_shown(names[i], NULL);
}

static void only_what_is_asked_about_is_read(void **state)
{
	struct text text = {0};

	(void)state;
	skip_without_library();
	assert_true(demangle_append(&text, "_Z3foov@@V_1", 7));
	assert_string_equal(text_string(&text), "foo()");
	text_finish(&text);
}

/* Each argument repeats the one before twice: a hundred bytes stand for many gigabytes. */
static void what_comes_out_is_bounded(void **state)
{
	struct text name = {0};

	(void)state;
	text_append(&name, "_Z1f1AIiiE");
	for (int i = 0; i < 34; i++)
		text_append_format(&name, "S_IS%c_S%c_E", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i],
				   "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i]);
	assert_shown(text_string(&name), NULL);
	text_clear(&name);
	text_append(&name, "_Z");
	for (int i = 0; i < DEMANGLE_NAME_MAX; i++)
		text_append_char(&name, 'P');
	assert_shown(text_string(&name), NULL);
	text_finish(&name);
}

/* What stands before it in the text is not part of the name, however long. */
static void only_the_name_is_bounded(void **state)
{
	struct text text = {0};
	size_t before;

	(void)state;
	skip_without_library();
	while (text.length <= 2 * DEMANGLE_SHOWN_MAX)
		text_append(&text, "before ");
	before = text.length;
	assert_true(demangle_append(&text, "_ZN3fooIiE3barEPc", 17));
	assert_string_equal(text_string(&text) + before, "foo<int>::bar(char*)");
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_names_as_people_write_them),
		cmocka_unit_test(other_names_stay_as_they_are),
		cmocka_unit_test(only_what_is_asked_about_is_read),
		cmocka_unit_test(what_comes_out_is_bounded),
		cmocka_unit_test(only_the_name_is_bounded),
	};

	return cmocka_run_group_tests_name("demangle", tests, NULL, NULL);
}
