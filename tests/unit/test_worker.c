/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "kernel/worker.h"

struct job {
	struct worker worker;
	bool told;
	int rounds, released;
	sigset_t blocked;
	char name[16];
};

static void work(void *argument)
{
	struct job *owner = argument;

	pthread_sigmask(SIG_BLOCK, NULL, &owner->blocked);
	pthread_getname_np(pthread_self(), owner->name, sizeof(owner->name));
	while (!owner->worker.stop) {
		if (owner->told) {
			owner->told = false;
			owner->rounds++;
			worker_notify(&owner->worker);
		}
		/* Either may have come while worker_notify() had the lock open. */
		if (!owner->told && !owner->worker.stop)
			pthread_cond_wait(&owner->worker.changed, &owner->worker.lock);
	}
}

static void release(void *argument)
{
	struct job *owner = argument;

	owner->released++;
	worker_finish(&owner->worker);
}

static void works_when_told_and_is_released_once(void **state)
{
	struct job owner = {0};
	struct pollfd reader = {.events = POLLIN};

	(void)state;
	assert_int_equal(worker_init(&owner.worker), 0);
	reader.fd = owner.worker.descriptor;
	assert_int_equal(worker_start(&owner.worker, "worker", &owner, work, release), 0);
	for (int i = 1; i <= 3; i++) {
		worker_tell(&owner.worker, &owner.told, true);
		assert_int_equal(poll(&reader, 1, 10000), 1);
		worker_clear(owner.worker.descriptor);
		assert_int_equal(poll(&reader, 1, 0), 0);
	}
	pthread_mutex_lock(&owner.worker.lock);
	assert_int_equal(owner.rounds, 3);
	assert_true(worker_wait_until(&owner.worker, 0)); /* long past */
	pthread_mutex_unlock(&owner.worker.lock);
	assert_string_equal(owner.name, "worker");
	assert_true(sigismember(&owner.blocked, SIGTERM));
	/* A crash of its own reaches the handler. */
	assert_false(sigismember(&owner.blocked, SIGSEGV));
	worker_end(&owner.worker);
	assert_int_equal(owner.released, 1);
}

/* A job whose thread waits for a byte before it ends, and tells when it was released. */
struct slow_job {
	struct worker worker;
	int go[2], gone[2];
};

static void work_slowly(void *argument)
{
	struct slow_job *owner = argument;
	char byte;

	pthread_mutex_unlock(&owner->worker.lock);
	(void)!read(owner->go[0], &byte, 1);
	pthread_mutex_lock(&owner->worker.lock);
}

static void release_slowly(void *argument)
{
	struct slow_job *owner = argument;

	worker_finish(&owner->worker);
	(void)!write(owner->gone[1], "x", 1);
}

static void a_thread_at_work_is_left_at_once_and_cleans_up(void **state)
{
	struct slow_job owner = {.go = {-1, -1}};
	char byte;

	(void)state;
	assert_int_equal(pipe(owner.go), 0);
	assert_int_equal(pipe(owner.gone), 0);
	assert_int_equal(worker_init(&owner.worker), 0);
	assert_int_equal(worker_start(&owner.worker, "worker", &owner, work_slowly, release_slowly),
			 0);
	worker_leave(&owner.worker);
	assert_int_equal(write(owner.go[1], "x", 1), 1);
	assert_int_equal(read(owner.gone[0], &byte, 1), 1);
	for (int i = 0; i < 2; i++) {
		close(owner.go[i]);
		close(owner.gone[i]);
	}
}

static void what_was_left_is_taken_once(void **state)
{
	struct worker worker;
	struct pollfd left;
	int bytes = 7, taken = 0;
	bool flag = true;

	(void)state;
	assert_int_equal(worker_init(&worker), 0);
	left = (struct pollfd){.fd = worker.descriptor, .events = POLLIN};
	pthread_mutex_lock(&worker.lock);
	worker_notify(&worker);
	pthread_mutex_unlock(&worker.lock);
	assert_true(worker_take(&worker, &flag, &bytes, sizeof(bytes), &taken));
	assert_int_equal(taken, 7);
	assert_int_equal(bytes, 0);
	assert_int_equal(poll(&left, 1, 0), 0);
	bytes = 8;
	assert_false(worker_take(&worker, &flag, &bytes, sizeof(bytes), &taken));
	assert_int_equal(taken, 7);
	assert_int_equal(bytes, 8);
	worker_finish(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_left_is_taken_once),
		cmocka_unit_test(works_when_told_and_is_released_once),
		cmocka_unit_test(a_thread_at_work_is_left_at_once_and_cleans_up),
	};

	return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
