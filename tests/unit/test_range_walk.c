/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "own_pages.h"
#include "residency/range_walk.h"

#define MANY ((size_t)40000) /* pages: more than a step has */

static struct range_place place_of(const char *pages, size_t count)
{
	return (struct range_place){.pid = getpid(),
				    .start = (uintptr_t)pages,
				    .end = (uintptr_t)pages + count * page_size(),
				    .page_size = page_size(),
				    .anonymous = true};
}

/* Skips where there is no pagemap. */
static int begin(struct range_walk *walk, unsigned avoid, const struct range_place *place)
{
	const struct procfs_options options = {.root = "/proc", .avoid = avoid};

	close(open_pagemap());
	return range_walk_begin(walk, &options, place);
}

/* Walks to the end; returns the steps that it took. */
static size_t walk_all(struct range_walk *walk)
{
	size_t steps = 0;
	uint64_t expected;
	int result;

	while ((result = range_walk_step(walk, &expected)) > 0)
		steps++;
	assert_int_equal(result, 0);
	assert_true(page_pieces_complete(&walk->pieces));
	return steps;
}

static void check_page(const struct range_walk *walk, const char *pages, size_t page,
		       enum page_sort sort)
{
	uint64_t start = (uintptr_t)pages + page * page_size();
	struct page_sums sums = page_pieces_between(&walk->pieces, start, start + page_size());

	assert_int_equal(page_sums_only(&sums, page_size()), sort);
}

/* As a recorded list of mappings may have them. */
static void what_is_not_of_whole_pages_is_refused(void **state)
{
	char *pages = map_pages(FIRST_WRITTEN);
	struct range_place place = place_of(pages, PAGES);
	struct range_walk walk;

	(void)state;
	place.end -= 16;
	assert_int_equal(begin(&walk, 0, &place), -EINVAL);
	place = place_of(pages, PAGES);
	place.start += 16;
	assert_int_equal(begin(&walk, 0, &place), -EINVAL);
	munmap(pages, PAGES * page_size());
}

static void check_sorts(unsigned avoid, enum page_sort zero)
{
	struct range_walk walk;
	struct range_place place;
	char *pages;

	need_zero_page();
	pages = map_pages(FIRST_READ);
	place = place_of(pages, PAGES);
	assert_int_equal(begin(&walk, avoid, &place), 0);
	walk_all(&walk);
	check_page(&walk, pages, 0, walk.entries ? PAGES_SUSPECT : zero);
	check_page(&walk, pages, 1, PAGES_ANON);
	check_page(&walk, pages, 2, PAGES_ANON);
	check_page(&walk, pages, 4, PAGES_ABSENT);
	check_page(&walk, pages, PAGES - 1, PAGES_ABSENT);
	range_walk_finish(&walk);
	munmap(pages, PAGES * page_size());
}

static void a_scan_finds_each_sort(void **state)
{
	(void)state;
	check_sorts(0, PAGES_ZERO);
}

static void entries_find_each_sort(void **state)
{
	(void)state;
	check_sorts(AVOID_PAGEMAP_SCAN, PAGES_SUSPECT);
}

/* Every second page: as many runs as can be. */
static void check_many(unsigned avoid)
{
	char *pages = mmap(NULL, MANY * page_size(), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct range_place place = place_of(pages, MANY);
	struct range_walk walk;
	struct page_sums sums;

	assert_true(pages != MAP_FAILED);
	madvise(pages, MANY * page_size(), MADV_NOHUGEPAGE);
	for (size_t i = 0; i < MANY; i += 2)
		pages[i * page_size()] = 1;
	assert_int_equal(begin(&walk, avoid, &place), 0);
	assert_true(walk_all(&walk) > 2);
	assert_in_range(walk.pieces.count, 1, PAGE_PIECES_MAX);
	sums = page_pieces_between(&walk.pieces, place.start, place.end);
	assert_int_equal(sums.known, MANY * page_size());
	assert_int_equal(sums.of[PAGES_ANON], MANY / 2 * page_size());
	range_walk_finish(&walk);
	munmap(pages, MANY * page_size());
}

static void many_runs_are_walked_in_steps(void **state)
{
	(void)state;
	check_many(0);
	check_many(AVOID_PAGEMAP_SCAN);
}

static void what_cannot_be_walked_is_said(void **state)
{
	char page = 0;
	struct range_place place = place_of(&page, 1);
	struct range_walk walk;
	uint64_t expected;

	(void)state;
	place.start -= place.start % page_size();
	place.end = place.start + page_size();
	assert_int_equal(begin(&walk, AVOID_PAGEMAP, &place), -ENOENT);
	place.pid = INT32_MAX;
	assert_int_equal(begin(&walk, 0, &place), -ENOENT);
	place.pid = getpid();
	place.start = 0;
	place.end = UINT64_C(1) << 40;
	assert_int_equal(begin(&walk, AVOID_PAGEMAP_SCAN, &place), 0);
	assert_int_equal(range_walk_step(&walk, &expected), -E2BIG);
	range_walk_finish(&walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_of_whole_pages_is_refused),
		cmocka_unit_test(a_scan_finds_each_sort),
		cmocka_unit_test(entries_find_each_sort),
		cmocka_unit_test(many_runs_are_walked_in_steps),
		cmocka_unit_test(what_cannot_be_walked_is_said),
	};

	return cmocka_run_group_tests_name("range_walk", tests, NULL, NULL);
}
