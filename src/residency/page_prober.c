/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/page_prober.h"

#include <stdlib.h>

#include "base/memory.h"
#include "kernel/answerer.h"
#include "kernel/procfs_options.h"
#include "residency/page_probe.h"

struct page_prober {
	struct answerer *answerer;
	struct procfs_options options;
	struct page_answer last; /* the thread's own */
};

static void release(void *owner)
{
	struct page_prober *prober = owner;

	procfs_options_finish(&prober->options);
	free(prober);
}

static void look(void *owner, void *asked, void *answer)
{
	struct page_prober *prober = owner;
	const struct page_question *question = asked;
	struct page_answer *last = &prober->last;

	if (last->address != question->address)
		last->facts = page_facts_unknown();
	last->address = question->address;
	last->time_ns = question->time_ns;
	/* Of a process that is gone nothing is known. */
	if (page_probe(&prober->options, question->pid, question->address, question->page_size,
		       question->budget_ns, &last->facts))
		last->facts = page_facts_unknown();
	*(struct page_answer *)answer = *last;
}

/* The budget goes to the newer question, if it is about the same address. */
static void forget(void *question, void *newer)
{
	const struct page_question *from = question;
	struct page_question *to = newer;

	if (to && from->address == to->address && from->budget_ns > to->budget_ns)
		to->budget_ns = from->budget_ns;
}

static const struct answerer_ops ops = {
	.name = "vastop/pages",
	.question_size = sizeof(struct page_question),
	.answer_size = sizeof(struct page_answer),
	.answer = look,
	.forget = forget,
	.release = release,
};

int page_prober_create(const struct procfs_options *options, struct page_prober **ret_prober)
{
	struct page_prober *prober = memory_alloc(sizeof(*prober));
	int error;

	prober->options = procfs_options_copy(options);
	prober->last.facts = page_facts_unknown();
	error = answerer_create(&ops, prober, &prober->answerer);
	if (error) {
		release(prober);
		return error;
	}
	*ret_prober = prober;
	return 0;
}

void page_prober_destroy(struct page_prober *prober)
{
	if (prober)
		answerer_destroy(prober->answerer);
}

void page_prober_ask(struct page_prober *prober, const struct page_question *question)
{
	struct page_question copy = *question;

	answerer_ask(prober->answerer, &copy);
}

int page_prober_descriptor(const struct page_prober *prober)
{
	return answerer_descriptor(prober->answerer);
}

bool page_prober_take(struct page_prober *prober, struct page_answer *ret_answer)
{
	return answerer_take(prober->answerer, ret_answer);
}
