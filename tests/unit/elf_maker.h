/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_ELF_MAKER_H
#define TESTS_UNIT_ELF_MAKER_H

/*
 * Makes ELF objects for tests, of either class and byte order, with sections and symbols:
 *
 *   address      file    what
 *   0x0          0x0     headers
 *   0x400        0x400   .text, 0x200 bytes         segment r-x: 0x0 to 0x800
 *   0x600        0x600   .rodata, 0x100 bytes
 *   0x2000       0x1000  .data.rel.ro, 0x80 bytes   segment rw-: 0x2000 to 0x2480,
 *   0x2080       0x1080  .data, 0x100 bytes         0x180 bytes of the file
 *   0x2180       -       .bss, 0x300 bytes
 *
 * and .tbss, .symtab (or .dynsym), .strtab and .shstrtab. All of it can be bent afterwards.
 */

#include <elf.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "inside/file_reader.h"

#define ELF_MAKER_HEADERS 0x1400 /* where the section headers are */
#define ELF_MAKER_NAMES   0x1700
#define ELF_MAKER_STRINGS 0x1800
#define ELF_MAKER_SYMBOLS 0x2000

enum {
	MAKER_TEXT = 1,
	MAKER_RODATA,
	MAKER_RELRO,
	MAKER_DATA,
	MAKER_BSS,
	MAKER_TBSS,
	MAKER_SYMBOLS,
	MAKER_STRINGS,
	MAKER_NAMES,
	MAKER_SECTIONS,
};

struct elf_maker {
	unsigned char bytes[0x4000];
	bool is_32bit, is_big_endian;
	size_t symbol_count, strings_size;
	struct file_bytes file;
};

struct maker_symbol {
	const char *name;
	uint64_t value, size;
	unsigned char info; /* ELF64_ST_INFO() */
	uint16_t section;
};

static inline void elf_maker_put(struct elf_maker *maker, size_t at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		maker->bytes[at + (maker->is_big_endian ? size - 1 - i : i)] =
			(unsigned char)(value >> (8 * i));
}

/* Puts a field of the structure at a place, of the class of the file. */
#define ELF_MAKER_PUT(maker, at, structure, field, value)                                    \
	((maker)->is_32bit ? elf_maker_put(maker, (at) + offsetof(Elf32_##structure, field), \
					   value, sizeof(((Elf32_##structure *)0)->field))   \
			   : elf_maker_put(maker, (at) + offsetof(Elf64_##structure, field), \
					   value, sizeof(((Elf64_##structure *)0)->field)))
#define ELF_MAKER_SIZE(maker, structure) \
	((maker)->is_32bit ? sizeof(Elf32_##structure) : sizeof(Elf64_##structure))

/* Where the header of the section is. */
static inline size_t elf_maker_section(const struct elf_maker *maker, size_t index)
{
	return ELF_MAKER_HEADERS + index * ELF_MAKER_SIZE(maker, Shdr);
}

static inline void elf_maker_put_program(struct elf_maker *maker, size_t index, Elf64_Phdr program)
{
	size_t at = ELF_MAKER_SIZE(maker, Ehdr) + index * ELF_MAKER_SIZE(maker, Phdr);

	ELF_MAKER_PUT(maker, at, Phdr, p_type, program.p_type);
	ELF_MAKER_PUT(maker, at, Phdr, p_flags, program.p_flags);
	ELF_MAKER_PUT(maker, at, Phdr, p_offset, program.p_offset);
	ELF_MAKER_PUT(maker, at, Phdr, p_vaddr, program.p_vaddr);
	ELF_MAKER_PUT(maker, at, Phdr, p_filesz, program.p_filesz);
	ELF_MAKER_PUT(maker, at, Phdr, p_memsz, program.p_memsz);
	ELF_MAKER_PUT(maker, at, Phdr, p_align, program.p_align);
}

static inline void elf_maker_put_section(struct elf_maker *maker, size_t index, const char *name,
					 Elf64_Shdr section)
{
	size_t at = elf_maker_section(maker, index), string = index * 16;

	strcpy((char *)maker->bytes + ELF_MAKER_NAMES + string, name);
	ELF_MAKER_PUT(maker, at, Shdr, sh_name, string);
	ELF_MAKER_PUT(maker, at, Shdr, sh_type, section.sh_type);
	ELF_MAKER_PUT(maker, at, Shdr, sh_flags, section.sh_flags);
	ELF_MAKER_PUT(maker, at, Shdr, sh_addr, section.sh_addr);
	ELF_MAKER_PUT(maker, at, Shdr, sh_offset, section.sh_offset);
	ELF_MAKER_PUT(maker, at, Shdr, sh_size, section.sh_size);
	ELF_MAKER_PUT(maker, at, Shdr, sh_link, section.sh_link);
}

static inline void elf_maker_put_sections(struct elf_maker *maker)
{
	const Elf64_Shdr sections[MAKER_SECTIONS] = {
		[MAKER_TEXT] = {.sh_type = SHT_PROGBITS,
				.sh_flags = SHF_ALLOC | SHF_EXECINSTR,
				.sh_addr = 0x400,
				.sh_offset = 0x400,
				.sh_size = 0x200},
		[MAKER_RODATA] = {.sh_type = SHT_PROGBITS,
				  .sh_flags = SHF_ALLOC,
				  .sh_addr = 0x600,
				  .sh_offset = 0x600,
				  .sh_size = 0x100},
		[MAKER_RELRO] = {.sh_type = SHT_PROGBITS,
				 .sh_flags = SHF_ALLOC | SHF_WRITE,
				 .sh_addr = 0x2000,
				 .sh_offset = 0x1000,
				 .sh_size = 0x80},
		[MAKER_DATA] = {.sh_type = SHT_PROGBITS,
				.sh_flags = SHF_ALLOC | SHF_WRITE,
				.sh_addr = 0x2080,
				.sh_offset = 0x1080,
				.sh_size = 0x100},
		[MAKER_BSS] = {.sh_type = SHT_NOBITS,
			       .sh_flags = SHF_ALLOC | SHF_WRITE,
			       .sh_addr = 0x2180,
			       .sh_size = 0x300},
		[MAKER_TBSS] = {.sh_type = SHT_NOBITS,
				.sh_flags = SHF_ALLOC | SHF_WRITE | SHF_TLS,
				.sh_addr = 0x2000,
				.sh_size = 0x40},
		[MAKER_SYMBOLS] = {.sh_type = SHT_SYMTAB,
				   .sh_offset = ELF_MAKER_SYMBOLS,
				   .sh_link = MAKER_STRINGS},
		[MAKER_STRINGS] = {.sh_type = SHT_STRTAB,
				   .sh_offset = ELF_MAKER_STRINGS,
				   .sh_size = 1},
		[MAKER_NAMES] = {.sh_type = SHT_STRTAB,
				 .sh_offset = ELF_MAKER_NAMES,
				 .sh_size = 0x100},
	};
	static const char *const names[MAKER_SECTIONS] = {
		"",     ".text", ".rodata", ".data.rel.ro", ".data",
		".bss", ".tbss", ".symtab", ".strtab",      ".shstrtab",
	};

	for (size_t i = 0; i < MAKER_SECTIONS; i++)
		elf_maker_put_section(maker, i, names[i], sections[i]);
}

static inline void elf_maker_init(struct elf_maker *maker, bool is_32bit, bool is_big_endian)
{
	unsigned char *ident = maker->bytes;

	*maker = (struct elf_maker){.is_32bit = is_32bit, .is_big_endian = is_big_endian};
	maker->file = (struct file_bytes){maker->bytes, sizeof(maker->bytes)};
	memcpy(ident, ELFMAG, SELFMAG);
	ident[EI_CLASS] = is_32bit ? ELFCLASS32 : ELFCLASS64;
	ident[EI_DATA] = is_big_endian ? ELFDATA2MSB : ELFDATA2LSB;
	ident[EI_VERSION] = EV_CURRENT;
	ELF_MAKER_PUT(maker, 0, Ehdr, e_type, ET_DYN);
	ELF_MAKER_PUT(maker, 0, Ehdr, e_phoff, ELF_MAKER_SIZE(maker, Ehdr));
	ELF_MAKER_PUT(maker, 0, Ehdr, e_phentsize, ELF_MAKER_SIZE(maker, Phdr));
	ELF_MAKER_PUT(maker, 0, Ehdr, e_phnum, 3);
	ELF_MAKER_PUT(maker, 0, Ehdr, e_shoff, ELF_MAKER_HEADERS);
	ELF_MAKER_PUT(maker, 0, Ehdr, e_shentsize, ELF_MAKER_SIZE(maker, Shdr));
	ELF_MAKER_PUT(maker, 0, Ehdr, e_shnum, MAKER_SECTIONS);
	ELF_MAKER_PUT(maker, 0, Ehdr, e_shstrndx, MAKER_NAMES);
	elf_maker_put_program(maker, 0,
			      (Elf64_Phdr){.p_type = PT_LOAD,
					   .p_flags = PF_R | PF_X,
					   .p_filesz = 0x800,
					   .p_memsz = 0x800});
	elf_maker_put_program(maker, 1,
			      (Elf64_Phdr){.p_type = PT_LOAD,
					   .p_flags = PF_R | PF_W,
					   .p_offset = 0x1000,
					   .p_vaddr = 0x2000,
					   .p_filesz = 0x180,
					   .p_memsz = 0x480});
	elf_maker_put_program(
		maker, 2, (Elf64_Phdr){.p_type = PT_GNU_RELRO, .p_vaddr = 0x2000, .p_memsz = 0x80});
	elf_maker_put_sections(maker);
	maker->strings_size = 1;
}

static inline void elf_maker_add_symbol(struct elf_maker *maker, struct maker_symbol symbol)
{
	size_t entry = ELF_MAKER_SIZE(maker, Sym);
	size_t at = ELF_MAKER_SYMBOLS + maker->symbol_count * entry;

	strcpy((char *)maker->bytes + ELF_MAKER_STRINGS + maker->strings_size, symbol.name);
	ELF_MAKER_PUT(maker, at, Sym, st_name, maker->strings_size);
	ELF_MAKER_PUT(maker, at, Sym, st_value, symbol.value);
	ELF_MAKER_PUT(maker, at, Sym, st_size, symbol.size);
	ELF_MAKER_PUT(maker, at, Sym, st_info, symbol.info);
	ELF_MAKER_PUT(maker, at, Sym, st_shndx, symbol.section);
	maker->strings_size += strlen(symbol.name) + 1;
	maker->symbol_count++;
	ELF_MAKER_PUT(maker, elf_maker_section(maker, MAKER_SYMBOLS), Shdr, sh_size,
		      maker->symbol_count * entry);
	ELF_MAKER_PUT(maker, elf_maker_section(maker, MAKER_STRINGS), Shdr, sh_size,
		      maker->strings_size);
}

/* Puts a note with a build-id of so many bytes, 1, 2, 3, ..., in place of .rodata. */
static inline void elf_maker_put_build_id(struct elf_maker *maker, size_t size)
{
	const size_t at = 0x600;

	elf_maker_put_section(maker, MAKER_RODATA, ".note.build-id",
			      (Elf64_Shdr){.sh_type = SHT_NOTE,
					   .sh_flags = SHF_ALLOC,
					   .sh_addr = at,
					   .sh_offset = at,
					   .sh_size = 16 + size});
	elf_maker_put(maker, at, 4, 4);
	elf_maker_put(maker, at + 4, size, 4);
	elf_maker_put(maker, at + 8, NT_GNU_BUILD_ID, 4);
	memcpy(maker->bytes + at + 12, ELF_NOTE_GNU, 4);
	for (size_t i = 0; i < size; i++)
		maker->bytes[at + 16 + i] = (unsigned char)(i + 1);
}

/* Puts a .gnu_debuglink in place of .tbss; the name has up to 15 bytes. */
static inline void elf_maker_put_debug_link(struct elf_maker *maker, const char *name, uint32_t crc)
{
	const size_t at = 0x680;
	size_t padded = (strlen(name) + 4) & ~(size_t)3;

	elf_maker_put_section(
		maker, MAKER_TBSS, ".gnu_debuglink",
		(Elf64_Shdr){.sh_type = SHT_PROGBITS, .sh_offset = at, .sh_size = padded + 4});
	memset(maker->bytes + at, 0, padded);
	memcpy(maker->bytes + at, name, strlen(name));
	elf_maker_put(maker, at + padded, crc, 4);
}

/* A reader of the same as a longer file, of zeroes behind it, which cannot be read at one place. */
struct elf_maker_disk {
	const struct elf_maker *maker;
	uint64_t size, bad;
};

static inline int elf_maker_read_disk(void *context, uint64_t offset, void *bytes, size_t size)
{
	const struct elf_maker_disk *disk = context;
	size_t known =
		offset < sizeof(disk->maker->bytes) ? sizeof(disk->maker->bytes) - offset : 0;

	if (disk->bad >= offset && disk->bad - offset < size)
		return -EIO;
	known = known < size ? known : size;
	memcpy(bytes, disk->maker->bytes + (known ? offset : 0), known);
	memset((char *)bytes + known, 0, size - known);
	return 0;
}

static inline struct file_reader elf_maker_disk_reader(const struct elf_maker_disk *disk)
{
	return (struct file_reader){elf_maker_read_disk, (void *)disk, disk->size};
}

static inline struct file_reader elf_maker_reader(const struct elf_maker *maker)
{
	return file_reader_of_bytes(&maker->file);
}

#endif
