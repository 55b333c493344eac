/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "maps_lines.h"
#include "model/elf_image.h"
#include "model/mapped_file.h"
#include "model/object.h"

#define PAGE 0x1000
#define RX   (PERM_READ | PERM_EXEC)
#define RW   (PERM_READ | PERM_WRITE)

static struct elf_segment usual_segments[] = {
	{0x0, 0x568, 0x0, 0x568, PERM_READ},
	{0x1000, 0x1d1, 0x1000, 0x1d1, RX},
	{0x2000, 0xfc, 0x2000, 0xfc, PERM_READ},
	{0x3df8, 0x4e468, 0x2df8, 0x5068, RW},
};
static const struct elf_image usual = {
	.segments = usual_segments, .segment_count = 4, .relro_start = 0x3df8, .relro_end = 0x4000};

#define USUAL(digits)                                                               \
	digits "0000-" digits "1000 r--p 0 fe:00 11 /lib/x\n" digits "1000-" digits \
	       "2000 r-xp 1000 fe:00 11 /lib/x\n" digits "2000-" digits             \
	       "3000 r--p 2000 fe:00 11 /lib/x\n" digits "3000-" digits             \
	       "4000 r--p 2000 fe:00 11 /lib/x\n" digits "4000-" digits             \
	       "9000 rw-p 3000 fe:00 11 /lib/x\n"

static void expect(const char *maps, const struct elf_image *image, const char *kinds)
{
	const struct elf_file known = {.key = {.inode = 11, .dev_major = 0xfe, .name = "/lib/x"},
				       .image = image,
				       .readable = true};
	struct arena arena = {0};
	struct mapped_files files;
	struct maps_lines lines;

	maps_lines_init(&lines, maps);
	mapped_files_collect(&files, &arena, lines.vmas, lines.count, &known, 1);
	object_classify(lines.vmas, lines.count, &files, PAGE, &arena);
	for (size_t i = 0; i < lines.count; i++)
		if (lines.vmas[i].kind == KIND_COUNT)
			lines.vmas[i].kind = KIND_GAP; /* shown as "gap": left alone */
	assert_string_equal(maps_lines_kinds(&lines), kinds);
	arena_finish(&arena);
	maps_lines_finish(&lines);
}

#define USUAL_KINDS "rodata/elf text/elf rodata/elf relro/elf data/elf"
#define ALONE       "gap/elf" /* the source is not touched: 0 */

static void a_library_and_its_bss(void **state)
{
	(void)state;
	expect(USUAL("7f000000") "7f0000009000-7f0000053000 rw-p 0 00:00 0 \n", &usual,
	       USUAL_KINDS " bss/elf");
}

static void the_same_library_twice(void **state)
{
	(void)state;
	expect(USUAL("7f000000") USUAL("7f000001"), &usual, USUAL_KINDS " " USUAL_KINDS);
	/* Directly behind each other, so that only the bias tells them apart. */
	expect(USUAL("7f000000") "7f0000009000-7f000000a000 r--p 0 fe:00 11 /lib/x\n"
				 "7f000000a000-7f000000b000 r-xp 1000 fe:00 11 /lib/x\n",
	       &usual, USUAL_KINDS " rodata/elf text/elf");
}

static void bss_that_merged_with_a_neighbour(void **state)
{
	(void)state;
	expect(USUAL("7f000000") "7f0000009000-7f0000090000 rw-p 0 00:00 0 \n", &usual,
	       USUAL_KINDS " bss/elf");
	expect(USUAL("7f000000") "7f0000009000-7f0000f00000 rw-p 0 00:00 0 \n", &usual,
	       USUAL_KINDS " " ALONE);
}

static void while_it_is_being_loaded(void **state)
{
	(void)state;
	/* The whole range mapped first, nothing else yet: not a load so far. */
	expect("7f0000000000-7f0000053000 r--p 0 fe:00 11 /lib/x\n", &usual, ALONE);
	/* Before mprotect locks it, relro is data. */
	expect("7f0000001000-7f0000002000 r-xp 1000 fe:00 11 /lib/x\n"
	       "7f0000003000-7f0000009000 rw-p 2000 fe:00 11 /lib/x\n",
	       &usual, "text/elf data/elf");
}

static void a_file_that_is_only_read(void **state)
{
	(void)state;
	expect("7f0000000000-7f000000a000 r--p 0 fe:00 11 /lib/x\n", &usual, ALONE);
	expect("7f0000000000-7f0000001000 r--p 0 fe:00 11 /lib/x\n", &usual, ALONE);
	expect("7f0000001000-7f0000002000 r-xs 1000 fe:00 11 /lib/x\n", &usual, ALONE);
}

static void code_moved_to_anonymous_huge_pages(void **state)
{
	(void)state;
	expect("7f0000000000-7f0000001000 r--p 0 fe:00 11 /lib/x\n"
	       "7f0000001000-7f0000002000 r-xp 0 00:00 0 \n"
	       "7f0000002000-7f0000003000 r--p 2000 fe:00 11 /lib/x\n"
	       "7f0000003000-7f0000004000 r--p 2000 fe:00 11 /lib/x\n",
	       &usual, "rodata/elf text/elf rodata/elf relro/elf");
}

static void code_mapped_a_second_time_claims_no_memory_around(void **state)
{
	(void)state;
	expect("7f0000001000-7f0000002000 r-xp 1000 fe:00 11 /lib/x\n"
	       "7f0000009000-7f0000020000 rw-p 0 00:00 0 \n",
	       &usual, "text/elf " ALONE);
}

static void a_fixed_program_with_heap_behind_its_bss(void **state)
{
	static struct elf_segment segments[] = {
		{0x400000, 0x1800, 0x0, 0x1800, RX},
		{0x402800, 0x3000, 0x1800, 0x400, RW},
	};
	static const struct elf_image fixed = {.segments = segments, .segment_count = 2};
	struct arena arena = {0};
	struct mapped_files files;
	struct maps_lines lines;
	const struct elf_file known = {.key = {.inode = 11, .dev_major = 0xfe, .name = "/lib/x"},
				       .image = &fixed,
				       .readable = true};

	(void)state;
	maps_lines_init(&lines, "400000-402000 r-xp 0 fe:00 11 /lib/x\n"
				"402000-403000 rw-p 1000 fe:00 11 /lib/x\n"
				"403000-406000 rw-p 0 00:00 0 [heap]\n"
				"406000-427000 rw-p 0 00:00 0 [heap]\n");
	lines.vmas[2].kind = lines.vmas[3].kind = KIND_HEAP;
	lines.vmas[2].kind_source = lines.vmas[3].kind_source = KIND_SOURCE_NAME;
	mapped_files_collect(&files, &arena, lines.vmas, lines.count, &known, 1);
	object_classify(lines.vmas, lines.count, &files, PAGE, &arena);
	assert_string_equal(maps_lines_kinds(&lines), "text/elf data/elf bss/elf heap/name");
	assert_int_equal(files.of_vma[2], 0);
	assert_int_equal(files.of_vma[3], MAPPED_FILE_NONE);
	/* Bss and heap in one mapping: the heap's name holds. */
	lines.count = 3;
	lines.vmas[2].end = 0x427000;
	for (int i = 0; i < 3; i++)
		lines.vmas[i].kind = i < 2 ? KIND_COUNT : KIND_HEAP;
	lines.vmas[2].kind_source = KIND_SOURCE_NAME;
	object_classify(lines.vmas, lines.count, &files, PAGE, &arena);
	assert_string_equal(maps_lines_kinds(&lines), "text/elf data/elf heap/name");
	arena_finish(&arena);
	maps_lines_finish(&lines);
}

static void segments_in_one_page_of_the_file(void **state)
{
	static struct elf_segment segments[] = {
		{0x8048000, 0x800, 0x0, 0x800, RX},
		{0x8049800, 0x900, 0x800, 0x200, RW},
	};
	static const struct elf_image small = {
		.segments = segments, .segment_count = 2, .is_32bit = true};

	(void)state;
	expect("8048000-8049000 r-xp 0 fe:00 11 /lib/x\n"
	       "8049000-804a000 rw-p 0 fe:00 11 /lib/x\n"
	       "804a000-804b000 rw-p 0 00:00 0 \n",
	       &small, "text/elf data/elf bss/elf");
}

static void writable_code_and_single_segments(void **state)
{
	static struct elf_segment segments[] = {{0x400000, 0x3000, 0, 0x2000, RX | PERM_WRITE}};
	static const struct elf_image one = {.segments = segments, .segment_count = 1};

	(void)state;
	expect("400000-402000 rwxp 0 fe:00 11 /lib/x\n"
	       "402000-403000 rwxp 0 00:00 0 \n",
	       &one, "text/elf bss/elf");
	expect("400000-402000 r--p 0 fe:00 11 /lib/x\n", &one, ALONE);
}

static void readable_implies_executable(void **state)
{
	(void)state;
	/* personality(2), READ_IMPLIES_EXEC: the segments still tell what it is. */
	expect("7f0000000000-7f0000003000 r-xp 0 fe:00 11 /lib/x\n"
	       "7f0000003000-7f0000004000 r-xp 2000 fe:00 11 /lib/x\n"
	       "7f0000004000-7f0000009000 rwxp 3000 fe:00 11 /lib/x\n"
	       "7f0000009000-7f0000053000 rwxp 0 00:00 0 \n",
	       &usual, "rodata/elf relro/elf data/elf bss/elf");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_library_and_its_bss),
		cmocka_unit_test(the_same_library_twice),
		cmocka_unit_test(bss_that_merged_with_a_neighbour),
		cmocka_unit_test(while_it_is_being_loaded),
		cmocka_unit_test(a_file_that_is_only_read),
		cmocka_unit_test(code_moved_to_anonymous_huge_pages),
		cmocka_unit_test(code_mapped_a_second_time_claims_no_memory_around),
		cmocka_unit_test(a_fixed_program_with_heap_behind_its_bss),
		cmocka_unit_test(segments_in_one_page_of_the_file),
		cmocka_unit_test(writable_code_and_single_segments),
		cmocka_unit_test(readable_implies_executable),
	};

	return cmocka_run_group_tests_name("object", tests, NULL, NULL);
}
