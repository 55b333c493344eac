/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/mapped_file.h"
#include "maps_lines.h"

static void every_file_is_there_once_and_in_order(void **state)
{
	static const struct elf_image image;
	const struct elf_file known[] = {
		{.inode = 5, .dev_major = 8, .dev_minor = 1, .image = &image, .readable = true},
		{.inode = 4, .dev_major = 8, .dev_minor = 2, .readable = true},
	};
	struct arena arena = {0};
	struct mapped_files files;
	struct maps_lines lines;

	(void)state;
	maps_lines_init(&lines, "1000-2000 r--p 0 08:02 4 /b\n"
				"2000-3000 rw-p 0 00:00 0 \n"
				"3000-4000 r--p 0 08:01 9 /c\n"
				"4000-5000 r--p 0 08:01 5 /a\n"
				"5000-6000 r-xp 0 08:01 5 /a\n"
				"6000-7000 r-xp 0 08:02 4 /b\n");
	mapped_files_collect(&files, &arena, lines.vmas, lines.count, known, 2);
	assert_int_equal(files.count, 3);
	assert_int_equal(files.of_vma[0], 2);
	assert_int_equal(files.of_vma[1], MAPPED_FILE_NONE);
	assert_int_equal(files.of_vma[2], 1);
	assert_int_equal(files.of_vma[3], 0);
	assert_int_equal(files.of_vma[4], 0);
	assert_int_equal(files.of_vma[5], 2);
	assert_ptr_equal(files.files[0].image, &image);
	assert_true(files.files[0].readable && files.files[0].executable);
	assert_false(files.files[1].readable || files.files[1].executable);
	assert_true(files.files[2].readable && files.files[2].executable);
	assert_null(files.files[2].image);
	arena_finish(&arena);
	maps_lines_finish(&lines);
}

static void no_vmas_no_files(void **state)
{
	struct arena arena = {0};
	struct mapped_files files = {.count = 7};

	(void)state;
	mapped_files_collect(&files, &arena, NULL, 0, NULL, 0);
	assert_int_equal(files.count, 0);
	arena_finish(&arena);
}

static void device_comes_before_inode(void **state)
{
	(void)state;
	assert_true(mapped_file_compare(1, 2, 3, 1, 2, 3) == 0);
	assert_true(mapped_file_compare(1, 9, 9, 2, 0, 0) < 0);
	assert_true(mapped_file_compare(1, 3, 0, 1, 2, 9) > 0);
	assert_true(mapped_file_compare(1, 2, UINT64_MAX, 1, 2, 1) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_is_there_once_and_in_order),
		cmocka_unit_test(no_vmas_no_files),
		cmocka_unit_test(device_comes_before_inode),
	};

	return cmocka_run_group_tests_name("mapped_file", tests, NULL, NULL);
}
