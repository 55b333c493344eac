/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_ELF_HEADERS_H
#define INSIDE_ELF_HEADERS_H

/*
 * The headers of an ELF file (elf(5)), of either class and byte order, widened to 64 bits. The file
 * is hostile: tables are bounded, and no value in them is checked here but those that say where the
 * tables are.
 */

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file_reader;

/*
 * More sections than any linker makes but with a section for each function, and no more than 4 MiB
 * of them.
 */
#define ELF_SECTIONS_MAX 65536

/* No user address lies above; also keeps every sum of two values free of overflow. */
#define ELF_ADDRESS_MAX (UINT64_C(1) << 62)

/* What the file header says. */
struct elf_header {
	bool is_32bit, is_big_endian;
	uint16_t type, machine;                /* ET_…, EM_… */
	uint64_t program_offset;               /* of the program headers in the file */
	uint64_t section_offset;               /* of the section headers; 0 without any */
	uint32_t program_count;                /* 0 to UINT16_MAX */
	uint32_t section_count, section_names; /* the latter is the index of their names' section */
};

/* A number of size bytes, at most 8, in the byte order of the file. */
static inline uint64_t elf_number(const struct elf_header *header, const void *bytes, size_t size)
{
	const unsigned char *digits = bytes;
	uint64_t number = 0;

	for (size_t i = 0; i < size; i++)
		number = number << 8 | digits[header->is_big_endian ? i : size - 1 - i];
	return number;
}

#define ELF_FIELD_AT(header, bytes, structure, field)                          \
	elf_number(header, (const char *)(bytes) + offsetof(structure, field), \
		   sizeof(((structure *)0)->field))

/* The field of a structure of <elf.h> ("Sym" for Elf64_Sym) at bytes, of the class of the file. */
#define ELF_FIELD(header, bytes, structure, field)                                  \
	((header)->is_32bit ? ELF_FIELD_AT(header, bytes, Elf32_##structure, field) \
			    : ELF_FIELD_AT(header, bytes, Elf64_##structure, field))

/* The size of such a structure. */
#define ELF_SIZE(header, structure) \
	((header)->is_32bit ? sizeof(Elf32_##structure) : sizeof(Elf64_##structure))

/* Reads the file header. Returns 0, -ENOEXEC when it is none, or -errno of reading. */
int elf_header_read(const struct file_reader *file, struct elf_header *ret_header);

/*
 * Reads all program headers. Returns 0 and sets *ret_programs (the header's program_count), which
 * the caller frees; -ENOEXEC when there are none, too many, or the file ends before; or another
 * -errno of reading.
 */
int elf_programs_read(const struct file_reader *file, const struct elf_header *header,
		      Elf64_Phdr **ret_programs);

/*
 * Reads all section headers. Returns as elf_programs_read(); there may be more than the header's
 * section_count could hold, so that *ret_count is how many. *ret_names is the index of the section
 * that has their names.
 */
int elf_sections_read(const struct file_reader *file, const struct elf_header *header,
		      Elf64_Shdr **ret_sections, size_t *ret_count, size_t *ret_names);

#endif
