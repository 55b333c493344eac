/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/growth.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/denied.h"
#include "app/growth_table.h"
#include "app/growth_words.h"
#include "app/launch.h"
#include "app/launch_words.h"
#include "app/message.h"
#include "app/options.h"
#include "app/output.h"
#include "app/signals.h"
#include "base/text.h"
#include "growth/listener.h"
#include "inside/call_sites.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/growth_balance.h"
#include "report/folded.h"
#include "report/json_growth.h"
#include "sampler/source.h"

#define SAMPLE_NS   INT64_C(1000000000)  /* between two lists of mappings */
#define HURRY_NS    INT64_C(50000000)    /* the same while something touched is in none */
#define LAST_NS     INT64_C(60000000000) /* for the last result, which reads files */
#define MILLISECOND 1000000

enum { WAIT_SIGNALS, WAIT_NEWS, WAIT_EXIT, WAIT_COUNT };

struct growth {
	const struct options *options;
	struct source *source;
	struct launch *launch;
	struct listener *listener;
	struct address_space *before, *now; /* the first and the newest snapshot */
	struct call_sites *sites;           /* the newest; NULL: none yet */
	struct pollfd waits[WAIT_COUNT];
	int64_t end_ns, sample_ns; /* CLOCK_MONOTONIC; when it is over; of the last snapshot */
	bool wants_space;
	bool target_ended;
	bool over;
	int ending_signal;
	int error; /* why it could not listen */
};

static void take_signals(struct growth *growth)
{
	int number;

	while ((number = signals_read(growth->waits[WAIT_SIGNALS].fd)) != 0) {
		if (number == SIGTSTP) {
			signals_stop();
		} else if (signals_end_program(number)) {
			growth->over = true;
			/* Ctrl-C asks for what there is by now; the others for the end. */
			if (number != SIGINT)
				growth->ending_signal = number;
		}
	}
}

/* A snapshot of a program that ended is not needed: the last one is as it was. */
static void take_sample(struct growth *growth)
{
	struct address_space *space;
	int error = source_read(growth->source, &space);

	growth->sample_ns = clock_ns(CLOCK_MONOTONIC);
	if (error == -ESRCH)
		growth->target_ended = growth->over = true;
	if (error)
		return;
	growth->wants_space = false;
	if (growth->now != growth->before)
		address_space_destroy(growth->now);
	growth->now = space;
	if (growth_balance_is_other_program(growth->before, space)) {
		/* As of one that begins: what execve(2) replaced is gone. */
		address_space_destroy(growth->before);
		growth->before = space;
	}
	listener_renew(growth->listener, space);
}

static void take_news(struct growth *growth)
{
	struct listener_news news;

	if (!listener_take(growth->listener, &news))
		return;
	growth->wants_space |= news.wants_space;
	growth->error = news.error;
	growth->over |= news.error != 0;
	if (!news.sites)
		return;
	call_sites_unref(growth->sites);
	growth->sites = news.sites;
	growth->over |= news.sites->listening.ended;
}

/* How long to wait, in milliseconds, until something is to be done. */
static int patience(int64_t until_ns)
{
	const int64_t left = until_ns - clock_ns(CLOCK_MONOTONIC);

	return left <= 0 ? 0 : (int)((left + MILLISECOND - 1) / MILLISECOND);
}

static void wait_for(struct growth *growth, int64_t until_ns)
{
	if (poll(growth->waits, WAIT_COUNT, patience(until_ns)) < 0)
		return;
	if (growth->waits[WAIT_SIGNALS].revents)
		take_signals(growth);
	if (growth->waits[WAIT_NEWS].revents)
		take_news(growth);
	if (growth->waits[WAIT_EXIT].revents) {
		growth->target_ended = growth->over = true;
		growth->waits[WAIT_EXIT].fd = -1;
	}
}

/* Until it listens or cannot. */
static void wait_for_start(struct growth *growth)
{
	/* An interrupt asks for a result, if only of a moment. */
	while (!growth->sites && !growth->error && !growth->ending_signal)
		wait_for(growth, clock_ns(CLOCK_MONOTONIC) + LAST_NS);
	if (growth->options->growth_ns)
		growth->end_ns = clock_ns(CLOCK_MONOTONIC) + (int64_t)growth->options->growth_ns;
}

static void watch(struct growth *growth)
{
	while (!growth->over) {
		const int64_t now = clock_ns(CLOCK_MONOTONIC);
		int64_t next = growth->sample_ns + (growth->wants_space ? HURRY_NS : SAMPLE_NS);

		if (now >= next) {
			take_sample(growth);
			next = growth->sample_ns + SAMPLE_NS;
		}
		if (growth->end_ns && growth->end_ns < next)
			next = growth->end_ns;
		if (!growth->over)
			wait_for(growth, next);
		if (growth->end_ns && clock_ns(CLOCK_MONOTONIC) >= growth->end_ns)
			growth->over = true;
	}
}

/* With a last list of mappings, the last result. */
static void finish(struct growth *growth)
{
	const int64_t until = clock_ns(CLOCK_MONOTONIC) + LAST_NS;

	if (!growth->target_ended)
		take_sample(growth);
	listener_stop(growth->listener);
	while (!growth->sites->listening.ended && clock_ns(CLOCK_MONOTONIC) < until &&
	       !growth->ending_signal)
		wait_for(growth, until);
}

static int write_result(const struct growth *growth)
{
	struct growth_balance balance;
	const struct growth_table table = {
		.before = growth->before,
		.now = growth->now,
		.sites = growth->sites,
		.balance = &balance,
		.ascii = growth->options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
	};
	struct output output;
	int error = 0;

	growth_balance_make(&balance, growth->before, growth->now, growth->sites->bytes);
	output_open(&output);
	switch (growth->options->format) {
	case FORMAT_JSON:
		error = json_growth_write(output.stream, growth->now, growth->sites, &balance);
		break;
	case FORMAT_FOLDED:
		error = folded_write(output.stream, growth->now->target.comm, growth->sites);
		break;
	default: growth_table_write(output.stream, &table); break;
	}
	return output_close(&output, error);
}

/* Says why it cannot listen; for people what grows is shown nevertheless. */
static int refuse(struct growth *growth)
{
	const bool told = growth->options->format == FORMAT_PICTURE && growth->error != -ESRCH;
	struct growth_table table;
	struct text text = {0};
	int status = growth_words_append_refusal(&text, &growth->now->target, growth->error);

	if (told)
		text_append(&text, " What grew is shown instead, without whose code it was.");
	message_say("%s", text_string(&text));
	text_finish(&text);
	growth->error = 0;
	growth->over = !told || growth->ending_signal;
	if (told)
		watch(growth);
	if (told && !growth->ending_signal) {
		struct output output;

		take_sample(growth);
		table = (struct growth_table){.before = growth->before, .now = growth->now};
		output_open(&output);
		growth_table_write_growers(output.stream, &table);
		(void)output_close(&output, 0);
	}
	return status;
}

static int listen(struct growth *growth)
{
	wait_for_start(growth);
	launch_release(growth->launch);
	if (growth->error)
		return refuse(growth);
	if (!growth->sites)
		return EXIT_DONE;
	watch(growth);
	finish(growth);
	return growth->ending_signal ? EXIT_DONE : write_result(growth);
}

static int start(struct growth *growth)
{
	const struct procfs_options procfs = options_procfs(growth->options);
	int error = source_read(growth->source, &growth->before);

	if (error)
		return denied_say_of_source(growth->options, growth->source, error);
	growth->now = growth->before;
	growth->sample_ns = clock_ns(CLOCK_MONOTONIC);
	error = listener_create(&procfs, &growth->listener);
	if (error) {
		message_say("cannot start a thread: %s; try again when the machine is less busy.",
			    strerror(-error));
		return EXIT_TROUBLE;
	}
	growth->waits[WAIT_NEWS].fd = listener_descriptor(growth->listener);
	growth->waits[WAIT_EXIT].fd = source_exit_descriptor(growth->source);
	listener_start(growth->listener, growth->before, growth->launch != NULL);
	return listen(growth);
}

int growth_run(const struct options *options, struct source *source, struct launch *launch)
{
	struct growth growth = {
		.options = options,
		.source = source,
		.launch = launch,
		.waits = {[WAIT_SIGNALS] = {.fd = signals_open(), .events = POLLIN},
			  [WAIT_NEWS] = {.events = POLLIN},
			  [WAIT_EXIT] = {.events = POLLIN}},
	};
	int status;

	output_refuse_signal();
	status = start(&growth);
	listener_destroy(growth.listener);
	call_sites_unref(growth.sites);
	if (growth.now != growth.before)
		address_space_destroy(growth.now);
	address_space_destroy(growth.before);
	source_destroy(source);
	launch_say_end(launch, growth.target_ended);
	if (growth.waits[WAIT_SIGNALS].fd >= 0)
		close(growth.waits[WAIT_SIGNALS].fd);
	if (growth.ending_signal)
		signals_die(growth.ending_signal);
	return status;
}
