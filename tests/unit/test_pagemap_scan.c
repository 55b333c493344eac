/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a scan says about memory of this test. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/residency.h"
#include "sampler/pagemap_scan.h"

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

static void a_scan_leaves_zeroes_and_guards_out(void **state)
{
	int file = open_pagemap();
	char *pages = map_pages();
	uint64_t start = (uintptr_t)pages, end = start + PAGES * page_size(), walked = 0;
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	struct pagemap_scan scan = {0};
	size_t count = 0;
	int error = pagemap_scan(&scan, file, start, end, 1000, runs, &count, &walked);

	(void)state;
	if (error == -ENOTTY) {
		print_message("this kernel cannot scan\n");
		skip();
	}
	assert_int_equal(error, 0);
	assert_true(walked == end);
	/* A kernel with guards that cannot tell them from swapped pages shows the guard. */
	assert_in_range(count, 1, scan.no_guards ? 2 : 1);
	assert_true(runs[0].start == start + page_size() && runs[0].end == start + 3 * page_size());
	assert_int_equal(runs[0].flags, RUN_RESIDENT);
	/* Bounded by pages, and going on where it ended. */
	assert_int_equal(pagemap_scan(&scan, file, start, end, 1, runs, &count, &walked), 0);
	assert_int_equal(count, 1);
	assert_int_equal(runs[0].end - runs[0].start, page_size());
	assert_true(walked == start + 2 * page_size());
	assert_int_equal(pagemap_scan(&scan, file, walked, end, 1, runs, &count, &walked), 0);
	assert_true(count == 1 && runs[0].start == start + 2 * page_size());
	munmap(pages, PAGES * page_size());
	close(file);
	assert_int_equal(pagemap_scan(&scan, file, start, end, 1, runs, &count, &walked), -EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scan_leaves_zeroes_and_guards_out),
	};

	return cmocka_run_group_tests_name("pagemap_scan", tests, NULL, NULL);
}
