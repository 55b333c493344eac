/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "model/classify.h"
#include "maps_lines.h"

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
	{.inode = 10, .dev_major = 0xfe, .image = &image, .readable = true},
	{.inode = 11, .dev_major = 0xfe, .image = &image, .readable = true},
	{.inode = 12, .dev_major = 0xfe, .image = &image, .readable = true},
	{.inode = 13, .dev_major = 0xfe, .readable = true},
};

static const char *owners(struct maps_lines *lines)
{
	char *letters = arena_alloc(&lines->arena, lines->count + 1);

	for (size_t i = 0; i < lines->count; i++)
		letters[i] = "PLlo"[lines->vmas[i].owner]; /* program, Loader, library, other */
	return letters;
}

static void run(struct maps_lines *lines, const char *maps, struct classify_facts facts)
{
	struct target target = {
		.pid = 1, .threads = 1, .page_size = 4096, .exe = facts.target ? "/bin/x" : NULL};

	facts.target = &target;
	maps_lines_init(lines, maps);
	classify(lines->vmas, lines->count, &facts);
}

static void a_whole_program(void **state)
{
	struct maps_lines lines;

	(void)state;
	run(&lines, program,
	    (struct classify_facts){.files = known,
				    .file_count = 4,
				    .exe_inode = 10,
				    .exe_dev_major = 0xfe,
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
		{.inode = 7, .dev_minor = 1, .image = &image, .readable = true},
		{.inode = 8, .dev_minor = 1, .readable = true},
	};
	struct maps_lines lines;

	(void)state;
	run(&lines,
	    "1000-2000 r-xp 1000 00:01 7 /memfd:payload (deleted)\n"
	    "2000-3000 r--p 1000 00:01 7 /memfd:payload (deleted)\n"
	    "5000-6000 r-xs 0 00:01 8 /memfd:jit (deleted)\n"
	    "6000-7000 rw-s 0 00:01 8 /memfd:jit (deleted)\n"
	    "8000-9000 r-xp 0 00:01 9 /dev/shm/unknown\n",
	    (struct classify_facts){
		    .files = memfd, .file_count = 2, .exe_inode = 7, .exe_dev_minor = 1});
	assert_string_equal(maps_lines_kinds(&lines),
			    "text/elf relro/elf jit/permissions shared/name text/permissions");
	assert_string_equal(owners(&lines), "PPool");
	maps_lines_finish(&lines);
}

static void the_program_by_its_path(void **state)
{
	const struct target has_path = {.pid = 1};
	struct maps_lines lines;

	(void)state;
	/* Nothing is known but the path; and on btrfs the device is another one than in maps. */
	run(&lines, "1000-2000 r-xp 0 fe:00 77 /bin/x\n",
	    (struct classify_facts){.target = &has_path});
	assert_string_equal(owners(&lines), "P");
	maps_lines_finish(&lines);
	run(&lines, "1000-2000 r-xp 0 fe:00 77 /bin/x\n3000-4000 r-xp 0 fe:01 77 /lib/z\n",
	    (struct classify_facts){.target = &has_path, .exe_inode = 77, .exe_dev_major = 3});
	assert_string_equal(owners(&lines), "Pl");
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
	const struct elf_file file = {.inode = 5, .image = &wide_image, .readable = true};
	struct target target = {.pid = 1, .threads = 1, .page_size = 65536};
	struct classify_facts facts = {.target = &target, .files = &file, .file_count = 1};
	struct maps_lines lines;

	(void)state;
	maps_lines_init(&lines, "10000-20000 r-xp 0 00:00 5 /x\n"
				"20000-30000 r--p 0 00:00 5 /x\n"
				"30000-40000 rw-p 10000 00:00 5 /x\n");
	classify(lines.vmas, lines.count, &facts);
	assert_string_equal(maps_lines_kinds(&lines), "text/elf relro/elf data/elf");
	maps_lines_finish(&lines);
}

static void nothing_at_all(void **state)
{
	struct target target = {.pid = 1};
	struct classify_facts facts = {.target = &target};

	(void)state;
	classify(NULL, 0, &facts);
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
		.inode = 10, .dev_minor = 1, .image = &image, .readable = true};
	struct maps_lines lines;

	(void)state;
	run(&lines,
	    "55000000000-55000001000 r--p 0 00:01 10 /memfd:x (deleted)\n"
	    "55000001000-55000002000 r-xp 1000 00:01 10 /memfd:x (deleted)\n"
	    "55000002000-55000003000 r--p 1000 00:01 10 /memfd:x (deleted)\n"
	    "55000003000-55000004000 rw-p 2000 00:01 10 /memfd:x (deleted)\n"
	    "55000004000-55000009000 rw-p 0 00:00 0 \n",
	    (struct classify_facts){
		    .files = &memfd, .file_count = 1, .exe_inode = 10, .exe_dev_minor = 1});
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
		cmocka_unit_test(the_program_by_its_path),
		cmocka_unit_test(pages_of_64_kib),
		cmocka_unit_test(nothing_at_all),
		cmocka_unit_test(a_memfd_or_a_device_is_no_library),
		cmocka_unit_test(a_program_in_a_memfd_is_the_program),
	};

	return cmocka_run_group_tests_name("classify", tests, NULL, NULL);
}
