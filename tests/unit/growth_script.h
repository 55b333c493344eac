/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_GROWTH_SCRIPT_H
#define TESTS_UNIT_GROWTH_SCRIPT_H

/*
 * What app/growth.c asks of others: in each turn comes what the script says, in a time that only
 * passes as it says. Each call is a line of the log.
 */

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "app/denied.h"
#include "app/growth.h"
#include "app/growth_table.h"
#include "app/growth_words.h"
#include "app/launch.h"
#include "app/launch_words.h"
#include "app/message.h"
#include "app/options.h"
#include "app/signals.h"
#include "base/text.h"
#include "call_log.h"
#include "message_script.h"
#include "growth/listener.h"
#include "inside/call_sites.h"
#include "inside/frame_store.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/growth_balance.h"
#include "report/folded.h"
#include "report/json_growth.h"
#include "sampler/source.h"

#define PAGE UINT64_C(4096)
#define MS   INT64_C(1000000)

enum { TURNS = 6, READS = 8, NUMBERS = 3 };
enum { SIGNALS = 1, NEWS = 2, EXIT = 4 }; /* what comes in a turn */

struct turn {
	unsigned came;
	int64_t passed; /* nanoseconds; 0: all that is waited for */
	int numbers[NUMBERS];
	bool sites, ended, wants_space; /* of the news */
	int error;
};

static struct {
	struct turn turns[TURNS];
	int turn, number, reads;
	int errors[READS];    /* of each sample; */
	bool others[READS];   /* it is of another program */
	int64_t costs[READS]; /* and takes so long */
	int64_t now;
	int create, write;
	bool interrupted; /* poll(2) is, first */
	jmp_buf death;
} script;

static char things[2];

#define given_source   ((struct source *)&things[0])
#define given_listener ((struct listener *)&things[1])

static inline struct turn *script_turn(void)
{
	assert_in_range(script.turn, 1, TURNS);
	return &script.turns[script.turn - 1];
}

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
	assert_int_equal(count, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(files[i].events, POLLIN);
	assert_int_equal(files[1].fd, 202);
	call_log_say("- %d ms%s", milliseconds, files[2].fd == 203 ? "" : ", not for the exit");
	if (script.interrupted) {
		script.interrupted = false;
		errno = EINTR;
		return -1;
	}
	script.turn++;
	script.number = 0;
	script.now += script_turn()->passed ? script_turn()->passed : milliseconds * MS;
	for (int i = 0; i < 3; i++)
		files[i].revents = files[i].fd >= 0 && script_turn()->came >> i & 1 ? POLLIN : 0;
	return 1;
}

static int signals_descriptor;

int signals_open(void)
{
	signals_descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return signals_descriptor;
}

/* The suite runs without stdin, so that it is that number. */
static inline void script_check_closed(void)
{
	assert_int_equal(fcntl(signals_descriptor, F_GETFD), -1);
}

int signals_read(int descriptor)
{
	assert_true(descriptor >= 0);
	return script.number < NUMBERS ? script_turn()->numbers[script.number++] : 0;
}

bool signals_end_program(int number)
{
	return number != SIGUSR1 && number != SIGTSTP;
}

void signals_stop(void)
{
	call_log_say("stop");
}

void signals_die(int number)
{
	call_log_say("die of %d", number);
	longjmp(script.death, 1);
}

/* Each sample has a page more than the one before. */
int source_read(struct source *source, struct address_space **ret_space)
{
	const int read = script.reads++;
	struct target target = {.pid = 5, .comm = "test", .page_size = PAGE, .uid = 7};
	const struct vma vma = {.start = 0x1000,
				.end = 0x1000 + (uint64_t)script.reads * PAGE,
				.kind = KIND_HEAP,
				.name = "[heap]"};

	assert_ptr_equal(source, given_source);
	assert_in_range(read, 0, READS - 1);
	call_log_say("read");
	script.now += script.costs[read];
	target.start_stack = script.others[read] ? 0x9000 + (uint64_t)read * PAGE : 0x8000;
	return script.errors[read] ? script.errors[read]
				   : address_space_create(&target, &vma, 1, 1, 0, ret_space);
}

int source_exit_descriptor(const struct source *source)
{
	assert_ptr_equal(source, given_source);
	return 203;
}

void source_destroy(struct source *source)
{
	assert_ptr_equal(source, given_source);
	call_log_say("destroy source");
}

int denied_say_of_source(const struct options *options, struct source *source, int error)
{
	(void)options;
	assert_ptr_equal(source, given_source);
	call_log_say("denied, %d", error);
	return EXIT_NO_PERMISSION;
}

int growth_words_append_refusal(struct text *text, const struct target *target, int error)
{
	text_append_format(text, "Refused of %d: %d.", (int)target->pid, error);
	return 40;
}

static inline int script_pages(const struct address_space *space)
{
	return (int)((space->vmas[0].end - space->vmas[0].start) / PAGE);
}

int listener_create(const struct procfs_options *options, struct listener **ret_listener)
{
	call_log_say("create %s", options->root);
	if (!script.create)
		*ret_listener = given_listener;
	return script.create;
}

void listener_destroy(struct listener *listener)
{
	call_log_say("destroy %s", listener ? "listener" : "nothing");
}

void listener_start(struct listener *listener, const struct address_space *space, bool from_start)
{
	assert_ptr_equal(listener, given_listener);
	call_log_say("listen to %d pages%s", script_pages(space), from_start ? ", from start" : "");
}

void listener_stop(struct listener *listener)
{
	assert_ptr_equal(listener, given_listener);
	call_log_say("listen no more");
}

void listener_renew(struct listener *listener, const struct address_space *space)
{
	assert_ptr_equal(listener, given_listener);
	call_log_say("renew %d", script_pages(space));
}

int listener_descriptor(const struct listener *listener)
{
	assert_ptr_equal(listener, given_listener);
	return 202;
}

bool listener_take(struct listener *listener, struct listener_news *ret_news)
{
	const struct turn *turn = script_turn();

	assert_ptr_equal(listener, given_listener);
	if (!turn->sites && !turn->error && !turn->wants_space)
		return false;
	*ret_news = (struct listener_news){.error = turn->error, .wants_space = turn->wants_space};
	if (turn->sites) {
		struct frame_store *store = frame_store_create();

		ret_news->sites = call_sites_create(store);
		frame_store_unref(store);
		ret_news->sites->listening.ended = turn->ended;
		ret_news->sites->bytes = (uint64_t)script.turn;
	}
	return true;
}

static inline void script_say_result(const char *what, const struct address_space *before,
				     const struct address_space *now)
{
	call_log_say("%s of %d to %d pages", what, script_pages(before), script_pages(now));
}

int json_growth_write(FILE *stream, const struct address_space *space,
		      const struct call_sites *sites, const struct growth_balance *balance)
{
	(void)stream, (void)balance;
	call_log_say("json of %d pages, sites of turn %d", script_pages(space), (int)sites->bytes);
	return script.write;
}

int folded_write(FILE *stream, const char *comm, const struct call_sites *sites)
{
	(void)stream;
	call_log_say("folded of %s, sites of turn %d", comm, (int)sites->bytes);
	return script.write;
}

void growth_table_write(FILE *stream, const struct growth_table *table)
{
	(void)stream;
	assert_non_null(table->balance);
	script_say_result("table", table->before, table->now);
}

void growth_table_write_growers(FILE *stream, const struct growth_table *table)
{
	(void)stream;
	script_say_result("growers", table->before, table->now);
}

void launch_release(struct launch *launch)
{
	call_log_say("release %s", launch ? "the command" : "nothing");
}

void launch_say_end(struct launch *launch, bool wait)
{
	call_log_say("say the end of %s, %d", launch ? "the command" : "nothing", wait);
}

static inline void script_reset(void)
{
	memset(&script, 0, sizeof(script));
	script.now = 5000 * MS;
	call_log_clear();
}

#endif
