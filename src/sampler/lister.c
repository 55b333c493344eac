/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/lister.h"

#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "model/process.h"
#include "sampler/clock.h"
#include "sampler/processes.h"
#include "sampler/worker.h"

struct lister {
	uint64_t interval_ns;
	struct worker worker; /* its lock is for what follows */
	struct process_list *list;
	int error;
	bool full;
};

static void release(void *owner)
{
	struct lister *lister = owner;

	process_list_destroy(lister->list);
	worker_finish(&lister->worker);
	free(lister);
}

static void work(void *owner)
{
	struct lister *lister = owner;
	struct worker *worker = &lister->worker;

	while (!worker->stop) {
		struct process_list *list = NULL;
		int64_t next;
		int error;

		pthread_mutex_unlock(&worker->lock);
		error = processes_read(&list);
		next = clock_ns(CLOCK_MONOTONIC) + (int64_t)lister->interval_ns;
		pthread_mutex_lock(&worker->lock);
		process_list_destroy(lister->list);
		lister->list = list;
		lister->error = error;
		lister->full = true;
		worker_wake_reader(worker);
		while (!worker->stop && !worker_wait_until(worker, next))
			;
	}
}

int lister_create(uint64_t interval_ns, struct lister **ret_lister)
{
	struct lister *lister = memory_alloc(sizeof(*lister));
	int error = worker_init(&lister->worker);

	if (error) {
		free(lister);
		return error;
	}
	lister->interval_ns = interval_ns;
	error = worker_start(&lister->worker, lister, work, release);
	if (error) {
		release(lister);
		return error;
	}
	*ret_lister = lister;
	return 0;
}

void lister_destroy(struct lister *lister)
{
	if (lister)
		worker_end(&lister->worker);
}

int lister_descriptor(const struct lister *lister)
{
	return lister->worker.descriptor;
}

bool lister_take(struct lister *lister, struct process_list **ret_list, int *ret_error)
{
	bool full;

	pthread_mutex_lock(&lister->worker.lock);
	worker_reset_reader(&lister->worker);
	full = lister->full;
	if (full) {
		*ret_list = lister->list;
		*ret_error = lister->error;
		lister->list = NULL;
		lister->full = false;
	}
	pthread_mutex_unlock(&lister->worker.lock);
	return full;
}
