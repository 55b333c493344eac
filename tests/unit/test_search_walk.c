/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/search_walk.h"
#include "support/child.h"
#include "support/sample.h"

/* Many pieces of memory, with a thing at three places; the rest was never touched. */
#define SIZE ((size_t)1 << 30)

static const size_t places[] = {5, ((size_t)1 << 20) - 3, SIZE - 6};

/* Put together in the child alone: this test's own memory is the child's, too. */
static void arrange(const void *context)
{
	char *memory = *(char *const *)context;

	for (size_t i = 0; i < 3; i++)
		for (int at = 0; at < 6; at++)
			memory[places[i] + (size_t)at] = (char)('a' + (at * 7) % 26);
}

static struct memory_needle needle_of(void)
{
	struct memory_needle needle = {.size = 6};

	for (int at = 0; at < 6; at++)
		needle.bytes[at] = (uint8_t)('a' + (at * 7) % 26);
	return needle;
}

/* Returns what was found, all steps taken. */
static int search(pid_t child, unsigned avoid, uint64_t start, uint64_t end, size_t most,
		  struct search_walk *walk)
{
	const struct procfs_options options = {.root = "/proc", .avoid = avoid};
	const struct memory_needle needle = needle_of();
	struct search_request request = {.pid = child,
					 .needle = needle,
					 .most = most,
					 .ranges = malloc(sizeof(*request.ranges)),
					 .count = 1};
	uint64_t pause;
	int more;

	assert_non_null(request.ranges);
	request.ranges[0] = (struct search_range){start, end};
	more = search_walk_begin(walk, &options, &request, 1, 1);
	assert_null(request.ranges);
	if (more)
		return more;
	while ((more = search_walk_step(walk, &pause)) > 0)
		;
	return more;
}

static void what_is_in_memory_is_found(void **state)
{
	static const unsigned ways[] = {0, AVOID_PAGEMAP_SCAN};
	char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	const uint64_t start = (uintptr_t)memory;
	struct search_walk walk;
	pid_t child;

	(void)state;
	assert_true(memory != MAP_FAILED);
	madvise(memory, SIZE, MADV_NOHUGEPAGE);
	child = child_start(arrange, &memory);
	assert_true(child > 0);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(search(child, ways[i], start, start + SIZE, 10, &walk), 0);
		assert_int_equal(walk.search.count, 3);
		for (size_t at = 0; at < 3; at++)
			assert_true(walk.search.found[at] == start + places[at]);
		/* Nothing else was looked at: four pages, as one thing lies in two. */
		assert_int_equal(walk.read, 4 * sysconf(_SC_PAGESIZE));
		assert_true(walk.walked == SIZE && walk.all == SIZE);
		search_walk_finish(&walk);
	}
	assert_int_equal(search(child, 0, start + 6, start + SIZE, 1, &walk), 0);
	assert_int_equal(walk.search.count, 1);
	assert_true(walk.search.full);
	assert_true(walk.search.found[0] == start + places[1]);
	search_walk_finish(&walk);
	/* Where it is not known what is in memory, nothing is read. */
	assert_int_equal(search(child, AVOID_PAGEMAP, start, start + SIZE, 10, &walk), 0);
	assert_int_equal(walk.search.count, 0);
	search_walk_finish(&walk);
	child_end(child);
	assert_int_equal(search(INT32_MAX, 0, start, start + SIZE, 10, &walk), -ESRCH);
	munmap(memory, SIZE);
}

static void only_what_may_be_read_is_searched(void **state)
{
	const struct memory_needle needle = needle_of();
	struct address_space *space = sample_python();
	struct search_request request = search_request_of(space, &needle, 7, 0, UINT64_MAX);
	size_t readable = 0;

	(void)state;
	for (size_t i = 0; i < space->vma_count; i++)
		readable += space->vmas[i].perms & PERM_READ && space->vmas[i].kind != KIND_VVAR;
	assert_int_equal(request.count, readable);
	assert_int_equal(request.pid, 20712);
	assert_int_equal(request.most, 7);
	search_request_finish(&request);
	/* A part of the heap, and the two mappings beside a gap. */
	request = search_request_of(space, &needle, 7, 0x55b5f7c8e000, 0x55b5f7c8f000);
	assert_int_equal(request.count, 1);
	assert_true(request.ranges[0].start == 0x55b5f7c8e000 &&
		    request.ranges[0].end == 0x55b5f7c8f000);
	search_request_finish(&request);
	request = search_request_of(space, &needle, 7, 0x55b5c4349000, 0x55b5f7c8e000);
	assert_int_equal(request.count, 2);
	search_request_finish(&request);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_in_memory_is_found),
		cmocka_unit_test(only_what_may_be_read_is_searched),
	};

	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK)) {
		puts("1..0 # SKIP /proc has no pagemap or no mem");
		return 0;
	}
	return cmocka_run_group_tests_name("search_walk", tests, NULL, NULL);
}
