/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/attacher.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "kernel/procfs_options.h"
#include "kernel/worker.h"
#include "model/address_space.h"
#include "model/target_totals.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "sampler/thread_group.h"

struct attacher {
	struct worker worker;
	struct procfs_options options;
	int32_t pid;
	struct source *source; /* that was opened before; the thread's own */
	/* Under the lock of the worker: */
	struct attached attached;
	bool done; /* not taken yet */
};

static void release(void *owner)
{
	struct attacher *attacher = owner;

	address_space_destroy(attacher->attached.first);
	source_destroy(attacher->attached.source);
	worker_finish(&attacher->worker);
	procfs_options_finish(&attacher->options);
	free(attacher);
}

/* Why a process cannot be opened is told by what opens all of it. */
static void open_source(const struct attacher *attacher, struct attached *attached)
{
	int32_t process;

	if (!thread_group_find(&attacher->options, attacher->pid, &process) &&
	    process != attacher->pid)
		attached->process = process;
	else
		attached->error =
			procfs_source_create(&attacher->options, attacher->pid, &attached->source);
}

static uint64_t find_user(struct source *source)
{
	struct target_totals totals;
	struct target target;

	return source_totals(source, &target, &totals) ? TARGET_UNKNOWN : target.uid;
}

static struct attached attach(const struct attacher *attacher)
{
	struct attached attached = {
		.process = attacher->pid, .uid = TARGET_UNKNOWN, .source = attacher->source};

	if (!attached.source)
		open_source(attacher, &attached);
	if (attached.source)
		attached.error = source_read(attached.source, &attached.first);
	if (attached.source && attached.error == -EACCES)
		attached.uid = find_user(attached.source);
	return attached;
}

static void work(void *owner)
{
	struct attacher *attacher = owner;
	struct attached attached;

	pthread_mutex_unlock(&attacher->worker.lock);
	attached = attach(attacher);
	pthread_mutex_lock(&attacher->worker.lock);
	attacher->attached = attached;
	attacher->done = true;
	worker_notify(&attacher->worker);
}

int attacher_create(const struct procfs_options *options, int32_t pid, struct source *source,
		    struct attacher **ret_attacher)
{
	struct attacher *attacher = memory_alloc(sizeof(*attacher));
	int error = worker_init(&attacher->worker);

	if (error) {
		free(attacher);
		return error;
	}
	attacher->pid = pid;
	attacher->source = source;
	attacher->options = procfs_options_copy(options);
	error = worker_start(&attacher->worker, "vastop/attacher", attacher, work, release);
	if (error) {
		release(attacher);
		return error;
	}
	*ret_attacher = attacher;
	return 0;
}

int attacher_descriptor(const struct attacher *attacher)
{
	return attacher->worker.descriptor;
}

bool attacher_take(struct attacher *attacher, struct attached *ret_attached)
{
	return worker_take(&attacher->worker, &attacher->done, &attacher->attached,
			   sizeof(attacher->attached), ret_attached);
}

void attacher_destroy(struct attacher *attacher)
{
	if (attacher)
		worker_leave(&attacher->worker);
}
