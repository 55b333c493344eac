/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/check_prober.h"

#include <stdlib.h>

#include "base/memory.h"
#include "files/errands.h"
#include "kernel/answerer.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"

struct check_prober {
	struct answerer *answerer;
	struct errands errands; /* the thread's own */
	struct procfs_options options;
};

/* The snapshot is owned. */
struct question {
	struct address_space *space;
};

static void release(void *owner)
{
	struct check_prober *prober = owner;

	errands_finish(&prober->errands);
	procfs_options_finish(&prober->options);
	free(prober);
}

static void forget(void *asked, void *newer)
{
	(void)newer;
	address_space_destroy(((struct question *)asked)->space);
}

static void drop(void *answer)
{
	check_facts_finish(&((struct check_answer *)answer)->facts);
}

static void answer(void *owner, void *asked, void *ret_answer)
{
	struct check_prober *prober = owner;
	struct question *question = asked;
	struct check_answer *found = ret_answer;

	found->pid = question->space->target.pid;
	check_probe(&prober->options, &prober->errands, question->space, &found->facts);
	errands_tidy(&prober->errands);
	address_space_destroy(question->space);
}

static const struct answerer_ops ops = {
	.name = "vastop/check",
	.question_size = sizeof(struct question),
	.answer_size = sizeof(struct check_answer),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

int check_prober_create(const struct procfs_options *options, struct check_prober **ret_prober)
{
	struct check_prober *prober = memory_alloc(sizeof(*prober));
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

void check_prober_destroy(struct check_prober *prober)
{
	if (prober)
		answerer_destroy(prober->answerer);
}

void check_prober_ask(struct check_prober *prober, const struct address_space *space)
{
	struct question question = {.space = address_space_copy(space)};

	answerer_ask(prober->answerer, &question);
}

int check_prober_descriptor(const struct check_prober *prober)
{
	return answerer_descriptor(prober->answerer);
}

bool check_prober_take(struct check_prober *prober, struct check_answer *ret_answer)
{
	return answerer_take(prober->answerer, ret_answer);
}
