/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_PAGEMAP_H
#define KERNEL_PAGEMAP_H

/*
 * Reads the entries of /proc/PID/pagemap, one of 64 bits for each page (the kernel's
 * Documentation/admin-guide/mm/pagemap.rst): what there is before PAGEMAP_SCAN. The kernel walks
 * 2 MB of page tables for a piece, under the target's mmap_lock, holes and all: what it costs
 * depends on the size of the range, not on what is in it.
 *
 * Without privileges an entry does not have its page frame, so that the page of zeroes, which
 * everybody shares and smaps does not count, looks like any other page that is mapped more than
 * once. Such pages are suspects: their sum is known only together with smaps.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/page_facts.h"
#include "model/page_pieces.h"

#define PAGEMAP_PIECE 512u /* entries that are read at once */

enum pagemap_page {
	PAGEMAP_NONE,
	PAGEMAP_RESIDENT,
	PAGEMAP_SUSPECT, /* present, perhaps the page of zeroes */
	PAGEMAP_SWAPPED,
};

/*
 * Reads the entries of count pages (up to PAGEMAP_PIECE) from address on, a multiple of page_size.
 * What the kernel does not report, because it ends before, is 0. Returns 0 or the -errno of
 * pread(2).
 */
int pagemap_read(int pagemap, uint64_t address, uint64_t page_size, size_t count,
		 uint64_t entries[static PAGEMAP_PIECE]);

/* What an entry says; anonymous: of a private mapping without a file. */
enum pagemap_page pagemap_page(uint64_t entry, bool anonymous);

/* The same as the state of one page. */
enum page_state pagemap_state(uint64_t entry);

/* The same as the sort of the page; anonymous as above. Whether it is huge no entry says. */
enum page_sort pagemap_sort(uint64_t entry, bool anonymous);

#endif
