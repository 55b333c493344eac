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
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "call_log.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "residency/search_thread.h"

/*
 * What the thread does with each question, and when it tells, on a walk that a script replies. The
 * thread waits within each step until the test has it go on; what it was asked is read meanwhile.
 */

static struct {
	pthread_t own;
	atomic_llong now; /* to the thread */
	sem_t steps, continues;
	atomic_bool over; /* no step waits any more, or is followed by another */
	int begin_error, more;
	uint64_t pause;
	uint64_t found[2];
} script;

int64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	assert_int_equal(clock, CLOCK_MONOTONIC);
	if (!pthread_equal(pthread_self(), script.own))
		return script.now;
	clock_gettime(clock, &now);
	return ((int64_t)now.tv_sec + 60) * 1000000000 + now.tv_nsec;
}

void search_request_finish(struct search_request *request)
{
	if (request->ranges)
		call_log_say("forget %d", (int)request->pid);
	free(request->ranges);
	*request = (struct search_request){0};
}

int search_walk_begin(struct search_walk *walk, const struct procfs_options *options,
		      struct search_request *request, double share_max, double share_min)
{
	assert_string_equal(options->root, "/p");
	assert_true(share_max == SEARCH_SHARE_MAX && share_min == SEARCH_SHARE_MIN);
	call_log_say("begin %d", (int)request->pid);
	*walk = (struct search_walk){.all = 100};
	walk->search.found = script.found;
	free(request->ranges);
	request->ranges = NULL;
	return script.begin_error;
}

void search_walk_finish(struct search_walk *walk)
{
	assert_int_equal(walk->all, 100);
	call_log_say("end");
}

int search_walk_step(struct search_walk *walk, uint64_t *ret_pause_ns)
{
	call_log_say("step");
	sem_post(&script.steps);
	while (!script.over && sem_wait(&script.continues))
		;
	walk->walked += 10;
	walk->read += 5;
	walk->search.count = walk->walked >= 20 ? 2 : 0;
	walk->search.full = walk->walked >= 30;
	*ret_pause_ns = script.pause;
	return script.over ? 0 : script.more;
}

static struct search_thread *thread;

static int set_up(void **state)
{
	static const struct procfs_options options = {.root = "/p"};

	(void)state;
	script.own = pthread_self();
	script.over = false;
	script.now = 1000;
	script.begin_error = 0;
	script.more = 1;
	script.pause = 0;
	script.found[0] = 0x1234;
	script.found[1] = 0x5678;
	sem_init(&script.steps, 0, 0);
	sem_init(&script.continues, 0, 0);
	call_log_clear();
	return search_thread_create(&options, &thread);
}

static int tear_down(void **state)
{
	(void)state;
	script.over = true;
	sem_post(&script.continues);
	search_thread_destroy(thread);
	search_thread_destroy(NULL);
	return 0;
}

static void ask(int32_t pid, unsigned serial)
{
	struct search_request request = {.pid = pid, .ranges = memory_alloc(8)};

	search_thread_ask(thread, &request, serial);
	assert_null(request.ranges);
}

/* Until it is within a step, with these calls before. */
static void expect_step(const char *calls)
{
	while (sem_wait(&script.steps))
		;
	call_log_expect(calls);
}

static struct search_answer next(void)
{
	struct pollfd wait = {.fd = search_thread_descriptor(thread), .events = POLLIN};
	struct search_answer answer;

	do
		assert_int_equal(poll(&wait, 1, 60000), 1);
	while (!search_thread_take(thread, &answer));
	return answer;
}

static void go(void)
{
	sem_post(&script.continues);
}

/* It tells how far it is each tenth of a second, and at the end. */
static void it_tells_now_and_then(void **state)
{
	struct search_answer answer;

	(void)state;
	ask(7, 3);
	expect_step("begin 7\nstep\n");
	script.now += 99999999;
	go();
	expect_step("step\n");
	assert_false(search_thread_take(thread, &answer));
	script.now += 1;
	go();
	expect_step("step\n");
	answer = next();
	assert_int_equal(answer.serial, 3);
	assert_false(answer.done || answer.full);
	assert_int_equal(answer.error, 0);
	assert_int_equal(answer.walked, 20);
	assert_int_equal(answer.read, 10);
	assert_int_equal(answer.all, 100);
	assert_int_equal(answer.count, 2);
	assert_int_equal(answer.found[0], 0x1234);
	assert_int_equal(answer.found[1], 0x5678);
	script.now += 99999999;
	go();
	expect_step("step\n");
	assert_false(search_thread_take(thread, &answer));
	script.more = 0;
	go();
	answer = next();
	assert_true(answer.done && answer.full);
	assert_int_equal(answer.walked, 40);
	/* It is over: another one begins from nothing. */
	script.more = 1;
	ask(8, 4);
	expect_step("end\nbegin 8\nstep\n");
}

static void each_error_is_told(void **state)
{
	struct search_answer answer;

	(void)state;
	script.begin_error = -EACCES;
	ask(7, 3);
	answer = next();
	assert_true(answer.done);
	assert_int_equal(answer.error, -EACCES);
	assert_int_equal(answer.serial, 3);
	assert_int_equal(answer.all, 0);
	call_log_expect("begin 7\n");
	script.begin_error = 0;
	ask(7, 4);
	expect_step("begin 7\nstep\n");
	script.more = -ESRCH;
	go();
	answer = next();
	assert_true(answer.done);
	assert_int_equal(answer.error, -ESRCH);
	assert_int_equal(answer.walked, 10);
	assert_int_equal(answer.count, 0);
}

/* What was asked before, or was stopped, is not told of. */
static void only_the_newest_question_is_answered(void **state)
{
	struct search_answer answer;

	(void)state;
	ask(7, 3);
	expect_step("begin 7\nstep\n");
	script.now += 100000000;
	ask(8, 4);
	ask(9, 5);
	call_log_expect("forget 8\n");
	go();
	expect_step("end\nbegin 9\nstep\n");
	assert_false(search_thread_take(thread, &answer));
	script.now += 100000000;
	go();
	expect_step("step\n");
	script.now += 100000000;
	search_thread_stop(thread); /* what was told already is taken back */
	assert_false(search_thread_take(thread, &answer));
	script.pause = UINT64_MAX / 4; /* which does not matter then */
	go();
	ask(7, 6);
	expect_step("end\nbegin 7\nstep\n");
	script.more = 0;
	go();
	answer = next();
	assert_int_equal(answer.serial, 6);
	assert_true(answer.done);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_tells_now_and_then),
		TEST(each_error_is_told),
		TEST(only_the_newest_question_is_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
