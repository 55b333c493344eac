/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "call_log.h"
#include "growth/hearing.h"
#include "growth/hearing_state.h"
#include "growth/hearing_sites.h"
#include "growth/listener.h"
#include "inside/call_sites.h"
#include "inside/frame_store.h"
#include "kernel/clock.h"
#include "maps_space.h"

/*
 * What the listener does with each wish, and when it tells, on a hearing that a script replies. The
 * thread says what it was asked; that is read while it waits in hearing_wait(), where the test
 * has it go on.
 */

static struct {
	pthread_t own;    /* the test's thread */
	atomic_llong now; /* to the listener's */
	sem_t waits;      /* it is in hearing_wait() */
	int go;           /* an eventfd: it is to go on */
	int begin_error, take_error;
	bool wants_space; /* at the next take */
	struct hearing *hearing;
} script;

int64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	assert_int_equal(clock, CLOCK_MONOTONIC);
	if (!pthread_equal(pthread_self(), script.own))
		return script.now;
	clock_gettime(clock, &now);
	/* So much longer the end waits for the thread. */
	return ((int64_t)now.tv_sec + 60) * 1000000000 + now.tv_nsec;
}

int hearing_begin(const struct procfs_options *options, const struct address_space *space,
		  bool from_start, struct hearing **ret_hearing)
{
	assert_string_equal(options->root, "/p");
	call_log_say("begin with %zu mappings, from start %d", space->vma_count, from_start);
	if (!script.begin_error)
		*ret_hearing = script.hearing = memory_alloc(sizeof(struct hearing));
	return script.begin_error;
}

void hearing_end(struct hearing *hearing)
{
	if (hearing)
		call_log_say("end");
	free(hearing);
}

void hearing_wait(struct hearing *hearing, int descriptor)
{
	struct pollfd files[] = {{.fd = descriptor, .events = POLLIN},
				 {.fd = script.go, .events = POLLIN}};
	uint64_t count;

	assert_ptr_equal(hearing, script.hearing);
	sem_post(&script.waits);
	while (poll(files, 2, -1) < 0)
		;
	if (files[1].revents)
		(void)!read(script.go, &count, sizeof(count));
}

int hearing_take(struct hearing *hearing)
{
	assert_ptr_equal(hearing, script.hearing);
	call_log_say("take");
	hearing->heard.wants_space = script.wants_space;
	return script.take_error;
}

void hearing_renew(struct hearing *hearing, const struct address_space *space)
{
	assert_ptr_equal(hearing, script.hearing);
	call_log_say("renew by %zu mappings", space->vma_count);
}

void hearing_clear(struct hearing *hearing)
{
	assert_ptr_equal(hearing, script.hearing);
	call_log_say("clear");
}

void hearing_step(struct hearing *hearing)
{
	assert_ptr_equal(hearing, script.hearing);
	call_log_say("step");
}

void fault_events_close(struct fault_events *events)
{
	assert_ptr_equal(events, &script.hearing->events);
	call_log_say("close events");
}

struct call_sites *hearing_sites(struct hearing *hearing, bool last)
{
	struct frame_store *store = frame_store_create();
	struct call_sites *sites = call_sites_create(store);

	assert_ptr_equal(hearing, script.hearing);
	frame_store_unref(store);
	call_log_say("sites, last %d", last);
	sites->listening.ended = last;
	return sites;
}

static struct listener *listener;
static struct address_space *space;

static int set_up(void **state)
{
	static const struct procfs_options options = {.root = "/p"};

	(void)state;
	script.own = pthread_self();
	script.now = 1000;
	script.begin_error = script.take_error = 0;
	script.wants_space = false;
	sem_init(&script.waits, 0, 0);
	script.go = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	space = maps_space_create(NULL, "1000-2000 rw-p 00000000 00:00 0\n");
	call_log_clear();
	return listener_create(&options, &listener);
}

static int tear_down(void **state)
{
	(void)state;
	listener_destroy(listener);
	address_space_destroy(space);
	close(script.go);
	return 0;
}

/* The next news. */
static struct listener_news next(void)
{
	struct pollfd wait = {.fd = listener_descriptor(listener), .events = POLLIN};
	struct listener_news news;

	do
		assert_int_equal(poll(&wait, 1, 60000), 1);
	while (!listener_take(listener, &news));
	return news;
}

/* Whether the next news have sites, of the end or not; and ask for a snapshot. */
static void expect_sites(bool ended, bool wants_space)
{
	const struct listener_news news = next();

	assert_int_equal(news.error, 0);
	assert_non_null(news.sites);
	assert_int_equal(news.sites->listening.ended, ended);
	assert_int_equal(news.wants_space, wants_space);
	call_sites_unref(news.sites);
}

/* Until it waits; then what it was asked is that. */
static void expect_calls(const char *calls)
{
	while (sem_wait(&script.waits))
		;
	call_log_expect(calls);
}

static void go(void)
{
	const uint64_t one = 1;

	assert_int_equal(write(script.go, &one, sizeof(one)), sizeof(one));
}

static void start(void)
{
	listener_start(listener, space, false);
	expect_calls("begin with 1 mappings, from start 0\nsites, last 0\n");
	expect_sites(false, false);
}

static void it_listens_until_it_is_stopped(void **state)
{
	struct listener_news news;

	(void)state;
	listener_start(listener, space, true);
	expect_calls("begin with 1 mappings, from start 1\nsites, last 0\n");
	expect_sites(false, false);
	go();
	expect_calls("take\n");
	assert_false(listener_take(listener, &news));
	script.wants_space = true; /* of the end no snapshot is asked for */
	listener_stop(listener);
	expect_sites(true, false);
	/* It has ended: a clear and a snapshot are of nothing. */
	listener_clear(listener);
	listener_renew(listener, space);
	listener_start(listener, space, false);
	expect_calls("take\ntake\nclose events\nsites, last 1\nend\n"
		     "begin with 1 mappings, from start 0\nsites, last 0\n");
}

/* A second after it began it tells, and each second after that. */
static void each_second_has_its_sites(void **state)
{
	struct listener_news news;

	(void)state;
	start();
	script.now += HEARING_STEP_NS - 1;
	go();
	expect_calls("take\n"); /* it took the time before it waited */
	go();
	expect_calls("take\n");
	assert_false(listener_take(listener, &news));
	script.now += 1;
	go();
	expect_calls("take\n");
	go();
	expect_calls("take\nsites, last 0\nstep\n");
	expect_sites(false, false);
	/* What was missed is not made up for. */
	script.now += 5 * HEARING_STEP_NS;
	go();
	expect_calls("take\n");
	go();
	expect_calls("take\nsites, last 0\nstep\n");
	expect_sites(false, false);
	go();
	expect_calls("take\n");
	assert_false(listener_take(listener, &news));
	script.now += HEARING_STEP_NS;
	script.wants_space = true;
	go();
	expect_calls("take\n");
	go();
	expect_calls("take\nsites, last 0\nstep\n");
	expect_sites(false, true);
}

/* A snapshot is asked for once, until one came. */
static void a_snapshot_is_asked_for_once(void **state)
{
	struct listener_news news;

	(void)state;
	start();
	script.wants_space = true;
	for (int round = 0; round < 2; round++) {
		go();
		expect_calls("take\n");
		news = next();
		assert_null(news.sites);
		assert_int_equal(news.error, 0);
		assert_true(news.wants_space);
		go();
		expect_calls("take\n");
		assert_false(listener_take(listener, &news));
		script.wants_space = false;
		listener_renew(listener, space);
		expect_calls("take\nrenew by 1 mappings\n");
		script.wants_space = true;
	}
	/* What was asked for and is not wanted any more may be asked for again. */
	go();
	expect_calls("take\n");
	assert_true(next().wants_space);
	script.wants_space = false;
	go();
	expect_calls("take\n");
	script.wants_space = true;
	go();
	expect_calls("take\n");
	assert_true(next().wants_space);
}

static void an_error_ends_it(void **state)
{
	(void)state;
	start();
	script.take_error = -ESRCH;
	go();
	expect_sites(true, false);
	/* It waits for a wish now, which it follows. */
	script.take_error = 0;
	listener_start(listener, space, false);
	expect_calls("take\ntake\nclose events\nsites, last 1\nend\n"
		     "begin with 1 mappings, from start 0\nsites, last 0\n");
}

static void why_it_does_not_begin_is_told(void **state)
{
	struct listener_news news;

	(void)state;
	script.begin_error = -EACCES;
	listener_start(listener, space, false);
	news = next();
	assert_int_equal(news.error, -EACCES);
	assert_null(news.sites);
	assert_false(news.wants_space);
	script.begin_error = 0;
	call_log_clear();
	start();
	/* Another one in its place: the first ends before. */
	script.begin_error = -ENOTSUP;
	listener_start(listener, space, true);
	assert_int_equal(next().error, -ENOTSUP);
	call_log_expect("take\nend\nbegin with 1 mappings, from start 1\n");
}

static void counts_are_cleared(void **state)
{
	(void)state;
	start();
	listener_clear(listener);
	expect_calls("take\nclear\n");
	go();
	expect_calls("take\n"); /* once */
	listener_destroy(listener);
	call_log_expect("take\nend\n");
	listener = NULL;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_listens_until_it_is_stopped), TEST(each_second_has_its_sites),
		TEST(a_snapshot_is_asked_for_once),   TEST(an_error_ends_it),
		TEST(why_it_does_not_begin_is_told),  TEST(counts_are_cleared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
