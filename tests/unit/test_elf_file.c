/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "elf_bytes.h"
#include "files/elf_file.h"
#include "inside/elf_segments.h"
#include "model/elf_image.h"

static int file_of(const void *bytes, size_t size)
{
	int descriptor = memfd_create("elf", MFD_CLOEXEC);

	assert_true(descriptor >= 0);
	assert_int_equal(write(descriptor, bytes, size), size);
	return descriptor;
}

static void reads_the_segments_behind_a_descriptor(void **state)
{
	struct elf_bytes elf = elf_bytes_make();
	struct elf_image *image;
	int descriptor = file_of(&elf, sizeof(elf));

	(void)state;
	assert_int_equal(elf_file_read(descriptor, &image), 0);
	assert_int_equal(image->segment_count, 2);
	/* The position does not matter, and stays. */
	assert_int_equal(lseek(descriptor, 0, SEEK_CUR), sizeof(elf));
	elf_segments_free(image);
	close(descriptor);
}

/* Where the file system cannot tell what it has at hand, nothing is read. */
static void reads_the_same_from_the_cache(void **state)
{
	struct elf_bytes elf = elf_bytes_make();
	struct elf_image *image;
	int descriptor = open(".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), error;

	(void)state;
	if (descriptor < 0)
		skip();
	assert_int_equal(write(descriptor, &elf, sizeof(elf)), sizeof(elf));
	error = elf_file_read_cached(descriptor, &image);
	close(descriptor);
	if (error == -EOPNOTSUPP)
		skip();
	assert_int_equal(error, 0);
	assert_int_equal(image->segment_count, 2);
	elf_segments_free(image);
}

static void a_file_that_ends_early_is_no_object(void **state)
{
	struct elf_bytes elf = elf_bytes_make();
	struct elf_image *image = NULL;
	int descriptor = file_of(&elf, sizeof(elf) - 1);

	(void)state;
	assert_int_equal(elf_file_read(descriptor, &image), -ENOEXEC);
	assert_null(image);
	close(descriptor);
}

static void a_reader_tells_what_is_no_longer_there(void **state)
{
	int descriptor = file_of("0123456789", 10);
	struct file_reader reader = elf_file_reader(&descriptor, 10);
	char bytes[4] = "";

	(void)state;
	assert_int_equal(file_reader_read(&reader, 6, bytes, 4), 0);
	assert_memory_equal(bytes, "6789", 4);
	assert_int_equal(ftruncate(descriptor, 8), 0);
	assert_int_equal(file_reader_read(&reader, 6, bytes, 4), -ENODATA);
	close(descriptor);
}

static void tells_the_error_of_reading(void **state)
{
	int directory = high_descriptor(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	struct elf_image *image = NULL;

	(void)state;
	assert_int_equal(elf_file_read(directory, &image), -EISDIR);
	assert_int_equal(elf_file_read(-1, &image), -EBADF);
	close(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_segments_behind_a_descriptor),
		cmocka_unit_test(reads_the_same_from_the_cache),
		cmocka_unit_test(a_file_that_ends_early_is_no_object),
		cmocka_unit_test(a_reader_tells_what_is_no_longer_there),
		cmocka_unit_test(tells_the_error_of_reading),
	};

	return cmocka_run_group_tests_name("elf_file", tests, NULL, NULL);
}
