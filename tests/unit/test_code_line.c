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
#include "inside/code_line.h"

static void records_come_back(void **state)
{
	const struct code_line lines[] = {
		{0, 12, "inner(int)", "/src/a.h"},
		{0, 99, "outer", "/src/a.c"},
		{7, 0, "", ""},
	};
	struct text bytes = {0};
	struct code_line line;
	const char *at, *end;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		code_line_append(&bytes, &lines[i]);
	at = bytes.bytes;
	end = at + bytes.length;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(code_line_take(&at, end, &line), 0);
		assert_int_equal(line.index, lines[i].index);
		assert_int_equal(line.line, lines[i].line);
		assert_string_equal(line.function, lines[i].function);
		assert_string_equal(line.file, lines[i].file);
	}
	assert_int_equal(code_line_take(&at, end, &line), -ENODATA);
	text_finish(&bytes);
}

static void what_is_cut_short_is_refused(void **state)
{
	const struct code_line line = {3, 4, "f", "g"};
	struct code_line taken = {.index = 77};
	struct text bytes = {0};

	(void)state;
	code_line_append(&bytes, &line);
	for (size_t length = 1; length < bytes.length; length++) {
		const char *at = bytes.bytes;

		assert_int_equal(code_line_take(&at, bytes.bytes + length, &taken), -EBADMSG);
		assert_ptr_equal(at, bytes.bytes);
		assert_int_equal(taken.index, 77);
	}
	text_finish(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_back),
		cmocka_unit_test(what_is_cut_short_is_refused),
	};

	return cmocka_run_group_tests_name("code_line", tests, NULL, NULL);
}
