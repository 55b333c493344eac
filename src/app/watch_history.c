/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_history.h"

#include <stdlib.h>

#include "base/memory.h"
#include "kernel/answerer.h"
#include "model/history.h"
#include "model/history_moment.h"
#include "model/past_moment.h"
#include "model/session.h"
#include "ui/arrange.h"
#include "ui/command/time_commands.h"
#include "ui/ui.h"

/* The thread's own: lists that moments of one history share, and its first snapshot's time. */
struct finder {
	struct past_lists lists;
	int64_t start_ns;
};

struct question {
	struct history_excerpt *excerpt; /* owned */
	uint64_t number;
	int64_t start_ns;
	/* For the basis: */
	struct address_space *baseline, *shown; /* owned: the session's; what is shown */
	struct shown_wish wish;
	bool wishes;
};

struct answer {
	struct found_moment found; /* owned */
	int64_t start_ns;
};

static void question_finish(struct question *question)
{
	history_excerpt_destroy(question->excerpt);
	address_space_destroy(question->baseline);
	address_space_destroy(question->shown);
	shown_wish_finish(&question->wish);
}

/* In the place of a moment with the same list it needs none. */
static void make_basis(const struct question *question, struct found_moment *found)
{
	const struct address_space *space = found->past.space;
	const bool is_earlier = space->time_ns < question->baseline->time_ns;

	if (!address_space_same_list(space, question->shown))
		shown_basis_make(&found->basis, is_earlier ? space : question->baseline, space,
				 kept_usage_table(&found->past.usage),
				 question->wishes ? &question->wish : NULL);
}

static void answer(void *owner, void *asked, void *ret_answer)
{
	struct finder *finder = owner;
	const struct question *question = asked;
	struct answer *found = ret_answer;

	if (finder->start_ns != question->start_ns)
		past_lists_finish(&finder->lists);
	finder->start_ns = found->start_ns = question->start_ns;
	if (past_moment_find(question->excerpt, question->number, &finder->lists,
			     &found->found.past))
		found->found.past = (struct past_moment){.number = question->number};
	else
		make_basis(question, &found->found);
	question_finish(asked);
}

static void forget(void *asked, void *newer)
{
	(void)newer;
	question_finish(asked);
}

static void drop(void *answered)
{
	found_moment_finish(&((struct answer *)answered)->found);
}

static void release(void *owner)
{
	struct finder *finder = owner;

	past_lists_finish(&finder->lists);
	free(finder);
}

static const struct answerer_ops ops = {
	.name = "vastop/history",
	.question_size = sizeof(struct question),
	.answer_size = sizeof(struct answer),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

static bool start(struct watch_history *history)
{
	struct finder *finder;

	if (history->answerer)
		return true;
	finder = memory_alloc(sizeof(*finder));
	if (answerer_create(&ops, finder, &history->answerer) == 0)
		return true;
	free(finder);
	return false;
}

/* Without a thread it takes its time. */
static void find_here(const struct session *session, uint64_t number, struct ui *ui)
{
	struct found_moment found = {.past = {.number = number}};

	past_moment_get(session->history, number, &found.past);
	time_commands_take(ui, &found);
	/* It is drawn next: the picture must be of what is shown by now. */
	arrange_layout(ui);
}

static void ask(struct watch_history *history, const struct ui *ui, uint64_t number)
{
	const struct session *session = ui->shown.session;
	struct question question = {
		.excerpt = history_excerpt(session->history, number),
		.number = number,
		.start_ns = session->start_ns,
		.baseline = address_space_copy(session->baseline),
		.shown = address_space_copy(ui->shown.space),
	};

	question.wishes = shown_wish_make(&ui->shown.picture, &ui->view, &ui->find, &question.wish);
	history->asking = true;
	history->number = number;
	history->start_ns = session->start_ns;
	answerer_ask(history->answerer, &question);
}

void watch_history_look(struct watch_history *history, struct ui *ui)
{
	const struct session *session = ui->shown.session;
	uint64_t number;

	if (!session)
		return;
	ui->host.finds_moments = true;
	/* What it has for the next step takes much memory. */
	if (!ui->shown.paused && !history->asking)
		watch_history_finish(history);
	/* What is asked for while a new snapshot is added to the history is asked for then. */
	if (!session->history || !time_commands_want(ui, &number) ||
	    (history->asking && history->number == number &&
	     history->start_ns == session->start_ns))
		return;
	if (start(history))
		ask(history, ui, number);
	else
		find_here(session, number, ui);
}

int watch_history_descriptor(const struct watch_history *history)
{
	return history->answerer ? answerer_descriptor(history->answerer) : -1;
}

void watch_history_take(struct watch_history *history, struct ui *ui)
{
	struct answer found;

	if (!history->answerer || !answerer_take(history->answerer, &found))
		return;
	if (found.start_ns == history->start_ns && found.found.past.number == history->number)
		history->asking = false;
	if (!ui->shown.session || found.start_ns != ui->shown.session->start_ns)
		found_moment_finish(&found.found);
	else
		time_commands_take(ui, &found.found);
}

void watch_history_finish(struct watch_history *history)
{
	if (history->answerer)
		answerer_destroy(history->answerer);
	*history = (struct watch_history){.asking = false};
}
