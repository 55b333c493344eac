/* SPDX-License-Identifier: GPL-2.0-or-later */

/* How a worker waits, is woken, and comes to an end: clocks and waits are the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/clock.h"
#include "kernel/worker.h"

#define WAITS 8

/* What calls do, and what they were asked. */
static struct {
	int descriptor; /* to which writing is not the kernel's */
	int errors[8];  /* of one write after the other; 0: it succeeds */
	size_t written;
	int64_t now;
	int results[WAITS]; /* of one wait after the other; -1: the thread is let go, and waited for
			     */
	struct timespec until[WAITS];
	size_t waits;
} script;

static int go[2], gone[2];

ssize_t write(int descriptor, const void *bytes, size_t size)
{
	const uint64_t one = 1;
	int error;

	if (descriptor != script.descriptor)
		return syscall(SYS_write, descriptor, bytes, size);
	assert_int_equal(size, sizeof(one));
	assert_memory_equal(bytes, &one, sizeof(one));
	error = script.errors[script.written++];
	errno = error ? error : EAGAIN;
	return error ? -1 : (ssize_t)size;
}

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

static struct worker *waiting;

int pthread_cond_timedwait(pthread_cond_t *restrict changed, pthread_mutex_t *restrict lock,
			   const struct timespec *restrict until)
{
	int result = script.results[script.waits];

	assert_true(script.waits < WAITS);
	script.until[script.waits++] = *until;
	if (result >= 0)
		return result;
	assert_int_equal(write(go[1], "x", 1), 1);
	while (!waiting->ended)
		pthread_cond_wait(changed, lock);
	return 0;
}

static void assert_until(size_t wait, int64_t seconds, long nanoseconds)
{
	assert_int_equal(script.until[wait].tv_sec, seconds);
	assert_int_equal(script.until[wait].tv_nsec, nanoseconds);
}

static void a_wait_ends_at_its_time(void **state)
{
	struct worker worker;

	(void)state;
	script.descriptor = -1;
	script.waits = 0;
	memcpy(script.results, (int[]){ETIMEDOUT, 0, EINVAL}, 3 * sizeof(int));
	assert_int_equal(worker_init(&worker), 0);
	pthread_mutex_lock(&worker.lock);
	assert_true(worker_wait_until(&worker, INT64_C(1234567890123456789)));
	assert_false(worker_wait_until(&worker, 999999999));
	assert_false(worker_wait_until(&worker, 1000000000));
	pthread_mutex_unlock(&worker.lock);
	assert_int_equal(script.waits, 3);
	assert_until(0, 1234567890, 123456789);
	assert_until(1, 0, 999999999);
	assert_until(2, 1, 0);
	worker_finish(&worker);
}

static void a_descriptor_is_raised_once(void **state)
{
	static const struct {
		int errors[8];
		size_t written;
	} cases[] = {
		{{0}, 1},
		{{EAGAIN}, 1},
		{{EINTR, 0}, 2},
		{{EINTR, EINTR, 0}, 3},
		{{EINTR, EINTR, EINTR, 0}, 3},
		{{EBADF, EAGAIN}, 2},
	};

	(void)state;
	script.descriptor = 4711;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memcpy(script.errors, cases[i].errors, sizeof(script.errors));
		script.written = 0;
		worker_raise(4711);
		assert_int_equal(script.written, cases[i].written);
	}
	script.descriptor = -1;
}

/* A worker whose thread waits for a byte, however often it is told to stop. */
struct job {
	struct worker worker;
	sigset_t blocked;
	size_t stack_size;
	pthread_t released_by;
	int released;
};

static void work(void *owner)
{
	struct job *job = owner;
	pthread_attr_t attributes;
	char byte;

	pthread_sigmask(SIG_SETMASK, NULL, &job->blocked);
	if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
		pthread_attr_getstacksize(&attributes, &job->stack_size);
		pthread_attr_destroy(&attributes);
	}
	pthread_mutex_unlock(&job->worker.lock);
	(void)!read(go[0], &byte, 1);
	pthread_mutex_lock(&job->worker.lock);
}

static void release(void *owner)
{
	struct job *job = owner;

	job->released++;
	job->released_by = pthread_self();
	worker_finish(&job->worker);
	(void)!write(gone[1], "x", 1);
}

static void begin(struct job *job)
{
	*job = (struct job){.released = 0};
	waiting = &job->worker;
	script.waits = 0;
	script.now = INT64_C(5950000000);
	assert_true(pipe(go) == 0 && pipe(gone) == 0);
	assert_int_equal(worker_init(&job->worker), 0);
	assert_int_equal(worker_start(&job->worker, "job", job, work, release), 0);
}

static void end(struct job *job)
{
	char byte;

	assert_int_equal(read(gone[0], &byte, 1), 1);
	assert_int_equal(job->released, 1);
	for (int i = 0; i < 2; i++) {
		close(go[i]);
		close(gone[i]);
	}
}

/* It is waited for, for a tenth of a second in all. */
static void a_thread_that_ends_in_time_is_joined(void **state)
{
	sigset_t before, after;
	struct job job;

	(void)state;
	memcpy(script.results, (int[]){0, EINVAL, -1}, 3 * sizeof(int));
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	begin(&job);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	worker_end(&job.worker);
	assert_int_equal(script.waits, 3);
	for (size_t i = 0; i < 3; i++)
		assert_until(i, 6, 50000000);
	assert_true(pthread_equal(job.released_by, pthread_self()));
	assert_true(job.worker.stop);
	end(&job);
	/* What it was born with: a stack of half a megabyte, and signals of its own only. */
	assert_int_equal(job.stack_size, 512 * 1024);
	for (int number = 1; number < SIGRTMIN; number++) {
		static const int own[] = {SIGSEGV, SIGBUS,  SIGILL,  SIGFPE, SIGABRT,
					  SIGSYS,  SIGTRAP, SIGKILL, SIGSTOP};
		bool is_own = number > SIGSYS;

		for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
			is_own |= number == own[i];
		if (number <= SIGSYS)
			assert_int_equal(sigismember(&job.blocked, number), !is_own);
		assert_int_equal(sigismember(&after, number), sigismember(&before, number));
	}
}

static void one_that_does_not_is_left_and_releases_itself(void **state)
{
	struct job job;

	(void)state;
	memcpy(script.results, (int[]){0, ETIMEDOUT, -1}, 3 * sizeof(int));
	begin(&job);
	worker_end(&job.worker);
	assert_int_equal(script.waits, 2);
	assert_int_equal(job.released, 0);
	assert_true(job.worker.stop && job.worker.abandoned);
	assert_int_equal(write(go[1], "x", 1), 1);
	end(&job);
	assert_false(pthread_equal(job.released_by, pthread_self()));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wait_ends_at_its_time),
		cmocka_unit_test(a_descriptor_is_raised_once),
		cmocka_unit_test(a_thread_that_ends_in_time_is_joined),
		cmocka_unit_test(one_that_does_not_is_left_and_releases_itself),
	};

	return cmocka_run_group_tests_name("worker_calls", tests, NULL, NULL);
}
