/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/place_prober.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "files/inside_cache.h"
#include "files/symbol_finder.h"
#include "kernel/answerer.h"
#include "model/address_space.h"

/* What is asked; both are owned. */
struct question {
	struct address_space *space;
	char *expression;
};

struct place_prober {
	struct answerer *answerer;
	struct inside_cache *cache; /* the thread's own */
};

static void release(void *owner)
{
	struct place_prober *prober = owner;

	inside_cache_destroy(prober->cache);
	free(prober);
}

static void forget(void *asked, void *newer)
{
	struct question *question = asked;

	(void)newer;
	address_space_destroy(question->space);
	free(question->expression);
}

static void drop(void *answer)
{
	place_answer_finish(answer);
}

/* The expression and the space become the answer's. */
static void find(struct inside_cache *cache, const struct question *question,
		 struct place_answer *ret_answer)
{
	const struct place_symbols symbols = symbol_finder_make(cache);
	struct place_answer answer = {.space = question->space, .expression = question->expression};

	answer.error = place_find_with(answer.space, &symbols, answer.expression,
				       strlen(answer.expression), &answer.address, &answer.mistake);
	*ret_answer = answer;
}

static void answer(void *owner, void *question, void *ret_answer)
{
	find(((struct place_prober *)owner)->cache, question, ret_answer);
}

static const struct answerer_ops ops = {
	.name = "vastop/places",
	.question_size = sizeof(struct question),
	.answer_size = sizeof(struct place_answer),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

int place_prober_create(const struct procfs_options *options, struct place_prober **ret_prober)
{
	struct place_prober *prober = memory_alloc(sizeof(*prober));
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

void place_prober_destroy(struct place_prober *prober)
{
	if (prober)
		answerer_destroy(prober->answerer);
}

static struct question make_question(const struct address_space *space, const char *expression)
{
	return (struct question){.space = address_space_copy(space),
				 .expression = memory_copy_string(expression)};
}

void place_prober_ask(struct place_prober *prober, const struct address_space *space,
		      const char *expression)
{
	struct question question = make_question(space, expression);

	answerer_ask(prober->answerer, &question);
}

int place_prober_descriptor(const struct place_prober *prober)
{
	return answerer_descriptor(prober->answerer);
}

bool place_prober_take(struct place_prober *prober, struct place_answer *ret_answer)
{
	return answerer_take(prober->answerer, ret_answer);
}

void place_answer_finish(struct place_answer *answer)
{
	address_space_destroy(answer->space);
	free(answer->expression);
	*answer = (struct place_answer){0};
}

void place_prober_find(const struct procfs_options *options, const struct address_space *space,
		       const char *expression, struct place_answer *ret_answer)
{
	const struct question question = make_question(space, expression);
	struct inside_cache *cache = inside_cache_create(options);

	find(cache, &question, ret_answer);
	inside_cache_destroy(cache);
}
