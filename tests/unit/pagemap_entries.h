/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_PAGEMAP_ENTRIES_H
#define TESTS_UNIT_PAGEMAP_ENTRIES_H

/* A pagemap by a script: what is read of it is a line of the log, and all but four pages are
 * absent. */

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include "call_log.h"

#define PAGEMAP_ENTRIES_FROM 16 /* the page of the first entry that a script gives */
#define PAGEMAP_ENTRIES      4

/* In the place of pread(2); error: with which errno it fails, or 0. */
static inline ssize_t pagemap_entries_read(const uint64_t entries[static PAGEMAP_ENTRIES],
					   int error, void *bytes, size_t size, off_t offset)
{
	const uint64_t page = (uint64_t)offset / sizeof(uint64_t);

	call_log_say("entries of %d from %d", (int)(size / sizeof(uint64_t)), (int)page);
	memset(bytes, 0, size);
	for (uint64_t i = 0; i < size / sizeof(uint64_t); i++)
		if (page + i >= PAGEMAP_ENTRIES_FROM &&
		    page + i < PAGEMAP_ENTRIES_FROM + PAGEMAP_ENTRIES)
			((uint64_t *)bytes)[i] = entries[page + i - PAGEMAP_ENTRIES_FROM];
	errno = error;
	return error ? -1 : (ssize_t)size;
}

#endif
