/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <stdio.h>
#include <sys/types.h>

#include "dwarf_child.h"
#include "files/dwarf_file.h"
#include "files/dwarf_line.h"
#include "inlined_code.h"
#include "own_debug.h"
#include "own_symbols.h"

static const char *string(const char *bytes)
{
	return bytes ? bytes : "?";
}

/* "FUNCTION FILE LINE;" for each; the context is the address in memory. */
static void look_up(const void *context, struct dwarf_result *result)
{
	int descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC), count = 0;
	struct dwarf_line lines[8];
	struct dwarf_file *file;

	result->error = dwarf_file_open_descriptor(descriptor, &file);
	if (result->error)
		return;
	count = dwarf_line_find(file, (uintptr_t)context - own_symbols_bias(), lines, 8);
	result->error = count < 0 ? count : 0;
	for (int i = 0; i < count; i++) {
		const char *name = strrchr(string(lines[i].file), '/');
		size_t length = strlen(result->text);

		snprintf(result->text + length, sizeof(result->text) - length, "%s %s %u;",
			 string(lines[i].function), name ? name + 1 : string(lines[i].file),
			 (unsigned)lines[i].line);
	}
	dwarf_file_close(file);
	close(descriptor);
}

static void skip_without(const struct dwarf_result *result)
{
	if (!own_debug_has_lines())
		skip();
	assert_int_equal(result->error, 0);
}

static void code_comes_from_a_line(void **state)
{
	struct dwarf_result result =
		dwarf_child_run(look_up, (void *)(uintptr_t)code_comes_from_a_line);
	unsigned line = 0;

	(void)state;
	skip_without(&result);
	assert_int_equal(sscanf(result.text, "code_comes_from_a_line test_dwarf_line.c %u;", &line),
			 1);
	assert_in_range(line, 10, __LINE__);
}

static void inlined_functions_are_told_apart(void **state)
{
	struct dwarf_result result = dwarf_child_run(look_up, inlined_code_label);
	char expected[256];

	(void)state;
	skip_without(&result);
	snprintf(expected, sizeof(expected),
		 "inlined_code_inner inlined_code.h %d;inlined_code_outer inlined_code.h %d;",
		 (int)INLINED_CODE_LINE, (int)INLINED_CODE_CALL_LINE);
	assert_string_equal(result.text, expected);
	assert_int_equal(inlined_code_outer(3), 4);
}

static void other_addresses_have_none(void **state)
{
	static int here;
	struct dwarf_result result = dwarf_child_run(look_up, &here);

	(void)state;
	assert_true(result.error == -ENOENT || result.error == -ELIBACC ||
		    result.error == -ENODATA);
	assert_string_equal(result.text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_comes_from_a_line),
		cmocka_unit_test(inlined_functions_are_told_apart),
		cmocka_unit_test(other_addresses_have_none),
	};

	return cmocka_run_group_tests_name("dwarf_line", tests, NULL, NULL);
}
