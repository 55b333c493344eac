/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/inside_prober.h"

#include <stdlib.h>

#include "base/memory.h"
#include "files/inside_cache.h"
#include "kernel/answerer.h"
#include "model/address_space.h"

/* The mapping that is asked about; the snapshot is owned. */
struct question {
	struct address_space *space;
	size_t index;
};

struct inside_prober {
	struct answerer *answerer;
	struct inside_cache *cache; /* the thread's own */
};

static void release(void *owner)
{
	struct inside_prober *prober = owner;

	inside_cache_destroy(prober->cache);
	free(prober);
}

static void forget(void *asked, void *newer)
{
	(void)newer;
	address_space_destroy(((struct question *)asked)->space);
}

static void drop(void *answer)
{
	inside_answer_finish(answer);
}

static void answer(void *owner, void *asked, void *ret_answer)
{
	struct inside_prober *prober = owner;
	struct question *question = asked;

	inside_cache_find(prober->cache, question->space, question->index, ret_answer);
	address_space_destroy(question->space);
}

static const struct answerer_ops ops = {
	.name = "vastop/inside",
	.question_size = sizeof(struct question),
	.answer_size = sizeof(struct inside_answer),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

int inside_prober_create(const struct procfs_options *options, struct inside_prober **ret_prober)
{
	struct inside_prober *prober = memory_alloc(sizeof(*prober));
	int error;

	prober->cache = inside_cache_create(options);
	error = answerer_create(&ops, prober, &prober->answerer);
	if (error) {
		release(prober);
		return error;
	}
	*ret_prober = prober;
	return 0;
}

void inside_prober_destroy(struct inside_prober *prober)
{
	if (prober)
		answerer_destroy(prober->answerer);
}

void inside_prober_ask(struct inside_prober *prober, const struct address_space *space,
		       size_t index)
{
	struct question question = {.space = address_space_copy(space), .index = index};

	answerer_ask(prober->answerer, &question);
}

int inside_prober_descriptor(const struct inside_prober *prober)
{
	return answerer_descriptor(prober->answerer);
}

bool inside_prober_take(struct inside_prober *prober, struct inside_answer *ret_answer)
{
	return answerer_take(prober->answerer, ret_answer);
}
