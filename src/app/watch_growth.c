/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_growth.h"

#include <time.h>

#include "app/growth_words.h"
#include "app/options.h"
#include "growth/listener.h"
#include "inside/call_sites.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/growth_balance.h"
#include "model/session.h"
#include "ui/glyphs.h"
#include "ui/sites_wants.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

#define ASK_NS INT64_C(250000000) /* between two samples that are asked for */

static void show(struct watch_growth *growth, struct ui *ui, struct call_sites *sites)
{
	struct call_sites *before = growth->sites;

	growth->sites = sites;
	sites_wants_take(ui, sites, text_string(&growth->words));
	call_sites_unref(before);
}

static void count_from(struct watch_growth *growth, const struct address_space *space)
{
	address_space_destroy(growth->before);
	growth->before = address_space_copy(space);
}

static void start(struct watch_growth *growth, struct ui *ui)
{
	const struct procfs_options procfs = options_procfs(growth->options);
	const struct session *session = ui->shown.session;

	if (!growth->listener && listener_create(&procfs, &growth->listener))
		return;
	growth->listening = true;
	growth->pid = session->now->target.pid;
	growth->start_ticks = session->now->target.start_ticks;
	growth->baseline_ns = session->baseline->time_ns;
	growth->space_ns = session->now->time_ns;
	count_from(growth, session->now);
	listener_start(growth->listener, session->now, false);
	text_append(&growth->words, "Listening begins …");
	show(growth, ui, NULL);
}

static void stop(struct watch_growth *growth, struct ui *ui)
{
	growth->listening = false;
	listener_stop(growth->listener);
	text_clear(&growth->words);
	show(growth, ui, NULL);
}

static void hand_on(struct watch_growth *growth, const struct session *session)
{
	if (session->baseline->time_ns != growth->baseline_ns) {
		growth->baseline_ns = session->baseline->time_ns;
		count_from(growth, session->now);
		listener_clear(growth->listener);
	}
	if (session->now->time_ns == growth->space_ns)
		return;
	growth->space_ns = session->now->time_ns;
	listener_renew(growth->listener, session->now);
}

void watch_growth_look(struct watch_growth *growth, struct ui *ui)
{
	const bool wanted = sites_wants(ui);
	const struct address_space *now = wanted ? ui->shown.session->now : NULL;

	if (growth->listening && (!wanted || now->target.pid != growth->pid ||
				  now->target.start_ticks != growth->start_ticks))
		stop(growth, ui);
	if (!wanted)
		return;
	if (!growth->listening)
		start(growth, ui);
	else
		hand_on(growth, ui->shown.session);
}

int watch_growth_descriptor(const struct watch_growth *growth)
{
	return growth->listener ? listener_descriptor(growth->listener) : -1;
}

static void ask_for_sample(struct watch_growth *growth, struct ui *ui)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC);

	if (now - growth->asked_ns < ASK_NS || ui->shown.paused)
		return;
	growth->asked_ns = now;
	ui_want(ui, UI_SAMPLE);
}

static void append_balance(struct watch_growth *growth, const struct ui *ui,
			   const struct call_sites *sites)
{
	struct growth_balance balance;

	growth_balance_make(&balance, growth->before, ui->shown.session->now, sites->bytes);
	/* Of a program that execve(2) ended nothing counts any more. */
	if (!balance.known &&
	    growth_balance_is_other_program(growth->before, ui->shown.session->now))
		count_from(growth, ui->shown.session->now);
	growth_words_append_balance(&growth->words, &balance, ui->glyphs->unknown);
}

/* On the screen sentences follow each other. */
static void join_lines(struct text *text)
{
	for (size_t i = 0; i < text->length; i++)
		if (text->bytes[i] == '\n')
			text->bytes[i] = ' ';
}

void watch_growth_take(struct watch_growth *growth, struct ui *ui)
{
	struct listener_news news;

	if (!growth->listener || !listener_take(growth->listener, &news))
		return;
	/* What ended is not shown any more, unless the process did. */
	if (!growth->listening || (!news.sites && !news.error)) {
		call_sites_unref(news.sites);
		if (growth->listening && news.wants_space)
			ask_for_sample(growth, ui);
		return;
	}
	text_clear(&growth->words);
	if (news.error) {
		(void)growth_words_append_refusal(&growth->words, &ui->shown.space->target,
						  news.error);
		text_append_char(&growth->words, ' ');
		sentence_append(&growth->words, ui->keymap,
				SENTENCE_KEY("growers") " shows what grew, without whose code.");
	} else {
		growth_words_append_lacks(&growth->words, &news.sites->listening);
		append_balance(growth, ui, news.sites);
		join_lines(&growth->words);
	}
	if (news.wants_space)
		ask_for_sample(growth, ui);
	show(growth, ui, news.sites);
}

void watch_growth_finish(struct watch_growth *growth)
{
	listener_destroy(growth->listener);
	growth->listener = NULL;
	call_sites_unref(growth->sites);
	growth->sites = NULL;
	address_space_destroy(growth->before);
	growth->before = NULL;
	text_finish(&growth->words);
}
