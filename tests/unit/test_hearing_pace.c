/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "hearing_paced.h"

/* When the pace is judged, by what, and what is done then. */

/* Stacks are unwound every quarter of a second, and when there are many. */
static void stacks_are_unwound_now_and_then(void **state)
{
	(void)state;
	hearing->turn_ns = script.now + SECOND;
	hearing->unwound_ns = script.now - 250000000 + 1;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("");
	hearing->unwound_ns = script.now - 250000000;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("unwind copies\n");
	assert_int_equal(hearing->unwound_ns, script.now);
	script.many = true;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("unwind copies\n");
}

/* It is judged a tenth of a second after the last time, at the end of a round of turns. */
static void the_pace_is_judged_at_its_time(void **state)
{
	(void)state;
	hearing->turn_ns = script.now;
	hearing->paced_ns = script.now - 100000000 + 1;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("pause 0, close 0\n");
	hearing->turn_ns = script.now;
	hearing->paced_ns = script.now - 100000000;
	script.complete = false;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("pause 0, close 0\n");
	hearing->turn_ns = script.now;
	script.complete = true;
	hearing->paced_ns = script.now - 100000000;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("look at switches\n"
			"turns for a share of 0.005\n"
			"rate was 100, is 20000, in 100000000 ns\n"
			"period for 5000/s, 2000 ns, 6 events, copies 0, now 17\n"
			"spread for 5000/s, 2000 ns, 6 events, period 17\n"
			"pause 0, close 0\n");
	assert_true(hearing->rate == 5000);
	assert_int_equal(hearing->paced_ns, script.now);
	assert_int_equal(hearing->paced_faults, 3000);
	assert_int_equal(hearing->paced_cpu_ns, 5000000);
}

/* Of many events only every ten seconds. */
static void many_events_are_judged_seldom(void **state)
{
	(void)state;
	script.few = false;
	hearing->turn_ns = script.now;
	hearing->paced_ns = script.now - 10 * SECOND + 1;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("pause 0, close 0\n");
	hearing->turn_ns = script.now;
	hearing->paced_ns = script.now - 10 * SECOND;
	script.period = 37;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("look at switches\n"
			"turns for a share of 0\n"
			"rate was 100, is 200, in 10000000000 ns\n"
			"period for 5000/s, 2000 ns, 6 events, copies 0, now 17\n"
			"spread for 5000/s, 2000 ns, 6 events, period 37\n"
			"change to period 37, copies 0\n"
			"pause 0, close 0\n");
}

/* Processor time of a fault: since it is listened to where that were many, else in all its life. */
static void the_time_of_a_fault_is_since_it_was_listened_to(void **state)
{
	static const struct {
		uint64_t faults, began, cpu, began_cpu;
		unsigned one_in;
		const char *said;
	} cases[] = {
		{2001, 1000, 3001000, 1000000, 1, "5000/s, 1999 ns"}, /* 1001 faults */
		{2000, 1000, 3000000, 1000000, 1, "5000/s, 1500 ns"}, /* 1000 are too few */
		{3000, 1000, 6000000, 0, 1, "5000/s, 2000 ns"},       /* not known before */
		{0, 0, 6000000, 1000000, 1, "5000/s, 0 ns"},
		{3000, 1000, 999999, 1000000, 1, "5000/s, 0 ns"}, /* it cannot be less */
		{3000, 1000, 1000000, 1000000, 1, "5000/s, 0 ns"},
		{3000, 1000, 5000000, 1000000, 4, "1250/s, 8000 ns"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char line[100];

		script.faults = cases[i].faults;
		hearing->began_kernel_faults = cases[i].began;
		script.cpu = cases[i].cpu;
		hearing->began_cpu_ns = cases[i].began_cpu;
		hearing->turns.one_in = cases[i].one_in;
		assert_int_equal(judge(), 0);
		snprintf(line, sizeof(line), "period for %s, 6 events", cases[i].said);
		assert_non_null(strstr(call_log.text, line));
	}
}

/* Another period, or copies, are another plan; where the faults spread there are no copies. */
static void another_plan_is_changed_to(void **state)
{
	(void)state;
	script.copies_wanted = true;
	assert_int_equal(judge(), 0);
	assert_non_null(strstr(call_log.text, "copies 1, now 17\n"));
	assert_non_null(strstr(call_log.text, "change to period 17, copies 1\n"));
	script.spread = 3;
	script.copies_wanted = true;
	assert_int_equal(judge(), 0);
	assert_non_null(strstr(call_log.text, "change to period 3, copies 0\n"));
	script.copies_wanted = false;
	assert_int_equal(judge(), 0);
	assert_null(strstr(call_log.text, "change"));
	script.spread = 0;
	script.change_error = -ENOMEM;
	script.tally = (struct fault_tally){.exec = true};
	script.few = false;
	call_log_clear();
	hearing->paced_ns = 0;
	hearing->turn_ns = script.now;
	assert_int_equal(hearing_take(hearing), -ENOMEM);
	assert_true(hearing->heard.exec);
	assert_null(strstr(call_log.text, "pause"));
}

/* The same plan is chosen once more after 200 samples, if it does not sample all, and events are
 * few. */
static void periods_vary_now_and_then(void **state)
{
	(void)state;
	hearing->varied = 50;
	hearing->heard.samples = 249;
	assert_int_equal(judge(), 0);
	assert_null(strstr(call_log.text, "change"));
	hearing->heard.samples = 250;
	assert_int_equal(judge(), 0);
	assert_non_null(strstr(call_log.text, "change to period 17, copies 0\n"));
	assert_int_equal(hearing->varied, 250);
	hearing->heard.samples = 450;
	hearing->events.plan.period = script.period = 1;
	assert_int_equal(judge(), 0);
	assert_null(strstr(call_log.text, "change"));
	hearing->events.plan.period = script.period = 3;
	script.few = false;
	hearing->turn_ns = script.now;
	hearing->paced_ns = 0;
	assert_int_equal(hearing_take(hearing), 0);
	assert_null(strstr(call_log.text, "change"));
	assert_int_equal(hearing->varied, 250);
}

/* What the change finds in the rings counts, too. */
static void what_a_change_finds_counts(void **state)
{
	(void)state;
	hearing->turn_ns = script.now;
	hearing->paced_ns = 0;
	script.tally = (struct fault_tally){.lost = 4, .began = 2};
	script.period = 37;
	script.samples[0] = (struct fault_record){.address = 0x400000, .stack = {.count = 1}};
	script.sample_count = 1;
	assert_int_equal(hearing_take(hearing), 0);
	assert_int_equal(hearing->heard.lost, 4);
	assert_int_equal(hearing->heard.began, 2);
	assert_int_equal(hearing->heard.samples, 1);
}

/* Where the rings have no room the pace is judged at once, but for what was just judged. */
static void a_loss_is_answered_at_once(void **state)
{
	static const struct {
		struct fault_tally tally;
		bool few;
		int64_t passed;
		bool judged;
	} cases[] = {
		{{.lost = 1}, true, 20000000, true},  {{.throttled = 1}, true, 20000000, true},
		{{.lost = 1}, true, 19999999, false}, {{.lost = 1}, false, SECOND, false},
		{{.began = 1}, true, SECOND, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		script.tally = cases[i].tally;
		script.few = cases[i].few;
		hearing->turn_ns = script.now + SECOND;
		hearing->paced_ns = script.now - cases[i].passed;
		call_log_clear();
		assert_int_equal(hearing_take(hearing), 0);
		assert_int_equal(strstr(call_log.text, "period for") != NULL, cases[i].judged);
	}
	script.complete = false; /* the turns are judged by whole rounds */
	script.few = true;
	script.tally = (struct fault_tally){.lost = 1};
	hearing->paced_ns = 0;
	call_log_clear();
	assert_int_equal(hearing_take(hearing), 0);
	assert_non_null(strstr(call_log.text, "period for"));
	assert_null(strstr(call_log.text, "turns for"));
	script.change_error = -EIO;
	script.period = 79;
	script.tally = (struct fault_tally){.lost = 1};
	hearing->paced_ns = 0;
	hearing->turn_ns = 0;
	call_log_clear();
	assert_int_equal(hearing_take(hearing), -EIO);
	assert_null(strstr(call_log.text, "pause"));
}

/* Without the process's faults nothing is judged. */
static void without_faults_nothing_is_judged(void **state)
{
	(void)state;
	script.load_error = -ESRCH;
	assert_int_equal(judge(), 0);
	call_log_expect("pause 0, close 0\n");
	assert_int_equal(hearing->paced_ns, script.now - SECOND);
	assert_int_equal(hearing->paced_faults, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(stacks_are_unwound_now_and_then),
		TEST(the_pace_is_judged_at_its_time),
		TEST(many_events_are_judged_seldom),
		TEST(the_time_of_a_fault_is_since_it_was_listened_to),
		TEST(another_plan_is_changed_to),
		TEST(periods_vary_now_and_then),
		TEST(what_a_change_finds_counts),
		TEST(a_loss_is_answered_at_once),
		TEST(without_faults_nothing_is_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
