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
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "files/handed_over.h"

static void bytes_come_over(void **state)
{
	int file = handed_over_create("vastop-test");
	struct text bytes = {0}, read = {0};
	const char *mapped;
	struct stat stat;

	(void)state;
	assert_true(file >= 0);
	for (int i = 0; i < 5000; i++)
		text_append_format(&bytes, "%d,", i);
	assert_int_equal(handed_over_write(file, &bytes), 0);
	assert_int_equal(handed_over_map(file, bytes.length, &mapped), 0);
	assert_memory_equal(mapped, bytes.bytes, bytes.length);
	assert_int_equal(handed_over_read(file, bytes.length, bytes.length, &read), 0);
	assert_int_equal(read.length, bytes.length);
	assert_memory_equal(read.bytes, bytes.bytes, bytes.length);
	handed_over_unmap(file, mapped, bytes.length);
	assert_int_equal(fstat(file, &stat), 0);
	assert_int_equal(stat.st_blocks, 0);
	close(file);
	text_finish(&bytes);
	text_finish(&read);
}

static void a_size_that_is_not_so_is_refused(void **state)
{
	int file = handed_over_create("vastop-test");
	struct text bytes = {0}, read = {0};
	const char *mapped;

	(void)state;
	text_append(&bytes, "four");
	assert_int_equal(handed_over_write(file, &bytes), 0);
	assert_int_equal(handed_over_map(file, 5, &mapped), -EBADMSG);
	assert_int_equal(handed_over_read(file, 5, 100, &read), -EBADMSG);
	assert_int_equal(handed_over_read(file, 4, 3, &read), -EBADMSG);
	assert_int_equal(handed_over_read(file, 0, 3, &read), 0);
	assert_int_equal(read.length, 0);
	/* From then on nobody can cut it short under who reads it. */
	assert_int_equal(ftruncate(file, 1), -1);
	close(file);
	text_finish(&bytes);
	text_finish(&read);
}

static void no_file_is_an_error(void **state)
{
	struct text bytes = {0};

	(void)state;
	text_append(&bytes, "x");
	assert_int_equal(handed_over_write(-1, &bytes), -EBADF);
	assert_int_equal(handed_over_read(-1, 1, 1, &bytes), -EBADF);
	text_finish(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_come_over),
		cmocka_unit_test(a_size_that_is_not_so_is_refused),
		cmocka_unit_test(no_file_is_an_error),
	};

	return cmocka_run_group_tests_name("handed_over", tests, NULL, NULL);
}
