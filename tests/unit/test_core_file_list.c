/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/core_file_list.h"

struct note {
	uint64_t count, unit, words[3][3];
	char names[16];
};

static const struct note good = {
	.count = 3,
	.unit = 0x1000,
	.words = {{0x5000, 0x6000, 2}, {0x1000, 0x3000, 0}, {0x8000, 0x9000, 1}},
	.names = "/a\0/bb\0/c",
};

/* With the names as long as they are. */
static int parse(const struct note *note, size_t names, struct core_file_range **ret_files,
		 size_t *ret_count)
{
	size_t size = offsetof(struct note, names) + names;
	char *bytes = malloc(size);
	int error;

	memcpy(bytes, note, size);
	error = core_file_list_parse(bytes, size, ret_files, ret_count);
	/* The names are in the bytes. */
	if (error)
		free(bytes);
	return error;
}

static void reads_ranges_in_order(void **state)
{
	struct core_file_range *files;
	size_t count;
	char bytes[sizeof(good)];

	(void)state;
	memcpy(bytes, &good, sizeof(good));
	assert_int_equal(core_file_list_parse(bytes, sizeof(bytes), &files, &count), 0);
	assert_int_equal(count, 3);
	assert_int_equal(files[0].start, 0x1000);
	assert_string_equal(files[0].name, "/bb");
	assert_int_equal(files[1].offset, 0x2000);
	assert_string_equal(files[1].name, "/a");
	assert_string_equal(files[2].name, "/c");
	free(files);
}

static void leaves_out_what_overlaps_or_is_empty(void **state)
{
	struct core_file_range *files;
	struct note note = good;
	size_t count;

	(void)state;
	note.words[0][0] = 0x2000;
	note.words[2][1] = note.words[2][0];
	assert_int_equal(core_file_list_parse((char *)&note, sizeof(note), &files, &count), 0);
	assert_int_equal(count, 1);
	assert_string_equal(files[0].name, "/bb");
	free(files);
}

static void refuses_what_is_no_list(void **state)
{
	struct core_file_range *files;
	struct note note = good;
	size_t count;

	(void)state;
	assert_int_equal(core_file_list_parse("", 0, &files, &count), -EBADMSG);
	/* Its head is two words, here of no files. */
	note.count = 0;
	for (size_t size = 0; size < 16; size++)
		assert_int_equal(core_file_list_parse((char *)&note, size, &files, &count),
				 -EBADMSG);
	assert_int_equal(core_file_list_parse((char *)&note, 16, &files, &count), 0);
	assert_int_equal(count, 0);
	free(files);
	note.count = good.count;
	/* A name without an end, and one that is not there. */
	assert_int_equal(parse(&note, 9, &files, &count), -EBADMSG);
	assert_int_equal(parse(&note, 7, &files, &count), -EBADMSG);
	note.count = UINT64_MAX;
	assert_int_equal(parse(&note, 16, &files, &count), -EBADMSG);
	note.count = 4;
	assert_int_equal(parse(&note, 16, &files, &count), -EBADMSG);
	note = good;
	note.unit = UINT64_MAX;
	assert_int_equal(parse(&note, 16, &files, &count), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_ranges_in_order),
		cmocka_unit_test(leaves_out_what_overlaps_or_is_empty),
		cmocka_unit_test(refuses_what_is_no_list),
	};

	return cmocka_run_group_tests_name("core_file_list", tests, NULL, NULL);
}
