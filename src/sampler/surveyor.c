/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/surveyor.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "sampler/clock.h"
#include "sampler/procfs.h"
#include "sampler/survey_course.h"
#include "sampler/survey_look.h"
#include "sampler/worker.h"

struct surveyor {
	struct survey_course course; /* the thread's own */
	struct procfs_options options;
	int32_t pid;
	_Atomic uint64_t estimate;
	struct worker worker; /* its lock is for what follows */
	struct survey_look next;
	bool has_next, asked;
	struct survey slot;
	bool full;
};

static void release(void *owner)
{
	struct surveyor *surveyor = owner;

	survey_course_finish(&surveyor->course);
	survey_look_finish(&surveyor->next);
	survey_finish(&surveyor->slot);
	worker_finish(&surveyor->worker);
	procfs_options_finish(&surveyor->options);
	free(surveyor);
}

static void rest(struct surveyor *surveyor, uint64_t pause)
{
	int64_t until = clock_ns(CLOCK_MONOTONIC) + (int64_t)pause;

	while (pause && !surveyor->worker.stop && !worker_wait_until(&surveyor->worker, until))
		;
}

/* The step, without the lock. Returns how long to rest. */
static uint64_t take_step(struct surveyor *surveyor, struct survey_look *look, bool asked)
{
	uint64_t pause;

	pthread_mutex_unlock(&surveyor->worker.lock);
	pause = survey_course_step(&surveyor->course, look, asked);
	atomic_store(&surveyor->estimate, surveyor->course.estimate);
	pthread_mutex_lock(&surveyor->worker.lock);
	return pause;
}

/* One turn: what is new, one step, what was found. Called with the lock held. */
static uint64_t take_turn(struct surveyor *surveyor)
{
	struct survey_course *course = &surveyor->course;
	bool asked = surveyor->asked, looks = surveyor->has_next && !course->walks;
	struct survey_look look = {0};
	uint64_t pause;

	if (looks) {
		look = surveyor->next;
		surveyor->next = (struct survey_look){0};
		surveyor->has_next = false;
	}
	surveyor->asked = false;
	pause = take_step(surveyor, looks ? &look : NULL, asked);
	survey_look_finish(&look);
	if (course->has_found) {
		survey_merge(&surveyor->slot, &course->found);
		course->has_found = false;
		surveyor->full = true;
		worker_wake_reader(&surveyor->worker);
	}
	return pause;
}

/* Opens the process. Called with the lock held, which is given up meanwhile. */
static bool open_target(struct surveyor *surveyor)
{
	int error;

	pthread_mutex_unlock(&surveyor->worker.lock);
	error = survey_course_init(&surveyor->course, &surveyor->options, surveyor->pid);
	pthread_mutex_lock(&surveyor->worker.lock);
	if (!error)
		return true;
	surveyor->slot.error = error;
	surveyor->full = true;
	worker_wake_reader(&surveyor->worker);
	return false;
}

static void work(void *owner)
{
	struct surveyor *surveyor = owner;
	struct worker *worker = &surveyor->worker;

	if (!open_target(surveyor))
		return;
	while (!worker->stop && !surveyor->course.gone) {
		if (surveyor->has_next || surveyor->asked ||
		    !survey_course_is_idle(&surveyor->course))
			rest(surveyor, take_turn(surveyor));
		else
			pthread_cond_wait(&worker->changed, &worker->lock);
	}
}

int surveyor_create(const struct procfs_options *options, int32_t pid,
		    struct surveyor **ret_surveyor)
{
	struct surveyor *surveyor = memory_alloc(sizeof(*surveyor));
	int error = worker_init(&surveyor->worker);

	if (error) {
		free(surveyor);
		return error;
	}
	surveyor->course.target.directory = surveyor->course.target.memory = -1;
	surveyor->options = procfs_options_copy(options);
	surveyor->pid = pid;
	error = worker_start(&surveyor->worker, surveyor, work, release);
	if (error) {
		release(surveyor);
		return error;
	}
	*ret_surveyor = surveyor;
	return 0;
}

void surveyor_destroy(struct surveyor *surveyor)
{
	if (surveyor)
		worker_end(&surveyor->worker);
}

void surveyor_look_at(struct surveyor *surveyor, const struct address_space *space,
		      uint64_t visible_start, uint64_t visible_end)
{
	struct survey_look look = survey_look_at(space, visible_start, visible_end);

	pthread_mutex_lock(&surveyor->worker.lock);
	survey_look_finish(&surveyor->next);
	surveyor->next = look;
	surveyor->has_next = true;
	pthread_cond_signal(&surveyor->worker.changed);
	pthread_mutex_unlock(&surveyor->worker.lock);
}

void surveyor_read_smaps(struct surveyor *surveyor)
{
	worker_tell(&surveyor->worker, &surveyor->asked, true);
}

uint64_t surveyor_smaps_estimate(const struct surveyor *surveyor)
{
	return atomic_load(&surveyor->estimate);
}

int surveyor_descriptor(const struct surveyor *surveyor)
{
	return surveyor->worker.descriptor;
}

bool surveyor_take(struct surveyor *surveyor, struct survey *ret_survey)
{
	return worker_take(&surveyor->worker, &surveyor->full, &surveyor->slot,
			   sizeof(surveyor->slot), ret_survey);
}
