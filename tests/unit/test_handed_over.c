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
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/text.h"
#include "files/handed_over.h"

/* What write(2) does: so many bytes at most, or an error; 0 at the end: all that are left. */
static const int *writes;

ssize_t write(int descriptor, const void *bytes, size_t size)
{
	const int next = writes && *writes ? *writes++ : 0;

	if (next < 0) {
		errno = -next;
		return next == -ENODATA ? 0 : -1;
	}
	return syscall(SYS_write, descriptor, bytes,
		       next && (size_t)next < size ? (size_t)next : size);
}

static bool is_mapped(const char *name)
{
	FILE *file = fopen("/proc/self/maps", "re");
	char line[4096];
	bool found = false;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		found |= strstr(line, name) != NULL;
	fclose(file);
	return found;
}

/* What was read takes no memory any more, here or in the file. */
static void what_is_read_is_let_go(void **state)
{
	int file = handed_over_create("vastop-test-read");
	struct text bytes = {0}, read = {0};
	const char *mapped;
	struct stat stat;

	(void)state;
	text_append(&read, "before");
	text_append(&bytes, "bytes");
	assert_int_equal(handed_over_write(file, &bytes), 0);
	assert_int_equal(handed_over_read(file, 5, 5, &read), 0);
	assert_string_equal(text_string(&read), "bytes");
	assert_int_equal(fstat(file, &stat), 0);
	assert_int_equal(stat.st_blocks, 0);
	assert_int_equal(stat.st_size, 5);
	assert_false(is_mapped("vastop-test-read"));
	assert_int_equal(handed_over_map(file, 5, &mapped), 0);
	assert_true(is_mapped("vastop-test-read"));
	handed_over_unmap(file, mapped, 5);
	assert_false(is_mapped("vastop-test-read"));
	close(file);
	text_finish(&bytes);
	text_finish(&read);
}

static void all_is_written_in_pieces(void **state)
{
	static const struct {
		int writes[5], error;
	} cases[] = {{{1, 2, 0}, 0},
		     {{-EINTR, 1, -EINTR, 3, 0}, 0},
		     {{1, -ENOSPC, 0}, -ENOSPC},
		     {{2, -ENODATA, 0}, -EIO}}; /* ENODATA stands for nothing written */

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int file = handed_over_create("vastop-test");
		struct text bytes = {0}, read = {0};

		text_append(&bytes, "some bytes");
		writes = cases[i].writes;
		assert_int_equal(handed_over_write(file, &bytes), cases[i].error);
		assert_int_equal(*writes, 0);
		writes = NULL;
		if (!cases[i].error) {
			assert_int_equal(handed_over_read(file, 10, 10, &read), 0);
			assert_string_equal(text_string(&read), "some bytes");
		}
		close(file);
		text_finish(&bytes);
		text_finish(&read);
	}
}

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
		cmocka_unit_test(what_is_read_is_let_go),
		cmocka_unit_test(all_is_written_in_pieces),
		cmocka_unit_test(a_size_that_is_not_so_is_refused),
		cmocka_unit_test(no_file_is_an_error),
	};

	return cmocka_run_group_tests_name("handed_over", tests, NULL, NULL);
}
