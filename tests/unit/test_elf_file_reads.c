/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Reads that are interrupted, short or fail: pread(2) and preadv2(2) are the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "files/elf_file.h"
#include "inside/file_reader.h"

#define DESCRIPTOR 77

/* What each read gives: a number of bytes, or a negative error. */
static struct {
	int results[8];
	int reads;
	size_t sizes[8];
	off_t offsets[8];
} kernel;

ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset)
{
	int result;

	assert_int_equal(descriptor, DESCRIPTOR);
	assert_true(kernel.reads < 8);
	result = kernel.results[kernel.reads];
	kernel.sizes[kernel.reads] = size;
	kernel.offsets[kernel.reads++] = offset;
	errno = EINTR; /* which says nothing of what succeeds */
	if (result < 0) {
		errno = -result;
		return -1;
	}
	assert_true((size_t)result <= size);
	for (int i = 0; i < result; i++)
		((char *)bytes)[i] = (char)('a' + offset + i);
	return result;
}

ssize_t preadv2(int descriptor, const struct iovec *parts, int count, off_t offset, int flags)
{
	assert_int_equal(count, 1);
	assert_int_equal(flags, RWF_NOWAIT);
	return pread(descriptor, parts->iov_base, parts->iov_len, offset);
}

static int read_five(const int *results, size_t count, char *bytes)
{
	static const int descriptor = DESCRIPTOR;
	const struct file_reader file = elf_file_reader(&descriptor, 100);

	memset(&kernel, 0, sizeof(kernel));
	memcpy(kernel.results, results, count * sizeof(*results));
	memset(bytes, 0, 6);
	assert_int_equal(file.size, 100);
	return file.read(file.context, 3, bytes, 5);
}

static void short_reads_are_continued(void **state)
{
	char bytes[6];

	(void)state;
	assert_int_equal(read_five((int[]){5}, 1, bytes), 0);
	assert_int_equal(kernel.reads, 1);
	assert_string_equal(bytes, "defgh");
	assert_int_equal(read_five((int[]){2, -EINTR, 1, 2}, 4, bytes), 0);
	assert_string_equal(bytes, "defgh");
	assert_int_equal(kernel.reads, 4);
	assert_int_equal(kernel.offsets[1], 5);
	assert_int_equal(kernel.sizes[1], 3);
	assert_int_equal(kernel.offsets[2], 5);
	assert_int_equal(kernel.offsets[3], 6);
	assert_int_equal(kernel.sizes[3], 2);
}

static void errors_and_ends_are_told(void **state)
{
	char bytes[6];

	(void)state;
	assert_int_equal(read_five((int[]){-EIO}, 1, bytes), -EIO);
	assert_int_equal(kernel.reads, 1);
	assert_int_equal(read_five((int[]){4, -EISDIR}, 2, bytes), -EISDIR);
	assert_int_equal(read_five((int[]){0}, 1, bytes), -ENODATA);
	assert_int_equal(kernel.reads, 1);
	assert_int_equal(read_five((int[]){4, 0}, 2, bytes), -ENODATA);
	assert_int_equal(kernel.reads, 2);
}

/* The header comes in two parts, and says that this is none. */
static void what_is_cached_is_read(void **state)
{
	static const int errors[] = {-EAGAIN, -EOPNOTSUPP, -EIO};
	struct elf_image *image = NULL;

	(void)state;
	memset(&kernel, 0, sizeof(kernel));
	kernel.results[0] = 60;
	kernel.results[1] = 4;
	assert_int_equal(elf_file_read_cached(DESCRIPTOR, &image), -ENOEXEC);
	assert_int_equal(kernel.reads, 2);
	assert_int_equal(kernel.offsets[1], 60);
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		memset(&kernel, 0, sizeof(kernel));
		kernel.results[0] = 60;
		kernel.results[1] = errors[i];
		assert_int_equal(elf_file_read_cached(DESCRIPTOR, &image), errors[i]);
	}
	assert_null(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_reads_are_continued),
		cmocka_unit_test(errors_and_ends_are_told),
		cmocka_unit_test(what_is_cached_is_read),
	};

	return cmocka_run_group_tests_name("elf_file_reads", tests, NULL, NULL);
}
