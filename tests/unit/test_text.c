/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <wchar.h>

#include "base/text.h"

static void starts_empty(void **state)
{
	struct text text = {0};

	(void)state;
	assert_string_equal(text_string(&text), "");
	text_finish(&text);
}

static void grows_by_every_kind_of_append(void **state)
{
	struct text text = {0};

	(void)state;
	text_append(&text, "ab");
	text_append_char(&text, 'c');
	text_append_bytes(&text, "de\0f", 4);
	text_append_format(&text, "%0200d", 7);
	assert_int_equal(text.length, 207);
	assert_memory_equal(text.bytes, "abcde\0f000", 10);
	assert_int_equal(text.bytes[207], 0);
	text_clear(&text);
	assert_string_equal(text_string(&text), "");
	text_finish(&text);
}

/* A surrogate is no character (printf(3): EILSEQ); what stands before it may have been written. */
static void what_cannot_be_written_leaves_nothing(void **state)
{
	struct text text = {0};

	(void)state;
	text_append(&text, "ab");
	text_append_format(&text, "xyz%lc", (wint_t)0xd800);
	assert_int_equal(text.length, 2);
	assert_string_equal(text_string(&text), "ab");
	assert_string_equal(text.bytes, "ab");
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_empty),
		cmocka_unit_test(grows_by_every_kind_of_append),
		cmocka_unit_test(what_cannot_be_written_leaves_nothing),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
