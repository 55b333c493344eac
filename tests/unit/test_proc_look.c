/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/procmap_query.h"
#include "sampler/proc_look.h"
#include "sampler/source.h"

#define SIZE ((size_t)65536)

/* A process that protects its memory as it is told, a byte each time, and then sleeps. */
struct child {
	pid_t pid;
	int directory, orders, answers;
	struct proc_look look;
};

static void obey(int orders, int answers)
{
	char *memory = mmap(NULL, SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char order;

	while (read(orders, &order, 1) == 1) {
		mprotect(memory, SIZE, order);
		(void)!write(answers, &order, 1);
	}
	_exit(0);
}

static void start(struct child *child, unsigned avoid)
{
	int orders[2], answers[2];
	char path[64];

	assert_int_equal(pipe2(orders, O_CLOEXEC), 0);
	assert_int_equal(pipe2(answers, O_CLOEXEC), 0);
	child->pid = fork();
	if (child->pid == 0) {
		close(orders[1]);
		close(answers[0]);
		obey(orders[0], answers[1]);
	}
	close(orders[0]);
	close(answers[1]);
	child->orders = orders[1];
	child->answers = answers[0];
	snprintf(path, sizeof(path), "/proc/%d", (int)child->pid);
	child->directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_true(child->directory >= 0);
	proc_look_init(&child->look, child->pid, avoid);
}

static void stop(struct child *child)
{
	close(child->orders);
	close(child->answers);
	close(child->directory);
	waitpid(child->pid, NULL, 0);
}

static char state_of(const struct child *child)
{
	char path[64], bytes[256] = "", *end;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)child->pid);
	file = fopen(path, "re");
	assert_non_null(file);
	(void)!fread(bytes, 1, sizeof(bytes) - 1, file);
	fclose(file);
	end = strrchr(bytes, ')');
	return end ? end[2] : '?';
}

/* Returns when it sleeps again. */
static void protect(const struct child *child, char protection)
{
	char answer;

	assert_int_equal(write(child->orders, &protection, 1), 1);
	assert_int_equal(read(child->answers, &answer, 1), 1);
	while (state_of(child) != 'S')
		sched_yield();
}

static int look(struct child *child, enum coverage_level level, uint64_t *print)
{
	return proc_look_take(&child->look, child->directory, level, print);
}

/*
 * Looks until that is not needed any more: a process sleeps a little before its clock knows. Skips
 * where other processes have no clock that can be read.
 */
static void look_until_idle(struct child *child, enum coverage_level level)
{
	int64_t end = clock_ns(CLOCK_MONOTONIC) + 10 * INT64_C(1000000000);
	uint64_t print;
	int result;

	if (!child->look.has_clock) {
		stop(child);
		print_message("the CPU clock of another process cannot be read here\n");
		skip();
	}
	do {
		result = look(child, level, &print);
		assert_in_range(result, 0, SOURCE_IDLE);
		assert_true(clock_ns(CLOCK_MONOTONIC) < end);
	} while (result != SOURCE_IDLE);
}

static void all_protections_are_seen(void **state)
{
	static const char protections[] = {PROT_READ,
					   PROT_READ | PROT_EXEC,
					   PROT_READ | PROT_WRITE | PROT_EXEC,
					   PROT_READ | PROT_WRITE,
					   PROT_NONE,
					   PROT_EXEC,
					   PROT_READ};
	struct child child;
	uint64_t last = 0, print;

	(void)state;
	start(&child, AVOID_PROCMAP_QUERY);
	for (size_t i = 0; i < sizeof(protections); i++) {
		protect(&child, protections[i]);
		assert_int_equal(look(&child, COVERAGE_ALL, &print), 0);
		assert_true(print != last);
		last = print;
		assert_int_equal(look(&child, COVERAGE_CODE, &print), -ENOTSUP);
	}
	stop(&child);
}

static void a_process_that_sleeps_is_not_looked_at(void **state)
{
	struct child child;
	uint64_t print = 0, same = 7;

	(void)state;
	start(&child, 0);
	protect(&child, PROT_READ);
	assert_int_equal(look(&child, COVERAGE_ALL, &print), 0);
	look_until_idle(&child, COVERAGE_ALL);
	assert_int_equal(look(&child, COVERAGE_ALL, &same), SOURCE_IDLE);
	assert_int_equal(same, 7);
	/* It ran, though only to do what it had done. */
	protect(&child, PROT_READ);
	assert_int_equal(look(&child, COVERAGE_ALL, &same), 0);
	assert_true(same == print);
	stop(&child);
}

static void another_level_is_another_look(void **state)
{
	struct child child;
	uint64_t all = 0, code = 0, print;
	int error;

	(void)state;
	start(&child, 0);
	protect(&child, PROT_READ);
	assert_int_equal(look(&child, COVERAGE_ALL, &all), 0);
	error = look(&child, COVERAGE_CODE, &code);
	if (error == -ENOTSUP) {
		stop(&child);
		print_message("this kernel cannot query single mappings\n");
		skip();
	}
	assert_int_equal(error, 0);
	look_until_idle(&child, COVERAGE_CODE);
	protect(&child, PROT_READ | PROT_WRITE);
	assert_int_equal(look(&child, COVERAGE_CODE, &print), 0);
	assert_true(print == code);
	protect(&child, PROT_READ | PROT_WRITE | PROT_EXEC);
	assert_int_equal(look(&child, COVERAGE_CODE, &print), 0);
	assert_true(print != code);
	assert_int_equal(look(&child, COVERAGE_SIZES, &print), -ENOTSUP);
	stop(&child);
}

/* Below a procfs of another PID namespace, or in a recorded tree. */
static void without_a_clock_each_look_is_one(void **state)
{
	struct child child;
	uint64_t print = 0, same = 7;

	(void)state;
	start(&child, 0);
	proc_look_init(&child.look, 0, 0);
	protect(&child, PROT_READ);
	assert_int_equal(look(&child, COVERAGE_ALL, &print), 0);
	assert_int_equal(look(&child, COVERAGE_ALL, &same), 0);
	assert_true(same == print);
	stop(&child);
	assert_int_equal(proc_look_take(&child.look, -1, COVERAGE_ALL, &print), -EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_protections_are_seen),
		cmocka_unit_test(a_process_that_sleeps_is_not_looked_at),
		cmocka_unit_test(another_level_is_another_look),
		cmocka_unit_test(without_a_clock_each_look_is_one),
	};

	return cmocka_run_group_tests_name("proc_look", tests, NULL, NULL);
}
