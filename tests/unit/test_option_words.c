/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "app/option_words.h"
#include "app/options.h"

static void every_word_is_found_again(void **state)
{
	struct option_mistake mistake;
	const char *word;

	(void)state;
	for (enum option_words words = OPTION_WORDS_NONE + 1; words <= OPTION_WORDS_FIELDS;
	     words++) {
		assert_non_null(option_word(words, 0));
		for (int i = 0; (word = option_word(words, (size_t)i)) != NULL; i++)
			assert_int_equal(option_word_find(words, word, &mistake), i);
	}
	assert_null(option_word(OPTION_WORDS_NONE, 0));
	assert_int_equal(option_word_find(OPTION_WORDS_FORMAT, "json", &mistake), FORMAT_JSON);
	assert_int_equal(option_word_find(OPTION_WORDS_COLOUR, "never", &mistake), COLOUR_NEVER);
	assert_int_equal(option_word_find(OPTION_WORDS_SCALE, "equal", &mistake), SCALE_EQUAL);
	assert_null(option_word(OPTION_WORDS_FORMAT, FORMAT_COUNT));
}

static void other_words_are_refused(void **state)
{
	struct option_mistake mistake = {.wrong = ""};

	(void)state;
	assert_int_equal(option_word_find(OPTION_WORDS_SCALE, "lo", &mistake), -1);
	assert_string_equal(mistake.allowed, "log, linear or equal");
	assert_null(mistake.wrong);
	assert_int_equal(option_word_find(OPTION_WORDS_BACKGROUND, "", &mistake), -1);
	assert_string_equal(mistake.allowed, "light or dark");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_is_found_again),
		cmocka_unit_test(other_words_are_refused),
	};

	return cmocka_run_group_tests_name("option_words", tests, NULL, NULL);
}
