/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/elf_headers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/file_reader.h"

/* Program headers of more are refused by execve() too (fs/binfmt_elf.c, load_elf_phdrs()). */
#define PROGRAMS_BYTES_MAX 65536

/* A file that ends before what its headers promise is none. */
static int no_data(int error)
{
	return error == -ENODATA || error == -EFBIG ? -ENOEXEC : error;
}

static int check_ident(const unsigned char *ident)
{
	if (memcmp(ident, ELFMAG, SELFMAG) != 0 || ident[EI_VERSION] != EV_CURRENT)
		return -ENOEXEC;
	if (ident[EI_CLASS] != ELFCLASS32 && ident[EI_CLASS] != ELFCLASS64)
		return -ENOEXEC;
	if (ident[EI_DATA] != ELFDATA2LSB && ident[EI_DATA] != ELFDATA2MSB)
		return -ENOEXEC;
	return 0;
}

int elf_header_read(const struct file_reader *file, struct elf_header *ret_header)
{
	/* No file is shorter that has a header of 32 bits and one program header. */
	unsigned char bytes[sizeof(Elf64_Ehdr)];
	struct elf_header header = {0};
	int error = file_reader_read(file, 0, bytes, sizeof(bytes));

	if (!error)
		error = check_ident(bytes);
	if (error)
		return no_data(error);
	header.is_32bit = bytes[EI_CLASS] == ELFCLASS32;
	header.is_big_endian = bytes[EI_DATA] == ELFDATA2MSB;
	header.type = (uint16_t)ELF_FIELD(&header, bytes, Ehdr, e_type);
	header.machine = (uint16_t)ELF_FIELD(&header, bytes, Ehdr, e_machine);
	header.program_offset = ELF_FIELD(&header, bytes, Ehdr, e_phoff);
	header.section_offset = ELF_FIELD(&header, bytes, Ehdr, e_shoff);
	if (ELF_FIELD(&header, bytes, Ehdr, e_phentsize) == ELF_SIZE(&header, Phdr))
		header.program_count = (uint32_t)ELF_FIELD(&header, bytes, Ehdr, e_phnum);
	if (ELF_FIELD(&header, bytes, Ehdr, e_shentsize) == ELF_SIZE(&header, Shdr))
		header.section_count = (uint32_t)ELF_FIELD(&header, bytes, Ehdr, e_shnum);
	else
		header.section_offset = 0;
	header.section_names = (uint32_t)ELF_FIELD(&header, bytes, Ehdr, e_shstrndx);
	*ret_header = header;
	return 0;
}

static Elf64_Phdr widen_program(const struct elf_header *header, const char *bytes)
{
	return (Elf64_Phdr){
		.p_type = (Elf64_Word)ELF_FIELD(header, bytes, Phdr, p_type),
		.p_flags = (Elf64_Word)ELF_FIELD(header, bytes, Phdr, p_flags),
		.p_offset = ELF_FIELD(header, bytes, Phdr, p_offset),
		.p_vaddr = ELF_FIELD(header, bytes, Phdr, p_vaddr),
		.p_filesz = ELF_FIELD(header, bytes, Phdr, p_filesz),
		.p_memsz = ELF_FIELD(header, bytes, Phdr, p_memsz),
		.p_align = ELF_FIELD(header, bytes, Phdr, p_align),
	};
}

static Elf64_Shdr widen_section(const struct elf_header *header, const char *bytes)
{
	return (Elf64_Shdr){
		.sh_name = (Elf64_Word)ELF_FIELD(header, bytes, Shdr, sh_name),
		.sh_type = (Elf64_Word)ELF_FIELD(header, bytes, Shdr, sh_type),
		.sh_flags = ELF_FIELD(header, bytes, Shdr, sh_flags),
		.sh_addr = ELF_FIELD(header, bytes, Shdr, sh_addr),
		.sh_offset = ELF_FIELD(header, bytes, Shdr, sh_offset),
		.sh_size = ELF_FIELD(header, bytes, Shdr, sh_size),
		.sh_link = (Elf64_Word)ELF_FIELD(header, bytes, Shdr, sh_link),
		.sh_info = (Elf64_Word)ELF_FIELD(header, bytes, Shdr, sh_info),
		.sh_addralign = ELF_FIELD(header, bytes, Shdr, sh_addralign),
		.sh_entsize = ELF_FIELD(header, bytes, Shdr, sh_entsize),
	};
}

int elf_programs_read(const struct file_reader *file, const struct elf_header *header,
		      Elf64_Phdr **ret_programs)
{
	size_t entry = ELF_SIZE(header, Phdr), size = header->program_count * entry;
	Elf64_Phdr *programs;
	char *bytes;
	int error;

	if (size == 0)
		return -ENOEXEC;
	error = file_reader_load(file, header->program_offset, size, PROGRAMS_BYTES_MAX, &bytes);
	if (error)
		return no_data(error);
	programs = memory_alloc(header->program_count * sizeof(*programs));
	for (size_t i = 0; i < header->program_count; i++)
		programs[i] = widen_program(header, bytes + i * entry);
	free(bytes);
	*ret_programs = programs;
	return 0;
}

/* Where the file header has no room for the number of sections or names, the first one has it. */
static int count_sections(const struct file_reader *file, const struct elf_header *header,
			  size_t *ret_count, size_t *ret_names)
{
	char bytes[sizeof(Elf64_Shdr)];
	Elf64_Shdr first;
	int error;

	*ret_count = header->section_count;
	*ret_names = header->section_names;
	if (header->section_offset == 0)
		return -ENOEXEC;
	if (header->section_count && header->section_names != SHN_XINDEX)
		return 0;
	error = file_reader_read(file, header->section_offset, bytes, ELF_SIZE(header, Shdr));
	if (error)
		return no_data(error);
	first = widen_section(header, bytes);
	if (!header->section_count)
		*ret_count = first.sh_size;
	if (header->section_names == SHN_XINDEX)
		*ret_names = first.sh_link;
	return 0;
}

int elf_sections_read(const struct file_reader *file, const struct elf_header *header,
		      Elf64_Shdr **ret_sections, size_t *ret_count, size_t *ret_names)
{
	size_t entry = ELF_SIZE(header, Shdr), count, names;
	Elf64_Shdr *sections;
	char *bytes;
	int error = count_sections(file, header, &count, &names);

	if (error)
		return error;
	if (count == 0 || count > ELF_SECTIONS_MAX)
		return -ENOEXEC;
	error = file_reader_load(file, header->section_offset, count * entry,
				 ELF_SECTIONS_MAX * sizeof(Elf64_Shdr), &bytes);
	if (error)
		return no_data(error);
	sections = memory_alloc(count * sizeof(*sections));
	for (size_t i = 0; i < count; i++)
		sections[i] = widen_section(header, bytes + i * entry);
	free(bytes);
	*ret_sections = sections;
	*ret_count = count;
	*ret_names = names;
	return 0;
}
