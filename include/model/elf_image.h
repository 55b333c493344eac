/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_ELF_IMAGE_H
#define MODEL_ELF_IMAGE_H

/*
 * The part of an ELF file that decides what its mappings are: its loadable segments and the range
 * that is made read-only after relocation (elf(5); System V ABI, "Program Header"). Virtual
 * addresses are those of the file, before the load bias. Bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf_segment {
	uint64_t address, memory_size; /* p_vaddr, p_memsz */
	uint64_t offset, file_size;    /* p_offset, p_filesz */
	uint8_t perms;                 /* PERM_READ | PERM_WRITE | PERM_EXEC from p_flags */
};

struct elf_image {
	struct elf_segment *segments; /* the PT_LOAD ones, ascending by address */
	size_t segment_count;
	uint64_t relro_start, relro_end; /* PT_GNU_RELRO; equal when there is none */
	bool is_32bit;
};

/* What is known about one mapped file. */
struct elf_file {
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	const struct elf_image *image; /* NULL: could not be read, or is no ELF file */
	bool readable;                 /* the file was read, be it ELF or not */
};

#endif
