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

#include "kernel/pagemap_scan.h"
#include "model/residency.h"
#include "own_pages.h"

/* Expects pages from the first to the third, both numbers of pages, and no others. */
static void check_scan(enum first_page how, size_t first)
{
	int file = open_pagemap();
	char *pages = map_pages(how);
	uint64_t start = (uintptr_t)pages, end = start + PAGES * page_size(), walked = 0;
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	struct pagemap_scan scan = {0};
	size_t count = 0;
	int error = pagemap_scan(&scan, file, start, end, 1000, runs, &count, &walked);

	if (error == -ENOTTY) {
		print_message("this kernel cannot scan\n");
		skip();
	}
	assert_int_equal(error, 0);
	assert_true(walked == end);
	/* A kernel with guards that cannot tell them from swapped pages shows the guard. */
	assert_in_range(count, 1, scan.no_guards ? 2 : 1);
	assert_true(runs[0].start == start + first * page_size());
	assert_true(runs[0].end == start + 3 * page_size());
	assert_int_equal(runs[0].flags, RUN_RESIDENT);
	/* Bounded by pages, and going on where it ended. */
	for (uint64_t page = first; page < 3; page++, start = walked) {
		assert_int_equal(pagemap_scan(&scan, file, start, end, 1, runs, &count, &walked),
				 0);
		assert_int_equal(count, 1);
		assert_true(runs[0].start == (uintptr_t)pages + page * page_size());
		assert_true(runs[0].end - runs[0].start == page_size() && walked >= runs[0].end);
	}
	munmap(pages, PAGES * page_size());
	close(file);
	assert_int_equal(pagemap_scan(&scan, file, start, end, 1, runs, &count, &walked), -EBADF);
}

static void a_scan_leaves_guards_out(void **state)
{
	(void)state;
	check_scan(FIRST_WRITTEN, 0);
}

static void a_scan_leaves_zeroes_out(void **state)
{
	(void)state;
	need_zero_page();
	check_scan(FIRST_READ, 1);
}

/* The page of zeroes counts as well, a guard does not. */
static void a_scan_finds_what_is_in_memory(void **state)
{
	int file = open_pagemap();
	char *pages = map_pages(FIRST_READ);
	uint64_t start = (uintptr_t)pages, end = start + PAGES * page_size(), walked = 0;
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	size_t count = 0;
	int error = pagemap_scan_present(file, start, end, 0, runs, &count, &walked);

	(void)state;
	if (error == -ENOTTY) {
		print_message("this kernel cannot scan\n");
		skip();
	}
	assert_int_equal(error, 0);
	assert_true(walked == end);
	assert_int_equal(count, 1);
	assert_true(runs[0].start == start && runs[0].end == start + 3 * page_size());
	assert_int_equal(pagemap_scan_present(file, start, end, 1, runs, &count, &walked), 0);
	assert_int_equal(count, 1);
	assert_true(runs[0].start == start && runs[0].end == start + page_size());
	assert_int_equal(pagemap_scan_present(file, UINT64_MAX - 8191, UINT64_MAX - 4095, 0, runs,
					      &count, &walked),
			 -EFAULT);
	munmap(pages, PAGES * page_size());
	close(file);
	assert_int_equal(pagemap_scan_present(file, start, end, 0, runs, &count, &walked), -EBADF);
}

static void a_scan_tells_of_guards_alone(void **state)
{
	int file = open_pagemap();
	char *pages = map_pages(FIRST_WRITTEN);
	uint64_t start = (uintptr_t)pages, end = start + PAGES * page_size(), walked = 0;
	struct guard_range guards[PAGEMAP_SCAN_REGIONS];
	size_t count = 0;
	bool has_guards = !madvise(pages + 3 * page_size(), page_size(), GUARD_ADVICE);
	int error = pagemap_scan_guards(file, start, end, guards, &count, &walked);

	(void)state;
	if (error == -ENOTTY || error == -EINVAL) {
		print_message("this kernel does not tell of guard regions\n");
		skip();
	}
	assert_int_equal(error, 0);
	assert_true(walked == end);
	assert_int_equal(count, has_guards);
	if (has_guards) {
		assert_true(guards[0].start == start + 3 * page_size());
		assert_true(guards[0].end == start + 4 * page_size());
	}
	munmap(pages, PAGES * page_size());
	close(file);
	assert_int_equal(pagemap_scan_guards(file, start, end, guards, &count, &walked), -EBADF);
}

/* Expects that the run is of that page alone. */
static void check_run(const struct pagemap_scan_run *run, const char *page, enum page_sort sort)
{
	assert_true(run->start == (uintptr_t)page && run->end == run->start + page_size());
	assert_int_equal(run->sort, sort);
	assert_false(run->huge);
}

static void a_scan_tells_sorts_apart(void **state)
{
	int file = open_pagemap();
	char *pages, *own;
	struct pagemap_scan_run runs[PAGEMAP_SCAN_REGIONS];
	struct pagemap_scan scan = {0};
	uint64_t start, end, walked = 0;
	size_t count = 0;
	int program = open("/proc/self/exe", O_RDONLY | O_CLOEXEC), error;

	(void)state;
	need_zero_page();
	pages = map_pages(FIRST_READ);
	assert_true(program >= 0);
	/* Page 1 is of a file now, and page 2 of the same, but written. */
	own = mmap(pages + page_size(), 2 * page_size(), PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_FIXED, program, 0);
	assert_true(own != MAP_FAILED);
	(void)*(volatile char *)own;
	own[page_size()] = 1;
	start = (uintptr_t)pages;
	end = start + 4 * page_size();
	error = pagemap_scan_sorts(&scan, file, start, end, 1000, runs, &count, &walked);
	if (error == -ENOTTY) {
		print_message("this kernel cannot scan\n");
		skip();
	}
	assert_int_equal(error, 0);
	assert_true(walked == end);
	assert_in_range(count, 3, 4);
	check_run(&runs[0], pages, PAGES_ZERO);
	check_run(&runs[1], own, PAGES_FILE);
	check_run(&runs[2], own + page_size(), PAGES_ANON);
	if (count == 4)
		check_run(&runs[3], pages + 3 * page_size(),
			  scan.no_guards ? PAGES_AWAY : PAGES_GUARD);
	/* Bounded by pages, and continued where it ended. */
	assert_int_equal(pagemap_scan_sorts(&scan, file, start, end, 1, runs, &count, &walked), 0);
	assert_int_equal(count, 1);
	check_run(&runs[0], pages, PAGES_ZERO);
	assert_true(walked > start && walked < end);
	assert_int_equal(pagemap_scan_sorts(&scan, file, walked, end, 1, runs, &count, &walked), 0);
	assert_int_equal(count, 1);
	check_run(&runs[0], own, PAGES_FILE);
	munmap(pages, PAGES * page_size());
	close(program);
	close(file);
	assert_int_equal(pagemap_scan_sorts(&scan, file, start, end, 1, runs, &count, &walked),
			 -EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scan_leaves_guards_out),
		cmocka_unit_test(a_scan_leaves_zeroes_out),
		cmocka_unit_test(a_scan_finds_what_is_in_memory),
		cmocka_unit_test(a_scan_tells_of_guards_alone),
		cmocka_unit_test(a_scan_tells_sorts_apart),
	};

	return cmocka_run_group_tests_name("pagemap_scan", tests, NULL, NULL);
}
