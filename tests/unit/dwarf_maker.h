/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_DWARF_MAKER_H
#define TESTS_UNIT_DWARF_MAKER_H

/*
 * Makes ELF files with debug information (DWARF 4, in the byte order of the machine): units of
 * entries, of which each has an abbreviation of its own, one table of lines, and what addresses the
 * units have.
 */

#include <dwarf.h>
#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#define DWARF_MAKER_BYTES 16384

struct dwarf_part {
	unsigned char bytes[DWARF_MAKER_BYTES];
	size_t length;
};

struct dwarf_maker {
	struct dwarf_part info, abbrev, line, aranges;
	size_t unit;    /* where the last one begins */
	unsigned codes; /* abbreviations so far */
};

static inline void dwarf_put(struct dwarf_part *part, uint64_t value, size_t size)
{
	assert_true(part->length + size < sizeof(part->bytes));
	for (size_t i = 0; i < size; i++) {
		bool little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;

		part->bytes[part->length + (little ? i : size - 1 - i)] =
			(unsigned char)(i < sizeof(value) ? value >> (8 * i) : 0);
	}
	part->length += size;
}

static inline void dwarf_put_string(struct dwarf_part *part, const char *string)
{
	for (size_t i = 0; i <= strlen(string); i++)
		dwarf_put(part, (unsigned char)string[i], 1);
}

static inline void dwarf_put_leb(struct dwarf_part *part, uint64_t value)
{
	for (; value > 0x7f; value >>= 7)
		dwarf_put(part, (value & 0x7f) | 0x80, 1);
	dwarf_put(part, value, 1);
}

/* The length that stands before what follows, once that is known. */
static inline void dwarf_set_length(struct dwarf_part *part, size_t at)
{
	size_t end = part->length;

	part->length = at;
	dwarf_put(part, end - at - 4, 4);
	part->length = end;
}

/* The attributes of an entry follow, then its end. Returns where it is in its unit. */
static inline uint32_t dwarf_entry(struct dwarf_maker *maker, unsigned tag, bool children)
{
	uint32_t at = (uint32_t)(maker->info.length - maker->unit);

	maker->codes++;
	dwarf_put_leb(&maker->abbrev, maker->codes);
	dwarf_put_leb(&maker->abbrev, tag);
	dwarf_put(&maker->abbrev, children, 1);
	dwarf_put_leb(&maker->info, maker->codes);
	return at;
}

static inline void dwarf_form(struct dwarf_maker *maker, unsigned attribute, unsigned form)
{
	dwarf_put_leb(&maker->abbrev, attribute);
	dwarf_put_leb(&maker->abbrev, form);
}

static inline void dwarf_entry_end(struct dwarf_maker *maker)
{
	dwarf_form(maker, 0, 0);
}

/* Behind the last child of an entry. */
static inline void dwarf_children_end(struct dwarf_maker *maker)
{
	dwarf_put(&maker->info, 0, 1);
}

static inline void dwarf_string(struct dwarf_maker *maker, unsigned attribute, const char *string)
{
	dwarf_form(maker, attribute, DW_FORM_string);
	dwarf_put_string(&maker->info, string);
}

static inline void dwarf_number(struct dwarf_maker *maker, unsigned attribute, uint64_t number)
{
	dwarf_form(maker, attribute, DW_FORM_data8);
	dwarf_put(&maker->info, number, 8);
}

static inline void dwarf_reference(struct dwarf_maker *maker, unsigned attribute, uint32_t entry)
{
	dwarf_form(maker, attribute, DW_FORM_ref4);
	dwarf_put(&maker->info, entry, 4);
}

static inline void dwarf_range(struct dwarf_maker *maker, uint64_t start, uint64_t end)
{
	dwarf_form(maker, DW_AT_low_pc, DW_FORM_addr);
	dwarf_put(&maker->info, start, 8);
	dwarf_number(maker, DW_AT_high_pc, end - start);
}

/* A unit, which begins with its entry; with a range if it is not empty. */
static inline void dwarf_unit(struct dwarf_maker *maker, uint64_t start, uint64_t end)
{
	maker->unit = maker->info.length;
	dwarf_put(&maker->info, 0, 4);
	dwarf_put(&maker->info, 4, 2);
	dwarf_put(&maker->info, 0, 4);
	dwarf_put(&maker->info, 8, 1);
	dwarf_entry(maker, DW_TAG_compile_unit, true);
	dwarf_string(maker, DW_AT_name, "unit.c");
	dwarf_form(maker, DW_AT_stmt_list, DW_FORM_sec_offset);
	dwarf_put(&maker->info, 0, 4);
	if (start < end)
		dwarf_range(maker, start, end);
	dwarf_entry_end(maker);
}

static inline void dwarf_unit_end(struct dwarf_maker *maker)
{
	dwarf_children_end(maker);
	dwarf_set_length(&maker->info, maker->unit);
}

/* The table of ranges says that the last unit has these addresses. */
static inline void dwarf_arange(struct dwarf_maker *maker, uint64_t start, uint64_t end)
{
	size_t at = maker->aranges.length;

	dwarf_put(&maker->aranges, 0, 4);
	dwarf_put(&maker->aranges, 2, 2);
	dwarf_put(&maker->aranges, maker->unit, 4);
	dwarf_put(&maker->aranges, 8, 2);
	dwarf_put(&maker->aranges, 0, 4);
	dwarf_put(&maker->aranges, start, 8);
	dwarf_put(&maker->aranges, end - start, 8);
	dwarf_put(&maker->aranges, 0, 16);
	dwarf_set_length(&maker->aranges, at);
}

struct dwarf_row {
	uint64_t address;
	unsigned file, line; /* files count from 1 */
};

/* The table of lines, of all units. The address of the last row is the end. */
static inline void dwarf_lines(struct dwarf_maker *maker, const char *const *files,
			       size_t file_count, const struct dwarf_row *rows, size_t count)
{
	static const unsigned char operands[] = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1};
	struct dwarf_part *line = &maker->line;
	size_t header;

	dwarf_put(line, 0, 4);
	dwarf_put(line, 4, 2);
	header = line->length;
	dwarf_put(line, 0, 4);
	dwarf_put(line, 0x010101, 3);
	dwarf_put(line, 0xfb, 1); /* lines from -5 on, */
	dwarf_put(line, 14, 1);   /* so many of them */
	dwarf_put(line, sizeof(operands) + 1, 1);
	for (size_t i = 0; i < sizeof(operands); i++)
		dwarf_put(line, operands[i], 1);
	dwarf_put(line, 0, 1);
	for (size_t i = 0; i < file_count; i++) {
		dwarf_put_string(line, files[i]);
		dwarf_put(line, 0, 3);
	}
	dwarf_put(line, 0, 1);
	dwarf_set_length(line, header);
	for (size_t i = 0; i < count; i++) {
		dwarf_put(line, 0, 1);
		dwarf_put(line, 9, 1);
		dwarf_put(line, DW_LNE_set_address, 1);
		dwarf_put(line, rows[i].address, 8);
		if (i == count - 1)
			break;
		dwarf_put(line, DW_LNS_set_file, 1);
		dwarf_put_leb(line, rows[i].file);
		dwarf_put(line, DW_LNS_advance_line, 1);
		/* Twice the number of bits that a signed number may take, as if it had a sign. */
		{
			int64_t step = (int64_t)rows[i].line - (i ? (int64_t)rows[i - 1].line : 1);

			for (int byte = 0; byte < 5; byte++, step >>= 7)
				dwarf_put(line, ((uint64_t)step & 0x7f) | (byte < 4 ? 0x80 : 0), 1);
		}
		dwarf_put(line, DW_LNS_copy, 1);
	}
	dwarf_put(line, 0, 1);
	dwarf_put(line, 1, 1);
	dwarf_put(line, DW_LNE_end_sequence, 1);
	dwarf_set_length(line, 0);
}

/* The file, in memory; a part that is empty is left out. The caller closes it. */
static inline int dwarf_maker_file(struct dwarf_maker *maker)
{
	static const char names[] = "\0.debug_info\0.debug_abbrev\0.debug_line\0.debug_aranges\0"
				    ".shstrtab";
	struct dwarf_part *const parts[] = {&maker->info, &maker->abbrev, &maker->line,
					    &maker->aranges};
	static const unsigned offsets[] = {1, 13, 27, 39, 54};
	Elf64_Ehdr header = {.e_type = ET_DYN,
			     .e_version = EV_CURRENT,
			     .e_machine = EM_X86_64,
			     .e_ehsize = sizeof(header),
			     .e_shentsize = sizeof(Elf64_Shdr),
			     .e_shoff = sizeof(header)};
	Elf64_Shdr sections[6] = {{.sh_type = SHT_NULL}};
	int file = memfd_create("dwarf", MFD_CLOEXEC);
	off_t at = sizeof(header) + sizeof(sections);
	unsigned count = 1;

	dwarf_put(&maker->abbrev, 0, 1);
	memcpy(header.e_ident, ELFMAG, SELFMAG);
	header.e_ident[EI_CLASS] = ELFCLASS64;
	header.e_ident[EI_DATA] =
		__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
	header.e_ident[EI_VERSION] = EV_CURRENT;
	for (unsigned i = 0; i < 5; i++) {
		const void *bytes = i < 4 ? (const void *)parts[i]->bytes : names;
		size_t length = i < 4 ? parts[i]->length : sizeof(names);

		if (!length)
			continue;
		sections[count++] = (Elf64_Shdr){.sh_name = offsets[i],
						 .sh_type = i < 4 ? SHT_PROGBITS : SHT_STRTAB,
						 .sh_offset = (Elf64_Off)at,
						 .sh_size = length,
						 .sh_addralign = 1};
		assert_int_equal(pwrite(file, bytes, length, at), length);
		at += (off_t)length;
	}
	header.e_shnum = (Elf64_Half)count;
	header.e_shstrndx = (Elf64_Half)(count - 1);
	assert_int_equal(pwrite(file, &header, sizeof(header), 0), sizeof(header));
	assert_int_equal(pwrite(file, sections, sizeof(sections), sizeof(header)),
			 sizeof(sections));
	return file;
}

#endif
