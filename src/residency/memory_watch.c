/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/memory_watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "kernel/worker.h"
#include "residency/resident_memory.h"

/* After this time the memory is opened anew, as that of execve(2) is another one. */
#define OPEN_NS INT64_C(1000000000)

struct memory_watch {
	struct procfs_options options;
	/* The thread's own: */
	struct resident_memory memory;
	int32_t opened; /* whose it is; 0: it is not open */
	int64_t opened_ns;
	struct memory_question question;
	struct memory_answer last, found;
	bool told;            /* the last answer is one to this question */
	struct worker worker; /* its lock is for what follows */
	struct memory_question next;
	bool asked;
	struct memory_answer answer;
	bool answered;
};

static void close_memory(struct memory_watch *watch)
{
	if (watch->opened)
		resident_memory_close(&watch->memory);
	watch->opened = 0;
}

static void release(void *owner)
{
	struct memory_watch *watch = owner;

	close_memory(watch);
	procfs_options_finish(&watch->options);
	worker_finish(&watch->worker);
	free(watch);
}

static int open_memory(struct memory_watch *watch)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC);
	int error;

	if (watch->opened == watch->question.pid && now - watch->opened_ns < OPEN_NS)
		return 0;
	close_memory(watch);
	error = resident_memory_open(&watch->memory, &watch->options, watch->question.pid);
	if (error)
		return error;
	watch->opened = watch->question.pid;
	watch->opened_ns = now;
	return 0;
}

static int read_bytes(struct memory_watch *watch, struct memory_answer *answer)
{
	struct memory_question *question = &watch->question;
	struct memory_reader reader;
	int error = open_memory(watch);

	if (error)
		return error;
	reader = resident_memory_reader(&watch->memory);
	answer->page_size = reader.page_size;
	watch->memory.absent_too = question->absent_too;
	error = reader.read(reader.context, question->address, answer->bytes, question->size,
			    answer->absent);
	question->absent_too = false;
	if (error)
		close_memory(watch);
	return error;
}

static bool is_same(const struct memory_answer *a, const struct memory_answer *b)
{
	return a->error == b->error && !memcmp(a->bytes, b->bytes, sizeof(a->bytes)) &&
	       !memcmp(a->absent, b->absent, sizeof(a->absent));
}

/* Without the lock. Returns whether there is something to tell. */
static bool look(struct memory_watch *watch)
{
	struct memory_answer *found = &watch->found;

	*found = (struct memory_answer){.question = watch->question};
	found->error = read_bytes(watch, found);
	if (watch->told && is_same(found, &watch->last))
		return false;
	watch->last = *found;
	watch->told = true;
	return true;
}

static void take_turn(struct memory_watch *watch)
{
	struct worker *worker = &watch->worker;
	bool new;

	if (watch->asked) {
		watch->question = watch->next;
		watch->asked = watch->told = false;
	}
	pthread_mutex_unlock(&worker->lock);
	new = look(watch);
	pthread_mutex_lock(&worker->lock);
	if (!new || watch->asked)
		return;
	watch->answer = watch->last;
	watch->answered = true;
	worker_notify(worker);
}

static void work(void *owner)
{
	struct memory_watch *watch = owner;
	struct worker *worker = &watch->worker;
	int64_t next;

	while (!worker->stop) {
		if (watch->asked ? !watch->next.pid : !watch->question.pid) {
			watch->question.pid = 0;
			watch->asked = false;
			pthread_cond_wait(&worker->changed, &worker->lock);
			continue;
		}
		take_turn(watch);
		next = clock_ns(CLOCK_MONOTONIC) + (int64_t)watch->question.interval_ns;
		while (!worker->stop && !watch->asked && !worker_wait_until(worker, next))
			;
	}
}

int memory_watch_create(const struct procfs_options *options, struct memory_watch **ret_watch)
{
	struct memory_watch *watch = memory_alloc(sizeof(*watch));
	int error = worker_init(&watch->worker);

	if (error) {
		free(watch);
		return error;
	}
	watch->options = procfs_options_copy(options);
	error = worker_start(&watch->worker, "vastop/memory", watch, work, release);
	if (error) {
		release(watch);
		return error;
	}
	*ret_watch = watch;
	return 0;
}

void memory_watch_destroy(struct memory_watch *watch)
{
	if (watch)
		worker_end(&watch->worker);
}

void memory_watch_ask(struct memory_watch *watch, const struct memory_question *question)
{
	pthread_mutex_lock(&watch->worker.lock);
	watch->next = *question;
	if (watch->next.size > MEMORY_WATCH_BYTES)
		watch->next.size = MEMORY_WATCH_BYTES;
	watch->asked = true;
	pthread_cond_signal(&watch->worker.changed);
	pthread_mutex_unlock(&watch->worker.lock);
}

int memory_watch_descriptor(const struct memory_watch *watch)
{
	return watch->worker.descriptor;
}

bool memory_watch_take(struct memory_watch *watch, struct memory_answer *ret_answer)
{
	return worker_take(&watch->worker, &watch->answered, &watch->answer, sizeof(watch->answer),
			   ret_answer);
}
