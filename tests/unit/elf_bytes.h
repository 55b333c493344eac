/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_ELF_BYTES_H
#define TESTS_UNIT_ELF_BYTES_H

/* A small ELF file for tests: a file header and three program headers, to be bent as needed. */

#include <elf.h>
#include <string.h>

struct elf_bytes {
	Elf64_Ehdr header;
	Elf64_Phdr code, data, relro;
};

static inline struct elf_bytes elf_bytes_make(void)
{
	struct elf_bytes elf = {
		.header = {.e_type = ET_DYN,
			   .e_version = EV_CURRENT,
			   .e_phoff = sizeof(Elf64_Ehdr),
			   .e_ehsize = sizeof(Elf64_Ehdr),
			   .e_phentsize = sizeof(Elf64_Phdr),
			   .e_phnum = 3},
		.code = {.p_type = PT_LOAD,
			 .p_flags = PF_R | PF_X,
			 .p_filesz = 0x1800,
			 .p_memsz = 0x1800},
		.data = {.p_type = PT_LOAD,
			 .p_flags = PF_R | PF_W,
			 .p_offset = 0x1800,
			 .p_vaddr = 0x2800,
			 .p_filesz = 0x900,
			 .p_memsz = 0x2000},
		.relro = {.p_type = PT_GNU_RELRO,
			  .p_flags = PF_R,
			  .p_offset = 0x1800,
			  .p_vaddr = 0x2800,
			  .p_filesz = 0x800,
			  .p_memsz = 0x800},
	};

	memcpy(elf.header.e_ident, ELFMAG, SELFMAG);
	elf.header.e_ident[EI_CLASS] = ELFCLASS64;
	elf.header.e_ident[EI_DATA] =
		__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
	elf.header.e_ident[EI_VERSION] = EV_CURRENT;
	return elf;
}

#endif
