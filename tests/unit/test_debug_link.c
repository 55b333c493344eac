/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "elf_maker.h"
#include "inside/debug_link.h"
#include "inside/elf_headers.h"

static int read_link(const struct elf_maker *maker, struct debug_link *link)
{
	struct file_reader file = elf_maker_reader(maker);
	struct elf_header header;

	assert_int_equal(elf_header_read(&file, &header), 0);
	return debug_link_read(&file, &header, link);
}

static void reads_build_id_and_link(void **state)
{
	(void)state;
	for (int form = 0; form < 4; form++) {
		struct elf_maker maker;
		struct debug_link link;

		elf_maker_init(&maker, form & 1, form & 2);
		assert_int_equal(read_link(&maker, &link), -ENOENT);
		elf_maker_put_build_id(&maker, 20);
		assert_int_equal(read_link(&maker, &link), 0);
		assert_int_equal(link.build_id.size, 20);
		assert_int_equal(link.build_id.bytes[19], 20);
		assert_string_equal(link.name, "");
		elf_maker_put_debug_link(&maker, "x.debug", 0xcbf43926);
		assert_int_equal(read_link(&maker, &link), 0);
		assert_string_equal(link.name, "x.debug");
		assert_int_equal(link.crc, 0xcbf43926);
	}
}

/* sstrip(1) leaves only program headers. */
static void reads_the_build_id_by_program_headers(void **state)
{
	struct elf_maker maker;
	struct debug_link link;

	(void)state;
	elf_maker_init(&maker, false, false);
	elf_maker_put_build_id(&maker, 8);
	elf_maker_put_program(
		&maker, 2,
		(Elf64_Phdr){.p_type = PT_NOTE, .p_offset = 0x600, .p_filesz = 24, .p_memsz = 24});
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, 0);
	assert_int_equal(read_link(&maker, &link), 0);
	assert_int_equal(link.build_id.size, 8);
}

#define NONE(change)                                                 \
	do {                                                         \
		struct elf_maker maker;                              \
		struct debug_link link;                              \
		elf_maker_init(&maker, false, false);                \
		change;                                              \
		assert_int_equal(read_link(&maker, &link), -ENOENT); \
	} while (0)

static void what_contradicts_itself_says_nothing(void **state)
{
	(void)state;
	NONE(elf_maker_put_build_id(&maker, 21));
	NONE(elf_maker_put_build_id(&maker, 0));
	NONE({
		elf_maker_put_build_id(&maker, 20);
		elf_maker_put(&maker, 0x600, UINT32_MAX, 4);
	});
	NONE({
		elf_maker_put_build_id(&maker, 20);
		elf_maker_put(&maker, 0x604, UINT32_MAX, 4);
	});
	NONE({
		elf_maker_put_build_id(&maker, 20);
		elf_maker_put(&maker, 0x608, 1, 4);
	});
	NONE({
		elf_maker_put_build_id(&maker, 20);
		ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_RODATA), Shdr, sh_size,
			      UINT64_MAX);
	});
	NONE(elf_maker_put_debug_link(&maker, "", 1));
	NONE(elf_maker_put_debug_link(&maker, "a/b", 1));
	NONE(elf_maker_put_debug_link(&maker, "..", 1));
	NONE({
		elf_maker_put_debug_link(&maker, "abc", 1);
		ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_TBSS), Shdr, sh_size, 7);
	});
}

/* As long as a name of a file may be; the section ends with the CRC. */
static void names_have_a_limit(void **state)
{
	const size_t at = 0x3000;

	(void)state;
	for (size_t length = DEBUG_LINK_NAME_MAX - 1; length <= DEBUG_LINK_NAME_MAX + 1; length++) {
		const size_t padded = (length + 4) & ~(size_t)3;
		struct elf_maker maker;
		struct debug_link link;

		elf_maker_init(&maker, false, false);
		elf_maker_put_debug_link(&maker, "x", 1);
		ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_TBSS), Shdr, sh_offset, at);
		ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_TBSS), Shdr, sh_size,
			      padded + 4);
		memset(maker.bytes + at, 'n', length);
		elf_maker_put(&maker, at + padded, 0x12345678, 4);
		if (length > DEBUG_LINK_NAME_MAX) {
			assert_int_equal(read_link(&maker, &link), -ENOENT);
			continue;
		}
		assert_int_equal(read_link(&maker, &link), 0);
		assert_int_equal(strlen(link.name), length);
		assert_int_equal(link.crc, 0x12345678);
	}
}

/* Names that are none are those alone. */
static void names_are_of_files(void **state)
{
	static const struct {
		const char *name;
		int error;
	} cases[] = {{".", -ENOENT}, {"..", -ENOENT}, {"...", 0},      {".x", 0},
		     {"/", -ENOENT}, {"a/", -ENOENT}, {"/a", -ENOENT}, {"a", 0},
		     {"abc", 0},     {"abcd", 0},     {"..x", 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct elf_maker maker;
		struct debug_link link = {.crc = 77};

		elf_maker_init(&maker, false, false);
		elf_maker_put_debug_link(&maker, cases[i].name, 0x9abcdef0);
		assert_int_equal(read_link(&maker, &link), cases[i].error);
		assert_int_equal(link.crc, cases[i].error ? 77 : 0x9abcdef0);
		if (!cases[i].error)
			assert_string_equal(link.name, cases[i].name);
		/* It has a type, too. */
		ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_TBSS), Shdr, sh_type,
			      SHT_NOBITS);
		assert_int_equal(read_link(&maker, &link), -ENOENT);
	}
}

/* A build-id that the notes have no more than room for, by the sections and by the segments. */
static void notes_end_where_they_end(void **state)
{
	(void)state;
	for (uint64_t lacks = 0; lacks < 2; lacks++)
		for (size_t size = 1; size <= 20; size += 19) {
			struct elf_maker maker;
			struct debug_link link;

			elf_maker_init(&maker, false, false);
			elf_maker_put_build_id(&maker, size);
			ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_RODATA), Shdr,
				      sh_size, 16 + size - lacks);
			assert_int_equal(read_link(&maker, &link), lacks ? -ENOENT : 0);
			if (!lacks)
				assert_int_equal(link.build_id.bytes[size - 1], size);
			ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, 0);
			for (size_t at = 0; at < 3; at++) {
				for (size_t i = 0; i < 3; i++)
					elf_maker_put_program(
						&maker, i,
						(Elf64_Phdr){.p_type = i == at ? PT_NOTE : PT_LOAD,
							     .p_offset = 0x600,
							     .p_filesz = 16 + size - lacks});
				assert_int_equal(read_link(&maker, &link), lacks ? -ENOENT : 0);
			}
		}
}

/* The first of several notes is taken, and a link that is found beside it. */
static void the_first_build_id_counts(void **state)
{
	struct elf_maker maker;
	struct debug_link link;

	(void)state;
	elf_maker_init(&maker, false, false);
	elf_maker_put_build_id(&maker, 20);
	elf_maker_put_debug_link(&maker, "x", 5);
	elf_maker_put(&maker, 0x700, 4, 4);
	elf_maker_put(&maker, 0x704, 4, 4);
	elf_maker_put(&maker, 0x708, NT_GNU_BUILD_ID, 4);
	memcpy(maker.bytes + 0x70c, ELF_NOTE_GNU, 4);
	elf_maker_put_section(&maker, MAKER_RELRO, ".note",
			      (Elf64_Shdr){.sh_type = SHT_NOTE, .sh_offset = 0x700, .sh_size = 20});
	assert_int_equal(read_link(&maker, &link), 0);
	assert_int_equal(link.build_id.size, 20);
	assert_string_equal(link.name, "x");
	/* One of no bytes is none: the next is taken. */
	elf_maker_put(&maker, 0x604, 0, 4);
	assert_int_equal(read_link(&maker, &link), 0);
	assert_int_equal(link.build_id.size, 4);
	/* What has a link alone is not looked into further. */
	elf_maker_put(&maker, 0x704, 0, 4);
	elf_maker_put_program(&maker, 2,
			      (Elf64_Phdr){.p_type = PT_NOTE, .p_offset = 0x700, .p_filesz = 20});
	elf_maker_put(&maker, 0x704, 4, 4);
	elf_maker_put_section(&maker, MAKER_RELRO, ".x",
			      (Elf64_Shdr){.sh_type = SHT_PROGBITS, .sh_offset = 0x700});
	assert_int_equal(read_link(&maker, &link), 0);
	assert_int_equal(link.build_id.size, 0);
	assert_string_equal(link.name, "x");
}

static int read_disk(const struct elf_maker *maker, uint64_t bad, struct debug_link *link)
{
	const struct elf_maker_disk disk = {maker, UINT64_C(1) << 26, bad};
	struct file_reader file = elf_maker_disk_reader(&disk), whole = elf_maker_reader(maker);
	struct elf_header header;

	assert_int_equal(elf_header_read(&whole, &header), 0);
	return debug_link_read(&file, &header, link);
}

/* What is larger than it may be is not read, so that its disk may be a bad one. */
static void errors_of_reading_are_told(void **state)
{
	static const struct {
		size_t section;
		uint64_t size, bad;
		int error;
	} cases[] = {
		{MAKER_RODATA, 36, 0x600, -EIO},
		{MAKER_RODATA, 65536, 0x600, -EIO},
		{MAKER_RODATA, 65537, 0x600, 0},
		{MAKER_NAMES, UINT64_C(16) << 20, ELF_MAKER_NAMES, -EIO},
		{MAKER_NAMES, (UINT64_C(16) << 20) + 1, ELF_MAKER_NAMES, 0},
		{MAKER_TBSS, 8, 0x680, -EIO},
		{MAKER_TBSS, DEBUG_LINK_NAME_MAX + 9, 0x680, -EIO},
		{MAKER_TBSS, DEBUG_LINK_NAME_MAX + 10, 0x680, 0},
		{MAKER_TBSS, 8, ELF_MAKER_HEADERS, -EIO},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct debug_link link = {.crc = 77};
		struct elf_maker maker;

		elf_maker_init(&maker, false, false);
		elf_maker_put_build_id(&maker, 20);
		elf_maker_put_debug_link(&maker, "x", 5);
		ELF_MAKER_PUT(&maker, elf_maker_section(&maker, cases[i].section), Shdr, sh_size,
			      cases[i].size);
		assert_int_equal(read_disk(&maker, cases[i].bad, &link), cases[i].error);
		assert_int_equal(link.crc, cases[i].error                     ? 77
					   : cases[i].section == MAKER_RODATA ? 5
									      : 0);
	}
}

static void another_note_may_come_first(void **state)
{
	struct elf_maker maker;
	struct debug_link link;
	unsigned char note[36];

	(void)state;
	elf_maker_init(&maker, false, false);
	elf_maker_put_build_id(&maker, 20);
	memcpy(note, maker.bytes + 0x600, sizeof(note));
	memcpy(maker.bytes + 0x600 + 20, note, sizeof(note));
	elf_maker_put(&maker, 0x604, 1, 4); /* a byte, and three that fill it up */
	elf_maker_put(&maker, 0x608, 5, 4);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, MAKER_RODATA), Shdr, sh_size, 56);
	assert_int_equal(read_link(&maker, &link), 0);
	assert_int_equal(link.build_id.size, 20);
}

static void assert_paths(const struct debug_link *link, const char *expected)
{
	struct text paths = {0};

	for (size_t i = 0; debug_link_append_path(link, "/usr/lib", i, &paths); i++)
		text_append_char(&paths, '\n');
	assert_string_equal(text_string(&paths), expected);
	text_finish(&paths);
}

static void the_paths_are_those_of_gdb(void **state)
{
	struct debug_link link = {.build_id = {3, {0x0a, 0xbc, 0xde}}, .name = "x.debug"};

	(void)state;
	assert_paths(&link, "/usr/lib/debug/.build-id/0a/bcde.debug\n"
			    "/usr/lib/x.debug\n"
			    "/usr/lib/.debug/x.debug\n"
			    "/usr/lib/debug/usr/lib/x.debug\n");
	link.name[0] = '\0';
	assert_paths(&link, "/usr/lib/debug/.build-id/0a/bcde.debug\n");
	link.build_id.size = 1;
	assert_paths(&link, "");
}

static void knows_the_right_file(void **state)
{
	const struct file_bytes digits = {"123456789", 9};
	struct file_reader file = file_reader_of_bytes(&digits);
	struct debug_link wanted = {.name = "x.debug", .crc = 0xcbf43926};
	struct elf_maker maker;

	(void)state;
	/* The check value of this CRC in all catalogues. */
	assert_int_equal(debug_link_check(&file, &wanted), 0);
	wanted.crc++;
	assert_int_equal(debug_link_check(&file, &wanted), -ENOENT);
	file.size = DEBUG_LINK_CRC_SIZE_MAX + 1;
	assert_int_equal(debug_link_check(&file, &wanted), -ENOENT);

	elf_maker_init(&maker, false, false);
	elf_maker_put_build_id(&maker, 20);
	assert_int_equal(read_link(&maker, &wanted), 0);
	file = elf_maker_reader(&maker);
	assert_int_equal(debug_link_check(&file, &wanted), 0);
	wanted.build_id.bytes[19]++;
	assert_int_equal(debug_link_check(&file, &wanted), -ENOENT);
	file = file_reader_of_bytes(&digits);
	assert_int_equal(debug_link_check(&file, &wanted), -ENOENT);
}

static int fail_to_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	(void)context, (void)offset, (void)bytes, (void)size;
	return -EIO;
}

/* Read in pieces of 64 KiB, to the end; a wrong one is no error, a bad disk is one. */
static void large_files_are_summed_in_pieces(void **state)
{
	static unsigned char bytes[2 * 65536 + 1] = {
		[0] = 1, [65535] = 2, [65536] = 3, [2 * 65536] = 4};
	const struct file_bytes all = {bytes, sizeof(bytes)}, piece = {bytes, 65536};
	struct file_reader file = file_reader_of_bytes(&all);
	struct debug_link wanted = {.name = "x", .crc = 0x9966ae73};

	(void)state;
	assert_int_equal(debug_link_check(&file, &wanted), 0);
	file = file_reader_of_bytes(&piece);
	assert_int_equal(debug_link_check(&file, &wanted), -ENOENT);
	wanted.crc = 0x22dcfe29;
	assert_int_equal(debug_link_check(&file, &wanted), 0);
	file.read = fail_to_read;
	assert_int_equal(debug_link_check(&file, &wanted), -EIO);
	file.size = DEBUG_LINK_CRC_SIZE_MAX;
	assert_int_equal(debug_link_check(&file, &wanted), -EIO);
	file.size++;
	assert_int_equal(debug_link_check(&file, &wanted), -ENOENT);
	wanted.build_id.size = 1;
	assert_int_equal(debug_link_check(&file, &wanted), -EIO);
	/* Without a name nothing is sought, whatever its sum. */
	file = file_reader_of_bytes(&piece);
	wanted = (struct debug_link){.crc = wanted.crc};
	assert_int_equal(debug_link_check(&file, &wanted), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_build_id_and_link),
		cmocka_unit_test(reads_the_build_id_by_program_headers),
		cmocka_unit_test(what_contradicts_itself_says_nothing),
		cmocka_unit_test(names_have_a_limit),
		cmocka_unit_test(names_are_of_files),
		cmocka_unit_test(notes_end_where_they_end),
		cmocka_unit_test(the_first_build_id_counts),
		cmocka_unit_test(errors_of_reading_are_told),
		cmocka_unit_test(large_files_are_summed_in_pieces),
		cmocka_unit_test(another_note_may_come_first),
		cmocka_unit_test(the_paths_are_those_of_gdb),
		cmocka_unit_test(knows_the_right_file),
	};

	return cmocka_run_group_tests_name("debug_link", tests, NULL, NULL);
}
