/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "maps_lines.h"
#include "model/classify.h"
#include "model/file_identity.h"
#include "model/thread_stack.h"

#define RX (PERM_READ | PERM_EXEC)
#define RW (PERM_READ | PERM_WRITE)

static struct elf_segment segments[] = {
	{0x0, 0x568, 0x0, 0x568, PERM_READ},
	{0x1000, 0x1d1, 0x1000, 0x1d1, RX},
	{0x2df8, 0x6000, 0x1df8, 0x1068, RW},
};
static const struct elf_image image = {
	.segments = segments, .segment_count = 3, .relro_start = 0x2df8, .relro_end = 0x3000};

#define OBJECT(digits, inode, name)                                                          \
	digits "0000-" digits "1000 r--p 0 fe:00 " inode " " name "\n" digits "1000-" digits \
	       "2000 r-xp 1000 fe:00 " inode " " name "\n" digits "2000-" digits             \
	       "3000 r--p 1000 fe:00 " inode " " name "\n" digits "3000-" digits             \
	       "4000 rw-p 2000 fe:00 " inode " " name "\n" digits "4000-" digits             \
	       "9000 rw-p 0 00:00 0 \n"

static const char program[] = OBJECT(
	"5500000", "10",
	"/bin/x") "560000000000-560000021000 rw-p 0 00:00 0 [heap]\n"
		  "7f0000000000-7f0000010000 rw-s 0 fe:00 20 /srv/table\n" OBJECT(
			  "7f100000", "11",
			  "/lib/y") "7f1100000000-7f1100010000 r-xp 0 00:00 0 \n"
				    "7f1200000000-7f1200010000 rw-s 0 00:00 0 \n" OBJECT(
					    "7f130000", "12",
					    "/lib/ld.so") "7ffc00000000-7ffc00021000 rw-p 0 00:00 "
							  "0 [stack]\n"
							  "ffffffffff600000-ffffffffff601000 --xp "
							  "0 00:00 0 [vsyscall]\n";

#define OBJECT_KINDS "rodata/elf text/elf relro/elf data/elf bss/elf "

static const struct elf_file known[] = {
	{.key = {10, 0xfe, 0, "/bin/x", false, 0},
	 .image = &image,
	 .readable = true,
	 .identity = FILE_IDENTITY_PROVEN},
	{.key = {11, 0xfe, 0, "/lib/y", false, 0}, .image = &image, .readable = true},
	{.key = {12, 0xfe, 0, "/lib/ld.so", false, 0}, .image = &image, .readable = true},
	{.key = {13, 0xfe, 0, "/wine/kernel32.dll", false, 0}, .readable = true},
};

static const char *owners(struct maps_lines *lines)
{
	char *letters = arena_alloc(&lines->arena, lines->count + 1);

	for (size_t i = 0; i < lines->count; i++)
		letters[i] = "PLlro"[lines->vmas[i].owner]; /* program, Loader, library, runtime,
							       other */
	return letters;
}

/* The executable, where there is a target. */
#define EXE "/bin/x"

static const struct target has_exe = {.pid = 1};

static void run(struct maps_lines *lines, const char *maps, struct classify_facts facts)
{
	struct target target = {.pid = 1, .threads = 1, .page_size = 4096};
	struct thread_stacks stacks = {0};

	maps_lines_init(lines, maps);
	for (size_t i = 0; facts.target && !facts.exe && i < lines->count; i++)
		if (strcmp(lines->vmas[i].name, EXE) == 0)
			facts.exe = &lines->vmas[i];
	facts.target = &target;
	classify(lines->vmas, lines->count, &facts, &stacks);
	thread_stacks_finish(&stacks);
}

static void a_whole_program(void **state)
{
	struct maps_lines lines;

	(void)state;
	run(&lines, program,
	    (struct classify_facts){.target = &has_exe,
				    .files = known,
				    .file_count = 4,
				    .interpreter_base = 0x7f1300000000});
	assert_string_equal(maps_lines_kinds(&lines),
			    OBJECT_KINDS "heap/name file/permissions " OBJECT_KINDS
					 "jit/permissions shared/permissions " OBJECT_KINDS
					 "stack/name vsyscall/name");
	assert_string_equal(owners(&lines), "PPPPP"
					    "Po"
					    "lllll"
					    "oo"
					    "LLLLL"
					    "Po");
	maps_lines_finish(&lines);
}

static void without_its_files_permissions_decide(void **state)
{
	struct maps_lines lines;

	(void)state;
	run(&lines, program, (struct classify_facts){.target = NULL});
	assert_string_equal(maps_lines_kinds(&lines),
			    "rodata/permissions text/permissions rodata/permissions "
			    "data/permissions bss/shape heap/name file/permissions "
			    "rodata/permissions text/permissions rodata/permissions "
			    "data/permissions bss/shape jit/permissions shared/permissions "
			    "rodata/permissions text/permissions rodata/permissions "
			    "data/permissions bss/shape stack/name vsyscall/name");
	assert_string_equal(owners(&lines), "lllll"
					    "Po"
					    "lllll"
					    "oo"
					    "lllll"
					    "Po");
	maps_lines_finish(&lines);
}

static void files_that_are_no_objects(void **state)
{
	struct maps_lines lines;

	(void)state;
	/* Inode 13 was read and is no ELF; 14 is unknown and nothing of it is executable. */
	run(&lines,
	    "1000-2000 r-xp 0 fe:00 13 /wine/kernel32.dll\n"
	    "2000-3000 rw-p 1000 fe:00 13 /wine/kernel32.dll\n"
	    "3000-4000 rw-p 0 00:00 0 \n"
	    "5000-6000 rw-p 0 fe:00 14 /var/db\n"
	    "6000-7000 r--p 1000 fe:00 14 /var/db\n"
	    /* An ELF file that is only looked at. */
	    "8000-9000 r--p 0 fe:00 12 /lib/ld.so\n",
	    (struct classify_facts){.files = known, .file_count = 4});
	assert_string_equal(maps_lines_kinds(&lines),
			    "text/permissions file/permissions anon/permissions "
			    "file/permissions file/permissions file/permissions");
	assert_string_equal(owners(&lines), "oooooo");
	maps_lines_finish(&lines);
}

static void memory_that_is_a_program(void **state)
{
	static const struct elf_file memfd[] = {
		{.key = {7, 0, 1, "/memfd:payload", true, 0}, .image = &image, .readable = true},
		{.key = {8, 0, 1, "/memfd:jit", true, 0}, .readable = true},
	};
	const struct vma exe = {
		.inode = 7, .dev_minor = 1, .name = "/memfd:payload", .deleted = true};
	struct maps_lines lines;

	(void)state;
	run(&lines,
	    "1000-2000 r-xp 1000 00:01 7 /memfd:payload (deleted)\n"
	    "2000-3000 r--p 1000 00:01 7 /memfd:payload (deleted)\n"
	    "5000-6000 r-xs 0 00:01 8 /memfd:jit (deleted)\n"
	    "6000-7000 rw-s 0 00:01 8 /memfd:jit (deleted)\n"
	    "8000-9000 r-xp 0 00:01 9 /dev/shm/unknown\n",
	    (struct classify_facts){.files = memfd, .file_count = 2, .exe = &exe});
	assert_string_equal(maps_lines_kinds(&lines),
			    "text/elf relro/elf jit/permissions shared/name text/permissions");
	assert_string_equal(owners(&lines), "PPool");
	maps_lines_finish(&lines);
}

/* Btrfs: the library's file has the numbers of the program's, in another subvolume. */
static void equal_numbers_make_no_program(void **state)
{
	struct maps_lines lines;

	(void)state;
	run(&lines,
	    "1000-2000 r-xp 0 00:1f 257 /bin/x\n"
	    "3000-4000 r-xp 0 00:1f 257 /lib/z\n"
	    "5000-6000 r-xp 0 00:1f 257 /bin/x (deleted)\n",
	    (struct classify_facts){.target = &has_exe});
	assert_string_equal(owners(&lines), "Pll");
	maps_lines_finish(&lines);
	/* Where no two files have the same numbers, this is the program by another name. */
	run(&lines, "1000-2000 r-xp 0 fe:00 77 /bin/x\n3000-4000 r-xp 0 fe:00 77 /lib/z\n",
	    (struct classify_facts){.target = &has_exe, .exe_by_numbers = true});
	assert_string_equal(owners(&lines), "PP");
	maps_lines_finish(&lines);
}

static void the_headers_of_one_file_are_not_taken_for_another_s(void **state)
{
	static const struct elf_file one[] = {{.key = {257, 0, 0x1f, "/lib/y", false, 0},
					       .image = &image,
					       .readable = true,
					       .identity = FILE_IDENTITY_LIKELY}};
	struct maps_lines lines;

	(void)state;
	run(&lines,
	    "1000-2000 r-xp 1000 00:1f 257 /lib/y\n"
	    "3000-4000 rw-p 1000 00:1f 257 /lib/z\n"
	    "5000-6000 rw-p 1000 00:1f 257 /lib/y (deleted)\n",
	    (struct classify_facts){.files = one, .file_count = 1});
	assert_string_equal(maps_lines_kinds(&lines), "text/elf file/permissions file/permissions");
	assert_int_equal(lines.vmas[0].identity, FILE_IDENTITY_LIKELY);
	assert_int_equal(lines.vmas[1].identity, FILE_IDENTITY_NONE);
	assert_int_equal(lines.vmas[2].identity, FILE_IDENTITY_NONE);
	maps_lines_finish(&lines);
}

static void pages_of_64_kib(void **state)
{
	static struct elf_segment wide[] = {
		{0x0, 0x9000, 0x0, 0x9000, RX},
		{0x1f000, 0x3000, 0xf000, 0x1800, RW},
	};
	static const struct elf_image wide_image = {
		.segments = wide, .segment_count = 2, .relro_start = 0x1f000, .relro_end = 0x20000};
	const struct elf_file file = {
		.key = {5, 0, 0, "/x", false, 0}, .image = &wide_image, .readable = true};
	struct target target = {.pid = 1, .threads = 1, .page_size = 65536};
	struct classify_facts facts = {.target = &target, .files = &file, .file_count = 1};
	struct thread_stacks stacks = {0};
	struct maps_lines lines;

	(void)state;
	maps_lines_init(&lines, "10000-20000 r-xp 0 00:00 5 /x\n"
				"20000-30000 r--p 0 00:00 5 /x\n"
				"30000-40000 rw-p 10000 00:00 5 /x\n");
	classify(lines.vmas, lines.count, &facts, &stacks);
	thread_stacks_finish(&stacks);
	assert_string_equal(maps_lines_kinds(&lines), "text/elf relro/elf data/elf");
	maps_lines_finish(&lines);
}

static void nothing_at_all(void **state)
{
	struct target target = {.pid = 1};
	struct classify_facts facts = {.target = &target};
	struct thread_stacks stacks = {0};

	(void)state;
	classify(NULL, 0, &facts, &stacks);
	thread_stacks_finish(&stacks);
}

/* Code in memory that is no lasting file: its own, nobody's library. */
static void a_memfd_or_a_device_is_no_library(void **state)
{
	struct maps_lines lines;

	(void)state;
	run(&lines,
	    "1000-2000 r-xp 0 00:01 20 /memfd:doublemapper (deleted)\n"
	    "3000-4000 rw-s 0 00:01 20 /memfd:doublemapper (deleted)\n"
	    "5000-6000 r-xs 0 00:0e 21 anon_inode:[x]\n"
	    "7000-8000 rwxp 0 00:06 22 /dev/zero\n",
	    (struct classify_facts){.target = NULL});
	assert_string_equal(maps_lines_kinds(&lines),
			    "jit/permissions shared/name device/name jit/permissions");
	assert_string_equal(owners(&lines), "oooo");
	maps_lines_finish(&lines);
}

/* fexecve of a memfd: the program is where its ELF segments are. */
static void a_program_in_a_memfd_is_the_program(void **state)
{
	static const struct elf_file memfd = {
		.key = {10, 0, 1, "/memfd:x", true, 0}, .image = &image, .readable = true};
	const struct vma exe = {.inode = 10, .dev_minor = 1, .name = "/memfd:x", .deleted = true};
	struct maps_lines lines;

	(void)state;
	run(&lines,
	    "55000000000-55000001000 r--p 0 00:01 10 /memfd:x (deleted)\n"
	    "55000001000-55000002000 r-xp 1000 00:01 10 /memfd:x (deleted)\n"
	    "55000002000-55000003000 r--p 1000 00:01 10 /memfd:x (deleted)\n"
	    "55000003000-55000004000 rw-p 2000 00:01 10 /memfd:x (deleted)\n"
	    "55000004000-55000009000 rw-p 0 00:00 0 \n",
	    (struct classify_facts){.files = &memfd, .file_count = 1, .exe = &exe});
	assert_string_equal(maps_lines_kinds(&lines),
			    "rodata/elf text/elf relro/elf data/elf bss/elf");
	assert_string_equal(owners(&lines), "PPPPP");
	maps_lines_finish(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_program),
		cmocka_unit_test(without_its_files_permissions_decide),
		cmocka_unit_test(files_that_are_no_objects),
		cmocka_unit_test(memory_that_is_a_program),
		cmocka_unit_test(equal_numbers_make_no_program),
		cmocka_unit_test(the_headers_of_one_file_are_not_taken_for_another_s),
		cmocka_unit_test(pages_of_64_kib),
		cmocka_unit_test(nothing_at_all),
		cmocka_unit_test(a_memfd_or_a_device_is_no_library),
		cmocka_unit_test(a_program_in_a_memfd_is_the_program),
	};

	return cmocka_run_group_tests_name("classify", tests, NULL, NULL);
}
