/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/search_thread.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "kernel/worker.h"

#define TELL_NS INT64_C(100000000) /* between two words of how far it is */

struct search_thread {
	struct procfs_options options;
	/* The thread's own: */
	struct search_walk walk;
	bool walks;
	unsigned serial;
	int64_t told_ns;
	struct worker worker; /* its lock is for what follows */
	struct search_request next;
	unsigned next_serial;
	bool asked, stopped;
	struct search_answer answer;
	bool answered;
};

static void end_walk(struct search_thread *thread)
{
	if (thread->walks)
		search_walk_finish(&thread->walk);
	thread->walks = false;
}

static void release(void *owner)
{
	struct search_thread *thread = owner;

	end_walk(thread);
	search_request_finish(&thread->next);
	procfs_options_finish(&thread->options);
	worker_finish(&thread->worker);
	free(thread);
}

/* With the lock. What was stopped meanwhile is not told of. */
static void tell(struct search_thread *thread, bool done, int error)
{
	const struct memory_search *search = &thread->walk.search;
	struct search_answer *answer = &thread->answer;

	if (thread->stopped || thread->asked)
		return;
	*answer = (struct search_answer){.serial = thread->serial, .done = done, .error = error};
	if (thread->walks) {
		answer->full = search->full;
		answer->read = thread->walk.read;
		answer->walked = thread->walk.walked;
		answer->all = thread->walk.all;
		answer->count = search->count < SEARCH_FOUND_MAX ? search->count : SEARCH_FOUND_MAX;
		if (answer->count)
			memcpy(answer->found, search->found,
			       answer->count * sizeof(*answer->found));
	}
	thread->answered = true;
	thread->told_ns = clock_ns(CLOCK_MONOTONIC);
	worker_notify(&thread->worker);
}

/* With the lock, which is given up meanwhile. */
static void begin(struct search_thread *thread)
{
	struct search_request request = thread->next;
	int error;

	thread->next = (struct search_request){0};
	thread->asked = false;
	thread->serial = thread->next_serial;
	pthread_mutex_unlock(&thread->worker.lock);
	end_walk(thread);
	error = search_walk_begin(&thread->walk, &thread->options, &request, SEARCH_SHARE_MAX,
				  SEARCH_SHARE_MIN);
	pthread_mutex_lock(&thread->worker.lock);
	thread->walks = !error;
	thread->told_ns = clock_ns(CLOCK_MONOTONIC);
	if (error)
		tell(thread, true, error);
}

static void step(struct search_thread *thread)
{
	struct worker *worker = &thread->worker;
	uint64_t pause = 0;
	int64_t until;
	int more;

	pthread_mutex_unlock(&worker->lock);
	more = search_walk_step(&thread->walk, &pause);
	pthread_mutex_lock(&worker->lock);
	if (more <= 0) {
		tell(thread, true, more);
		end_walk(thread);
		return;
	}
	if (clock_ns(CLOCK_MONOTONIC) - thread->told_ns >= TELL_NS)
		tell(thread, false, 0);
	until = clock_ns(CLOCK_MONOTONIC) + (int64_t)pause;
	while (pause && !worker->stop && !thread->stopped && !thread->asked &&
	       !worker_wait_until(worker, until))
		;
}

static void work(void *owner)
{
	struct search_thread *thread = owner;
	struct worker *worker = &thread->worker;

	while (!worker->stop) {
		if (thread->stopped) {
			end_walk(thread);
			thread->stopped = false;
		} else if (thread->asked) {
			begin(thread);
		} else if (thread->walks) {
			step(thread);
		} else {
			pthread_cond_wait(&worker->changed, &worker->lock);
		}
	}
}

int search_thread_create(const struct procfs_options *options, struct search_thread **ret_thread)
{
	struct search_thread *thread = memory_alloc(sizeof(*thread));
	int error = worker_init(&thread->worker);

	if (error) {
		free(thread);
		return error;
	}
	thread->options = procfs_options_copy(options);
	error = worker_start(&thread->worker, "vastop/search", thread, work, release);
	if (error) {
		release(thread);
		return error;
	}
	*ret_thread = thread;
	return 0;
}

void search_thread_destroy(struct search_thread *thread)
{
	if (thread)
		worker_end(&thread->worker);
}

static void replace(struct search_thread *thread, struct search_request *request, unsigned serial)
{
	pthread_mutex_lock(&thread->worker.lock);
	search_request_finish(&thread->next);
	thread->stopped = true;
	thread->answered = false;
	thread->asked = request != NULL;
	if (request) {
		thread->next = *request;
		*request = (struct search_request){0};
	}
	thread->next_serial = serial;
	pthread_cond_signal(&thread->worker.changed);
	pthread_mutex_unlock(&thread->worker.lock);
}

void search_thread_ask(struct search_thread *thread, struct search_request *request,
		       unsigned serial)
{
	replace(thread, request, serial);
}

void search_thread_stop(struct search_thread *thread)
{
	replace(thread, NULL, 0);
}

int search_thread_descriptor(const struct search_thread *thread)
{
	return thread->worker.descriptor;
}

bool search_thread_take(struct search_thread *thread, struct search_answer *ret_answer)
{
	return worker_take(&thread->worker, &thread->answered, &thread->answer,
			   sizeof(thread->answer), ret_answer);
}
