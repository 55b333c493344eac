/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/range_prober.h"

#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "kernel/answerer.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "residency/scan_plan.h"

/* How long a question is worked at before the answer says how far it came. */
#define QUESTION_NS INT64_C(50000000)

/* All of it the thread's own. */
struct range_prober {
	struct answerer *answerer;
	struct procfs_options options;
	struct range_place place; /* of the walk, and of what was found */
	struct range_walk walk;
	bool walking;
	struct scan_pace pace;
	struct page_pieces found; /* the last walk that came to its end; of nothing: none did */
};

static void release(void *owner)
{
	struct range_prober *prober = owner;

	if (prober->walking)
		range_walk_finish(&prober->walk);
	procfs_options_finish(&prober->options);
	free(prober);
}

static bool is_same(const struct range_place *a, const struct range_place *b)
{
	return a->pid == b->pid && a->start == b->start && a->end == b->end &&
	       a->page_size == b->page_size && a->anonymous == b->anonymous;
}

static void end_walk(struct range_prober *prober)
{
	if (prober->walking)
		range_walk_finish(&prober->walk);
	prober->walking = false;
}

/* Goes on with the walk, or begins one. Returns 0 or -errno. */
static int continue_walk(struct range_prober *prober, const struct range_place *place)
{
	int error;

	if (!is_same(&prober->place, place)) {
		end_walk(prober);
		prober->place = *place;
		prober->found = (struct page_pieces){0};
	}
	if (prober->walking)
		return 0;
	error = range_walk_begin(&prober->walk, &prober->options, place);
	prober->walking = !error;
	return error;
}

static void rest(uint64_t ns)
{
	const struct timespec time = {.tv_sec = (time_t)(ns / 1000000000),
				      .tv_nsec = (long)(ns % 1000000000)};

	/* Nothing but the end of the time ends it: the thread blocks all signals. */
	if (ns)
		nanosleep(&time, NULL);
}

/*
 * Takes steps with pauses between, until that time (CLOCK_MONOTONIC). Returns 1 when there are
 * more, 0 at the end of the walk, or -errno.
 */
static int take_steps(struct range_walk *walk, struct scan_pace *pace, int64_t until)
{
	int64_t began = clock_ns(CLOCK_MONOTONIC), ended;
	uint64_t expected;
	int result;

	do {
		result = range_walk_step(walk, &expected);
		if (result <= 0)
			return result;
		ended = clock_ns(CLOCK_MONOTONIC);
		rest(scan_pace_pause(pace, (uint64_t)(ended - began), expected, ended));
		began = clock_ns(CLOCK_MONOTONIC);
	} while (began < until);
	return 1;
}

static void look(void *owner, void *asked, void *answer)
{
	struct range_prober *prober = owner;
	const struct range_question *question = asked;
	struct range_answer *to = answer;
	int result = continue_walk(prober, &question->place);

	to->place = question->place;
	to->time_ns = question->time_ns;
	if (!result)
		result = take_steps(&prober->walk, &prober->pace,
				    clock_ns(CLOCK_MONOTONIC) + QUESTION_NS);
	to->more = result > 0;
	if (result == 0)
		prober->found = prober->walk.pieces;
	if (result <= 0)
		end_walk(prober);
	if (result < 0) {
		to->error = result;
		prober->found = (struct page_pieces){0};
		return;
	}
	to->pieces = prober->found.count ? prober->found : prober->walk.pieces;
}

static const struct answerer_ops ops = {
	.name = "vastop/ranges",
	.question_size = sizeof(struct range_question),
	.answer_size = sizeof(struct range_answer),
	.answer = look,
	.release = release,
};

int range_prober_create(const struct procfs_options *options, struct range_prober **ret_prober)
{
	struct range_prober *prober = memory_alloc(sizeof(*prober));
	int error;

	prober->options = procfs_options_copy(options);
	scan_pace_init(&prober->pace, SCAN_SHARE_MAX, SCAN_SHARE_MIN, clock_ns(CLOCK_MONOTONIC));
	error = answerer_create(&ops, prober, &prober->answerer);
	if (error) {
		release(prober);
		return error;
	}
	*ret_prober = prober;
	return 0;
}

void range_prober_destroy(struct range_prober *prober)
{
	if (prober)
		answerer_destroy(prober->answerer);
}

void range_prober_ask(struct range_prober *prober, const struct range_question *question)
{
	struct range_question copy = *question;

	answerer_ask(prober->answerer, &copy);
}

int range_prober_descriptor(const struct range_prober *prober)
{
	return answerer_descriptor(prober->answerer);
}

bool range_prober_take(struct range_prober *prober, struct range_answer *ret_answer)
{
	return answerer_take(prober->answerer, ret_answer);
}

int range_prober_walk(const struct procfs_options *options, const struct range_place *place,
		      struct page_pieces *ret_pieces)
{
	struct range_walk walk;
	struct scan_pace pace;
	int error = range_walk_begin(&walk, options, place);

	if (error)
		return error;
	scan_pace_init(&pace, SCAN_SHARE_ONCE_MAX, SCAN_SHARE_ONCE_MIN, clock_ns(CLOCK_MONOTONIC));
	error = take_steps(&walk, &pace, INT64_MAX);
	if (!error)
		*ret_pieces = walk.pieces;
	range_walk_finish(&walk);
	return error;
}
