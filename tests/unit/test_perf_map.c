/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inside/file_reader.h"
#include "inside/inside_object.h"
#include "inside/perf_map.h"

static int read_map(const char *text, struct inside_object **ret_object)
{
	const struct file_bytes bytes = {text, strlen(text)};
	const struct file_reader file = file_reader_of_bytes(&bytes);

	return perf_map_read(&file, ret_object);
}

/* "NAME START-END" for each symbol, a line each. */
static void check(const char *text, const char *expected)
{
	struct inside_object *object = NULL;
	char found[1024] = "";

	assert_int_equal(read_map(text, &object), *expected ? 0 : -ENOENT);
	for (size_t i = 0; object && i < object->symbols.symbol_count; i++) {
		const struct inside_symbol *symbol = &object->symbols.symbols[i];
		size_t length = strlen(found);

		snprintf(found + length, sizeof(found) - length, "%s %llx-%llx\n", symbol->shown,
			 (unsigned long long)symbol->start, (unsigned long long)symbol->end);
		assert_int_equal(symbol->kind, INSIDE_FUNCTION);
	}
	assert_string_equal(found, expected);
	inside_object_unref(object);
}

static void has_functions_where_the_runtime_put_them(void **state)
{
	struct inside_object *object;

	(void)state;
	check("7f0000002000 20 second\n7f0000001000 100 LazyCompile:~a b /x.js:1\n",
	      "LazyCompile:~a b /x.js:1 7f0000001000-7f0000001100\n"
	      "second 7f0000002000-7f0000002020\n");
	/* As jcmd PID Compiler.perfmap writes them. */
	check("0x00007f0cc8ef3ea0 0x0000000000000098 int a.b.c()\n",
	      "int a.b.c() 7f0cc8ef3ea0-7f0cc8ef3f38\n");
	check("0x 10 a\n0x10 0x a\n", "");
	assert_int_equal(read_map("1000 10 a\n", &object), 0);
	assert_int_equal(object->source, INSIDE_SOURCE_PERF_MAP);
	assert_int_equal(object->sections.count, 0);
	inside_object_unref(object);
}

/* Whoever reuses some bytes of a function ends it, be it that he is gone, too. */
static void later_lines_win(void **state)
{
	(void)state;
	check("1000 100 old\n1000 100 new\n", "new 1000-1100\n");
	check("1000 100 old\n10f0 100 new\n", "new 10f0-11f0\n");
	check("1000 100 first\n1080 100 second\n1100 100 third\n", "third 1100-1200\n");
	check("1000 100 old\n1080 10 new\n2000 10 other\n", "new 1080-1090\nother 2000-2010\n");
	check("1080 10 inner\n1000 100 new\n", "new 1000-1100\n");
	check("1000 10 a\n1000 10 b\n1000 10 c\n1010 10 d\n", "c 1000-1010\nd 1010-1020\n");
	check("1000 10 a\n1010 10 b\n1020 10 c\n", "a 1000-1010\nb 1010-1020\nc 1020-1030\n");
}

static void lines_that_are_none_are_left_out(void **state)
{
	(void)state;
	check("", "");
	check("1000 10 not ended", "");
	check("1000 10 a\n2000 10 not ended", "a 1000-1010\n");
	check("x\n\n1000\n1000 10\n1000 10 \n1000 0 a\n-1 10 a\n1000  10 a\n", "");
	check("ffffffffffffffff 1 last\nffffffffffffffff 2 beyond\n11111111111111111 1 long\n", "");
	check("fffffffffffffffe 1 last\n", "last fffffffffffffffe-ffffffffffffffff\n");
}

static int read_nothing(void *context, uint64_t offset, void *bytes, size_t size)
{
	(void)context, (void)offset, (void)bytes, (void)size;
	return -EIO;
}

static void says_why_it_is_not_read(void **state)
{
	struct file_reader file = {.read = read_nothing, .size = 10};
	struct inside_object *object = NULL;

	(void)state;
	assert_int_equal(perf_map_read(&file, &object), -EIO);
	file.size = PERF_MAP_BYTES_MAX + 1;
	assert_int_equal(perf_map_read(&file, &object), -EFBIG);
	assert_null(object);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_functions_where_the_runtime_put_them),
		cmocka_unit_test(later_lines_win),
		cmocka_unit_test(lines_that_are_none_are_left_out),
		cmocka_unit_test(says_why_it_is_not_read),
	};

	return cmocka_run_group_tests_name("perf_map", tests, NULL, NULL);
}
