/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_news.h"

#include <poll.h>

#include "app/watch_scan.h"
#include "base/memory.h"
#include "kernel/answerer.h"
#include "model/address_space.h"
#include "model/history.h"
#include "ui/ui.h"

/* What was known of the moment before is complete only now. */
static void make_step(struct news *news)
{
	struct session_step *step = &news->step;

	history_add_usage(step->history, step->now, news->table.vmas.made ? &news->table : NULL,
			  news->update.residency);
	session_step_make(step);
	if (change_list_has_exec(&step->latest))
		scan_update_forget(&news->update);
	if (step->same)
		limits_measure(step->space, &news->basis.limits);
}

static void make_basis(struct news *news)
{
	const bool begins = change_list_has_exec(&news->step.latest);
	const struct address_space *space = news->step.space;

	/* What begins becomes the baseline itself. */
	shown_basis_make(&news->basis, begins ? space : news->baseline, space,
			 news->updates ? &news->update.table : NULL,
			 news->wishes ? &news->wish : NULL);
}

static void make(struct news *news)
{
	const struct address_space *space = news->step.space;

	if (space && !news->again)
		make_step(news);
	if (news->updates && !news->again)
		scan_update_make(&news->update, space ? space : news->now);
	if (space && !news->step.same)
		make_basis(news);
}

static void answer(void *owner, void *question, void *answer)
{
	(void)owner;
	make(question);
	*(struct news *)answer = *(struct news *)question;
}

static void drop(void *answer)
{
	news_finish(answer);
}

static void forget(void *question, void *newer)
{
	(void)newer;
	news_finish(question);
}

static void release(void *owner)
{
	(void)owner;
}

static const struct answerer_ops ops = {
	.name = "vastop/news",
	.question_size = sizeof(struct news),
	.answer_size = sizeof(struct news),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

bool watch_news_start(struct watch_news *news, const struct session *session,
		      const struct watch_scan *scan)
{
	if (scan->replay || session->now->vma_count < WATCH_NEWS_VMAS)
		return false;
	return news->answerer || answerer_create(&ops, NULL, &news->answerer) == 0;
}

static void give(struct watch_news *news, struct news *question)
{
	news->busy = true;
	answerer_ask(news->answerer, question);
}

/* What the basis is to be made for. */
static void take_wishes(struct news *question, const struct session *session, const struct ui *ui)
{
	question->baseline = address_space_copy(session->baseline);
	question->wishes =
		shown_wish_make(&ui->shown.picture, &ui->view, &ui->find, &question->wish);
}

void watch_news_add(struct watch_news *news, struct session *session, const struct watch_scan *scan,
		    const struct ui *ui, struct address_space *space)
{
	struct news question = {
		/* What is known is of the same list still. */
		.updates = scan->thread && !address_space_same_list(space, session->now),
		.update = watch_scan_update(scan),
		.now = session->now,
		.table = scan->table,
	};

	take_wishes(&question, session, ui);
	session_step_begin(session, space, &question.step);
	give(news, &question);
}

void watch_news_find(struct watch_news *news, const struct session *session,
		     const struct scan_update *found)
{
	struct news question = {.updates = true, .update = *found, .now = session->now};

	give(news, &question);
}

/* Whether the basis is not what the screen could use by now. */
static bool is_outdated(const struct news *made, const struct session *session, const struct ui *ui)
{
	struct shown_wish wish;
	bool wishes, same = true;

	if (!made->step.space || made->step.same)
		return false;
	if (!change_list_has_exec(&made->step.latest) &&
	    !address_space_same_list(made->basis.baseline, session->baseline))
		return true;
	wishes = shown_wish_make(&ui->shown.picture, &ui->view, &ui->find, &wish);
	if (wishes) {
		same = made->wishes && shown_wish_same(&made->wish, &wish);
		shown_wish_finish(&wish);
	}
	return !same;
}

bool watch_news_again(struct watch_news *news, const struct session *session, const struct ui *ui,
		      struct news *made)
{
	/* The next time will do: keys come more slowly than that. */
	if (made->again || !is_outdated(made, session, ui))
		return false;
	made->again = true;
	shown_basis_finish(&made->basis);
	shown_wish_finish(&made->wish);
	address_space_destroy(made->baseline);
	take_wishes(made, session, ui);
	give(news, made);
	return true;
}

int watch_news_descriptor(const struct watch_news *news)
{
	return news->busy ? answerer_descriptor(news->answerer) : -1;
}

bool watch_news_take(struct watch_news *news, struct news *ret_news)
{
	if (!news->busy || !answerer_take(news->answerer, ret_news))
		return false;
	news->busy = false;
	return true;
}

void news_finish(struct news *news)
{
	address_space_destroy(news->step.space);
	history_destroy(news->step.history);
	change_list_finish(&news->step.latest);
	shown_basis_finish(&news->basis);
	shown_wish_finish(&news->wish);
	scan_update_finish(&news->update);
	address_space_destroy(news->baseline);
	*news = (struct news){.now = NULL};
}

void watch_news_wait(const struct watch_news *news)
{
	struct pollfd wait = {.fd = watch_news_descriptor(news), .events = POLLIN};

	while (news->busy && poll(&wait, 1, -1) < 0)
		;
}

void watch_news_finish(struct watch_news *news)
{
	/* It uses what is freed next. */
	watch_news_wait(news);
	if (news->answerer)
		answerer_destroy(news->answerer);
	*news = (struct watch_news){.busy = false};
}
