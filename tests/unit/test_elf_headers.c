/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "elf_maker.h"
#include "inside/elf_headers.h"

static void reads_every_class_and_byte_order(void **state)
{
	(void)state;
	for (int form = 0; form < 4; form++) {
		struct elf_maker maker;
		struct file_reader file;
		struct elf_header header;
		Elf64_Phdr *programs;
		Elf64_Shdr *sections;
		size_t count, names;

		elf_maker_init(&maker, form & 1, form & 2);
		ELF_MAKER_PUT(&maker, 0, Ehdr, e_machine, EM_PPC);
		file = elf_maker_reader(&maker);
		assert_int_equal(elf_header_read(&file, &header), 0);
		assert_int_equal(header.is_32bit, form & 1);
		assert_int_equal(header.is_big_endian, (form & 2) != 0);
		assert_int_equal(header.type, ET_DYN);
		assert_int_equal(header.machine, EM_PPC);
		assert_int_equal(header.program_count, 3);

		assert_int_equal(elf_programs_read(&file, &header, &programs), 0);
		assert_int_equal(programs[1].p_vaddr, 0x2000);
		assert_int_equal(programs[1].p_memsz, 0x480);
		free(programs);

		assert_int_equal(elf_sections_read(&file, &header, &sections, &count, &names), 0);
		assert_int_equal(count, MAKER_SECTIONS);
		assert_int_equal(names, MAKER_NAMES);
		assert_int_equal(sections[MAKER_BSS].sh_type, SHT_NOBITS);
		assert_int_equal(sections[MAKER_BSS].sh_addr, 0x2180);
		assert_int_equal(sections[MAKER_SYMBOLS].sh_link, MAKER_STRINGS);
		free(sections);
	}
}

/* A number of its own in each field of a program header and a section header. */
static void put_fields(struct elf_maker *maker)
{
	size_t at;

	at = ELF_MAKER_SIZE(maker, Ehdr) + ELF_MAKER_SIZE(maker, Phdr);
	ELF_MAKER_PUT(maker, at, Phdr, p_type, 11);
	ELF_MAKER_PUT(maker, at, Phdr, p_flags, 12);
	ELF_MAKER_PUT(maker, at, Phdr, p_offset, 13);
	ELF_MAKER_PUT(maker, at, Phdr, p_vaddr, 14);
	ELF_MAKER_PUT(maker, at, Phdr, p_filesz, 15);
	ELF_MAKER_PUT(maker, at, Phdr, p_memsz, 16);
	ELF_MAKER_PUT(maker, at, Phdr, p_align, 17);
	at = elf_maker_section(maker, MAKER_DATA);
	ELF_MAKER_PUT(maker, at, Shdr, sh_name, 21);
	ELF_MAKER_PUT(maker, at, Shdr, sh_type, 22);
	ELF_MAKER_PUT(maker, at, Shdr, sh_flags, 23);
	ELF_MAKER_PUT(maker, at, Shdr, sh_addr, 24);
	ELF_MAKER_PUT(maker, at, Shdr, sh_offset, 25);
	ELF_MAKER_PUT(maker, at, Shdr, sh_size, 26);
	ELF_MAKER_PUT(maker, at, Shdr, sh_link, 27);
	ELF_MAKER_PUT(maker, at, Shdr, sh_info, 28);
	ELF_MAKER_PUT(maker, at, Shdr, sh_addralign, 29);
	ELF_MAKER_PUT(maker, at, Shdr, sh_entsize, 30);
}

static void all_fields_are_read(void **state)
{
	(void)state;
	for (int form = 0; form < 4; form++) {
		struct elf_maker maker;
		struct file_reader file;
		struct elf_header header;
		Elf64_Phdr *programs;
		Elf64_Shdr *sections;
		size_t count, names;

		elf_maker_init(&maker, form & 1, form & 2);
		put_fields(&maker);
		file = elf_maker_reader(&maker);
		assert_int_equal(elf_header_read(&file, &header), 0);
		assert_int_equal(elf_programs_read(&file, &header, &programs), 0);
		assert_int_equal(programs[1].p_type, 11);
		assert_int_equal(programs[1].p_flags, 12);
		assert_int_equal(programs[1].p_offset, 13);
		assert_int_equal(programs[1].p_vaddr, 14);
		assert_int_equal(programs[1].p_filesz, 15);
		assert_int_equal(programs[1].p_memsz, 16);
		assert_int_equal(programs[1].p_align, 17);
		free(programs);
		assert_int_equal(elf_sections_read(&file, &header, &sections, &count, &names), 0);
		assert_int_equal(sections[MAKER_DATA].sh_name, 21);
		assert_int_equal(sections[MAKER_DATA].sh_type, 22);
		assert_int_equal(sections[MAKER_DATA].sh_flags, 23);
		assert_int_equal(sections[MAKER_DATA].sh_addr, 24);
		assert_int_equal(sections[MAKER_DATA].sh_offset, 25);
		assert_int_equal(sections[MAKER_DATA].sh_size, 26);
		assert_int_equal(sections[MAKER_DATA].sh_link, 27);
		assert_int_equal(sections[MAKER_DATA].sh_info, 28);
		assert_int_equal(sections[MAKER_DATA].sh_addralign, 29);
		assert_int_equal(sections[MAKER_DATA].sh_entsize, 30);
		free(sections);
	}
}

static void what_is_no_header_is_refused(void **state)
{
	static const struct {
		size_t at;
		unsigned char value;
	} wrong[] = {{0, 'e'},      {3, 'f'},      {EI_VERSION, 0}, {EI_VERSION, 2},
		     {EI_CLASS, 0}, {EI_CLASS, 3}, {EI_DATA, 0},    {EI_DATA, 3}};
	struct elf_header header = {.type = 77};
	struct elf_maker maker;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct file_reader file;

		elf_maker_init(&maker, false, false);
		maker.bytes[wrong[i].at] = wrong[i].value;
		file = elf_maker_reader(&maker);
		assert_int_equal(elf_header_read(&file, &header), -ENOEXEC);
	}
	elf_maker_init(&maker, false, false);
	for (uint64_t size = 63; size <= 64; size++) {
		const struct elf_maker_disk disk = {&maker, size, UINT64_MAX};
		const struct file_reader file = elf_maker_disk_reader(&disk);

		assert_int_equal(header.type, 77);
		assert_int_equal(elf_header_read(&file, &header), size < 64 ? -ENOEXEC : 0);
	}
}

static void errors_of_reading_are_told(void **state)
{
	struct elf_maker maker;
	struct elf_maker_disk disk = {&maker, sizeof(maker.bytes), 0};
	struct file_reader file = elf_maker_disk_reader(&disk);
	Elf64_Phdr *programs = NULL;
	Elf64_Shdr *sections = NULL;
	struct elf_header header;
	size_t count = 7, names = 8;

	(void)state;
	elf_maker_init(&maker, false, false);
	assert_int_equal(elf_header_read(&file, &header), -EIO);
	disk.bad = UINT64_MAX;
	assert_int_equal(elf_header_read(&file, &header), 0);
	disk.bad = sizeof(Elf64_Ehdr);
	assert_int_equal(elf_programs_read(&file, &header, &programs), -EIO);
	disk.bad = ELF_MAKER_HEADERS;
	assert_int_equal(elf_sections_read(&file, &header, &sections, &count, &names), -EIO);
	header.section_count = 0;
	assert_int_equal(elf_sections_read(&file, &header, &sections, &count, &names), -EIO);
	assert_true(!programs && !sections && count == 7 && names == 8);
}

/* 64 kilobytes of them, and none at all. */
static void program_headers_have_a_limit(void **state)
{
	const size_t most = 65536 / sizeof(Elf64_Phdr);
	struct elf_maker maker;
	const struct elf_maker_disk disk = {&maker, 1 << 20, UINT64_MAX};
	const struct file_reader file = elf_maker_disk_reader(&disk);
	Elf64_Phdr *programs = NULL;
	struct elf_header header;

	(void)state;
	elf_maker_init(&maker, false, false);
	assert_int_equal(elf_header_read(&file, &header), 0);
	header.program_count = (uint32_t)most + 1;
	assert_int_equal(elf_programs_read(&file, &header, &programs), -ENOEXEC);
	header.program_count = 0;
	assert_int_equal(elf_programs_read(&file, &header, &programs), -ENOEXEC);
	assert_null(programs);
	header.program_count = (uint32_t)most;
	assert_int_equal(elf_programs_read(&file, &header, &programs), 0);
	assert_int_equal(programs[1].p_vaddr, 0x2000);
	free(programs);
	/* Of another size they are none. */
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_phentsize, sizeof(Elf64_Phdr) + 1);
	assert_int_equal(elf_header_read(&file, &header), 0);
	assert_int_equal(header.program_count, 0);
}

/* Either of the two may be in the first section header, the other one where it belongs. */
static void one_number_may_be_elsewhere(void **state)
{
	struct elf_maker maker;
	struct file_reader file;
	struct elf_header header;
	Elf64_Shdr *sections;
	size_t count, names;

	(void)state;
	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shnum, 0);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, 0), Shdr, sh_size, 3);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, 0), Shdr, sh_link, 77);
	file = elf_maker_reader(&maker);
	assert_int_equal(elf_header_read(&file, &header), 0);
	assert_int_equal(elf_sections_read(&file, &header, &sections, &count, &names), 0);
	assert_int_equal(count, 3);
	assert_int_equal(names, MAKER_NAMES);
	free(sections);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shnum, 4);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shstrndx, SHN_XINDEX);
	assert_int_equal(elf_header_read(&file, &header), 0);
	assert_int_equal(elf_sections_read(&file, &header, &sections, &count, &names), 0);
	assert_int_equal(count, 4);
	assert_int_equal(names, 77);
	free(sections);
}

/* What does not fit into the file header is in the first section header. */
static void very_many_sections_are_counted_elsewhere(void **state)
{
	struct elf_maker maker;
	struct file_reader file;
	struct elf_header header;
	Elf64_Shdr *sections;
	size_t count, names;

	(void)state;
	elf_maker_init(&maker, false, false);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shnum, 0);
	ELF_MAKER_PUT(&maker, 0, Ehdr, e_shstrndx, SHN_XINDEX);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, 0), Shdr, sh_size, MAKER_SECTIONS);
	ELF_MAKER_PUT(&maker, elf_maker_section(&maker, 0), Shdr, sh_link, MAKER_NAMES);
	file = elf_maker_reader(&maker);
	assert_int_equal(elf_header_read(&file, &header), 0);
	assert_int_equal(elf_sections_read(&file, &header, &sections, &count, &names), 0);
	assert_int_equal(count, MAKER_SECTIONS);
	assert_int_equal(names, MAKER_NAMES);
	free(sections);
}

#define NO_SECTIONS(change)                                                                    \
	do {                                                                                   \
		struct elf_maker maker;                                                        \
		struct file_reader file;                                                       \
		struct elf_header header;                                                      \
		Elf64_Shdr *sections = NULL;                                                   \
		size_t count, names;                                                           \
		elf_maker_init(&maker, false, false);                                          \
		change;                                                                        \
		file = elf_maker_reader(&maker);                                               \
		assert_int_equal(elf_header_read(&file, &header), 0);                          \
		assert_int_equal(elf_sections_read(&file, &header, &sections, &count, &names), \
				 -ENOEXEC);                                                    \
		assert_null(sections);                                                         \
	} while (0)

static void section_headers_that_are_none(void **state)
{
	(void)state;
	NO_SECTIONS(ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, 0));
	NO_SECTIONS(ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, UINT64_MAX));
	NO_SECTIONS(ELF_MAKER_PUT(&maker, 0, Ehdr, e_shoff, sizeof(maker.bytes) - 64));
	NO_SECTIONS(ELF_MAKER_PUT(&maker, 0, Ehdr, e_shentsize, 40));
	NO_SECTIONS(ELF_MAKER_PUT(&maker, 0, Ehdr, e_shnum, 0xfeff));
	NO_SECTIONS(ELF_MAKER_PUT(&maker, 0, Ehdr, e_shnum, 0)); /* and none in the first */
	NO_SECTIONS({
		ELF_MAKER_PUT(&maker, 0, Ehdr, e_shnum, 0);
		ELF_MAKER_PUT(&maker, elf_maker_section(&maker, 0), Shdr, sh_size, UINT64_MAX);
	});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_class_and_byte_order),
		cmocka_unit_test(all_fields_are_read),
		cmocka_unit_test(what_is_no_header_is_refused),
		cmocka_unit_test(errors_of_reading_are_told),
		cmocka_unit_test(program_headers_have_a_limit),
		cmocka_unit_test(one_number_may_be_elsewhere),
		cmocka_unit_test(very_many_sections_are_counted_elsewhere),
		cmocka_unit_test(section_headers_that_are_none),
	};

	return cmocka_run_group_tests_name("elf_headers", tests, NULL, NULL);
}
