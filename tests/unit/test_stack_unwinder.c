/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/stack_unwinder.h"
#include "kernel/procfs_options.h"
#include "model/call_stack.h"
#include "own_debug.h"
#include "own_space.h"
#include "own_stack.h"

static const struct procfs_options proc = {.root = "/proc"};

static int run(struct stack_unwinder *unwinder, const struct unwind_sample *samples, size_t count,
	       struct call_stack *stacks)
{
	struct address_space *space = own_space_read();
	int error = stack_unwinder_unwind(unwinder, space, samples, count, stacks);

	address_space_destroy(space);
	return error;
}

static void skip_without(int error, struct stack_unwinder *unwinder)
{
	if (!own_debug_has_unwinder()) {
		stack_unwinder_destroy(unwinder);
		skip();
	}
	assert_int_equal(error, 0);
}

static void many_stacks_are_unwound_at_once(void **state)
{
	struct stack_unwinder *unwinder = stack_unwinder_create(&proc);
	static struct call_stack stacks[STACK_UNWINDER_SAMPLES_MAX];
	struct unwind_sample samples[STACK_UNWINDER_SAMPLES_MAX];
	struct own_stack stack;

	(void)state;
	own_stack_take(&stack);
	for (size_t i = 0; i < STACK_UNWINDER_SAMPLES_MAX; i++)
		samples[i] = stack.sample;
	for (int again = 0; again < 2; again++) {
		skip_without(run(unwinder, samples, STACK_UNWINDER_SAMPLES_MAX, stacks), unwinder);
		for (size_t i = 0; i < STACK_UNWINDER_SAMPLES_MAX; i++) {
			assert_int_equal(stacks[i].source, CALL_STACK_UNWOUND);
			for (size_t j = 0; j < OWN_STACK_LEVELS; j++)
				assert_int_equal(stacks[i].frames[1 + j], stack.returns[j]);
		}
	}
	assert_int_equal(run(unwinder, samples, 0, stacks), 0);
	assert_int_equal(run(unwinder, samples, STACK_UNWINDER_SAMPLES_MAX + 1, stacks), -E2BIG);
	stack_unwinder_destroy(unwinder);
	stack_unwinder_destroy(NULL);
}

/* A number that depends on the seed. */
static uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *seed >> 16;
}

/* A copy of the program, with code, whose bytes from an offset on are anything. */
static void *map_scrambled(uint64_t seed, size_t *ret_size)
{
	char path[] = "/tmp/vastop-test-XXXXXX";
	int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC), file = mkstemp(path);
	unsigned char *bytes;
	struct stat stat;

	assert_true(from >= 0 && file >= 0);
	assert_int_equal(fstat(from, &stat), 0);
	*ret_size = (size_t)stat.st_size;
	bytes = malloc(*ret_size);
	assert_int_equal(read(from, bytes, *ret_size), stat.st_size);
	for (size_t i = *ret_size / 8; i < *ret_size; i += 1 + next_random(&seed) % 64)
		bytes[i] = (unsigned char)next_random(&seed);
	assert_int_equal(write(file, bytes, *ret_size), stat.st_size);
	free(bytes);
	bytes = mmap(NULL, *ret_size, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
	assert_true(bytes != MAP_FAILED);
	unlink(path);
	close(file);
	close(from);
	return bytes;
}

static void files_that_lie_do_no_harm(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 8; seed++) {
		struct stack_unwinder *unwinder = stack_unwinder_create(&proc);
		struct unwind_sample samples[3];
		struct call_stack stacks[3];
		struct own_stack stack, other;
		uint64_t random = seed;
		void *mapped;
		size_t size;
		int error;

		own_stack_take(&stack);
		own_stack_take(&other);
		mapped = map_scrambled(seed, &size);
		for (size_t i = 0; i + 8 <= OWN_STACK_SIZE; i += 8) {
			uint64_t word = (uintptr_t)mapped + next_random(&random) % size;

			memcpy(stack.stack + i, &word, 8);
		}
		stack.registers[UNWIND_PROGRAM_COUNTER] = (uintptr_t)mapped + size / 3;
		samples[0] = samples[2] = other.sample;
		samples[1] = stack.sample;
		error = run(unwinder, samples, 3, stacks);
		munmap(mapped, size);
		skip_without(error, unwinder);
		/* What one sample does to the child does not cost the others their stacks. */
		assert_int_equal(stacks[0].frames[1], other.returns[0]);
		assert_in_range(stacks[1].count, 1, CALL_STACK_FRAMES_MAX);
		assert_int_equal(stacks[1].frames[0], stack.registers[UNWIND_PROGRAM_COUNTER]);
		stack_unwinder_destroy(unwinder);
	}
}

/* Kills the first child that the main thread has, a while after it is there. */
static void *kill_a_child(void *delay_us)
{
	char path[64];
	int child = 0;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	for (int i = 0; i < 1000000 && !child; i++) {
		FILE *file = fopen(path, "r");

		if (!file || fscanf(file, "%d", &child) != 1)
			child = 0;
		if (file)
			fclose(file);
	}
	usleep((useconds_t)(uintptr_t)delay_us);
	if (child)
		kill(child, SIGKILL);
	return NULL;
}

/* Whoever dies leaves what was done, and the next one goes on behind what it died of. */
static void a_child_that_dies_costs_one_stack(void **state)
{
	static struct call_stack stacks[STACK_UNWINDER_SAMPLES_MAX];
	struct unwind_sample samples[STACK_UNWINDER_SAMPLES_MAX];
	struct own_stack stack;

	(void)state;
	own_stack_take(&stack);
	for (size_t i = 0; i < STACK_UNWINDER_SAMPLES_MAX; i++)
		samples[i] = stack.sample;
	for (uintptr_t delay = 0; delay < 20; delay++) {
		struct stack_unwinder *unwinder = stack_unwinder_create(&proc);
		size_t without = 0;
		pthread_t thread;
		int error;

		assert_int_equal(
			pthread_create(&thread, NULL, kill_a_child, (void *)(delay * 1000)), 0);
		error = run(unwinder, samples, STACK_UNWINDER_SAMPLES_MAX, stacks);
		pthread_join(thread, NULL);
		skip_without(error, unwinder);
		for (size_t i = 0; i < STACK_UNWINDER_SAMPLES_MAX; i++) {
			assert_int_equal(stacks[i].frames[0],
					 stack.registers[UNWIND_PROGRAM_COUNTER]);
			without += stacks[i].count == 1;
		}
		assert_in_range(without, 0, 1);
		stack_unwinder_destroy(unwinder);
	}
}

static void a_process_that_is_gone_is_an_error(void **state)
{
	struct stack_unwinder *unwinder = stack_unwinder_create(&proc);
	struct address_space *space = own_space_read();
	struct call_stack stack = {.count = 77};
	struct own_stack own;
	int error;

	(void)state;
	own_stack_take(&own);
	space->target.pid = INT32_MAX;
	error = stack_unwinder_unwind(unwinder, space, &own.sample, 1, &stack);
	assert_true(error == -ENOENT || error == -EOPNOTSUPP);
	assert_int_equal(stack.count, 77);
	address_space_destroy(space);
	stack_unwinder_destroy(unwinder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_stacks_are_unwound_at_once),
		cmocka_unit_test(files_that_lie_do_no_harm),
		cmocka_unit_test(a_child_that_dies_costs_one_stack),
		cmocka_unit_test(a_process_that_is_gone_is_an_error),
	};

	return cmocka_run_group_tests_name("stack_unwinder", tests, NULL, NULL);
}
