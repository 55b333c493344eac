/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "model/address_space.h"
#include "sampler_turns.h"

/* How long the thread waits for what, and how it begins and ends. */

#define SECOND INT64_C(1000000000)

/* What happens in the waits, one after the other: the time is past, or another is set. */
static struct {
	bool past[8];
	int64_t late; /* how long after the time */
	bool ask[8];  /* a sample is asked for */
	int count;
	int at;
} waits;

static bool wait_as_told(int64_t time)
{
	call_log_say("wait %lld", (long long)(time - script.now));
	assert_int_equal(sampler_busy_since(sampler), 0);
	if (waits.at == waits.count) {
		worker_script.worker->stop = true;
		return false;
	}
	if (waits.ask[waits.at]) {
		sampler_now(sampler);
		script.now++;
	}
	if (!waits.past[waits.at++])
		return false;
	script.now = time + waits.late;
	return true;
}

static int set_up_waits(void **state)
{
	memset(&waits, 0, sizeof(waits));
	set_up(state);
	worker_script.wait = wait_as_told;
	return 0;
}

#define PULSE "pulse\nspent 0, own 0\nturn moved "

/* A change of the plan has it ask for the time again. */
static void a_turn_comes_at_its_time(void **state)
{
	(void)state;
	waits.past[1] = waits.past[2] = true;
	waits.count = 3;
	worker_script_run();
	call_log_expect("wait 2000\nwait 2000\n" PULSE "1\nlook\nnotify\n"
			"wait 2000\n" PULSE "0\nlook\nwait 2000\n");
	assert_int_equal(script.now, 4000);
}

static void what_is_asked_for_is_not_waited_for(void **state)
{
	(void)state;
	waits.ask[0] = true;
	waits.count = 1;
	worker_script_run();
	call_log_expect("wait 2000\nwake\n" PULSE "1\nread\npulse\nlisted at 1, 5, moved 0\n"
			"notify\nwait 2000\n");
}

/* Where no descriptor tells of the end, it is asked for every second. */
static void the_end_is_asked_for_every_second(void **state)
{
	(void)state;
	script.far = 5 * SECOND;
	waits.past[0] = waits.past[1] = true;
	waits.count = 2;
	worker_script_run(); /* one tells of it */
	call_log_expect("wait 5000000000\n" PULSE "1\nlook\nnotify\nwait 5000000000\n" PULSE
			"0\nlook\nwait 5000000000\n");
}

static struct sampler *start_asking(void)
{
	const struct sampler_plan plan = {.interval_ns = 9};
	struct sampler *other;

	sampler_destroy(sampler);
	memset(&waits, 0, sizeof(waits));
	script.now = 0;
	script.descriptor = -1;
	assert_int_equal(sampler_create((struct source *)&script, &plan, &other), 0);
	call_log_clear();
	return other;
}

static void without_a_descriptor_the_end_is_asked_for(void **state)
{
	(void)state;
	sampler = start_asking();
	/* One that is due at the same time asks, too. */
	script.far = SECOND;
	waits.past[0] = true;
	waits.count = 1;
	worker_script_run();
	call_log_expect("wait 1000000000\n" PULSE "1\nlook\nnotify\nwait 1000000000\n");
	sampler = start_asking();
	script.far = SECOND + 1;
	waits.past[0] = waits.past[1] = true;
	waits.count = 2;
	worker_script_run();
	call_log_expect("wait 1000000000\npulse\nwait 1000000000\npulse\nwait 1000000000\n");
	assert_int_equal(take_sample(), 0);
	script.pulse_error = -EACCES; /* of another thing it is not told */
	waits.at = 1;
	worker_script.worker->stop = false;
	worker_script_run();
	call_log_expect("wait 1000000000\npulse\nwait 1000000000\n");
	assert_int_equal(take_sample(), 0);
	script.pulse_error = -ESRCH;
	waits.at = 1;
	worker_script.worker->stop = false;
	worker_script_run();
	call_log_expect("wait 1000000000\npulse\nnotify\n");
	assert_int_equal(take_sample(), -ESRCH);
}

/* The pulse of a turn tells of the end as well. */
static void a_pulse_tells_of_the_end(void **state)
{
	(void)state;
	waits.past[0] = true;
	waits.count = 1;
	script.pulse_error = -ESRCH;
	worker_script_run();
	call_log_expect("wait 2000\npulse\nnotify\n");
	assert_int_equal(take_sample(), -ESRCH);
}

static void since_when_it_works_is_told(void **state)
{
	(void)state;
	waits.past[0] = true;
	waits.late = 3;
	waits.count = 1;
	script.expect_busy = 2003;
	script.due = true;
	worker_script_run();
	assert_int_equal(script.expect_busy, 0);
	assert_int_equal(sampler_busy_since(sampler), 0);
	call_log_clear();
	assert_int_equal(take_sample(), 1);
}

static void one_that_cannot_be_made_leaves_the_source(void **state)
{
	const struct sampler_plan plan = {.interval_ns = 9, .budget = 0.5};
	struct sampler *none = NULL;

	(void)state;
	sampler_destroy(sampler);
	call_log_clear();
	worker_script.init_error = -EMFILE;
	assert_int_equal(sampler_create((struct source *)&script, &plan, &none), -EMFILE);
	worker_script.init_error = 0;
	call_log_expect("");
	worker_script.start_error = -EAGAIN;
	assert_int_equal(sampler_create((struct source *)&script, &plan, &none), -EAGAIN);
	worker_script.start_error = 0;
	call_log_expect("interval 9, budget 0.5, at 0\nend after 0 from 0\n"
			"start vastop/sampler\nfinish\n");
	assert_null(none);
	sampler_destroy(NULL);
	call_log_expect("");
	assert_int_equal(sampler_create((struct source *)&script, &plan, &sampler), 0);
}

static void the_plan_can_be_asked_and_changed(void **state)
{
	(void)state;
	assert_int_equal(sampler_descriptor(sampler), WORKER_SCRIPT_DESCRIPTOR);
	assert_int_equal(sampler_coverage(sampler).rest_ns, 7);
	script.now = 6;
	sampler_set_interval(sampler, 33);
	call_log_expect("interval 33 at 6\nwake\n");
	worker_script_expect_held(false);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_waits, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_turn_comes_at_its_time),
		TEST(what_is_asked_for_is_not_waited_for),
		TEST(the_end_is_asked_for_every_second),
		TEST(without_a_descriptor_the_end_is_asked_for),
		TEST(a_pulse_tells_of_the_end),
		TEST(since_when_it_works_is_told),
		TEST(one_that_cannot_be_made_leaves_the_source),
		TEST(the_plan_can_be_asked_and_changed),
	};

	return cmocka_run_group_tests_name("sampler_waits", tests, NULL, NULL);
}
