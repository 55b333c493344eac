/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_ANSWERER_SCRIPT_H
#define TESTS_UNIT_ANSWERER_SCRIPT_H

/*
 * An answerer (kernel/answerer.h) without a thread: a question is answered at once, in the caller,
 * and what is asked of it is a call (call_log.h). There is one at a time.
 */

#include <stdlib.h>
#include <string.h>

#include "call_log.h"
#include "kernel/answerer.h"

#define ANSWERER_SCRIPT_DESCRIPTOR 77

static struct {
	int create_error;
	const struct answerer_ops *ops; /* NULL: there is none */
	void *owner;
	void *answer; /* NULL: none that was not taken */
} answerer_script;

static inline struct answerer *answerer_script_own(void)
{
	return (struct answerer *)&answerer_script;
}

int answerer_create(const struct answerer_ops *ops, void *owner, struct answerer **ret_answerer)
{
	call_log_say("create %s", ops->name);
	if (answerer_script.create_error)
		return answerer_script.create_error;
	assert_null(answerer_script.ops);
	answerer_script.ops = ops;
	answerer_script.owner = owner;
	*ret_answerer = answerer_script_own();
	return 0;
}

void answerer_destroy(struct answerer *answerer)
{
	assert_ptr_equal(answerer, answerer_script_own());
	call_log_say("destroy");
	answerer_script.ops->release(answerer_script.owner);
	answerer_script.ops = NULL;
	free(answerer_script.answer);
	answerer_script.answer = NULL;
}

void answerer_ask(struct answerer *answerer, void *question)
{
	assert_ptr_equal(answerer, answerer_script_own());
	free(answerer_script.answer);
	answerer_script.answer = calloc(1, answerer_script.ops->answer_size);
	assert_non_null(answerer_script.answer);
	answerer_script.ops->answer(answerer_script.owner, question, answerer_script.answer);
}

int answerer_descriptor(const struct answerer *answerer)
{
	assert_ptr_equal(answerer, answerer_script_own());
	return ANSWERER_SCRIPT_DESCRIPTOR;
}

bool answerer_take(struct answerer *answerer, void *ret_answer)
{
	assert_ptr_equal(answerer, answerer_script_own());
	if (!answerer_script.answer)
		return false;
	memcpy(ret_answer, answerer_script.answer, answerer_script.ops->answer_size);
	free(answerer_script.answer);
	answerer_script.answer = NULL;
	return true;
}

#endif
