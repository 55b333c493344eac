/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inside/file_reader.h"

static void reads_what_lies_in_the_file(void **state)
{
	const struct file_bytes file = {"0123456789", 10};
	const struct file_reader reader = file_reader_of_bytes(&file);
	char bytes[10];

	(void)state;
	assert_int_equal(file_reader_read(&reader, 3, bytes, 4), 0);
	assert_memory_equal(bytes, "3456", 4);
	assert_int_equal(file_reader_read(&reader, 0, bytes, 10), 0);
	assert_int_equal(file_reader_read(&reader, 10, bytes, 0), 0);
}

static void nothing_lies_beyond_the_end(void **state)
{
	const struct file_bytes file = {"0123456789", 10};
	const struct file_reader reader = file_reader_of_bytes(&file);
	char bytes[11];

	(void)state;
	assert_int_equal(file_reader_read(&reader, 0, bytes, 11), -ENODATA);
	assert_int_equal(file_reader_read(&reader, 11, bytes, 0), -ENODATA);
	assert_int_equal(file_reader_read(&reader, UINT64_MAX, bytes, 2), -ENODATA);
	assert_int_equal(file_reader_read(&reader, 2, bytes, SIZE_MAX), -ENODATA);
}

static void loads_strings_and_ends_them(void **state)
{
	const struct file_bytes file = {"0123456789", 10};
	const struct file_reader reader = file_reader_of_bytes(&file);
	char *bytes = NULL;

	(void)state;
	assert_int_equal(file_reader_load(&reader, 6, 4, 4, &bytes), 0);
	assert_string_equal(bytes, "6789");
	free(bytes);
	bytes = NULL;
	assert_int_equal(file_reader_load(&reader, 6, 4, 3, &bytes), -EFBIG);
	/* What the file does not have is never allocated. */
	assert_int_equal(file_reader_load(&reader, 6, UINT64_MAX, UINT64_MAX, &bytes), -ENODATA);
	assert_null(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_lies_in_the_file),
		cmocka_unit_test(nothing_lies_beyond_the_end),
		cmocka_unit_test(loads_strings_and_ends_them),
	};

	return cmocka_run_group_tests_name("file_reader", tests, NULL, NULL);
}
