/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/attacher.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "sampler/procfs.h"
#include "sampler/source.h"
#include "sampler/thread_group.h"
#include "sampler/worker.h"

struct attacher {
	struct worker worker;
	struct procfs_options options;
	char *root; /* its own copy: a thread left behind may use it later than the options live */
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
	free(attacher->root);
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

static struct attached attach(const struct attacher *attacher)
{
	struct attached attached = {.process = attacher->pid, .source = attacher->source};

	if (!attached.source)
		open_source(attacher, &attached);
	if (attached.source)
		attached.error = source_read(attached.source, &attached.first);
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
	worker_wake_reader(&attacher->worker);
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
	attacher->root = memory_copy_string(options->root);
	attacher->options = *options;
	attacher->options.root = attacher->root;
	error = worker_start(&attacher->worker, attacher, work, release);
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
	bool done;

	pthread_mutex_lock(&attacher->worker.lock);
	worker_reset_reader(&attacher->worker);
	done = attacher->done;
	if (done) {
		*ret_attached = attacher->attached;
		attacher->attached = (struct attached){0};
		attacher->done = false;
	}
	pthread_mutex_unlock(&attacher->worker.lock);
	return done;
}

void attacher_destroy(struct attacher *attacher)
{
	if (attacher)
		worker_leave(&attacher->worker);
}
