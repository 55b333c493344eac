/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "maps_lines.h"
#include "model/mapped_file.h"

static void every_file_is_there_once_and_in_order(void **state)
{
	static const struct elf_image image;
	const struct elf_file known[] = {
		{.key = {5, 8, 1, "/a", false, 0},
		 .image = &image,
		 .readable = true,
		 .identity = 2},
		{.key = {4, 8, 2, "/b", false, 0}, .readable = true},
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
	assert_int_equal(files.files[0].identity, 2);
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

/* Two files of different btrfs subvolumes, and one whose place another one took. */
static void equal_numbers_do_not_make_one_file(void **state)
{
	static const struct elf_image image;
	const struct elf_file known[] = {{.key = {257, 0, 0x1f, "/b", false, 0}, .image = &image}};
	struct arena arena = {0};
	struct mapped_files files;
	struct maps_lines lines;

	(void)state;
	maps_lines_init(&lines, "1000-2000 r--p 0 00:1f 257 /b\n"
				"2000-3000 r-xp 0 00:1f 257 /a\n"
				"3000-4000 r--p 0 00:1f 257 /b (deleted)\n"
				"4000-5000 r--p 0 00:1f 257 /b\n");
	mapped_files_collect(&files, &arena, lines.vmas, lines.count, known, 1);
	assert_int_equal(files.count, 3);
	assert_int_equal(files.of_vma[0], 1);
	assert_int_equal(files.of_vma[1], 0);
	assert_int_equal(files.of_vma[2], 2);
	assert_int_equal(files.of_vma[3], 1);
	assert_null(files.files[0].image);
	assert_ptr_equal(files.files[1].image, &image);
	assert_null(files.files[2].image);
	arena_finish(&arena);
	maps_lines_finish(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_is_there_once_and_in_order),
		cmocka_unit_test(no_vmas_no_files),
		cmocka_unit_test(equal_numbers_do_not_make_one_file),
	};

	return cmocka_run_group_tests_name("mapped_file", tests, NULL, NULL);
}
