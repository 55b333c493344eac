/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What the child that unwinds is given, and what is made of what it leaves: how it unwinds is the
 * test's own, which leaves a word of it in shared memory.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/frame_unwinder.h"
#include "files/mapped_ways.h"
#include "files/stack_unwinder.h"
#include "inside/unwind_batch.h"
#include "inside/unwind_sample.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/call_stack.h"

#if UNWIND_REGISTER_COUNT
#define SAMPLES 5
#define OBJECTS 8

/* What the child does, and what it was given. */
static struct shared {
	int open_error;
	int deaths[SAMPLES]; /* how often each sample kills it */
	int asked[SAMPLES];
	size_t count;
	struct unwind_object objects[OBJECTS];
	char names[OBJECTS][16];
	unsigned avoid;
	int closed;
} * shared;

/* By so much the clock is ahead. */
static int64_t ahead;

int64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec + ahead;
}

int frame_unwinder_open(struct mapped_root *root, const struct unwind_object *objects, size_t count,
			struct frame_unwinder **ret_unwinder)
{
	shared->avoid = root->avoid;
	shared->count = count;
	for (size_t i = 0; i < count && i < OBJECTS; i++) {
		shared->objects[i] = objects[i];
		strncpy(shared->names[i], objects[i].vma.name, sizeof(shared->names[i]) - 1);
	}
	if (shared->open_error)
		return shared->open_error;
	*ret_unwinder = memory_alloc(1);
	return 0;
}

void frame_unwinder_close(struct frame_unwinder *unwinder)
{
	shared->closed++;
	free(unwinder);
}

/* The number of the sample is its instruction's address less 0x1000. */
void frame_unwinder_unwind(struct frame_unwinder *unwinder, const struct unwind_sample *sample,
			   struct unwind_result *ret_result)
{
	uint64_t address = unwind_sample_register(sample, UNWIND_PROGRAM_COUNTER);
	size_t index = address - 0x1000;

	(void)unwinder;
	shared->asked[index]++;
	if (shared->deaths[index] > 0) {
		shared->deaths[index]--;
		raise(SIGKILL);
	}
	*ret_result = (struct unwind_result){.count = 3, .frames = {address, address + 100, 7}};
}

static uint64_t registers[SAMPLES][UNWIND_REGISTER_COUNT];
static unsigned char stack[8];
static struct unwind_sample samples[SAMPLES];
static struct call_stack stacks[SAMPLES];
static struct stack_unwinder *unwinder;

static struct address_space *make_space(void)
{
	const struct target target = {.pid = getpid(), .page_size = 4096};
	/* A library in three pieces with bss between them, data, one without code, another one. */
	static const struct {
		const char *name;
		uint64_t inode;
		uint8_t perms;
	} vmas[] = {
		{"/a", 1, PERM_READ},
		{"/a", 1, PERM_READ | PERM_EXEC},
		{"", 0, PERM_READ},
		{"/a", 1, PERM_READ},
		{"", 0, PERM_READ | PERM_EXEC},
		{"/b", 2, PERM_READ},
		{"/c", 3, PERM_READ | PERM_EXEC},
		{"/a", 1, PERM_READ | PERM_EXEC},
	};
	struct vma list[sizeof(vmas) / sizeof(vmas[0])];
	struct address_space *space;

	for (size_t i = 0; i < sizeof(vmas) / sizeof(vmas[0]); i++)
		list[i] = (struct vma){.start = 0x1000 * (i + 1),
				       .end = 0x1000 * (i + 2),
				       .name = vmas[i].name,
				       .inode = vmas[i].inode,
				       .perms = vmas[i].perms};
	assert_int_equal(
		address_space_create(&target, list, sizeof(vmas) / sizeof(vmas[0]), 0, 0, &space),
		0);
	return space;
}

static int run(size_t count)
{
	struct address_space *space = make_space();
	int error;

	memset(stacks, 0xee, sizeof(stacks));
	memset(shared->asked, 0, sizeof(shared->asked));
	error = stack_unwinder_unwind(unwinder, space, samples, count, stacks);
	address_space_destroy(space);
	return error;
}

/* Which stacks were unwound; of the others there is the instruction. */
static void assert_unwound(const char *unwound)
{
	for (size_t i = 0; unwound[i]; i++) {
		bool is = unwound[i] == 'u';

		assert_int_equal(stacks[i].count, is ? 3 : 1);
		assert_int_equal(stacks[i].source, is ? CALL_STACK_UNWOUND : CALL_STACK_ADDRESS);
		assert_int_equal(stacks[i].frames[0], 0x1000 + i);
		if (is)
			assert_int_equal(stacks[i].frames[1], 0x1000 + i + 100);
	}
}

static int set_up(void **state)
{
	static const struct procfs_options options = {.root = "/proc", .avoid = 5};

	(void)state;
	ahead = 0;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	assert_true(shared != MAP_FAILED);
	for (size_t i = 0; i < SAMPLES; i++) {
		registers[i][UNWIND_PROGRAM_COUNTER] = 0x1000 + i;
		samples[i] = (struct unwind_sample){(const unsigned char *)registers[i], stack,
						    sizeof(stack)};
	}
	unwinder = stack_unwinder_create(&options);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	stack_unwinder_destroy(unwinder);
	munmap(shared, sizeof(*shared));
	return 0;
}

static void objects_with_code_are_given(void **state)
{
	static const struct {
		const char *name;
		uint64_t start, end;
	} objects[] = {{"/a", 0x1000, 0x5000}, {"/c", 0x7000, 0x8000}, {"/a", 0x8000, 0x9000}};

	(void)state;
	assert_int_equal(run(SAMPLES), 0);
	assert_unwound("uuuuu");
	assert_int_equal(shared->avoid, 5);
	assert_int_equal(shared->closed, 1);
	assert_int_equal(shared->count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(shared->names[i], objects[i].name);
		assert_int_equal(shared->objects[i].start, objects[i].start);
		assert_int_equal(shared->objects[i].end, objects[i].end);
		assert_int_equal(shared->objects[i].vma.start, objects[i].start);
	}
	assert_int_equal(run(0), 0);
	assert_int_equal(run(1), 0);
	assert_unwound("u");
}

/* The next child continues behind what killed the one before. */
static void what_kills_a_child_costs_one_stack(void **state)
{
	(void)state;
	for (int sample = 0; sample < SAMPLES; sample++) {
		char unwound[] = "uuuuu";

		shared->deaths[sample] = 9;
		assert_int_equal(run(SAMPLES), 0);
		unwound[sample] = '-';
		assert_unwound(unwound);
		for (int i = 0; i < SAMPLES; i++)
			assert_int_equal(shared->asked[i], 1);
		shared->deaths[sample] = 0;
	}
}

/* Two deaths are a failure, after which it is not tried for a while, and then for longer. */
static void what_kills_two_children_ends_it_for_a_while(void **state)
{
	static const int64_t pauses[] = {1, 2, 4, 8, 16, 32, 60, 60};

	(void)state;
	for (size_t i = 0; i < sizeof(pauses) / sizeof(pauses[0]); i++) {
		shared->deaths[1] = shared->deaths[3] = 1;
		assert_int_equal(run(SAMPLES), 0);
		assert_unwound("u-u--");
		assert_int_equal(run(SAMPLES), -EAGAIN);
		assert_int_equal(shared->asked[0], 0);
		/* The real clock runs on: only nearly the whole pause is sure. */
		ahead += (pauses[i] - 1) * INT64_C(1000000000) + 200000000;
		if (pauses[i] > 1)
			assert_int_equal(run(SAMPLES), -EAGAIN);
		ahead += 800000000;
	}
	assert_int_equal(run(SAMPLES), 0);
	assert_unwound("uuuuu");
	/* Then it is as if nothing had been. */
	shared->deaths[1] = shared->deaths[3] = 1;
	assert_int_equal(run(SAMPLES), 0);
	ahead += 1000000000;
	assert_int_equal(run(SAMPLES), 0);
	assert_unwound("uuuuu");
}

static void errors_are_told(void **state)
{
	(void)state;
	shared->open_error = -ELIBACC;
	assert_int_equal(run(SAMPLES), -ELIBACC);
	assert_int_equal(stacks[0].count, stacks[1].count);
	assert_int_equal(shared->closed, 0);
	/* That is no failure of a child. */
	shared->open_error = 0;
	assert_int_equal(run(SAMPLES), 0);
	assert_unwound("uuuuu");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(objects_with_code_are_given),
		TEST(what_kills_a_child_costs_one_stack),
		TEST(what_kills_two_children_ends_it_for_a_while),
		TEST(errors_are_told),
	};

	return cmocka_run_group_tests_name("stack_unwinder_batch", tests, NULL, NULL);
}
#else
#include <stdio.h>

int main(void)
{
	puts("1..0 # SKIP stacks of this kind of machine are not unwound");
	return 0;
}
#endif
