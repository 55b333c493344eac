/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Guard regions of this process; each test is skipped where the kernel has none or does not tell.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/pagemap_scan.h"
#include "model/classify.h"
#include "own_pages.h"
#include "sampler/guards.h"

struct ground {
	int directory;
	char *pages; /* page 3 is a guard */
	struct vma vma;
	struct thread_stack_pointer stack;
	struct guards guards;
};

static void open_ground(struct ground *ground)
{
	struct guard_range found[PAGEMAP_SCAN_REGIONS];
	int file = open_pagemap();
	uint64_t walked;
	size_t count = 0;

	*ground = (struct ground){.directory = open("/proc/self", O_PATH | O_CLOEXEC),
				  .pages = map_pages(FIRST_WRITTEN)};
	ground->vma = (struct vma){.start = (uintptr_t)ground->pages,
				   .end = (uintptr_t)ground->pages + PAGES * page_size(),
				   .perms = PERM_READ | PERM_WRITE,
				   .name = ""};
	ground->stack = (struct thread_stack_pointer){
		.tid = 7, .own = ground->vma.start + (PAGES - 4) * page_size(), .own_on_top = true};
	if (pagemap_scan_guards(file, ground->vma.start, ground->vma.end, found, &count, &walked) ||
	    count == 0) {
		close(file);
		print_message("no guard regions that this kernel tells of\n");
		skip();
	}
	close(file);
}

static void close_ground(struct ground *ground)
{
	guards_finish(&ground->guards);
	munmap(ground->pages, PAGES * page_size());
	close(ground->directory);
}

static void look(struct ground *ground, bool missing)
{
	guards_read(&ground->guards, ground->directory, &ground->vma, 1, &ground->stack,
		    ground->stack.tid != 0, missing);
}

static void install(const struct ground *ground, size_t page)
{
	assert_int_equal(madvise(ground->pages + page * page_size(), page_size(), GUARD_ADVICE), 0);
}

static void finds_guards_around_a_stack(void **state)
{
	struct ground ground;

	(void)state;
	open_ground(&ground);
	install(&ground, 10);
	look(&ground, false);
	assert_int_equal(ground.guards.count, 2);
	assert_true(ground.guards.ranges[0].start == ground.vma.start + 3 * page_size());
	assert_true(ground.guards.ranges[1].start == ground.vma.start + 10 * page_size());
	assert_true(ground.guards.ranges[1].end == ground.vma.start + 11 * page_size());
	close_ground(&ground);
}

static void asks_again_when_something_is_different(void **state)
{
	struct ground ground;

	(void)state;
	open_ground(&ground);
	look(&ground, false);
	assert_int_equal(ground.guards.count, 1);
	install(&ground, 10);
	look(&ground, false); /* as told before */
	assert_int_equal(ground.guards.count, 1);
	ground.stack.tid = 8; /* another thread */
	look(&ground, false);
	assert_int_equal(ground.guards.count, 2);
	install(&ground, 20);
	ground.vma.end -= page_size(); /* another mapping */
	look(&ground, false);
	assert_int_equal(ground.guards.count, 3);
	install(&ground, 30);
	for (int i = 0; i < 20; i++) /* after some samples in any case */
		look(&ground, false);
	assert_int_equal(ground.guards.count, 4);
	close_ground(&ground);
}

static void asks_only_where_it_can_matter(void **state)
{
	struct ground ground;
	struct vma vmas[2];

	(void)state;
	open_ground(&ground);
	vmas[1] = ground.vma;
	vmas[0] = (struct vma){
		.start = ground.vma.start - page_size(), .end = ground.vma.start, .name = ""};
	/* A guard that maps shows explains the stack. */
	guards_read(&ground.guards, ground.directory, vmas, 2, &ground.stack, 1, false);
	assert_int_equal(ground.guards.count, 0);
	/* Not a stack's memory, or nobody's. */
	ground.vma.perms |= PERM_SHARED;
	look(&ground, false);
	assert_int_equal(ground.guards.count, 0);
	ground.vma.perms = PERM_READ | PERM_WRITE;
	ground.stack.tid = 0;
	look(&ground, false);
	assert_int_equal(ground.guards.count, 0);
	look(&ground, true); /* but somebody is missing */
	assert_int_equal(ground.guards.count, 1);
	ground.stack.tid = 7;
	close(ground.directory);
	ground.directory = -1;
	ground.vma.end -= page_size();
	look(&ground, false);
	assert_int_equal(ground.guards.count, 0);
	close_ground(&ground);
}

/* Guards at both ends of a mapping of that size, with a stack each so many bytes. */
static void assert_found_among(size_t size, size_t step)
{
	char *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct thread_stack_pointer *stacks = calloc(size / step, sizeof(*stacks));
	struct guards guards = {0};
	struct vma vma = {.perms = PERM_READ | PERM_WRITE, .name = ""};
	int directory = open("/proc/self", O_PATH | O_CLOEXEC);

	assert_non_null(stacks);
	if (bytes == MAP_FAILED) {
		print_message("no room for %zu bytes\n", size);
		skip();
	}
	vma.start = (uintptr_t)bytes;
	vma.end = vma.start + size;
	for (size_t i = 0; i < size / step; i++)
		stacks[i] = (struct thread_stack_pointer){
			.tid = (int32_t)i + 7, .own = vma.start + (i + 1) * step - page_size()};
	assert_int_equal(madvise(bytes, page_size(), GUARD_ADVICE), 0);
	assert_int_equal(madvise(bytes + size - step, page_size(), GUARD_ADVICE), 0);
	guards_read(&guards, directory, &vma, 1, stacks, size / step, false);
	assert_int_equal(guards.count, 2);
	assert_true(guards.ranges[0].start == vma.start);
	assert_true(guards.ranges[1].start == vma.end - step);
	guards_finish(&guards);
	free(stacks);
	close(directory);
	munmap(bytes, size);
}

static void finds_guards_of_thousands_of_stacks(void **state)
{
	struct ground ground;

	(void)state;
	open_ground(&ground); /* skips */
	close_ground(&ground);
	assert_found_among((size_t)4000 * (68 << 10), (size_t)68 << 10);
	if (sizeof(size_t) > 4)
		assert_found_among((size_t)4000 << 23, (size_t)8 << 20); /* of the usual size */
}

enum {
	MAPPINGS = 16,     /* with a stack and a guard each */
	STOPS = 50,        /* of a process that looks again and again */
	STOPPED_US = 3000, /* longer than it may be at work */
};

struct course {
	atomic_bool over;
	atomic_int looks, found;
};

static void look_until_over(const struct ground *ground, struct course *course)
{
	const size_t size = PAGES / MAPPINGS * page_size();
	struct thread_stack_pointer stacks[MAPPINGS];
	struct vma vmas[MAPPINGS];

	for (size_t i = 0; i < MAPPINGS; i++) {
		vmas[i] = ground->vma;
		vmas[i].start = ground->vma.start + i * size;
		vmas[i].end = vmas[i].start + size;
		stacks[i] = (struct thread_stack_pointer){.tid = (int32_t)i + 7,
							  .own = vmas[i].start + page_size()};
	}
	while (!course->over) {
		struct guards guards = {0};

		guards_read(&guards, ground->directory, vmas, MAPPINGS, stacks, MAPPINGS, false);
		course->found += (int)guards.count;
		course->looks++;
		guards_finish(&guards);
	}
}

static void stop_and_continue(pid_t looker, const struct course *course)
{
	int looks = course->looks, status;

	assert_int_equal(kill(looker, SIGSTOP), 0);
	assert_int_equal(waitpid(looker, &status, WUNTRACED), looker);
	assert_true(WIFSTOPPED(status));
	usleep(STOPPED_US);
	assert_int_equal(kill(looker, SIGCONT), 0);
	while (course->looks == looks)
		sched_yield();
}

/* On a busy machine there may be no processor for a while, in the middle of a look. */
static void time_without_a_processor_does_not_count(void **state)
{
	struct course *course = mmap(NULL, sizeof(*course), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct ground ground;
	pid_t looker;

	(void)state;
	assert_true(course != MAP_FAILED);
	open_ground(&ground);
	for (size_t i = 0; i < MAPPINGS; i++)
		install(&ground, i * (PAGES / MAPPINGS) + 3);
	looker = fork();
	if (looker == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		look_until_over(&ground, course);
		_exit(EXIT_SUCCESS);
	}
	assert_true(looker > 0);
	for (int i = 0; i < STOPS; i++)
		stop_and_continue(looker, course);
	course->over = true;
	assert_int_equal(waitpid(looker, NULL, 0), looker);
	assert_int_equal(course->found, course->looks * MAPPINGS);
	close_ground(&ground);
	munmap(course, sizeof(*course));
}

/* Threads may be where nothing is mapped, below, between and above what is. */
static void stacks_in_no_mapping_are_passed_over(void **state)
{
	struct thread_stack_pointer stacks[4];
	struct ground ground;

	(void)state;
	open_ground(&ground);
	for (int i = 0; i < 3; i++)
		stacks[i] = (struct thread_stack_pointer){.tid = 7 + i,
							  .address = 0x1000 * (uint64_t)(i + 1)};
	stacks[3] = ground.stack;
	guards_read(&ground.guards, ground.directory, &ground.vma, 1, stacks, 4, false);
	assert_int_equal(ground.guards.count, 1);
	assert_true(ground.guards.ranges[0].start == ground.vma.start + 3 * page_size());
	/* None of them is in the mapping any more. */
	stacks[3].own = ground.vma.end;
	guards_read(&ground.guards, ground.directory, &ground.vma, 1, stacks, 4, false);
	assert_int_equal(ground.guards.count, 0);
	close_ground(&ground);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_guards_around_a_stack),
		cmocka_unit_test(asks_again_when_something_is_different),
		cmocka_unit_test(asks_only_where_it_can_matter),
		cmocka_unit_test(finds_guards_of_thousands_of_stacks),
		cmocka_unit_test(time_without_a_processor_does_not_count),
		cmocka_unit_test(stacks_in_no_mapping_are_passed_over),
	};

	return cmocka_run_group_tests_name("guards", tests, NULL, NULL);
}
