/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_thread.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "kernel/worker.h"
#include "residency/scan_course.h"
#include "residency/scan_scope.h"

struct scan_thread {
	struct scan_course course; /* the thread's own */
	struct procfs_options options;
	int32_t pid;
	double budget;
	_Atomic uint64_t estimate;
	struct worker worker; /* its lock is for what follows */
	struct scan_scope next;
	struct scan_scope passed; /* a next one that another took the place of, to be freed */
	bool has_next, asked;
	struct scan slot;
	bool full;
};

static void release(void *owner)
{
	struct scan_thread *thread = owner;

	scan_course_finish(&thread->course);
	scan_scope_finish(&thread->next);
	scan_scope_finish(&thread->passed);
	scan_finish(&thread->slot);
	worker_finish(&thread->worker);
	procfs_options_finish(&thread->options);
	free(thread);
}

/* A snapshot waits to be looked at, though something is walked: that is of another memory. */
static bool has_other(const struct scan_thread *thread)
{
	return thread->has_next && scan_course_is_other(&thread->course, &thread->next);
}

static void rest(struct scan_thread *thread, uint64_t pause)
{
	int64_t until = clock_ns(CLOCK_MONOTONIC) + (int64_t)pause;

	while (pause && !thread->worker.stop && !has_other(thread) &&
	       !worker_wait_until(&thread->worker, until))
		;
}

/* The step, without the lock; passed is freed. Returns how long to rest. */
static uint64_t take_step(struct scan_thread *thread, struct scan_scope *passed,
			  struct scan_scope *look, bool asked)
{
	uint64_t pause;

	pthread_mutex_unlock(&thread->worker.lock);
	scan_scope_finish(passed);
	pause = scan_course_step(&thread->course, look, asked);
	atomic_store(&thread->estimate, thread->course.estimate);
	pthread_mutex_lock(&thread->worker.lock);
	return pause;
}

/* One turn: what is new, one step, what was found. Called with the lock held. */
static uint64_t take_turn(struct scan_thread *thread)
{
	struct scan_course *course = &thread->course;
	bool asked = thread->asked,
	     looks = thread->has_next && (!course->walks || has_other(thread));
	struct scan_scope look = {0}, passed = thread->passed;
	uint64_t pause;

	thread->passed = (struct scan_scope){0};
	if (looks) {
		look = thread->next;
		thread->next = (struct scan_scope){0};
		thread->has_next = false;
	}
	thread->asked = false;
	pause = take_step(thread, &passed, looks ? &look : NULL, asked);
	scan_scope_finish(&look);
	if (course->has_found) {
		scan_merge(&thread->slot, &course->found);
		course->has_found = false;
		thread->full = true;
		worker_notify(&thread->worker);
	}
	return pause;
}

/* Opens the process. Called with the lock held, which is given up meanwhile. */
static bool open_target(struct scan_thread *thread)
{
	int error;

	pthread_mutex_unlock(&thread->worker.lock);
	error = scan_course_init(&thread->course, &thread->options, thread->pid, thread->budget);
	pthread_mutex_lock(&thread->worker.lock);
	if (!error)
		return true;
	thread->slot.error = error;
	thread->full = true;
	worker_notify(&thread->worker);
	return false;
}

static void work(void *owner)
{
	struct scan_thread *thread = owner;
	struct worker *worker = &thread->worker;

	if (!open_target(thread))
		return;
	while (!worker->stop && !thread->course.gone) {
		if (thread->has_next || thread->asked || !scan_course_is_idle(&thread->course))
			rest(thread, take_turn(thread));
		else
			pthread_cond_wait(&worker->changed, &worker->lock);
	}
}

int scan_thread_create(const struct procfs_options *options, int32_t pid, double budget,
		       struct scan_thread **ret_thread)
{
	struct scan_thread *thread = memory_alloc(sizeof(*thread));
	int error = worker_init(&thread->worker);

	if (error) {
		free(thread);
		return error;
	}
	thread->course.target.directory = thread->course.target.memory = -1;
	thread->options = procfs_options_copy(options);
	thread->pid = pid;
	thread->budget = budget;
	error = worker_start(&thread->worker, "vastop/scan", thread, work, release);
	if (error) {
		release(thread);
		return error;
	}
	*ret_thread = thread;
	return 0;
}

void scan_thread_destroy(struct scan_thread *thread)
{
	if (thread)
		worker_end(&thread->worker);
}

void scan_thread_look_at(struct scan_thread *thread, const struct address_space *space,
			 uint64_t visible_start, uint64_t visible_end)
{
	struct scan_scope look = scan_scope_at(space, visible_start, visible_end), passed;

	pthread_mutex_lock(&thread->worker.lock);
	/* With very many mappings freeing takes long: it is left to the thread, once a turn. */
	passed = thread->passed;
	thread->passed = thread->next;
	thread->next = look;
	thread->has_next = true;
	worker_wake(&thread->worker);
	scan_scope_finish(&passed);
}

void scan_thread_read_smaps(struct scan_thread *thread)
{
	worker_tell(&thread->worker, &thread->asked, true);
}

uint64_t scan_thread_smaps_estimate(const struct scan_thread *thread)
{
	return atomic_load(&thread->estimate);
}

int scan_thread_descriptor(const struct scan_thread *thread)
{
	return thread->worker.descriptor;
}

bool scan_thread_take(struct scan_thread *thread, struct scan *ret_scan)
{
	return worker_take(&thread->worker, &thread->full, &thread->slot, sizeof(thread->slot),
			   ret_scan);
}
