/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "inside/heap_usage.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/heap_walk.h"
#include "residency/scan_plan.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/child.h"

#define BLOCKS 20000

/* What the child's malloc says of itself, in memory that both share. */
static struct mallinfo2 *said;

static void fragment(const void *trim)
{
	static void *blocks[BLOCKS];

	for (size_t i = 0; i < BLOCKS; i++)
		blocks[i] = malloc(16 + i * 37 % 900);
	for (size_t i = 0; i < BLOCKS; i += 2)
		free(blocks[i]);
	blocks[1] = malloc((size_t)1 << 20);
	if (trim)
		malloc_trim(0);
	*said = mallinfo2();
}

static struct address_space *sample(pid_t pid)
{
	const struct procfs_options options = {.root = "/proc"};
	struct address_space *space;
	struct source *source;

	assert_int_equal(procfs_source_create(&options, pid, &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	source_destroy(source);
	return space;
}

/* Whether this C library's malloc is there: the sanitizers have one of their own. */
static bool is_glibc(void)
{
	return said->arena > 0;
}

static void check(const void *trim)
{
	const struct procfs_options options = {.root = "/proc"};
	struct address_space *space;
	struct scan_pace pace;
	struct allocator_found found = {0};
	struct heap_usage heap;
	pid_t child;

	said = mmap(NULL, sizeof(*said), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(said, MAP_FAILED);
	child = child_start(fragment, trim);
	assert_int_not_equal(child, -1);
	if (!is_glibc()) {
		child_end(child);
		munmap(said, sizeof(*said));
		skip();
	}
	space = sample(child);
	scan_pace_init(&pace, SCAN_SHARE_ONCE_MAX, SCAN_SHARE_ONCE_MIN, clock_ns(CLOCK_MONOTONIC));
	assert_int_equal(heap_walk(&options, space, &found, &pace, true, &heap), 0);
	assert_int_equal(found.allocator, ALLOCATOR_GLIBC);
	assert_int_equal(heap.arenas[0].unknown, 0);
	assert_int_equal(heap.arenas[0].system, said->arena);
	assert_int_equal(heap.arenas[0].used, said->uordblks);
	assert_int_equal(heap.arenas[0].free + heap.arenas[0].top, said->fordblks);
	assert_int_equal(heap.arenas[0].top, said->keepcost);
	assert_int_equal(heap.mapped_chunks, said->hblks);
	assert_int_equal(heap.mapped, said->hblkhd);
	heap_usage_finish(&heap);
	address_space_destroy(space);
	child_end(child);
	munmap(said, sizeof(*said));
}

static void figures_are_those_of_the_process_itself(void **state)
{
	(void)state;
	check(NULL);
}

static void also_after_it_gave_memory_back(void **state)
{
	(void)state;
	check("trim");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_those_of_the_process_itself),
		cmocka_unit_test(also_after_it_gave_memory_back),
	};

	return cmocka_run_group_tests_name("heap_walk", tests, NULL, NULL);
}
