/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "inside/memory_search.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "ui/text/needle_words.h"

static void a_line_is_text_bytes_or_an_address(void **state)
{
	const uint64_t address = 0x55b5f7c8d010;
	struct address_space *space = sample_python();
	struct memory_needle needle = {0};
	struct text why = {0};

	(void)state;
	assert_int_equal(needle_words_word(space), 8);
	assert_int_equal(needle_words_read(space, "heap", &needle, &why), 0);
	assert_int_equal(needle.size, 4);
	assert_int_equal(needle_words_read(space, "0x7f45", &needle, &why), 0);
	assert_int_equal(needle.size, 2);
	assert_int_equal(needle_words_read(space, "&heap+0x10", &needle, &why), 0);
	assert_int_equal(needle.size, 8);
	assert_memory_equal(needle.bytes, &address, 8);
	assert_int_equal(needle_words_read(space, "\"&heap\"", &needle, &why), 0);
	assert_int_equal(needle.size, 5);
	assert_int_equal(why.length, 0);
	address_space_destroy(space);
}

static void a_mistake_is_a_sentence(void **state)
{
	static const struct {
		const char *line, *sentence;
	} mistakes[] = {
		{"", "Expected a text, bytes as in 0x7f454c46, or an address as in &heap."},
		{"0x1",
		 "Expected pairs of hexadecimal digits after 0x, as in 0x7f454c46; \"0x\" in "
		 "quotation marks is text."},
		{"&hepa", "Unknown name: 'hepa'; did you mean heap?"},
		{"&heap+", "Expected a number or a name at column 7."},
	};
	struct address_space *space = sample_python();
	struct memory_needle needle = {.size = 777};
	char large[MEMORY_NEEDLE_MAX + 2];
	struct text why = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		text_clear(&why);
		assert_int_equal(needle_words_read(space, mistakes[i].line, &needle, &why),
				 -EINVAL);
		assert_string_equal(text_string(&why), mistakes[i].sentence);
	}
	text_clear(&why);
	assert_int_equal(needle_words_read(space, "&", &needle, &why), -EINVAL);
	assert_true(why.length > 0);
	text_clear(&why);
	memset(large, 'a', sizeof(large) - 1);
	large[sizeof(large) - 1] = '\0';
	assert_int_equal(needle_words_read(space, large, &needle, &why), -EINVAL);
	assert_string_equal(text_string(&why),
			    "That is too long; at most 256 bytes are looked for.");
	assert_int_equal(needle.size, 777);
	text_finish(&why);
	address_space_destroy(space);
}

/* A word is as wide as the addresses of the process. */
static void words_are_as_wide_as_addresses(void **state)
{
	struct address_space space = {.user_end = UINT64_C(1) << 32};

	(void)state;
	assert_int_equal(needle_words_word(&space), 4);
	space.user_end++;
	assert_int_equal(needle_words_word(&space), 8);
	space.user_end = 0xc0000000;
	assert_int_equal(needle_words_word(&space), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_text_bytes_or_an_address),
		cmocka_unit_test(a_mistake_is_a_sentence),
		cmocka_unit_test(words_are_as_wide_as_addresses),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("needle_words", tests, NULL, NULL);
}
