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

#include "model/file_key.h"
#include "model/kind.h"

/* More loadable segments than any linker makes; a file with more is not taken for an object. */
#define ELF_IMAGE_SEGMENTS_MAX 128

struct elf_segment {
	uint64_t address, memory_size; /* p_vaddr, p_memsz (not 0); their sum does not overflow */
	uint64_t offset, file_size;    /* p_offset, p_filesz (at most p_memsz); likewise */
	uint8_t perms;                 /* PERM_READ | PERM_WRITE | PERM_EXEC from p_flags */
};

struct elf_image {
	struct elf_segment *segments;    /* the PT_LOAD ones, ascending by address, disjoint */
	size_t segment_count;            /* 1 to ELF_IMAGE_SEGMENTS_MAX */
	uint64_t relro_start, relro_end; /* PT_GNU_RELRO; equal when there is none */
	bool is_32bit;
};

/* What is known about one mapped file. */
struct elf_file {
	struct file_key key;
	const struct elf_image *image; /* NULL: could not be read, or is no ELF file */
	bool readable;                 /* the file was read, whether it is ELF or not */
	bool stalled;                  /* its file system has not answered yet */
	uint8_t identity;              /* enum file_identity: whether it is the mapped one */
};

/* How a mapping lies in an image. */
struct elf_fit {
	size_t segment; /* the first one that it maps */
	uint8_t perms;  /* every PERM_… that one of its segments has */
};

/*
 * Whether mapping size bytes of the file from offset on to address (both whole pages; the address
 * as in the file, bias taken off) is what loading does: the mapping holds nothing but file pages
 * of segments, each at its place. Neighbouring segments may have become one mapping.
 */
bool elf_image_fits(const struct elf_image *image, uint64_t page_size, uint64_t address,
		    uint64_t size, uint64_t offset, struct elf_fit *ret_fit);

/*
 * The address (bias taken off) that the segment's mapping gives to the place offset in the file.
 * False when the segment does not map that place, or cannot be mapped with such pages.
 */
bool elf_image_address(const struct elf_image *image, uint64_t page_size, size_t segment,
		       uint64_t offset, uint64_t *ret_address);

/*
 * What most of the bytes from address on are: KIND_TEXT, KIND_RODATA, KIND_RELRO, KIND_DATA or
 * KIND_BSS; KIND_COUNT when less than half of them lie in segments. Writable memory is never
 * relro: it is not locked yet, or not any more.
 */
enum kind elf_image_kind(const struct elf_image *image, uint64_t page_size, uint64_t address,
			 uint64_t size, bool writable);

/* The pages that the segments take, from the first to past the last. */
void elf_image_span(const struct elf_image *image, uint64_t page_size, uint64_t *ret_start,
		    uint64_t *ret_end);

#endif
