/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "week_clock.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "kernel/clock.h"
#include "kernel/worker.h"

#define SECOND INT64_C(1000000000)
#define HOUR   3600
#define DAY    86400
#define BEGIN  (INT64_C(1800000000) * SECOND)

/* The clocks. The sampler's thread, once it waits, goes on only when they are at its time. */
static _Atomic int64_t monotonic, wall = BEGIN, boot;
static struct {
	struct worker *worker;
	sem_t waits;
	int64_t until; /* with the worker's lock */
} gate;

int64_t __real_clock_ns(clockid_t clock);
int64_t __wrap_clock_ns(clockid_t clock);

int64_t __wrap_clock_ns(clockid_t clock)
{
	switch (clock) {
	case CLOCK_MONOTONIC: return monotonic;
	case CLOCK_REALTIME: return wall;
	case CLOCK_BOOTTIME: return boot;
	default: return __real_clock_ns(clock);
	}
}

bool __wrap_worker_wait_until(struct worker *worker, int64_t time);

bool __wrap_worker_wait_until(struct worker *worker, int64_t time)
{
	gate.worker = worker;
	gate.until = time;
	sem_post(&gate.waits);
	while (monotonic < time && !worker->stop)
		pthread_cond_wait(&worker->changed, &worker->lock);
	return monotonic >= time;
}

static void pass(int64_t time)
{
	monotonic += time;
	boot += time;
	wall += time;
}

void week_clock_bend(uint64_t second)
{
	if (second % (5 * HOUR) == 4 * HOUR) {
		boot += 9 * HOUR * SECOND;
		wall += 9 * HOUR * SECOND;
	}
	if (second % (6 * HOUR) == 2 * HOUR)
		wall -= 2 * HOUR * SECOND;
	if (second % (6 * HOUR) == 3 * HOUR)
		wall += 2 * HOUR * SECOND;
	if (second % DAY == 5 * HOUR)
		wall += 70 * INT64_C(365) * DAY * SECOND;
	if (second % DAY == 5 * HOUR + HOUR / 2)
		wall -= 70 * INT64_C(365) * DAY * SECOND;
}

void week_clock_turn(void)
{
	struct worker *worker = gate.worker;

	pthread_mutex_lock(&worker->lock);
	if (gate.until > monotonic)
		pass(gate.until - monotonic);
	pthread_cond_signal(&worker->changed);
	pthread_mutex_unlock(&worker->lock);
	sem_wait(&gate.waits);
	/* It holds the lock until it sleeps. */
	pthread_mutex_lock(&worker->lock);
	pthread_mutex_unlock(&worker->lock);
}

void week_clock_begin(void)
{
	sem_init(&gate.waits, 0, 0);
}

void week_clock_wait(void)
{
	sem_wait(&gate.waits);
}
