/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_CORE_FILE_LIST_H
#define CORE_CORE_FILE_LIST_H

/*
 * The note of mapped files in a core file, NT_FILE (fs/binfmt_elf.c, fill_files_note()): words for
 * how many there are and the unit of offsets, then start, end and offset of each, then their names
 * with a NUL behind each. The kernel's unit is the page, gdb's a byte.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdint.h>

#define CORE_FILES_MAX ((size_t)1 << 20)

/* A mapping of a file. */
struct core_file_range {
	uint64_t start, end; /* start < end */
	uint64_t offset;     /* in the file, bytes */
	const char *name;
};

/*
 * Reads the note. Ranges that are empty, or that overlap one before, are left out. Returns 0 and
 * sets *ret_files, which the caller frees and whose names are in the note's bytes; -EBADMSG when
 * the note is not such a list.
 */
int core_file_list_parse(const char *bytes, size_t size, struct core_file_range **ret_files,
			 size_t *ret_count);

#endif
