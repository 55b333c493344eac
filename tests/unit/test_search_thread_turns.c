/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "residency/search_thread.h"
#include "worker_script.h"

/* How long the thread waits between its steps, what ends a wait, and what is freed when. */

#define TELL INT64_C(100000000)

static struct search_thread *thread;

static struct {
	int64_t now, takes; /* a step */
	int begin_error;
	int more[8]; /* of the steps; then 0 */
	uint64_t pause;
	uint64_t found[SEARCH_FOUND_MAX + 1];
	size_t count, step;
	int waits; /* that may still be */
	bool spurious, asks, stops, stops_in_step;
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

struct procfs_options procfs_options_copy(const struct procfs_options *options)
{
	call_log_say("copy %s", options->root);
	return (struct procfs_options){.root = "copied"};
}

void procfs_options_finish(struct procfs_options *options)
{
	call_log_say("forget %s", options->root);
}

void search_request_finish(struct search_request *request)
{
	if (request->pid)
		call_log_say("forget %d", (int)request->pid);
	*request = (struct search_request){0};
}

int search_walk_begin(struct search_walk *walk, const struct procfs_options *options,
		      struct search_request *request, double share_max, double share_min)
{
	worker_script_expect_held(false);
	call_log_say("begin %d below %s, %g to %g", (int)request->pid, options->root, share_min,
		     share_max);
	*walk = (struct search_walk){.all = 100};
	walk->search.found = script.found;
	script.step = 0;
	return script.begin_error;
}

void search_walk_finish(struct search_walk *walk)
{
	assert_int_equal(walk->all, 100);
	call_log_say("end of walk");
}

int search_walk_step(struct search_walk *walk, uint64_t *ret_pause_ns)
{
	worker_script_expect_held(false);
	call_log_say("step");
	script.now += script.takes;
	walk->walked += 10;
	walk->search.count = script.count;
	*ret_pause_ns = script.pause;
	if (script.stops_in_step)
		search_thread_stop(thread);
	script.stops_in_step = false;
	return script.more[script.step++];
}

static void ask(int32_t pid, unsigned serial)
{
	struct search_request request = {.pid = pid};

	search_thread_ask(thread, &request, serial);
	assert_int_equal(request.pid, 0);
}

static bool wait(int64_t time)
{
	if (time == INT64_MAX)
		call_log_say("wait");
	else
		call_log_say("wait %lld", (long long)(time - script.now));
	if (!script.waits--) {
		worker_script.worker->stop = true;
		return false;
	}
	if (script.asks)
		ask(8, 4);
	else if (script.stops)
		search_thread_stop(thread);
	else if (!script.spurious && time != INT64_MAX)
		script.now = time;
	if (script.spurious)
		script.now++;
	return !script.spurious && !script.asks && !script.stops;
}

/* So many waits; what happens in the first one happens once. */
static void run(int waits)
{
	script.waits = waits;
	worker_script.worker->stop = false;
	worker_script_run();
}

static const struct procfs_options options = {.root = "given"};

static int set_up(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	for (size_t i = 0; i <= SEARCH_FOUND_MAX; i++)
		script.found[i] = i;
	script.now = 1000;
	worker_script.wait = wait;
	call_log_clear();
	assert_int_equal(search_thread_create(&options, &thread), 0);
	call_log_expect("copy given\nstart vastop/search\n");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	search_thread_destroy(thread);
	return 0;
}

#define BEGIN "begin 7 below copied, 0.005 to 0.03\n"
#define NEXT  "begin 8 below copied, 0.005 to 0.03\n"

static void it_pauses_between_steps(void **state)
{
	(void)state;
	ask(7, 3);
	call_log_expect("signal\n");
	script.more[0] = script.more[1] = script.more[2] = 1;
	script.pause = 5000000000;
	run(0);
	call_log_expect(BEGIN "step\nwait 5000000000\n");
	script.spurious = true;
	run(2);
	call_log_expect("step\nwait 5000000000\nwait 4999999999\nwait 4999999998\n");
	script.spurious = false;
	script.pause = 0;
	run(0);
	/* Without a pause it waits for nothing but the next question. */
	call_log_expect("step\nstep\nnotify\nend of walk\nwait\n");
}

/* What is told on the way, each tenth of a second, and how much of what was found. */
static void it_tells_each_tenth_of_a_second(void **state)
{
	struct search_answer answer;

	(void)state;
	ask(7, 3);
	call_log_clear();
	for (int i = 0; i < 6; i++)
		script.more[i] = 1;
	script.takes = TELL / 2;
	script.count = SEARCH_FOUND_MAX;
	run(0);
	call_log_expect(BEGIN "step\nstep\nnotify\nstep\nstep\nnotify\nstep\nstep\nnotify\n"
			      "step\nnotify\nend of walk\nwait\n");
	assert_true(search_thread_take(thread, &answer));
	assert_true(answer.done);
	assert_int_equal(answer.serial, 3);
	assert_int_equal(answer.walked, 70);
	assert_int_equal(answer.count, SEARCH_FOUND_MAX);
	assert_int_equal(answer.found[SEARCH_FOUND_MAX - 1], SEARCH_FOUND_MAX - 1);
	ask(7, 4);
	script.count++;
	script.more[0] = 0;
	run(0);
	assert_true(search_thread_take(thread, &answer));
	assert_int_equal(answer.count, SEARCH_FOUND_MAX);
	assert_int_equal(search_thread_descriptor(thread), WORKER_SCRIPT_DESCRIPTOR);
}

static void a_question_ends_a_pause(void **state)
{
	(void)state;
	ask(7, 3);
	call_log_clear();
	script.more[0] = 1;
	script.pause = 50;
	script.asks = true;
	run(1);
	call_log_expect(BEGIN "step\nwait 50\nsignal\nend of walk\n" NEXT "step\nwait 50\n");
}

static void a_stop_ends_a_pause(void **state)
{
	struct search_answer answer;

	(void)state;
	ask(7, 3);
	call_log_clear();
	script.more[0] = 1;
	script.pause = 50;
	script.stops = true;
	run(1);
	call_log_expect(BEGIN "step\nwait 50\nsignal\nend of walk\nwait\n");
	/* What is stopped in a step is not told of, not even its end. */
	script.stops = false;
	script.stops_in_step = true;
	script.more[0] = 0;
	ask(7, 4);
	call_log_clear();
	run(0);
	call_log_expect(BEGIN "step\nsignal\nend of walk\nwait\n");
	assert_false(search_thread_take(thread, &answer));
}

/* One that cannot begin is no walk that ends. */
static void an_error_is_the_answer(void **state)
{
	struct search_answer answer;

	(void)state;
	script.begin_error = -EACCES;
	ask(7, 3);
	call_log_clear();
	run(0);
	call_log_expect(BEGIN "notify\nwait\n");
	assert_true(search_thread_take(thread, &answer));
	assert_true(answer.done && answer.error == -EACCES && answer.all == 0);
	script.begin_error = 0;
	script.more[0] = -EIO;
	ask(7, 4);
	call_log_clear();
	run(0);
	call_log_expect(BEGIN "step\nnotify\nend of walk\nwait\n");
	assert_true(search_thread_take(thread, &answer));
	assert_true(answer.done && answer.error == -EIO && answer.all == 100);
}

/* What was not begun, or has not ended, is freed with it. */
static void what_is_left_is_freed(void **state)
{
	(void)state;
	ask(7, 3);
	call_log_clear();
	search_thread_destroy(thread);
	call_log_expect("end\nforget 7\nforget copied\nfinish\n");
	assert_int_equal(search_thread_create(&options, &thread), 0);
	ask(7, 3);
	script.more[0] = 1;
	script.pause = 50;
	run(0);
	call_log_clear();
	search_thread_destroy(thread);
	thread = NULL;
	call_log_expect("end\nend of walk\nforget copied\nfinish\n");
}

static void one_that_cannot_be_made_is_freed(void **state)
{
	struct search_thread *none = NULL;

	(void)state;
	search_thread_destroy(thread);
	thread = NULL;
	call_log_clear();
	worker_script.init_error = -EMFILE;
	assert_int_equal(search_thread_create(&options, &none), -EMFILE);
	worker_script.init_error = 0;
	call_log_expect("");
	worker_script.start_error = -EAGAIN;
	assert_int_equal(search_thread_create(&options, &none), -EAGAIN);
	worker_script.start_error = 0;
	call_log_expect("copy given\nstart vastop/search\nforget copied\nfinish\n");
	assert_null(none);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_pauses_between_steps),          TEST(it_tells_each_tenth_of_a_second),
		TEST(a_question_ends_a_pause),          TEST(a_stop_ends_a_pause),
		TEST(an_error_is_the_answer),           TEST(what_is_left_is_freed),
		TEST(one_that_cannot_be_made_is_freed),
	};

	return cmocka_run_group_tests_name("search_thread_turns", tests, NULL, NULL);
}
