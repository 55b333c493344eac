/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/answerer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "kernel/worker.h"

struct answerer {
	struct worker worker;
	const struct answerer_ops *ops;
	void *owner;
	/* The thread's own: what it is at. */
	void *question, *finding;
	/* Under the lock of the worker: */
	void *next;
	bool asked; /* next is to be answered */
	void *answer;
	bool answered; /* answer was not taken yet */
};

static void forget(struct answerer *answerer, void *newer)
{
	if (answerer->asked && answerer->ops->forget)
		answerer->ops->forget(answerer->next, newer);
	answerer->asked = false;
}

/* A newer answer is there, or the end. */
static void drop(struct answerer *answerer)
{
	if (answerer->answered && answerer->ops->drop)
		answerer->ops->drop(answerer->answer);
	answerer->answered = false;
}

static void free_all(struct answerer *answerer)
{
	worker_finish(&answerer->worker);
	free(answerer->question);
	free(answerer->finding);
	free(answerer->next);
	free(answerer->answer);
	free(answerer);
}

static void release(void *context)
{
	struct answerer *answerer = context;

	forget(answerer, NULL);
	drop(answerer);
	answerer->ops->release(answerer->owner);
	free_all(answerer);
}

/* The lock is not held while the answer is looked for. */
static void work(void *context)
{
	struct answerer *answerer = context;
	const struct answerer_ops *ops = answerer->ops;
	struct worker *worker = &answerer->worker;

	while (!worker->stop) {
		if (!answerer->asked) {
			pthread_cond_wait(&worker->changed, &worker->lock);
			continue;
		}
		memcpy(answerer->question, answerer->next, ops->question_size);
		answerer->asked = false;
		pthread_mutex_unlock(&worker->lock);
		memset(answerer->finding, 0, ops->answer_size);
		ops->answer(answerer->owner, answerer->question, answerer->finding);
		pthread_mutex_lock(&worker->lock);
		drop(answerer);
		memcpy(answerer->answer, answerer->finding, ops->answer_size);
		answerer->answered = true;
		worker_notify(worker);
	}
}

int answerer_create(const struct answerer_ops *ops, void *owner, struct answerer **ret_answerer)
{
	struct answerer *answerer = memory_alloc(sizeof(*answerer));
	int error = worker_init(&answerer->worker);

	if (error) {
		free(answerer);
		return error;
	}
	answerer->ops = ops;
	answerer->owner = owner;
	answerer->question = memory_alloc(ops->question_size);
	answerer->finding = memory_alloc(ops->answer_size);
	answerer->next = memory_alloc(ops->question_size);
	answerer->answer = memory_alloc(ops->answer_size);
	error = worker_start(&answerer->worker, ops->name, answerer, work, release);
	if (error) {
		free_all(answerer);
		return error;
	}
	*ret_answerer = answerer;
	return 0;
}

void answerer_destroy(struct answerer *answerer)
{
	worker_end(&answerer->worker);
}

void answerer_ask(struct answerer *answerer, void *question)
{
	struct worker *worker = &answerer->worker;

	pthread_mutex_lock(&worker->lock);
	forget(answerer, question);
	memcpy(answerer->next, question, answerer->ops->question_size);
	answerer->asked = true;
	worker_wake(worker);
}

int answerer_descriptor(const struct answerer *answerer)
{
	return answerer->worker.descriptor;
}

bool answerer_take(struct answerer *answerer, void *ret_answer)
{
	return worker_take(&answerer->worker, &answerer->answered, answerer->answer,
			   answerer->ops->answer_size, ret_answer);
}
