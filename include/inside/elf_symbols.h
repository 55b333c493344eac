/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_ELF_SYMBOLS_H
#define INSIDE_ELF_SYMBOLS_H

/*
 * A symbol table of a hostile ELF file, .symtab or .dynsym: the names of its functions and
 * variables, as candidates of a list (inside/symbol_list.h). Left out are symbols that are not
 * defined, that have no address of their own (of files, sections, threads' memory, constants), the
 * marks that assemblers put into code ($x, $d), and all that lies in no section that is loaded.
 */

#include <stddef.h>
#include <stdint.h>

struct elf_header;
struct file_reader;
struct inside_name;
struct section_list;

struct elf_symbols {
	struct inside_name *names; /* from memory_alloc(), in the order of the file */
	size_t count;
	char *strings; /* what the names point into */
	size_t strings_size;
};

/*
 * Reads the first table of the type: SHT_SYMTAB or SHT_DYNSYM. The sections are those of the loaded
 * object, which the file may be the debug file of. Returns 0, and the caller frees both members;
 * -ENOENT when there is no such table, or none with a symbol; -EFBIG when it is too large;
 * -EBADMSG when it contradicts itself; or the -errno of reading.
 */
int elf_symbols_read(const struct file_reader *file, const struct elf_header *header, uint32_t type,
		     const struct section_list *sections, struct elf_symbols *ret_symbols);

#endif
