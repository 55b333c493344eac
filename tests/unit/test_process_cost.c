/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "kernel/clock.h"
#include "support/child.h"
#include "support/process_cost.h"

enum { BURNT_MS = 20, TOUCHED = 4 * 1024 * 1024 };

static void burn(const void *context)
{
	int64_t begin = clock_ns(CLOCK_PROCESS_CPUTIME_ID);

	(void)context;
	while (clock_ns(CLOCK_PROCESS_CPUTIME_ID) - begin < BURNT_MS * INT64_C(1000000))
		;
}

static void touch(const void *context)
{
	char *memory =
		mmap(NULL, TOUCHED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)context;
	for (int i = 0; memory != MAP_FAILED && i < TOUCHED; i += 4096)
		memory[i] = 1;
}

/* Burns, and has a child that does. */
static void burn_twice(const void *context)
{
	burn(context);
	child_start(burn, NULL);
}

static bool knows_children(void)
{
	return access("/proc/self/task", X_OK) == 0 &&
	       access("/proc/thread-self/children", R_OK) == 0;
}

static void cpu_time_is_that_of_the_process_and_its_children(void **state)
{
	pid_t one = child_start(burn, NULL), two = child_start(burn_twice, NULL);
	int64_t used = 0, of_both = 0;

	(void)state;
	assert_true(one > 0 && two > 0);
	assert_int_equal(process_cost_cpu(one, &used), 0);
	assert_true(used >= BURNT_MS * INT64_C(1000000));
	assert_int_equal(process_cost_cpu(two, &of_both), 0);
	assert_true(of_both >= (knows_children() ? 2 : 1) * BURNT_MS * INT64_C(1000000));
	child_end(one);
	child_end(two);
	assert_true(process_cost_cpu(one, &used) < 0);
}

static void memory_is_what_the_kernel_says(void **state)
{
	pid_t child = child_start(touch, NULL);
	struct process_memory memory = {0};

	(void)state;
	assert_true(child > 0);
	assert_int_equal(process_cost_memory(child, &memory), 0);
	assert_true(memory.rss >= TOUCHED && memory.pss >= TOUCHED);
	child_end(child);
	assert_true(process_cost_memory(child, &memory) < 0);
	assert_true(memory.rss >= TOUCHED);
}

static void a_thread_that_ran_has_a_past(void **state)
{
	pid_t child = child_start(burn, NULL);
	struct thread_past past = {-1, -1};
	int result = process_cost_past(child, &past);

	(void)state;
	child_end(child);
	if (result == -ENOENT)
		skip(); /* this kernel does not count */
	assert_int_equal(result, 0);
	assert_true(past.ran >= BURNT_MS * INT64_C(1000000));
	assert_true(past.delayed >= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cpu_time_is_that_of_the_process_and_its_children),
		cmocka_unit_test(memory_is_what_the_kernel_says),
		cmocka_unit_test(a_thread_that_ran_has_a_past),
	};

	return cmocka_run_group_tests_name("process_cost", tests, NULL, NULL);
}
