/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_PCLNTAB_H
#define INSIDE_PCLNTAB_H

/*
 * The table of functions that Go's runtime has of its program ("pclntab"), which stripping leaves.
 * It has functions only, no variables. The file is hostile.
 *
 * Layouts of Go 1.2, 1.16, 1.18 and 1.20 and later: a header, then a table of pairs, where each
 * function begins and where in the table its description is, which has the offset of its name
 * (src/runtime/symtab.go and src/debug/gosym/pclntab.go of Go).
 */

struct elf_header;
struct elf_symbols;
struct file_reader;
struct section_list;

/*
 * Finds and reads the table. Returns as elf_symbols_read() does: -ENOENT when there is none, or its
 * layout is not known.
 */
int pclntab_read(const struct file_reader *file, const struct elf_header *header,
		 const struct section_list *sections, struct elf_symbols *ret_symbols);

#endif
