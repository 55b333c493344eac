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
		cmocka_unit_test(very_many_sections_are_counted_elsewhere),
		cmocka_unit_test(section_headers_that_are_none),
	};

	return cmocka_run_group_tests_name("elf_headers", tests, NULL, NULL);
}
