/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/lister.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/worker.h"
#include "model/process.h"
#include "sampler/mapping_counts.h"
#include "sampler/processes.h"

#define COUNTING_SHARE 100 /* of the time goes into counting mappings, at most: one part in */

struct lister {
	uint64_t interval_ns;
	struct worker worker; /* its lock is for what follows */
	struct process_list *list;
	int error;
	int32_t wanted[LISTER_WANTED_MAX];
	size_t wanted_count;
	bool full, paused;
	bool asked; /* for a list at once */
	/* The thread's own: */
	struct mapping_counts counts;
};

static void release(void *owner)
{
	struct lister *lister = owner;

	process_list_destroy(lister->list);
	mapping_counts_finish(&lister->counts);
	worker_finish(&lister->worker);
	free(lister);
}

/* The buffers that libproc2 keeps for this thread are lost with it, which is no leak of ours. */
static int read_list(struct process_list **ret_list)
{
	int error;

#ifdef __SANITIZE_ADDRESS__
	__lsan_disable();
#endif
	error = processes_read(ret_list);
#ifdef __SANITIZE_ADDRESS__
	__lsan_enable();
#endif
	return error;
}

/* Under the lock. */
static void put(struct lister *lister, struct process_list *list, int error)
{
	process_list_destroy(lister->list);
	lister->list = list;
	lister->error = error;
	lister->full = true;
	worker_notify(&lister->worker);
}

/* Lists, and counts the mappings of those that were wanted when it began. */
static int make_list(struct lister *lister, const int32_t *wanted, size_t wanted_count,
		     struct process_list **ret_list)
{
	int error = read_list(ret_list);

	if (!error)
		mapping_counts_fill(&lister->counts, *ret_list, wanted, wanted_count,
				    lister->interval_ns / COUNTING_SHARE);
	return error;
}

static void work(void *owner)
{
	struct lister *lister = owner;
	struct worker *worker = &lister->worker;

	while (!worker->stop) {
		struct process_list *list = NULL;
		int32_t wanted[LISTER_WANTED_MAX];
		size_t wanted_count = lister->wanted_count;
		int64_t next;
		int error;

		if (lister->paused) {
			pthread_cond_wait(&worker->changed, &worker->lock);
			continue;
		}
		lister->asked = false;
		memcpy(wanted, lister->wanted, sizeof(wanted));
		pthread_mutex_unlock(&worker->lock);
		error = make_list(lister, wanted, wanted_count, &list);
		next = clock_ns(CLOCK_MONOTONIC) + (int64_t)lister->interval_ns;
		pthread_mutex_lock(&worker->lock);
		if (lister->paused)
			process_list_destroy(list);
		else
			put(lister, list, error);
		while (!worker->stop && !lister->paused && !lister->asked &&
		       !worker_wait_until(worker, next))
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
	error = worker_start(&lister->worker, "vastop/lister", lister, work, release);
	if (error) {
		release(lister);
		return error;
	}
	*ret_lister = lister;
	return 0;
}

void lister_pause(struct lister *lister, bool paused)
{
	pthread_mutex_lock(&lister->worker.lock);
	lister->asked = lister->paused && !paused;
	lister->paused = paused;
	if (paused) {
		worker_clear(lister->worker.descriptor);
		process_list_destroy(lister->list);
		lister->list = NULL;
		lister->full = false;
	}
	worker_wake(&lister->worker);
}

void lister_want(struct lister *lister, const int32_t *pids, size_t count)
{
	if (count > LISTER_WANTED_MAX)
		count = LISTER_WANTED_MAX;
	pthread_mutex_lock(&lister->worker.lock);
	if (lister->wanted_count == 0 && count > 0) {
		lister->asked = true;
		pthread_cond_signal(&lister->worker.changed);
	}
	if (count)
		memcpy(lister->wanted, pids, count * sizeof(*pids));
	lister->wanted_count = count;
	pthread_mutex_unlock(&lister->worker.lock);
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
	worker_clear(lister->worker.descriptor);
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
