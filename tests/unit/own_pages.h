/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_OWN_PAGES_H
#define UNIT_OWN_PAGES_H

/* Pages of each sort in this process, and its pagemap, for the tests of what reads that. */

#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGES        64u
#define GUARD_ADVICE 102 /* MADV_GUARD_INSTALL, Linux 6.13 */

static inline size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* Skips where there is no pagemap. */
static inline int open_pagemap(void)
{
	int file = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	if (file < 0) {
		print_message("this kernel has no pagemap\n");
		skip();
	}
	return file;
}

/* Page 0 zero, 1 and 2 written, 3 a guard where there are any, the rest untouched. */
static inline char *map_pages(void)
{
	char *pages = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(pages != MAP_FAILED);
	madvise(pages, PAGES * page_size(), MADV_NOHUGEPAGE);
	(void)*(volatile char *)pages;
	pages[page_size()] = 1;
	pages[2 * page_size()] = 1;
	(void)madvise(pages + 3 * page_size(), page_size(), GUARD_ADVICE);
	return pages;
}

#endif
