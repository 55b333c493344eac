/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What entries say about memory of this test. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sampler/pagemap.h"

#define PAGES        64u
#define GUARD_ADVICE 102 /* MADV_GUARD_INSTALL, Linux 6.13 */

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* Skips where there is no pagemap. */
static int open_pagemap(void)
{
	int file = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	if (file < 0) {
		print_message("this kernel has no pagemap\n");
		skip();
	}
	return file;
}

/* Page 0 zero, 1 and 2 written, 3 a guard where there are any, the rest untouched. */
static char *map_pages(void)
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

static void entries_tell_pages_apart(void **state)
{
	int file = open_pagemap();
	char *pages = map_pages();
	uint64_t entries[PAGEMAP_PIECE];

	(void)state;
	assert_int_equal(pagemap_read(file, (uintptr_t)pages, page_size(), PAGES, entries), 0);
	assert_int_equal(pagemap_page(entries[0], true), PAGEMAP_SUSPECT);
	assert_int_equal(pagemap_page(entries[1], true), PAGEMAP_RESIDENT);
	assert_int_equal(pagemap_page(entries[2], true), PAGEMAP_RESIDENT);
	for (size_t i = 4; i < PAGES; i++)
		assert_int_equal(pagemap_page(entries[i], true), PAGEMAP_NONE);
	munmap(pages, PAGES * page_size());
	close(file);
	assert_int_equal(pagemap_read(file, 0, page_size(), 1, entries), -EBADF);
}

static void bits_of_entries(void **state)
{
	(void)state;
	assert_int_equal(pagemap_page(0, true), PAGEMAP_NONE);
	assert_int_equal(pagemap_page(UINT64_C(1) << 62, true), PAGEMAP_SWAPPED);
	assert_int_equal(pagemap_page(UINT64_C(0x44) << 56, true), PAGEMAP_NONE); /* a guard */
	assert_int_equal(pagemap_page(UINT64_C(0x80) << 56, false), PAGEMAP_SUSPECT);
	assert_int_equal(pagemap_page(UINT64_C(0x81) << 56, true), PAGEMAP_RESIDENT);
	assert_int_equal(pagemap_page(UINT64_C(0xa0) << 56, false), PAGEMAP_RESIDENT);
	assert_int_equal(pagemap_page(UINT64_C(0xa0) << 56, true), PAGEMAP_SUSPECT); /* huge zero */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_tell_pages_apart),
		cmocka_unit_test(bits_of_entries),
	};

	return cmocka_run_group_tests_name("pagemap", tests, NULL, NULL);
}
