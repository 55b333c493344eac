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

#include "kernel/pagemap.h"
#include "own_pages.h"

static void check_entries(enum first_page first, enum pagemap_page expected)
{
	int file = open_pagemap();
	char *pages = map_pages(first);
	uint64_t entries[PAGEMAP_PIECE];

	assert_int_equal(pagemap_read(file, (uintptr_t)pages, page_size(), PAGES, entries), 0);
	assert_int_equal(pagemap_page(entries[0], true), expected);
	assert_int_equal(pagemap_page(entries[1], true), PAGEMAP_RESIDENT);
	assert_int_equal(pagemap_page(entries[2], true), PAGEMAP_RESIDENT);
	for (size_t i = 4; i < PAGES; i++)
		assert_int_equal(pagemap_page(entries[i], true), PAGEMAP_NONE);
	munmap(pages, PAGES * page_size());
	close(file);
	assert_int_equal(pagemap_read(file, 0, page_size(), 1, entries), -EBADF);
}

static void entries_tell_pages_apart(void **state)
{
	(void)state;
	check_entries(FIRST_WRITTEN, PAGEMAP_RESIDENT);
}

static void the_page_of_zeroes_is_a_suspect(void **state)
{
	(void)state;
	need_zero_page();
	check_entries(FIRST_READ, PAGEMAP_SUSPECT);
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

static void bits_as_sorts(void **state)
{
	(void)state;
	assert_int_equal(pagemap_sort(0, true), PAGES_ABSENT);
	assert_int_equal(pagemap_sort(UINT64_C(1) << 62, true), PAGES_AWAY);
	assert_int_equal(pagemap_sort(UINT64_C(0x44) << 56, true), PAGES_GUARD);
	assert_int_equal(pagemap_sort(UINT64_C(0x80) << 56, false), PAGES_SUSPECT);
	assert_int_equal(pagemap_sort(UINT64_C(0x81) << 56, true), PAGES_ANON);
	assert_int_equal(pagemap_sort(UINT64_C(0xa0) << 56, false), PAGES_FILE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_tell_pages_apart),
		cmocka_unit_test(the_page_of_zeroes_is_a_suspect),
		cmocka_unit_test(bits_of_entries),
		cmocka_unit_test(bits_as_sorts),
	};

	return cmocka_run_group_tests_name("pagemap", tests, NULL, NULL);
}
