/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/worker.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "kernel/clock.h"

#define STACK_BYTES ((size_t)512 * 1024) /* reserved, not resident */
#define END_NS      INT64_C(100000000)   /* how long the end waits for the thread */
#define SECOND_NS   INT64_C(1000000000)
#define RAISE_TRIES 3

static struct timespec to_timespec(int64_t time)
{
	return (struct timespec){.tv_sec = time / SECOND_NS, .tv_nsec = time % SECOND_NS};
}

int worker_init(struct worker *worker)
{
	pthread_condattr_t attributes;
	int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	if (descriptor < 0)
		return -errno;
	*worker = (struct worker){.descriptor = descriptor};
	pthread_mutex_init(&worker->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&worker->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	return 0;
}

void worker_finish(struct worker *worker)
{
	close(worker->descriptor);
	pthread_cond_destroy(&worker->changed);
	pthread_mutex_destroy(&worker->lock);
}

static void *run(void *argument)
{
	struct worker *worker = argument;
	bool abandoned;

	prctl(PR_SET_NAME, worker->name);
	pthread_mutex_lock(&worker->lock);
	worker->work(worker->owner);
	worker->ended = true;
	pthread_cond_broadcast(&worker->changed);
	abandoned = worker->abandoned;
	pthread_mutex_unlock(&worker->lock);
	if (abandoned)
		worker->release(worker->owner);
	return NULL;
}

/*
 * All but those that the thread itself can cause: were they blocked, the kernel would end the
 * process at once, past the handlers that give the terminal back (signal(7), sigprocmask(2)).
 */
static void fill_mask(sigset_t *ret_set)
{
	static const int own[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGTRAP};

	sigfillset(ret_set);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		sigdelset(ret_set, own[i]);
}

int worker_start(struct worker *worker, const char *name, void *owner, void (*work)(void *owner),
		 void (*release)(void *owner))
{
	pthread_attr_t attributes;
	sigset_t most, before;
	int error = pthread_attr_init(&attributes);

	if (error)
		return -error;
	worker->name = name;
	worker->owner = owner;
	worker->work = work;
	worker->release = release;
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	fill_mask(&most);
	pthread_sigmask(SIG_SETMASK, &most, &before);
	error = pthread_create(&worker->thread, &attributes, run, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return -error;
}

void worker_tell(struct worker *worker, bool *flag, bool value)
{
	pthread_mutex_lock(&worker->lock);
	*flag = value;
	worker_wake(worker);
}

void worker_wake(struct worker *worker)
{
	/* One that wakes at once must not find the lock taken: it would sleep again. */
	pthread_mutex_unlock(&worker->lock);
	pthread_cond_signal(&worker->changed);
}

bool worker_wait_until(struct worker *worker, int64_t time)
{
	struct timespec until = to_timespec(time);

	return pthread_cond_timedwait(&worker->changed, &worker->lock, &until) == ETIMEDOUT;
}

void worker_raise(int descriptor)
{
	const uint64_t one = 1;

	for (int tries = 0; tries < RAISE_TRIES; tries++)
		if (write(descriptor, &one, sizeof(one)) == sizeof(one) || errno == EAGAIN)
			return;
}

void worker_notify(struct worker *worker)
{
	/* As in worker_wake(). */
	pthread_mutex_unlock(&worker->lock);
	worker_raise(worker->descriptor);
	pthread_mutex_lock(&worker->lock);
}

void worker_clear(int descriptor)
{
	uint64_t count;

	(void)!read(descriptor, &count, sizeof(count));
}

bool worker_take(struct worker *worker, bool *flag, void *bytes, size_t size, void *ret_bytes)
{
	bool taken;

	pthread_mutex_lock(&worker->lock);
	worker_clear(worker->descriptor);
	taken = *flag;
	if (taken) {
		memcpy(ret_bytes, bytes, size);
		memset(bytes, 0, size);
		*flag = false;
	}
	pthread_mutex_unlock(&worker->lock);
	return taken;
}

/* With the lock, which is given up. */
static void part(struct worker *worker)
{
	bool ended = worker->ended;

	worker->abandoned = true;
	if (!ended)
		pthread_detach(worker->thread);
	pthread_mutex_unlock(&worker->lock);
	if (ended) {
		/* It has nothing left to do but to return. */
		pthread_join(worker->thread, NULL);
		worker->release(worker->owner);
	}
}

/* Takes the lock, and has the thread end. */
static void stop(struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	worker->stop = true;
	pthread_cond_broadcast(&worker->changed);
}

void worker_leave(struct worker *worker)
{
	stop(worker);
	part(worker);
}

void worker_end(struct worker *worker)
{
	int64_t until = clock_ns(CLOCK_MONOTONIC) + END_NS;

	stop(worker);
	while (!worker->ended && !worker_wait_until(worker, until))
		;
	part(worker);
}
