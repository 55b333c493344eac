/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_DWARF_LINE_H
#define FILES_DWARF_LINE_H

/*
 * The line of the source that code comes from, by the debug information in a file (DWARF), read by
 * libdw, which is loaded for it: nothing else needs it, and without it no line is known. It maps
 * the file, which may be cut short or made to keep it busy: to be called in a child process
 * (files/helper.h).
 */

#include <stdint.h>

struct text;

/*
 * Appends "FILE:LINE" of the address (in the file) by the debug information of the file behind the
 * descriptor. Returns 0; -ENODATA when it has none; -ENOENT when that says nothing of the address;
 * or -ELIBACC without the library.
 */
int dwarf_line_append(int descriptor, uint64_t address, struct text *text);

#endif
