/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_SECTION_LIST_H
#define INSIDE_SECTION_LIST_H

/*
 * The sections of an ELF object that take addresses when it is loaded (SHF_ALLOC, but for .tbss,
 * which is only a template of threads' memory). Where the file has no section headers, its segments
 * stand in: of each what is in the file, and what is not (bss).
 *
 * Only segments are loaded, and the file may contradict itself: what of a section lies in no
 * segment is left out, and so is what of it another section has already. Addresses are those of the
 * file, before the load bias. Bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"

struct elf_header;
struct elf_image;
struct file_reader;

struct inside_section {
	uint64_t start, end; /* start < end */
	const char *name;    /* raw bytes, may be empty */
	uint32_t type;       /* SHT_… of <elf.h>; SHT_NULL for a segment */
	uint64_t flags;      /* SHF_… */
	uint64_t offset;     /* of start in the file; of nobits meaningless */
	bool nobits;         /* it begins as zeroes, and takes no bytes of the file */
	uint8_t kind;        /* KIND_TEXT, KIND_RODATA, KIND_RELRO, KIND_DATA or KIND_BSS */
};

/* All zeroes: none. */
struct section_list {
	struct inside_section *sections; /* ascending, disjoint */
	size_t count;
	char *names;        /* what their names point into */
	bool from_segments; /* there are no section headers */
};

/* Bytes of each of the five kinds that sections have: the figure of the books, text, data and bss.
 */
struct section_sizes {
	uint64_t of[KIND_BSS + 1];
};

/*
 * Reads the sections of the file, whose header and segments were read. It never fails for what the
 * file says: then the segments stand in. Returns 0, and the list is to be finished; or the -errno
 * of reading.
 */
int section_list_read(struct section_list *list, const struct file_reader *file,
		      const struct elf_header *header, const struct elf_image *image);

void section_list_finish(struct section_list *list);

/* The section at the address; NULL where there is none. O(log sections). */
const struct inside_section *section_list_at(const struct section_list *list, uint64_t address);

/* The first section that ends above the address: its index, or their number. O(log sections). */
size_t section_list_from(const struct section_list *list, uint64_t address);

void section_list_sum(const struct section_list *list, struct section_sizes *ret_sizes);

#endif
