/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/target.h"
#include "model/usage_flag.h"
#include "model/usage_list.h"

static void every_flag_has_two_letters_and_words(void **state)
{
	size_t count = 0;

	(void)state;
	for (; usage_flag_name(count); count++) {
		assert_int_equal(strlen(usage_flag_name(count)), 2);
		assert_true(strlen(usage_flag_words(count)) > 4);
		for (size_t i = 0; i < count; i++) {
			assert_string_not_equal(usage_flag_name(i), usage_flag_name(count));
			assert_string_not_equal(usage_flag_words(i), usage_flag_words(count));
		}
	}
	assert_true(count > 30 && count < 64);
	assert_null(usage_flag_words(count));
	assert_null(usage_flag_name(SIZE_MAX));
	assert_int_equal(usage_flag_bit("rd"), 1);
	assert_int_equal(usage_flag_bit("ex"), 4);
}

static void hugetlb_is_what_the_flag_or_large_pages_say(void **state)
{
	struct usage usage = usage_unknown();

	(void)state;
	assert_false(usage_is_hugetlb(&usage, 4096));
	usage.page_size = 4096;
	assert_false(usage_is_hugetlb(&usage, 4096));
	usage.page_size = 2 << 20;
	assert_true(usage_is_hugetlb(&usage, 4096));
	/* The flag is sure: devices have large pages, too. */
	usage.flags = usage_flag_bit("rd");
	assert_false(usage_is_hugetlb(&usage, 4096));
	usage.flags |= usage_flag_bit("ht");
	usage.page_size = 4096;
	assert_true(usage_is_hugetlb(&usage, 4096));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_flag_has_two_letters_and_words),
		cmocka_unit_test(hugetlb_is_what_the_flag_or_large_pages_say),
	};

	return cmocka_run_group_tests_name("usage_flag", tests, NULL, NULL);
}
