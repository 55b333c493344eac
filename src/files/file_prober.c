/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/file_prober.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "files/errands.h"
#include "files/file_probe.h"
#include "kernel/answerer.h"
#include "kernel/procfs_options.h"
#include "model/target.h"
#include "model/vma.h"

/* What is looked at; the name is owned. */
struct question {
	int32_t pid;
	uint64_t page_size;
	struct vma vma;
	char *name;
};

struct file_prober {
	struct answerer *answerer;
	struct errands errands; /* the thread's own */
	struct procfs_options options;
};

static void release(void *owner)
{
	struct file_prober *prober = owner;

	errands_finish(&prober->errands);
	procfs_options_finish(&prober->options);
	free(prober);
}

static void forget(void *asked, void *newer)
{
	(void)newer;
	free(((struct question *)asked)->name);
}

/* What a helper is asked; the root of the procfs and the name of the VMA follow, NULs included. */
struct look_request {
	int32_t pid;
	unsigned avoid;
	uint64_t page_size;
	struct vma vma;
};

struct look_reply {
	int error;
	struct file_facts facts;
};

/* In the helper. */
static void look(int directory, const char *bytes, size_t length, struct text *reply)
{
	const char *root = bytes + sizeof(struct look_request);
	struct look_request request;
	struct look_reply found = {0};

	(void)directory, (void)length;
	memcpy(&request, bytes, sizeof(request));
	request.vma.name = root + strlen(root) + 1;
	found.error = file_probe(&(struct procfs_options){.root = root, .avoid = request.avoid},
				 request.pid, &request.vma, request.page_size, &found.facts);
	text_append_bytes(reply, (const char *)&found, sizeof(found));
}

static struct errand *make_errand(struct errands *errands, const struct procfs_options *options,
				  int32_t pid, const struct vma *vma, uint64_t page_size)
{
	const struct look_request fixed = {
		.pid = pid, .avoid = options->avoid, .page_size = page_size, .vma = *vma};
	struct text request = {0};
	struct errand *errand;

	text_append_bytes(&request, (const char *)&fixed, sizeof(fixed));
	text_append_bytes(&request, options->root, strlen(options->root) + 1);
	text_append_bytes(&request, vma->name, strlen(vma->name) + 1);
	errand = errand_create(errands, vma->dev_major, vma->dev_minor, look, &request, false);
	text_finish(&request);
	return errand;
}

static int send_to_look(struct errands *errands, const struct procfs_options *options, int32_t pid,
			const struct vma *vma, uint64_t page_size, struct file_facts *ret_facts)
{
	struct errand *errand = make_errand(errands, options, pid, vma, page_size);
	struct look_reply found = {.error = -ETIMEDOUT};

	errands_run(errands, -1);
	(void)errand_take_reply(errand, &found, sizeof(found));
	errand_drop(errand);
	if (!found.error)
		*ret_facts = found.facts;
	return found.error;
}

int file_prober_probe(const struct procfs_options *options, int32_t pid, const struct vma *vma,
		      uint64_t page_size, struct file_facts *ret_facts)
{
	struct errands errands;
	int error;

	errands_init(&errands);
	error = send_to_look(&errands, options, pid, vma, page_size, ret_facts);
	errands_finish(&errands);
	return error;
}

static void answer(void *owner, void *asked, void *ret_answer)
{
	struct file_prober *prober = owner;
	struct question *question = asked;
	struct file_answer answer = {
		.start = question->vma.start,
		.inode = question->vma.inode,
		.dev_major = question->vma.dev_major,
		.dev_minor = question->vma.dev_minor,
		.facts = {.size = TARGET_UNKNOWN},
	};

	/* What cannot be had stays unknown, whatever the reason. */
	(void)send_to_look(&prober->errands, &prober->options, question->pid, &question->vma,
			   question->page_size, &answer.facts);
	free(question->name);
	*(struct file_answer *)ret_answer = answer;
}

static const struct answerer_ops ops = {
	.name = "vastop/files",
	.question_size = sizeof(struct question),
	.answer_size = sizeof(struct file_answer),
	.answer = answer,
	.forget = forget,
	.release = release,
};

int file_prober_create(const struct procfs_options *options, struct file_prober **ret_prober)
{
	struct file_prober *prober = memory_alloc(sizeof(*prober));
	int error;

	errands_init(&prober->errands);
	prober->options = procfs_options_copy(options);
	error = answerer_create(&ops, prober, &prober->answerer);
	if (error) {
		release(prober);
		return error;
	}
	*ret_prober = prober;
	return 0;
}

void file_prober_destroy(struct file_prober *prober)
{
	if (prober)
		answerer_destroy(prober->answerer);
}

void file_prober_ask(struct file_prober *prober, int32_t pid, const struct vma *vma,
		     uint64_t page_size)
{
	struct question question = {.pid = pid,
				    .page_size = page_size,
				    .vma = *vma,
				    .name = memory_copy_string(vma->name)};

	question.vma.name = question.name;
	answerer_ask(prober->answerer, &question);
}

int file_prober_descriptor(const struct file_prober *prober)
{
	return answerer_descriptor(prober->answerer);
}

bool file_prober_take(struct file_prober *prober, struct file_answer *ret_answer)
{
	return answerer_take(prober->answerer, ret_answer);
}
