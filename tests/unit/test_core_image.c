/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core_bytes.h"

#include <errno.h>

#include "core/core_image.h"
#include "inside/memory_reader.h"
#include "model/file_identity.h"

static unsigned closed;

static void count_close(void *context)
{
	(void)context;
	closed++;
}

static struct core_image *open_made(const struct core_made *made)
{
	struct core_image *image;

	assert_int_equal(core_image_open(&made->reader, count_close, &image), 0);
	return image;
}

static void reads_what_the_file_has(void **state)
{
	struct core_bytes bytes;
	struct core_made made;
	struct core_image *image;
	struct memory_reader reader;
	char read[3 * CORE_PAGE];
	uint8_t absent[1];

	(void)state;
	core_bytes_init(&bytes);
	memset(bytes.heap, 'h', sizeof(bytes.heap));
	core_made_init(&made, &bytes.core);
	image = open_made(&made);
	reader = core_image_reader(image);
	assert_int_equal(reader.page_size, CORE_PAGE);
	/* Unmapped below, then the first page of the heap, from the midst of a page. */
	assert_int_equal(reader.read(reader.context, CORE_HEAP - 8, read, 16, absent), 0);
	assert_int_equal(absent[0] & 3, 1);
	assert_memory_equal(read, "\0\0\0\0\0\0\0\0hhhhhhhh", 16);
	/* Of the program only the first page is in the file. */
	assert_int_equal(reader.read(reader.context, CORE_TEXT, read, 3 * CORE_PAGE, absent), 0);
	assert_int_equal(absent[0] & 7, 2);
	assert_memory_equal(read, ELFMAG, SELFMAG);
	assert_int_equal(reader.read(reader.context, UINT64_MAX - 4, read, 8, absent), -EINVAL);
	kept_memory_release(&image->kept);
	free(made.bytes);
}

/* Of a mapped file only whole pages that are there can be read, and no other names and offsets. */
static void a_mapped_file_is_read_where_it_is_there(void **state)
{
	const struct core_file_range *begin;
	struct core_mapped mapped = {.start = 0};
	struct core_bytes bytes;
	struct file_reader file;
	char read[2 * CORE_PAGE];
	struct core_made made;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	mapped.image = open_made(&made);
	assert_null(core_image_begin_of(mapped.image, "/usr/bin/another"));
	begin = core_image_begin_of(mapped.image, CORE_PROGRAM_NAME);
	assert_non_null(begin);
	assert_int_equal(begin->start, CORE_TEXT);
	file = core_image_mapped(&mapped, begin);
	assert_int_equal(file.size, 2 * CORE_PAGE);
	assert_int_equal(file.read(file.context, 0, read, CORE_PAGE), 0);
	assert_memory_equal(read, &bytes.program, CORE_PAGE);
	assert_int_equal(file.read(file.context, CORE_PAGE - 8, read, 8), 0);
	assert_int_equal(file.read(file.context, CORE_PAGE - 8, read, 9), -ENODATA);
	assert_int_equal(file.read(file.context, CORE_PAGE, read, 1), -ENODATA);
	assert_int_equal(file.read(file.context, 0, read, 2 * CORE_PAGE), -ENODATA);
	kept_memory_release(&mapped.image->kept);
	free(made.bytes);
}

static void skips_what_it_does_not_have(void **state)
{
	struct core_bytes bytes;
	struct core_made made;
	struct core_image *image;
	uint64_t at = CORE_TEXT + 5;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	image = open_made(&made);
	assert_int_equal(image->kept.operations->advance(&image->kept, CORE_STACK, &at), 1);
	assert_int_equal(at, CORE_TEXT + 5);
	at = CORE_TEXT + CORE_PAGE;
	assert_int_equal(image->kept.operations->advance(&image->kept, CORE_STACK, &at), 1);
	assert_int_equal(at, CORE_DATA);
	at = CORE_THREAD - CORE_PAGE;
	assert_int_equal(image->kept.operations->advance(&image->kept, CORE_THREAD, &at), 0);
	assert_int_equal(at, CORE_THREAD);
	kept_memory_release(&image->kept);
	free(made.bytes);
}

static void knows_the_builds_of_files(void **state)
{
	struct core_bytes bytes;
	struct core_made made;
	struct core_image *image;
	struct build_id id = {0};

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	image = open_made(&made);
	assert_int_equal(image->kept.operations->build_id(&image->kept, CORE_PROGRAM_NAME, &id), 0);
	assert_int_equal(id.size, 20);
	assert_int_equal(id.bytes[19], 20);
	assert_int_equal(image->kept.operations->build_id(&image->kept, "/other", &id), -ENOENT);
	kept_memory_release(&image->kept);
	free(made.bytes);
	/* The page with it is not in the file. */
	bytes.segments[0].kept = 0;
	core_made_init(&made, &bytes.core);
	image = open_made(&made);
	assert_int_equal(image->kept.operations->build_id(&image->kept, CORE_PROGRAM_NAME, &id),
			 -ENOENT);
	kept_memory_release(&image->kept);
	free(made.bytes);
}

/* A page of which the file has a part is not there, nor what is cut off later. */
static void whole_pages_count(void **state)
{
	struct core_bytes bytes;
	struct core_made made;
	struct core_image *image;
	struct memory_reader reader;
	char read[2 * CORE_PAGE];
	uint8_t absent[1];

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	core_made_cut(&made, made.file.size - 6 * CORE_PAGE - 1);
	image = open_made(&made);
	reader = core_image_reader(image);
	assert_int_equal(reader.read(reader.context, CORE_STACK, read, 2 * CORE_PAGE, absent), 0);
	assert_int_equal(absent[0] & 3, 2);
	kept_memory_release(&image->kept);
	free(made.bytes);
}

static void closes_its_file_once(void **state)
{
	struct core_bytes bytes;
	struct core_made made;
	struct core_image *image;

	(void)state;
	closed = 0;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	image = open_made(&made);
	kept_memory_hold(&image->kept);
	kept_memory_release(&image->kept);
	assert_int_equal(closed, 0);
	kept_memory_release(&image->kept);
	assert_int_equal(closed, 1);
	core_made_cut(&made, 10);
	assert_int_equal(core_image_open(&made.reader, count_close, &image), -ENOEXEC);
	assert_int_equal(closed, 2);
	free(made.bytes);
}

static void leaves_out_what_is_no_pages(void **state)
{
	struct core_bytes bytes;
	struct core_made made;
	struct core_image *image;

	(void)state;
	core_bytes_init(&bytes);
	bytes.segments[0].end -= 1;
	core_made_init(&made, &bytes.core);
	image = open_made(&made);
	assert_int_equal(image->headers.skipped, 1);
	assert_int_equal(image->headers.segments[0].start, CORE_DATA);
	kept_memory_release(&image->kept);
	free(made.bytes);
	bytes.core.segment_count = 1;
	bytes.core.file_count = 0;
	core_made_init(&made, &bytes.core);
	assert_int_equal(core_image_open(&made.reader, NULL, &image), -ENODATA);
	free(made.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_the_file_has),
		cmocka_unit_test(a_mapped_file_is_read_where_it_is_there),
		cmocka_unit_test(skips_what_it_does_not_have),
		cmocka_unit_test(knows_the_builds_of_files),
		cmocka_unit_test(whole_pages_count),
		cmocka_unit_test(closes_its_file_once),
		cmocka_unit_test(leaves_out_what_is_no_pages),
	};

	return cmocka_run_group_tests_name("core_image", tests, NULL, NULL);
}
