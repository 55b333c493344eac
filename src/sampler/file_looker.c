/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/file_looker.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/target.h"
#include "model/vma.h"
#include "sampler/file_look.h"
#include "sampler/procfs.h"
#include "sampler/worker.h"

/* What is looked at; the name is owned. */
struct question {
	int32_t pid;
	uint64_t page_size;
	struct vma vma;
	char *name;
};

struct file_looker {
	struct worker worker;
	struct procfs_options options;
	char *root; /* its own copy: a thread left behind may use it later than the options live */
	/* Under the lock of the worker: */
	struct question next; /* to be looked at, if asked */
	bool asked;
	struct file_answer answer; /* not taken yet, if answered */
	bool answered;
};

static void release(void *owner)
{
	struct file_looker *looker = owner;

	worker_finish(&looker->worker);
	free(looker->next.name);
	free(looker->root);
	free(looker);
}

static struct file_answer answer_to(const struct file_looker *looker,
				    const struct question *question)
{
	struct file_answer answer = {
		.start = question->vma.start,
		.inode = question->vma.inode,
		.dev_major = question->vma.dev_major,
		.dev_minor = question->vma.dev_minor,
		.facts = {.size = TARGET_UNKNOWN},
	};

	/* What cannot be had stays unknown, whatever the reason. */
	(void)file_look(&looker->options, question->pid, &question->vma, question->page_size,
			&answer.facts);
	return answer;
}

/* The lock is not held while files are looked at. */
static void work(void *owner)
{
	struct file_looker *looker = owner;
	struct worker *worker = &looker->worker;

	while (!worker->stop) {
		struct question question = looker->next;
		struct file_answer answer;

		if (!looker->asked) {
			pthread_cond_wait(&worker->changed, &worker->lock);
			continue;
		}
		looker->asked = false;
		looker->next = (struct question){0};
		pthread_mutex_unlock(&worker->lock);
		answer = answer_to(looker, &question);
		free(question.name);
		pthread_mutex_lock(&worker->lock);
		looker->answer = answer;
		looker->answered = true;
		worker_wake_reader(worker);
	}
}

int file_looker_create(const struct procfs_options *options, struct file_looker **ret_looker)
{
	struct file_looker *looker = memory_alloc(sizeof(*looker));
	int error = worker_init(&looker->worker);

	if (error) {
		free(looker);
		return error;
	}
	looker->root = memory_copy_string(options->root);
	looker->options = (struct procfs_options){.root = looker->root, .avoid = options->avoid};
	error = worker_start(&looker->worker, looker, work, release);
	if (error) {
		release(looker);
		return error;
	}
	*ret_looker = looker;
	return 0;
}

void file_looker_destroy(struct file_looker *looker)
{
	if (looker)
		worker_end(&looker->worker);
}

void file_looker_ask(struct file_looker *looker, int32_t pid, const struct vma *vma,
		     uint64_t page_size)
{
	struct question question = {.pid = pid,
				    .page_size = page_size,
				    .vma = *vma,
				    .name = memory_copy_string(vma->name)};

	question.vma.name = question.name;
	pthread_mutex_lock(&looker->worker.lock);
	free(looker->next.name);
	looker->next = question;
	looker->asked = true;
	pthread_cond_signal(&looker->worker.changed);
	pthread_mutex_unlock(&looker->worker.lock);
}

int file_looker_descriptor(const struct file_looker *looker)
{
	return looker->worker.descriptor;
}

bool file_looker_take(struct file_looker *looker, struct file_answer *ret_answer)
{
	bool answered;

	pthread_mutex_lock(&looker->worker.lock);
	worker_reset_reader(&looker->worker);
	answered = looker->answered;
	if (answered)
		*ret_answer = looker->answer;
	looker->answered = false;
	pthread_mutex_unlock(&looker->worker.lock);
	return answered;
}
