/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/sampler.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/worker.h"
#include "model/address_space.h"
#include "sampler/pulse_queue.h"
#include "sampler/schedule.h"
#include "sampler/source.h"
#include "sampler/torn_read.h"

#define SLOW_NS INT64_C(2000000)    /* a list that a pulse does not wait for */
#define END_NS  INT64_C(1000000000) /* how late the end is told where only asking tells it */

struct sampler {
	struct source *source;           /* the thread's own, until it has ended */
	struct torn_read torn;           /* the thread's own */
	bool asks;                       /* whether it has ended: no descriptor tells */
	uint64_t prints[COVERAGE_SIZES]; /* the thread's own: what the last looks saw, by level */
	struct address_space *last;      /* the thread's own: has the list of the last sample */
	struct worker worker;            /* its lock is for what follows */
	struct schedule schedule;
	struct pulse_queue pulses;
	struct sample slot;
	/* Processor time when the last list began, with the list: the program's, the thread's. */
	int64_t spent, own;
	int64_t busy_since; /* 0 while the thread rests */
	bool full, now;
};

static void release(void *owner)
{
	struct sampler *sampler = owner;

	source_destroy(sampler->source);
	address_space_destroy(sampler->slot.space);
	address_space_destroy(sampler->last);
	pulse_queue_finish(&sampler->pulses);
	worker_finish(&sampler->worker);
	free(sampler);
}

/*
 * Waits until the next turn is due, or until a sample is asked for or the end comes; returns false
 * when it is only time to ask whether the process has ended. Called with the lock held.
 */
static bool wait_for_turn(struct sampler *sampler)
{
	struct worker *worker = &sampler->worker;
	int64_t ask = clock_ns(CLOCK_MONOTONIC) + END_NS;

	while (!worker->stop && !sampler->now) {
		int64_t turn = schedule_next(&sampler->schedule);
		bool early = sampler->asks && ask < turn;

		if (worker_wait_until(worker, early ? ask : turn))
			return !early;
	}
	return true;
}

/* Puts a sample into the slot and frees the one that nobody took. Called with the lock held. */
static void publish(struct sampler *sampler, struct sample sample)
{
	address_space_destroy(sampler->slot.space);
	sampler->slot = sample;
	sampler->full = true;
	schedule_hold(&sampler->schedule);
	worker_notify(&sampler->worker);
}

static struct sample read_sample(struct sampler *sampler)
{
	struct sample sample = {0};

	sample.error = source_read(sampler->source, &sample.space);
	return sample;
}

/* Replaces a sample that seems torn by another one, whatever that is like, and *after by a new
 * pulse, where there is one. */
static struct sample read_again(struct sampler *sampler, const struct pulse *before,
				struct sample first, struct pulse *after)
{
	struct sample again = read_sample(sampler);
	struct pulse between = *after;

	if (!again.error && source_pulse(sampler->source, after) == 0 &&
	    torn_read_check(&sampler->torn, &between, again.space, after))
		torn_read_learn(&sampler->torn, before, first.space, again.space, after);
	address_space_destroy(first.space);
	return again;
}

/* Samples, and takes the pulse again right after; *after stays as it is when there is none. */
static struct sample read_confirmed(struct sampler *sampler, const struct pulse *before,
				    struct pulse *after)
{
	struct sample sample = read_sample(sampler);

	if (sample.error || source_pulse(sampler->source, after) ||
	    !torn_read_check(&sampler->torn, before, sample.space, after))
		return sample;
	return read_again(sampler, before, sample, after);
}

/* Lets the sample share the list of the last one, or be what the next ones are compared with. */
static void share_list(struct sampler *sampler, struct address_space *space)
{
	if (sampler->last && address_space_share_list(space, sampler->last))
		return;
	address_space_destroy(sampler->last);
	sampler->last = address_space_copy(space);
}

/*
 * Takes a sample and publishes it; before is the pulse taken right before, NULL where there is
 * none. Called with the lock held, which is given up meanwhile. Returns false when there is
 * nothing more to come.
 */
static bool take_list(struct sampler *sampler, const struct pulse *before)
{
	int64_t began = clock_ns(CLOCK_MONOTONIC), spent = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	int64_t own, cost;
	struct pulse after = before ? *before : (struct pulse){0};
	struct sample sample;

	pthread_mutex_unlock(&sampler->worker.lock);
	own = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	sample = before ? read_confirmed(sampler, before, &after) : read_sample(sampler);
	if (sample.space)
		share_list(sampler, sample.space);
	cost = clock_ns(CLOCK_THREAD_CPUTIME_ID) - own;
	pthread_mutex_lock(&sampler->worker.lock);
	/* What changed while the list was read is perhaps not on it. */
	schedule_listed(&sampler->schedule, began, cost,
			sample.error == -EAGAIN || (before && pulse_moved(before, &after)));
	sampler->spent = spent + cost;
	sampler->own = own + cost;
	if (before)
		pulse_queue_add(&sampler->pulses, &after);
	/* The process was changing its image: no news, the next sample will tell. */
	if (sample.error == -EAGAIN)
		return true;
	sample.last = schedule_is_over(&sampler->schedule, began);
	publish(sampler, sample);
	return sample.error != -ESRCH && !sample.last;
}

/* Takes the pulse and queues it; returns as source_pulse(). Gives up the lock meanwhile. */
static int take_pulse(struct sampler *sampler, struct pulse *ret_pulse, bool *ret_differs,
		      bool *ret_moved)
{
	struct pulse_queue *queue = &sampler->pulses;
	struct pulse pulse;
	int error;

	pthread_mutex_unlock(&sampler->worker.lock);
	error = source_pulse(sampler->source, &pulse);
	pthread_mutex_lock(&sampler->worker.lock);
	if (error)
		return error;
	*ret_differs = !queue->any || pulse_differs(&queue->last, &pulse);
	*ret_moved = !queue->any || pulse_moved(&queue->last, &pulse);
	*ret_pulse = pulse;
	pulse_queue_add(queue, &pulse);
	return 0;
}

/*
 * Takes the look that is due, if one is. Returns whether the list is due for what it saw. Called
 * with the lock held, which is given up meanwhile.
 */
static bool take_look(struct sampler *sampler)
{
	struct schedule *schedule = &sampler->schedule;
	int64_t now = clock_ns(CLOCK_MONOTONIC), cost;
	enum coverage_level level = schedule_look(schedule, now);
	uint64_t print = 0;
	bool moved;
	int error;

	if (level == COVERAGE_SIZES)
		return false;
	pthread_mutex_unlock(&sampler->worker.lock);
	cost = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	error = source_look(sampler->source, level, &print);
	cost = clock_ns(CLOCK_THREAD_CPUTIME_ID) - cost;
	pthread_mutex_lock(&sampler->worker.lock);
	if (error == -ENOTSUP) {
		schedule_without_looks(schedule, level);
		return false;
	}
	if (error == SOURCE_IDLE)
		return schedule_looked(schedule, level, now, 0, false);
	/* Why it failed the list will tell. */
	moved = error || print != sampler->prints[level];
	sampler->prints[level] = print;
	return schedule_looked(schedule, level, now, cost, moved);
}

/* One turn. Called with the lock held. Returns false when there is nothing more to come. */
static bool take_turn(struct sampler *sampler)
{
	struct schedule *schedule = &sampler->schedule;
	bool asked = sampler->now, differs = false, moved = true, due;
	int error = -ENOTSUP;
	struct pulse pulse;

	sampler->now = false;
	if (schedule->pulses)
		error = take_pulse(sampler, &pulse, &differs, &moved);
	if (error == -ENOTSUP && schedule->pulses)
		schedule_without_pulses(schedule);
	if (error == -ESRCH) {
		publish(sampler, (struct sample){.error = error});
		return false;
	}
	schedule_spent(schedule, clock_ns(CLOCK_PROCESS_CPUTIME_ID) - sampler->spent,
		       clock_ns(CLOCK_THREAD_CPUTIME_ID) - sampler->own);
	due = schedule_turn(schedule, clock_ns(CLOCK_MONOTONIC), moved) || asked ||
	      take_look(sampler);
	/* A quick sample tells of the pulse as well, so that the reader is woken once. */
	if (differs && (!due || schedule->cost > SLOW_NS))
		worker_notify(&sampler->worker);
	return !due || take_list(sampler, error ? NULL : &pulse);
}

/* Returns false, and publishes that, when the process has ended. As take_turn() is called. */
static bool ask_whether_it_lives(struct sampler *sampler)
{
	struct pulse pulse;
	int error;

	pthread_mutex_unlock(&sampler->worker.lock);
	error = source_pulse(sampler->source, &pulse);
	pthread_mutex_lock(&sampler->worker.lock);
	if (error == -ESRCH)
		publish(sampler, (struct sample){.error = error});
	return error != -ESRCH;
}

static void run(void *owner)
{
	struct sampler *sampler = owner;
	bool alive = true;

	while (alive && !sampler->worker.stop) {
		bool due = wait_for_turn(sampler);

		if (sampler->worker.stop)
			break;
		sampler->busy_since = clock_ns(CLOCK_MONOTONIC);
		alive = due ? take_turn(sampler) : ask_whether_it_lives(sampler);
		sampler->busy_since = 0;
	}
}

int sampler_create(struct source *source, const struct sampler_plan *plan,
		   struct sampler **ret_sampler)
{
	struct sampler *sampler = memory_alloc(sizeof(*sampler));
	int64_t now = clock_ns(CLOCK_MONOTONIC);
	int error = worker_init(&sampler->worker);

	if (error) {
		free(sampler);
		return error;
	}
	sampler->source = source;
	if (plan->first)
		sampler->last = address_space_copy(plan->first);
	sampler->asks = source_exit_descriptor(source) < 0;
	sampler->spent = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	schedule_init(&sampler->schedule, plan->interval_ns, plan->budget, now);
	schedule_end_after(&sampler->schedule, plan->intervals, now);
	error = worker_start(&sampler->worker, "vastop/sampler", sampler, run, release);
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
	return sampler->worker.descriptor;
}

bool sampler_take(struct sampler *sampler, struct sample *ret_sample)
{
	bool full;

	pthread_mutex_lock(&sampler->worker.lock);
	worker_clear(sampler->worker.descriptor);
	full = sampler->full;
	if (full) {
		*ret_sample = sampler->slot;
		sampler->slot = (struct sample){0};
		sampler->full = false;
	}
	if (full && schedule_release(&sampler->schedule, clock_ns(CLOCK_MONOTONIC)))
		worker_wake(&sampler->worker);
	else
		pthread_mutex_unlock(&sampler->worker.lock);
	return full;
}

size_t sampler_take_pulses(struct sampler *sampler, struct pulse *out, size_t capacity)
{
	size_t count;

	pthread_mutex_lock(&sampler->worker.lock);
	worker_clear(sampler->worker.descriptor);
	count = pulse_queue_take(&sampler->pulses, out, capacity);
	pthread_mutex_unlock(&sampler->worker.lock);
	return count;
}

struct coverage sampler_coverage(struct sampler *sampler)
{
	struct coverage coverage;

	pthread_mutex_lock(&sampler->worker.lock);
	coverage = schedule_coverage(&sampler->schedule);
	pthread_mutex_unlock(&sampler->worker.lock);
	return coverage;
}

void sampler_set_interval(struct sampler *sampler, uint64_t interval_ns)
{
	pthread_mutex_lock(&sampler->worker.lock);
	schedule_set_interval(&sampler->schedule, interval_ns, clock_ns(CLOCK_MONOTONIC));
	worker_wake(&sampler->worker);
}

int64_t sampler_busy_since(struct sampler *sampler)
{
	int64_t since;

	pthread_mutex_lock(&sampler->worker.lock);
	since = sampler->busy_since;
	pthread_mutex_unlock(&sampler->worker.lock);
	return since;
}

void sampler_now(struct sampler *sampler)
{
	worker_tell(&sampler->worker, &sampler->now, true);
}

void sampler_destroy(struct sampler *sampler)
{
	if (sampler)
		worker_end(&sampler->worker);
}
