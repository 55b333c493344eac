/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/place.h"
#include "support/sample.h"
#include "ui/text/place_words.h"

static void check_in(struct address_space *space, const char *expression, const char *expected)
{
	struct place_mistake mistake;
	struct text text = {0};
	uint64_t address;

	assert_int_not_equal(place_find(space, expression, strlen(expression), &address, &mistake),
			     0);
	place_words_append(&text, space, expression, &mistake);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	address_space_destroy(space);
}

static void check(const char *expression, const char *expected)
{
	check_in(sample_python(), expression, expected);
}

static void each_mistake_is_a_sentence(void **state)
{
	(void)state;
	check("", "An address or a name, please: 7f12a000, heap+0x100, libc.");
	check("heap+", "A number or a name is missing at column 6.");
	check("heap 1", "A + or - is missing before '1'.");
	check("12xyz", "No number: '12xyz'.");
	check("heap+1f", "Decimal, or 0x for hexadecimal: '1f'.");
	check("0-1", "No address: it must lie between 0 and 2^64.");
	check("1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1", "Too long: at most 16 numbers and names.");
	check("stack:1", "'stack:1' is not there: this process has none, or it is not known.");
}

static void names_are_suggested(void **state)
{
	(void)state;
	check("hepa+1", "Nothing is called 'hepa'; did you mean heap?");
	check("labc", "Nothing is called 'labc'; did you mean libc?");
	check("zzzzzz", "Nothing is called 'zzzzzz': try a file's name, heap, stack or program.");
}

static void what_could_be_meant_is_listed(void **state)
{
	(void)state;
	check("heap+lib", "'lib' is several: libm.so.6, libc.so.6?");
}

static void files_of_one_name_go_by_their_addresses(void **state)
{
	struct address_space *space = sample_python();
	struct place_mistake mistake = {.fault = PLACE_NAME_SEVERAL,
					.length = 1,
					.meant = {&space->vmas[0], &space->vmas[1]},
					.meant_count = 2,
					.meant_more = true};
	struct text text = {0};

	(void)state;
	place_words_append(&text, space, "p", &mistake);
	assert_string_equal(text_string(&text),
			    "'p' is several: python3.11 at 55b5c3c00000, python3.11 at "
			    "55b5c3c6a000 or others?");
	text_finish(&text);
	address_space_destroy(space);
}

static void what_was_typed_is_escaped_and_cut(void **state)
{
	(void)state;
	check_in(sample_hostile(), "a\033[2Jb",
		 "Nothing is called 'a\\x1b[2Jb': try a file's "
		 "name, heap, stack or program.");
	check("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
	      "Nothing is called 'zzzzzzzzzzzzzzzzzzzzzzzz...': try a file's name, heap, stack or "
	      "program.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_is_a_sentence),
		cmocka_unit_test(names_are_suggested),
		cmocka_unit_test(what_could_be_meant_is_listed),
		cmocka_unit_test(files_of_one_name_go_by_their_addresses),
		cmocka_unit_test(what_was_typed_is_escaped_and_cut),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("place_words", tests, NULL, NULL);
}
