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
#include "model/address_space.h"
#include "residency/scan_course.h"
#include "residency/scan_thread.h"
#include "support/sample.h"
#include "worker_script.h"

/* When the thread takes a step of its course, with what, how long it rests, and what it tells. */

static struct scan_thread *thread;
static struct address_space *space;

static struct {
	int64_t now;
	int open_error;
	bool idle, gone, walks, finds;
	uint64_t pause, estimate;
	int error; /* of what is found */
	struct scan_course *course;
	int waits; /* that may still be */
	bool spurious, looks, asks, other;
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

void scan_finish(struct scan *scan)
{
	call_log_say("free found %d", scan->error);
}

int scan_course_init(struct scan_course *course, const struct procfs_options *options, int32_t pid,
		     double budget)
{
	worker_script_expect_held(false);
	assert_true(budget == 0.02);
	call_log_say("open %d below %s", (int)pid, options->root);
	*course = (struct scan_course){0};
	script.course = course;
	return script.open_error;
}

void scan_course_finish(struct scan_course *course)
{
	call_log_say("close %d %d", course->target.directory, course->target.memory);
}

bool scan_course_is_idle(const struct scan_course *course)
{
	assert_ptr_equal(course, script.course);
	worker_script_expect_held(true);
	return script.idle;
}

bool scan_course_is_other(const struct scan_course *course, const struct scan_scope *look)
{
	assert_ptr_equal(course, script.course);
	assert_int_equal(look->visible_end, 0x9000);
	worker_script_expect_held(true);
	return script.other;
}

uint64_t scan_course_step(struct scan_course *course, struct scan_scope *look, bool asked)
{
	assert_ptr_equal(course, script.course);
	worker_script_expect_held(false);
	call_log_say("step%s%s", look ? " with a look" : "", asked ? ", asked" : "");
	if (look)
		assert_int_equal(look->visible_end, 0x9000);
	course->walks = script.walks;
	course->gone = script.gone;
	course->estimate = script.estimate;
	course->has_found = script.finds;
	course->found.error = script.error;
	return script.pause;
}

void scan_merge(struct scan *scan, struct scan *newer)
{
	assert_ptr_equal(newer, &script.course->found);
	worker_script_expect_held(true);
	call_log_say("merge %d", newer->error);
	scan->error = newer->error;
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
	if (script.looks)
		scan_thread_look_at(thread, space, 0x8000, 0x9000);
	if (script.asks)
		scan_thread_read_smaps(thread);
	script.looks = script.asks = false;
	if (script.spurious) {
		script.spurious = false;
		script.now++;
		return false;
	}
	if (time != INT64_MAX)
		script.now = time;
	return true;
}

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
	script.now = 1000;
	script.idle = true;
	worker_script.wait = wait;
	space = sample_python();
	call_log_clear();
	assert_int_equal(scan_thread_create(&options, 7, 0.02, &thread), 0);
	call_log_expect("copy given\nstart vastop/scan\n");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	call_log_clear();
	scan_thread_destroy(thread);
	address_space_destroy(space);
	return 0;
}

#define OPEN "open 7 below copied\n"

static void it_waits_while_there_is_nothing(void **state)
{
	(void)state;
	run(1);
	call_log_expect(OPEN "wait\nwait\n");
	script.looks = true;
	run(1);
	call_log_expect(OPEN "wait\nwake\nstep with a look\nwait\n");
	script.asks = true;
	run(1);
	call_log_expect(OPEN "wait\nwake\nstep, asked\nwait\n");
	script.looks = script.asks = true;
	script.estimate = UINT64_C(1) << 40;
	run(2);
	call_log_expect(OPEN "wait\nwake\nwake\nstep with a look, asked\nwait\nwait\n");
	assert_int_equal(scan_thread_smaps_estimate(thread), script.estimate);
	assert_int_equal(scan_thread_descriptor(thread), WORKER_SCRIPT_DESCRIPTOR);
}

/* A look waits until the walk is over; the newest counts. */
static void a_look_waits_for_the_walk(void **state)
{
	(void)state;
	script.idle = false;
	script.walks = true;
	script.pause = 50;
	script.looks = script.spurious = true;
	run(2);
	call_log_expect(OPEN "step\nwait 50\nwake\nwait 49\nstep\nwait 50\n");
	scan_thread_look_at(thread, space, 0x8000, 0x9000);
	call_log_clear();
	script.course->walks = script.walks = false;
	script.idle = true;
	run(1);
	call_log_expect(OPEN "step with a look\nwait 50\nwait\n");
}

/* The rest is for the lock of a memory that is gone. */
static void a_look_at_another_memory_waits_for_nothing(void **state)
{
	(void)state;
	script.idle = false;
	script.walks = true;
	script.pause = 50;
	script.looks = script.spurious = script.other = true;
	run(1);
	call_log_expect(OPEN "step\nwait 50\nwake\nstep with a look\nwait 50\n");
}

/* Without a pause it takes the next step at once. */
static void it_rests_as_the_course_says(void **state)
{
	(void)state;
	script.idle = false;
	script.pause = 5000000000;
	run(0);
	call_log_expect(OPEN "step\nwait 5000000000\n");
	script.pause = 0;
	script.gone = true;
	run(0);
	call_log_expect(OPEN "step\n");
}

static void what_is_found_is_told(void **state)
{
	struct scan scan;

	(void)state;
	script.finds = script.looks = true;
	script.error = -EACCES;
	run(1);
	call_log_expect(OPEN "wait\nwake\nstep with a look\nmerge -13\nnotify\nwait\n");
	assert_true(scan_thread_take(thread, &scan));
	assert_int_equal(scan.error, -EACCES);
	assert_false(scan_thread_take(thread, &scan));
	script.course->has_found = script.finds = false;
	script.looks = true;
	run(1);
	call_log_expect(OPEN "wait\nwake\nstep with a look\nwait\n");
	assert_false(scan_thread_take(thread, &scan));
	/* Once. */
	script.course->has_found = true;
	script.finds = script.looks = true;
	script.gone = true;
	run(1);
	call_log_expect(OPEN "wait\nwake\nstep with a look\nmerge -13\nnotify\n");
	assert_false(script.course->has_found);
	scan_thread_destroy(thread);
	call_log_expect("end\nclose 0 0\nfree found -13\nfinish\nforget copied\n");
	thread = NULL;
}

static void one_that_cannot_be_opened_is_told(void **state)
{
	struct scan scan;

	(void)state;
	script.open_error = -ESRCH;
	run(0);
	call_log_expect(OPEN "notify\n");
	assert_true(scan_thread_take(thread, &scan));
	assert_int_equal(scan.error, -ESRCH);
}

static void one_that_cannot_be_made_is_freed(void **state)
{
	struct scan_thread *none = NULL;

	(void)state;
	scan_thread_destroy(thread);
	thread = NULL;
	call_log_clear();
	worker_script.init_error = -EMFILE;
	assert_int_equal(scan_thread_create(&options, 7, 0.02, &none), -EMFILE);
	worker_script.init_error = 0;
	call_log_expect("");
	worker_script.start_error = -EAGAIN;
	assert_int_equal(scan_thread_create(&options, 7, 0.02, &none), -EAGAIN);
	worker_script.start_error = 0;
	/* Nothing was opened that is to be closed. */
	call_log_expect("copy given\nstart vastop/scan\nclose -1 -1\nfree found 0\nfinish\n"
			"forget copied\n");
	assert_null(none);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_waits_while_there_is_nothing),
		TEST(a_look_waits_for_the_walk),
		TEST(it_rests_as_the_course_says),
		TEST(what_is_found_is_told),
		TEST(one_that_cannot_be_opened_is_told),
		TEST(one_that_cannot_be_made_is_freed),
		TEST(a_look_at_another_memory_waits_for_nothing),
	};

	return cmocka_run_group_tests_name("scan_thread_script", tests, NULL, NULL);
}
