/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <time.h>

#include "answerer_script.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "residency/range_prober.h"
#include "residency/scan_plan.h"

/* When a walk begins, rests, is left, and ends, and what the answer has of it then. */

#define MS INT64_C(1000000)

static struct {
	int64_t now, takes; /* a step takes so long */
	int begin_error;
	int results[8]; /* of the steps */
	int step;
	uint64_t pause;
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

int nanosleep(const struct timespec *time, struct timespec *ret_left)
{
	assert_null(ret_left);
	call_log_say("sleep %d.%09d", (int)time->tv_sec, (int)time->tv_nsec);
	script.now += (int64_t)time->tv_sec * 1000 * MS + time->tv_nsec;
	return 0;
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

void scan_pace_init(struct scan_pace *pace, double most, double least, int64_t now_ns)
{
	call_log_say("pace %g to %g at %d", least, most, (int)now_ns);
	*pace = (struct scan_pace){.share = most};
}

uint64_t scan_pace_pause(struct scan_pace *pace, uint64_t held_ns, uint64_t expected_ns,
			 int64_t now_ns)
{
	assert_true(pace->share > 0);
	assert_int_equal(now_ns, script.now);
	call_log_say("held %d of %d", (int)held_ns, (int)expected_ns);
	return script.pause;
}

int range_walk_begin(struct range_walk *walk, const struct procfs_options *options,
		     const struct range_place *place)
{
	call_log_say("begin %d %x-%x %d%s of %s", (int)place->pid, (unsigned)place->start,
		     (unsigned)place->end, (int)place->page_size, place->anonymous ? " own" : "",
		     options->root);
	if (script.begin_error)
		return script.begin_error;
	*walk = (struct range_walk){.pieces = {.start = place->start, .end = place->end}};
	return 0;
}

int range_walk_step(struct range_walk *walk, uint64_t *ret_expected_ns)
{
	int result = script.results[script.step++];

	call_log_say("step");
	script.now += script.takes;
	walk->pieces.count++;
	if (result > 0)
		*ret_expected_ns = 300;
	return result;
}

void range_walk_finish(struct range_walk *walk)
{
	call_log_say("end with %d", (int)walk->pieces.count);
}

static const struct procfs_options options = {.root = "given"};
static struct range_prober *prober;
static struct range_question question;
static struct range_answer answer;

static int set_up(void **state)
{
	int error;

	(void)state;
	memset(&script, 0, sizeof(script));
	script.now = 1000;
	script.takes = 50 * MS; /* one step a question */
	question = (struct range_question){
		{.pid = 7, .start = 0x1000, .end = 0x9000, .page_size = 4096}, 5};
	call_log_clear();
	error = range_prober_create(&options, &prober);
	call_log_expect("copy given\npace 0.0025 to 0.02 at 1000\ncreate vastop/ranges\n");
	return error;
}

static int tear_down(void **state)
{
	(void)state;
	range_prober_destroy(prober);
	return 0;
}

/* Asks, where the steps have these results, with these calls. */
static void ask(int first, int second, const char *calls)
{
	script.step = 0;
	script.results[0] = first;
	script.results[1] = second;
	assert_false(range_prober_take(prober, &answer));
	range_prober_ask(prober, &question);
	assert_true(range_prober_take(prober, &answer));
	call_log_expect(calls);
	assert_int_equal(answer.place.pid, question.place.pid);
	assert_int_equal(answer.place.start, question.place.start);
	assert_int_equal(answer.place.end, question.place.end);
	assert_int_equal(answer.place.page_size, question.place.page_size);
	assert_int_equal(answer.place.anonymous, question.place.anonymous);
	assert_int_equal(answer.time_ns, question.time_ns);
}

#define BEGIN "begin 7 1000-9000 4096 of copied\n"
#define STEP  "step\nheld 50000000 of 300\n"

static void expect(int error, bool more, size_t pieces)
{
	assert_int_equal(answer.error, error);
	assert_int_equal(answer.more, more);
	assert_int_equal(answer.pieces.count, pieces);
}

/* What was found of all stays the answer while it is walked again. */
static void a_walk_takes_several_questions(void **state)
{
	(void)state;
	ask(1, 1, BEGIN STEP);
	expect(0, true, 1);
	question.time_ns++;
	ask(1, 1, STEP);
	expect(0, true, 2);
	ask(0, 1, "step\nend with 3\n");
	expect(0, false, 3);
	ask(1, 1, BEGIN STEP);
	expect(0, true, 3);
	ask(0, 1, "step\nend with 2\n");
	expect(0, false, 2);
	assert_int_equal(answer.pieces.start, 0x1000);
	assert_int_equal(range_prober_descriptor(prober), ANSWERER_SCRIPT_DESCRIPTOR);
	range_prober_destroy(prober);
	call_log_expect("destroy\nforget copied\n");
	prober = NULL;
}

static void another_place_is_another_walk(void **state)
{
	(void)state;
	ask(0, 1, BEGIN "step\nend with 1\n");
	question.time_ns++;
	ask(1, 1, BEGIN STEP);
	script.takes = 25 * MS;
	question.place.pid++;
#define HALF "step\nheld 25000000 of 300\n"
	ask(1, 1, "end with 1\nbegin 8 1000-9000 4096 of copied\n" HALF HALF);
	expect(0, true, 2);
	question.place.start = 0x3000;
	ask(1, 1, "end with 2\nbegin 8 3000-9000 4096 of copied\n" HALF HALF);
	question.place.end = 0x8000;
	ask(1, 1, "end with 2\nbegin 8 3000-8000 4096 of copied\n" HALF HALF);
	question.place.page_size = 8192;
	ask(1, 1, "end with 2\nbegin 8 3000-8000 8192 of copied\n" HALF HALF);
	question.place.anonymous = true;
	ask(1, 1, "end with 2\nbegin 8 3000-8000 8192 own of copied\n" HALF HALF);
	range_prober_destroy(prober);
	call_log_expect("destroy\nend with 2\nforget copied\n");
	prober = NULL;
}

/* Nothing is known then, not even what was found before; it is tried again. */
static void each_error_is_the_answer(void **state)
{
	(void)state;
	ask(0, 1, BEGIN "step\nend with 1\n");
	script.begin_error = -EACCES;
	ask(0, 1, BEGIN);
	expect(-EACCES, false, 0);
	script.begin_error = 0;
	ask(1, 1, BEGIN STEP);
	expect(0, true, 1);
	ask(0, 1, "step\nend with 2\n");
	ask(-ESRCH, 1, BEGIN "step\nend with 1\n");
	expect(-ESRCH, false, 0);
	ask(1, 1, BEGIN STEP);
	expect(0, true, 1);
	ask(-EIO, 1, "step\nend with 2\n");
	expect(-EIO, false, 0);
	assert_int_equal(answer.pieces.start, 0);
}

/* Up to fifty milliseconds a question, with what is slept. */
static void pauses_are_slept(void **state)
{
	(void)state;
	script.takes = MS;
	script.pause = 24 * MS - 1;
#define SLEPT "step\nheld 1000000 of 300\nsleep 0.023999999\n"
	script.results[2] = script.results[3] = 1;
	ask(1, 1, BEGIN SLEPT SLEPT SLEPT);
	script.pause++;
#define SLEPT_MORE "step\nheld 1000000 of 300\nsleep 0.024000000\n"
	ask(1, 1, SLEPT_MORE SLEPT_MORE);
	script.pause = 3000000007;
	ask(1, 1, "step\nheld 1000000 of 300\nsleep 3.000000007\n");
	expect(0, true, 6);
}

static void what_cannot_be_made_is_freed(void **state)
{
	struct range_prober *none = NULL;

	(void)state;
	answerer_script.create_error = -EAGAIN;
	assert_int_equal(range_prober_create(&options, &none), -EAGAIN);
	answerer_script.create_error = 0;
	assert_null(none);
	call_log_expect("copy given\npace 0.0025 to 0.02 at 1000\ncreate vastop/ranges\n"
			"forget copied\n");
}

/* Without a limit of time, and at another pace. */
static void a_range_is_walked_in_one_go(void **state)
{
	static struct page_pieces pieces;
	const struct range_place place = {7, 0x1000, 0x2000, 4096, true};

	(void)state;
	pieces.count = 9;
	script.begin_error = -ENOENT;
	assert_int_equal(range_prober_walk(&options, &place, &pieces), -ENOENT);
	call_log_expect("begin 7 1000-2000 4096 own of given\n");
	script.begin_error = 0;
	script.results[0] = 1;
	script.results[1] = -EIO;
	assert_int_equal(range_prober_walk(&options, &place, &pieces), -EIO);
#define WALK "begin 7 1000-2000 4096 own of given\npace 0.5 to 0.7 at "
	call_log_expect(WALK "1000\n" STEP "step\nend with 2\n");
	assert_int_equal(pieces.count, 9);
	script.results[2] = script.results[3] = 1;
	assert_int_equal(range_prober_walk(&options, &place, &pieces), 0);
	call_log_expect(WALK "100001000\n" STEP STEP "step\nend with 3\n");
	assert_int_equal(pieces.count, 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_walk_takes_several_questions), TEST(another_place_is_another_walk),
		TEST(each_error_is_the_answer),       TEST(pauses_are_slept),
		TEST(what_cannot_be_made_is_freed),   TEST(a_range_is_walked_in_one_go),
	};

	return cmocka_run_group_tests_name("range_prober_script", tests, NULL, NULL);
}
