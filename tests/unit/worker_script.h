/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_WORKER_SCRIPT_H
#define TESTS_UNIT_WORKER_SCRIPT_H

/*
 * A worker (kernel/worker.h) without a thread: what its thread does the test runs itself, and says
 * at each wait what happens meanwhile. What it tells and is told are calls (call_log.h). Whether
 * the lock is held where it has to be is compared, too. There is one at a time.
 */

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "call_log.h"
#include "kernel/worker.h"

#define WORKER_SCRIPT_DESCRIPTOR 77

static struct {
	int init_error, start_error;
	struct worker *worker; /* NULL: there is none */
	/* Without the lock; whether the time is past, which is INT64_MAX where there is none. */
	bool (*wait)(int64_t time);
} worker_script;

static inline void worker_script_expect_held(bool held)
{
	const int result = pthread_mutex_trylock(&worker_script.worker->lock);

	if (!result)
		pthread_mutex_unlock(&worker_script.worker->lock);
	assert_int_equal(result == EBUSY, held);
}

static inline void worker_script_lock(void)
{
	assert_int_equal(pthread_mutex_lock(&worker_script.worker->lock), 0);
}

static inline void worker_script_unlock(void)
{
	assert_int_equal(pthread_mutex_unlock(&worker_script.worker->lock), 0);
}

/* What the thread does, until it ends. */
static inline void worker_script_run(void)
{
	worker_script_lock();
	worker_script.worker->work(worker_script.worker->owner);
	worker_script_unlock();
}

static inline bool worker_script_wait(int64_t time)
{
	bool past;

	worker_script_unlock();
	past = worker_script.wait(time);
	worker_script_lock();
	return past;
}

int worker_init(struct worker *worker)
{
	pthread_mutexattr_t attributes;

	if (worker_script.init_error)
		return worker_script.init_error;
	*worker = (struct worker){.descriptor = WORKER_SCRIPT_DESCRIPTOR};
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&worker->lock, &attributes);
	pthread_mutexattr_destroy(&attributes);
	pthread_cond_init(&worker->changed, NULL);
	worker_script.worker = worker;
	return 0;
}

void worker_finish(struct worker *worker)
{
	call_log_say("finish");
	pthread_cond_destroy(&worker->changed);
	assert_int_equal(pthread_mutex_destroy(&worker->lock), 0);
	worker_script.worker = NULL;
}

int worker_start(struct worker *worker, const char *name, void *owner, void (*work)(void *owner),
		 void (*release)(void *owner))
{
	call_log_say("start %s", name);
	worker->owner = owner;
	worker->work = work;
	worker->release = release;
	return worker_script.start_error;
}

void worker_wake(struct worker *worker)
{
	assert_int_equal(pthread_mutex_unlock(&worker->lock), 0);
	call_log_say("wake");
}

void worker_tell(struct worker *worker, bool *flag, bool value)
{
	worker_script_lock();
	*flag = value;
	worker_wake(worker);
}

bool worker_wait_until(struct worker *worker, int64_t time)
{
	assert_ptr_equal(worker, worker_script.worker);
	return worker_script_wait(time);
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
	assert_ptr_equal(condition, &worker_script.worker->changed);
	assert_ptr_equal(mutex, &worker_script.worker->lock);
	worker_script_wait(INT64_MAX);
	return 0;
}

int pthread_cond_signal(pthread_cond_t *condition)
{
	assert_ptr_equal(condition, &worker_script.worker->changed);
	worker_script_expect_held(true);
	call_log_say("signal");
	return 0;
}

void worker_raise(int descriptor)
{
	call_log_say("raise %d", descriptor);
}

void worker_notify(struct worker *worker)
{
	assert_ptr_equal(worker, worker_script.worker);
	worker_script_expect_held(true);
	call_log_say("notify");
}

void worker_clear(int descriptor)
{
	assert_int_equal(descriptor, WORKER_SCRIPT_DESCRIPTOR);
	worker_script_expect_held(true);
	call_log_say("clear");
}

bool worker_take(struct worker *worker, bool *flag, void *bytes, size_t size, void *ret_bytes)
{
	const bool taken = *flag;

	assert_ptr_equal(worker, worker_script.worker);
	worker_script_expect_held(false);
	if (taken) {
		memcpy(ret_bytes, bytes, size);
		memset(bytes, 0, size);
		*flag = false;
	}
	return taken;
}

void worker_end(struct worker *worker)
{
	call_log_say("end");
	worker->release(worker->owner);
}

void worker_leave(struct worker *worker)
{
	call_log_say("leave");
	worker->release(worker->owner);
}

#endif
