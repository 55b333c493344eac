/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_DWARF_FOUND_H
#define TESTS_UNIT_DWARF_FOUND_H

/* What is found in debug information that was made for it (dwarf_maker.h). */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dwarf_child.h"
#include "files/dwarf_file.h"
#include "files/dwarf_line.h"
#include "files/libdw.h"

#include "dwarf_maker.h"

#define LINES 100

static const char *const files[] = {"/src/a.c", "/src/b.c"};

/* Of the first 256 bytes each 16 are a line of the first file, and then all of the second. */
static inline void put_lines(struct dwarf_maker *maker)
{
	struct dwarf_row rows[18];

	for (unsigned i = 0; i < 16; i++)
		rows[i] = (struct dwarf_row){0x1000 + 16 * i, 1, 100 + i};
	rows[16] = (struct dwarf_row){0x1100, 2, 4000000};
	rows[17] = (struct dwarf_row){0x9000, 2, 1};
	dwarf_lines(maker, files, 2, rows, 18);
}

/* The lines of an address in what was made, which is opened for that. */
struct found {
	struct dwarf_file *file;
	struct dwarf_line lines[LINES];
	int count, descriptor;
};

static inline void find(struct found *found, struct dwarf_maker *maker, uint64_t address,
			size_t max)
{
	size_t end = maker->abbrev.length;

	found->descriptor = dwarf_maker_file(maker);
	maker->abbrev.length = end;
	assert_int_equal(dwarf_file_open_descriptor(found->descriptor, &found->file), 0);
	memset(found->lines, 0xff, sizeof(found->lines));
	found->count = dwarf_line_find(found->file, address, found->lines, max);
}

static inline void finish(struct found *found)
{
	dwarf_file_close(found->file);
	close(found->descriptor);
}

static inline void assert_string(const char *string, const char *expected)
{
	if (!expected)
		assert_null(string);
	else
		assert_string_equal(string, expected);
}

static inline void assert_line(const struct dwarf_line *line, const char *function,
			       const char *file, uint32_t number)
{
	assert_string(line->function, function);
	assert_string(line->file, file);
	assert_int_equal(line->line, number);
}

/* One line of one function. */
static inline void assert_one(struct dwarf_maker *maker, uint64_t address, const char *function,
			      const char *file, uint32_t number)
{
	struct found found;

	find(&found, maker, address, LINES);
	assert_int_equal(found.count, 1);
	assert_line(&found.lines[0], function, file, number);
	finish(&found);
}

static inline void assert_none(struct dwarf_maker *maker, uint64_t address)
{
	struct found found;

	find(&found, maker, address, LINES);
	assert_int_equal(found.count, -ENOENT);
	finish(&found);
}

static inline void put_function(struct dwarf_maker *maker, const char *name, uint64_t start,
				uint64_t end)
{
	dwarf_entry(maker, DW_TAG_subprogram, false);
	dwarf_string(maker, DW_AT_name, name);
	dwarf_range(maker, start, end);
	dwarf_entry_end(maker);
}

/* Opens an entry with children; of what kind it is. */
static inline void put_outer(struct dwarf_maker *maker, unsigned tag, const char *name,
			     uint64_t start, uint64_t end)
{
	dwarf_entry(maker, tag, true);
	if (name)
		dwarf_string(maker, DW_AT_name, name);
	if (start < end)
		dwarf_range(maker, start, end);
	dwarf_entry_end(maker);
}

/* Called at a line of a file; without children. */
static inline void put_inlined(struct dwarf_maker *maker, const char *name, uint64_t start,
			       uint64_t end, uint64_t file, uint64_t line)
{
	dwarf_entry(maker, DW_TAG_inlined_subroutine, false);
	dwarf_string(maker, DW_AT_name, name);
	dwarf_range(maker, start, end);
	dwarf_number(maker, DW_AT_call_file, file);
	dwarf_number(maker, DW_AT_call_line, line);
	dwarf_entry_end(maker);
}

#endif
