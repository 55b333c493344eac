/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/heap_prober.h"

#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "files/allocator_finder.h"
#include "kernel/answerer.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/heap_walk.h"
#include "residency/scan_plan.h"

/* All of it the thread's own. */
struct heap_prober {
	struct answerer *answerer;
	struct procfs_options options;
	struct scan_pace pace;
	struct allocator_finder finder;
};

struct question {
	struct address_space *space; /* owned */
};

static void release(void *owner)
{
	struct heap_prober *prober = owner;

	procfs_options_finish(&prober->options);
	free(prober);
}

static void forget(void *asked, void *newer)
{
	struct question *question = asked;

	(void)newer;
	address_space_destroy(question->space);
}

static void drop(void *answer)
{
	heap_usage_finish(&((struct heap_answer *)answer)->heap);
}

static void answer(void *owner, void *asked, void *ret_answer)
{
	struct heap_prober *prober = owner;
	struct question *question = asked;
	const struct address_space *space = question->space;
	struct heap_answer *to = ret_answer;
	int64_t began = clock_ns(CLOCK_THREAD_CPUTIME_ID);

	to->pid = space->target.pid;
	to->start_ticks = space->target.start_ticks;
	to->time_ns = space->time_ns;
	to->found = allocator_finder_find(&prober->finder, space);
	to->error = heap_walk(&prober->options, space, &to->found, &prober->pace, true, &to->heap);
	/* From now on there is something to look at meanwhile. */
	if (prober->pace.most > SCAN_SHARE_MAX)
		scan_pace_init(&prober->pace, SCAN_SHARE_MAX, SCAN_SHARE_MIN,
			       clock_ns(CLOCK_MONOTONIC));
	to->cost_ns = (uint64_t)(clock_ns(CLOCK_THREAD_CPUTIME_ID) - began);
	address_space_destroy(question->space);
}

static const struct answerer_ops ops = {
	.name = "vastop/heap",
	.question_size = sizeof(struct question),
	.answer_size = sizeof(struct heap_answer),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

int heap_prober_create(const struct procfs_options *options, struct heap_prober **ret_prober)
{
	struct heap_prober *prober = memory_alloc(sizeof(*prober));
	int error;

	prober->options = procfs_options_copy(options);
	prober->finder.procfs = &prober->options;
	scan_pace_init(&prober->pace, SCAN_SHARE_FIRST_MAX, SCAN_SHARE_MIN,
		       clock_ns(CLOCK_MONOTONIC));
	error = answerer_create(&ops, prober, &prober->answerer);
	if (error) {
		release(prober);
		return error;
	}
	*ret_prober = prober;
	return 0;
}

void heap_prober_destroy(struct heap_prober *prober)
{
	if (prober)
		answerer_destroy(prober->answerer);
}

void heap_prober_ask(struct heap_prober *prober, const struct address_space *space)
{
	struct question question = {address_space_copy(space)};

	answerer_ask(prober->answerer, &question);
}

int heap_prober_descriptor(const struct heap_prober *prober)
{
	return answerer_descriptor(prober->answerer);
}

bool heap_prober_take(struct heap_prober *prober, struct heap_answer *ret_answer)
{
	return answerer_take(prober->answerer, ret_answer);
}
