/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/page_looker.h"

#include <stdlib.h>

#include "base/memory.h"
#include "kernel/procfs_options.h"
#include "kernel/worker.h"
#include "residency/page_look.h"

struct page_looker {
	struct worker worker;
	struct procfs_options options;
	/* Under the lock of the worker: */
	struct page_question next;
	bool asked; /* next is to be looked at */
	struct page_answer answer;
	bool answered; /* answer was not taken yet */
};

static void release(void *owner)
{
	struct page_looker *looker = owner;

	worker_finish(&looker->worker);
	procfs_options_finish(&looker->options);
	free(looker);
}

static void look(const struct page_looker *looker, const struct page_question *question,
		 struct page_answer *answer)
{
	if (answer->address != question->address)
		answer->facts = page_facts_unknown();
	answer->address = question->address;
	answer->time_ns = question->time_ns;
	/* Of a process that is gone nothing is known. */
	if (page_look(&looker->options, question->pid, question->address, question->page_size,
		      question->budget_ns, &answer->facts))
		answer->facts = page_facts_unknown();
}

/* The lock is not held while pages are looked at. */
static void work(void *owner)
{
	struct page_looker *looker = owner;
	struct worker *worker = &looker->worker;
	struct page_answer answer = {.facts = page_facts_unknown()};

	while (!worker->stop) {
		struct page_question question = looker->next;

		if (!looker->asked) {
			pthread_cond_wait(&worker->changed, &worker->lock);
			continue;
		}
		looker->asked = false;
		pthread_mutex_unlock(&worker->lock);
		look(looker, &question, &answer);
		pthread_mutex_lock(&worker->lock);
		looker->answer = answer;
		looker->answered = true;
		worker_wake_reader(worker);
	}
}

int page_looker_create(const struct procfs_options *options, struct page_looker **ret_looker)
{
	struct page_looker *looker = memory_alloc(sizeof(*looker));
	int error = worker_init(&looker->worker);

	if (error) {
		free(looker);
		return error;
	}
	looker->options = procfs_options_copy(options);
	error = worker_start(&looker->worker, looker, work, release);
	if (error) {
		release(looker);
		return error;
	}
	*ret_looker = looker;
	return 0;
}

void page_looker_destroy(struct page_looker *looker)
{
	if (looker)
		worker_end(&looker->worker);
}

void page_looker_ask(struct page_looker *looker, const struct page_question *question)
{
	int64_t budget_ns = question->budget_ns;

	pthread_mutex_lock(&looker->worker.lock);
	if (looker->asked && looker->next.address == question->address &&
	    looker->next.budget_ns > question->budget_ns)
		budget_ns = looker->next.budget_ns;
	looker->next = *question;
	looker->next.budget_ns = budget_ns;
	looker->asked = true;
	pthread_cond_signal(&looker->worker.changed);
	pthread_mutex_unlock(&looker->worker.lock);
}

int page_looker_descriptor(const struct page_looker *looker)
{
	return looker->worker.descriptor;
}

bool page_looker_take(struct page_looker *looker, struct page_answer *ret_answer)
{
	return worker_take(&looker->worker, &looker->answered, &looker->answer,
			   sizeof(looker->answer), ret_answer);
}
