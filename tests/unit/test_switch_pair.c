/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "growth/switch_pair.h"
#include "kernel/clock.h"

/* What the next calls are refused with; 0: they are made. */
static struct {
	int affinity, pipe, second_pipe, thread, processor;
} refused;

static int64_t clocks; /* how often the clock was asked */
static cpu_set_t kept; /* where this thread was made to run last */
static int set_count;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_THREAD_CPUTIME_ID);
	return clocks++ % 2 ? 64 * 1500 : 0;
}

int sched_getcpu(void)
{
	errno = refused.processor;
	return refused.processor ? -1 : 0;
}

int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
	assert_int_equal(pid, 0);
	assert_int_equal(size, sizeof(*set));
	CPU_ZERO(set);
	CPU_SET(0, set);
	CPU_SET(5, set);
	return 0;
}

int sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set)
{
	assert_int_equal(pid, 0);
	assert_int_equal(size, sizeof(*set));
	kept = *set;
	set_count++;
	errno = refused.affinity;
	return refused.affinity ? -1 : 0;
}

int pipe2(int pipes[2], int flags)
{
	static int count;
	const int error = count++ % 2 ? refused.second_pipe : refused.pipe;

	assert_int_equal(flags, O_CLOEXEC);
	if (!error)
		return pipe(pipes);
	count = 0;
	errno = error;
	return -1;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		   void *context)
{
	typedef int create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

	if (refused.thread)
		return refused.thread;
	return ((create *)dlsym(RTLD_NEXT, "pthread_create"))(thread, attributes, run, context);
}

/* As often as said, what is written after that does not arrive, or is refused. */
static struct {
	atomic_int lost, refused_after;
} writes;

ssize_t write(int descriptor, const void *bytes, size_t count)
{
	typedef ssize_t call(int, const void *, size_t);

	if (writes.lost > 0 && writes.lost--)
		return (ssize_t)count;
	if (writes.refused_after > 0 && --writes.refused_after == 0) {
		errno = EACCES;
		return -1;
	}
	return ((call *)dlsym(RTLD_NEXT, "write"))(descriptor, bytes, count);
}

static void begin(void)
{
	memset(&refused, 0, sizeof(refused));
	clocks = set_count = 0;
	CPU_ZERO(&kept);
}

/* Whether this thread was made to run at last where it ran before. */
static bool is_restored(void)
{
	return CPU_COUNT(&kept) == 2 && CPU_ISSET(0, &kept) && CPU_ISSET(5, &kept);
}

static void a_switch_takes_a_part_of_the_time(void **state)
{
	struct switch_pair pair;

	(void)state;
	begin();
	assert_int_equal(switch_pair_start(&pair), 0);
	assert_int_equal(set_count, 1);
	assert_true(CPU_COUNT(&kept) == 1 && CPU_ISSET(0, &kept));
	assert_true(switch_pair_time(&pair) == 1500);
	assert_true(switch_pair_time(&pair) == 1500);
	assert_int_equal(clocks, 4);
	switch_pair_end(&pair);
	assert_int_equal(set_count, 2);
	assert_true(is_restored());
}

/* Each byte that is sent comes back, once. */
static void the_peer_sends_back_each_byte(void **state)
{
	struct switch_pair pair;
	char bytes[3] = "";

	(void)state;
	begin();
	assert_int_equal(switch_pair_start(&pair), 0);
	assert_int_equal(write(pair.to_peer[1], "abc", 3), 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(read(pair.from_peer[0], &bytes[i], 1), 1);
	assert_memory_equal(bytes, "abc", 3);
	fcntl(pair.from_peer[0], F_SETFL, O_NONBLOCK);
	assert_int_equal(read(pair.from_peer[0], bytes, 1), -1);
	/* What does not come back is no time. */
	writes.lost = 1;
	assert_true(switch_pair_time(&pair) == -1);
	switch_pair_end(&pair);
}

/* Where one of them cannot write, neither waits for ever. */
static void a_write_that_is_refused_ends_it(void **state)
{
	(void)state;
	for (int writer = 1; writer <= 4; writer++) {
		struct switch_pair pair;

		begin();
		assert_int_equal(switch_pair_start(&pair), 0);
		writes.refused_after = writer;
		assert_true(switch_pair_time(&pair) == -1);
		switch_pair_end(&pair);
	}
}

static void what_is_refused_leaves_nothing(void **state)
{
	static const struct {
		int *error, code, sets;
	} cases[] = {
		{&refused.pipe, EMFILE, 0},    {&refused.second_pipe, ENFILE, 0},
		{&refused.affinity, EPERM, 1}, {&refused.processor, ENOSYS, 0},
		{&refused.thread, EAGAIN, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct switch_pair pair;

		begin();
		*cases[i].error = cases[i].code;
		assert_int_equal(switch_pair_start(&pair), -cases[i].code);
		assert_int_equal(set_count, cases[i].sets);
		assert_int_equal(is_restored(), cases[i].sets == 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_switch_takes_a_part_of_the_time),
		cmocka_unit_test(the_peer_sends_back_each_byte),
		cmocka_unit_test(a_write_that_is_refused_ends_it),
		cmocka_unit_test(what_is_refused_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
