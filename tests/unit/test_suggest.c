/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "screen/suggest.h"

static const char *const words[] = {"red", "blue", "black", "bold", "kind-thread-stack", "muted"};

static const char *suggest(const char *written)
{
	return suggest_word(written, strlen(written), words, sizeof(words) / sizeof(words[0]));
}

static void knows_what_was_meant(void **state)
{
	(void)state;
	assert_string_equal(suggest("blu"), "blue");                           /* left out */
	assert_string_equal(suggest("rerd"), "red");                           /* added */
	assert_string_equal(suggest("mused"), "muted");                        /* changed */
	assert_string_equal(suggest("bleu"), "blue");                          /* swapped */
	assert_string_equal(suggest("RED"), "red");                            /* another case */
	assert_string_equal(suggest("kind-tread-stakc"), "kind-thread-stack"); /* two at once */
}

static void does_not_guess_wildly(void **state)
{
	char endless[4096];

	(void)state;
	memset(endless, 'b', sizeof(endless));
	assert_null(suggest("xyz"));
	assert_null(suggest("re1d2"));
	assert_null(suggest("\xff\xfe"));
	assert_null(suggest_word("", 0, words, 6));
	assert_null(suggest_word(endless, sizeof(endless), words, 6));
	assert_null(suggest_word("red", 3, words, 0));
}

static void prefers_the_nearest_then_the_first(void **state)
{
	const char *const near[] = {"abcd", "abcf", "abce"};

	(void)state;
	assert_string_equal(suggest_word("abcx", 4, near, 3), "abcd");
	assert_string_equal(suggest_word("abce", 4, near, 3), "abce");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_what_was_meant),
		cmocka_unit_test(does_not_guess_wildly),
		cmocka_unit_test(prefers_the_nearest_then_the_first),
	};

	return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
