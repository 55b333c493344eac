/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_DWARF_LINE_H
#define FILES_DWARF_LINE_H

/*
 * The lines of the source that code comes from, by debug information (files/dwarf_file.h): several
 * for an address in a function that the compiler put into another. To be called in a child process.
 */

#include <stddef.h>
#include <stdint.h>

struct dwarf_file;

/* The strings are the file's, and raw bytes. */
struct dwarf_line {
	const char *function; /* as in a symbol table, mangled; NULL: not known */
	const char *file;     /* NULL: not known */
	uint32_t line;        /* 0: not known */
};

/*
 * Fills lines, the innermost function first, for the address in the file. Returns their number, up
 * to max; -ENOENT when nothing is known of the address; or -ELIBACC without libdw.
 */
int dwarf_line_find(const struct dwarf_file *file, uint64_t address, struct dwarf_line *lines,
		    size_t max);

#endif
