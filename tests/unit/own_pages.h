/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_OWN_PAGES_H
#define UNIT_OWN_PAGES_H

/* Pages of each sort in this process, and its pagemap, for the tests of what reads that. */

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
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

/* What smaps counts as resident of the mapping that starts there, in kB; -1 when it has none. */
static inline long smaps_rss(const void *start)
{
	FILE *smaps = fopen("/proc/self/smaps", "re");
	char line[4096], prefix[32];
	bool inside = false;
	long rss = -1;

	assert_non_null(smaps);
	snprintf(prefix, sizeof(prefix), "%" PRIxPTR "-", (uintptr_t)start);
	while (rss < 0 && fgets(line, sizeof(line), smaps))
		if (!strncmp(line, prefix, strlen(prefix)))
			inside = true;
		else if (inside)
			(void)sscanf(line, "Rss: %ld", &rss);
	fclose(smaps);
	return rss;
}

/*
 * Skips where a page that was only read is one like others: kernels of some para-virtual guests
 * have no page of zeroes that everybody shares. Asked of smaps, which does not count that page, for
 * a mapping between two that it cannot be merged with.
 */
static inline void need_zero_page(void)
{
	char *pages = mmap(NULL, 3 * page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *middle = pages + page_size();
	long rss;

	assert_true(pages != MAP_FAILED);
	assert_int_equal(mprotect(middle, page_size(), PROT_READ), 0);
	(void)*(volatile char *)middle;
	rss = smaps_rss(middle);
	munmap(pages, 3 * page_size());
	assert_true(rss >= 0);
	if (rss > 0) {
		print_message("this kernel has no shared page of zeroes\n");
		skip();
	}
}

enum first_page {
	FIRST_READ,    /* and never written: the page of zeroes, where there is one */
	FIRST_WRITTEN, /* what a page that was read is where there is none */
};

/* Page 0 as asked, 1 and 2 written, 3 a guard where there are any, the rest untouched. */
static inline char *map_pages(enum first_page first)
{
	char *pages = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(pages != MAP_FAILED);
	madvise(pages, PAGES * page_size(), MADV_NOHUGEPAGE);
	if (first == FIRST_WRITTEN)
		pages[0] = 0;
	else
		(void)*(volatile char *)pages;
	pages[page_size()] = 1;
	pages[2 * page_size()] = 1;
	(void)madvise(pages + 3 * page_size(), page_size(), GUARD_ADVICE);
	return pages;
}

#endif
