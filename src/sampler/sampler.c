/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/sampler.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "sampler/source.h"

#define STACK_BYTES     ((size_t)512 * 1024) /* reserved, not resident */
#define JOIN_NS         INT64_C(500000000)   /* how long destroy waits for the thread */
#define SECOND_NS       INT64_C(1000000000)
#define INTERVAL_MAX_NS (INT64_MAX / 4)

struct sampler {
	struct source *source; /* the thread's own, until it has ended */
	int64_t interval;
	int descriptor; /* eventfd: the slot is full */
	pthread_t thread;
	pthread_mutex_t lock; /* for what follows */
	pthread_cond_t changed;
	struct sample slot;
	bool full, paused, now, stop;
	bool ended;     /* the thread runs no more code of ours */
	bool abandoned; /* nobody waits for the thread: it cleans up */
};

static int64_t monotonic_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * SECOND_NS + now.tv_nsec;
}

static struct timespec to_timespec(int64_t time)
{
	return (struct timespec){.tv_sec = time / SECOND_NS, .tv_nsec = time % SECOND_NS};
}

static void release(struct sampler *sampler)
{
	source_destroy(sampler->source);
	address_space_destroy(sampler->slot.space);
	close(sampler->descriptor);
	pthread_cond_destroy(&sampler->changed);
	pthread_mutex_destroy(&sampler->lock);
	free(sampler);
}

/*
 * Waits until the deadline, or until a sample is asked for or the end comes; while paused there
 * is no deadline. Called with the lock held.
 */
static void wait_for_turn(struct sampler *sampler, int64_t deadline)
{
	struct timespec until = to_timespec(deadline);

	while (!sampler->stop && !sampler->now) {
		if (sampler->paused)
			pthread_cond_wait(&sampler->changed, &sampler->lock);
		else if (pthread_cond_timedwait(&sampler->changed, &sampler->lock, &until) ==
				 ETIMEDOUT &&
			 !sampler->paused)
			return;
	}
}

/* Puts a sample into the slot and frees the one that nobody took. Called with the lock held. */
static void publish(struct sampler *sampler, struct sample sample)
{
	const uint64_t one = 1;

	address_space_destroy(sampler->slot.space);
	sampler->slot = sample;
	sampler->full = true;
	(void)!write(sampler->descriptor, &one, sizeof(one)); /* cannot fail: taking resets it */
}

/* Samples once, without the lock. Returns false when there is nothing more to come. */
static bool take_turn(struct sampler *sampler)
{
	struct sample sample = {0};

	sampler->now = false;
	pthread_mutex_unlock(&sampler->lock);
	sample.error = source_read(sampler->source, &sample.space);
	pthread_mutex_lock(&sampler->lock);
	/* The process was changing its image: no news, the next sample will tell. */
	if (sample.error != -EAGAIN)
		publish(sampler, sample);
	return sample.error != -ESRCH;
}

static void *run(void *argument)
{
	struct sampler *sampler = argument;
	int64_t deadline = monotonic_ns() + sampler->interval;
	bool alive = true, abandoned;

	pthread_mutex_lock(&sampler->lock);
	while (alive && !sampler->stop) {
		int64_t now;

		wait_for_turn(sampler, deadline);
		if (sampler->stop)
			break;
		alive = take_turn(sampler);
		now = monotonic_ns();
		/* The beat is kept; one that a slow sample has missed is left out. */
		deadline += sampler->interval;
		if (deadline <= now || deadline > now + sampler->interval)
			deadline = now + sampler->interval;
	}
	sampler->ended = true;
	abandoned = sampler->abandoned;
	pthread_mutex_unlock(&sampler->lock);
	if (abandoned)
		release(sampler);
	return NULL;
}

/* Starts the thread with all signals blocked: they are for the main thread. */
static int start_thread(struct sampler *sampler)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	int error = pthread_attr_init(&attributes);

	if (error)
		return -error;
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&sampler->thread, &attributes, run, sampler);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return -error;
}

int sampler_create(struct source *source, uint64_t interval_ns, struct sampler **ret_sampler)
{
	struct sampler *sampler;
	pthread_condattr_t attributes;
	int error, descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	if (descriptor < 0)
		return -errno;
	sampler = memory_alloc(sizeof(*sampler));
	sampler->source = source;
	sampler->interval = interval_ns < INTERVAL_MAX_NS ? (int64_t)interval_ns : INTERVAL_MAX_NS;
	sampler->descriptor = descriptor;
	pthread_mutex_init(&sampler->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&sampler->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	error = start_thread(sampler);
	if (error) {
		sampler->source = NULL; /* stays the caller's */
		release(sampler);
		return error;
	}
	*ret_sampler = sampler;
	return 0;
}

int sampler_descriptor(const struct sampler *sampler)
{
	return sampler->descriptor;
}

bool sampler_take(struct sampler *sampler, struct sample *ret_sample)
{
	uint64_t count;
	bool full;

	pthread_mutex_lock(&sampler->lock);
	full = sampler->full;
	if (full) {
		*ret_sample = sampler->slot;
		sampler->slot = (struct sample){0};
		sampler->full = false;
		(void)!read(sampler->descriptor, &count, sizeof(count));
	}
	pthread_mutex_unlock(&sampler->lock);
	return full;
}

static void tell(struct sampler *sampler, bool *what, bool value)
{
	pthread_mutex_lock(&sampler->lock);
	*what = value;
	pthread_cond_signal(&sampler->changed);
	pthread_mutex_unlock(&sampler->lock);
}

void sampler_pause(struct sampler *sampler, bool paused)
{
	tell(sampler, &sampler->paused, paused);
}

void sampler_now(struct sampler *sampler)
{
	tell(sampler, &sampler->now, true);
}

void sampler_destroy(struct sampler *sampler)
{
	struct timespec until = to_timespec(monotonic_ns() + JOIN_NS);
	bool ended;

	if (!sampler)
		return;
	tell(sampler, &sampler->stop, true);
	if (pthread_clockjoin_np(sampler->thread, NULL, CLOCK_MONOTONIC, &until) == 0) {
		release(sampler);
		return;
	}
	pthread_mutex_lock(&sampler->lock);
	ended = sampler->ended;
	sampler->abandoned = true;
	if (!ended)
		pthread_detach(sampler->thread);
	pthread_mutex_unlock(&sampler->lock);
	if (ended) {
		pthread_join(sampler->thread, NULL);
		release(sampler);
	}
}
