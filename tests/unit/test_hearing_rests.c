/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "growth/hearing_pace.h"
#include "growth/hearing_rests.h"
#include "hearing_paced.h"

/*
 * When a process that stops and runs again often is not listened to. By the script a switch costs
 * 10 000 ns and, when its event was closed, 2000.
 */

#define HALF (SECOND / 2)

/* A window is over in which the process ran all the time and had so many switches a second. */
static void end_window(double switches)
{
	hearing->switches.per_second = switches;
	hearing->rests.left_ns = 0;
	hearing->rests.since_ns = script.now - SECOND;
	hearing->rests.until_ns = script.now;
	hearing->window_cpu_ns = 0;
	script.cpu = (uint64_t)SECOND;
	hearing->turn_ns = script.now;
	hearing->paced_ns = script.now;
	call_log_clear();
	assert_int_equal(hearing_take(hearing), 0);
}

/* 300 switches a second cost 0.3 % of its time: no more. */
static void few_switches_need_no_rest(void **state)
{
	(void)state;
	hearing->heard.owed = 4;
	end_window(300);
	call_log_expect("pause 0, close 0\n");
	assert_false(hearing->rests.resting);
	assert_int_equal(hearing->rests.until_ns, script.now + HALF);
	assert_int_equal(hearing->turn_ns, script.now + 50000000);
	assert_int_equal(hearing->heard.owed, 0);
	assert_int_equal(hearing->heard.unheard, 4);
	assert_int_equal(hearing->window_faults, 3000);
	assert_int_equal(hearing->window_cpu_ns, SECOND);
}

/* 1700 cost 1.7 %, and 0.34 % in the second after: 3.97 s, in whole seconds. */
static void many_switches_need_rests(void **state)
{
	(void)state;
	script.sample_count = 0;
	hearing->stepped_ns = script.now - SECOND;
	hearing->steps = 4;
	script.tally.lost = 0;
	end_window(1700);
	call_log_expect("rest\nunwind copies\n1 steps\n");
	assert_true(hearing->rests.resting);
	assert_int_equal(hearing->rests.until_ns, script.now + 4 * SECOND - HALF);
	assert_int_equal(hearing->turn_ns, hearing->rests.until_ns);
	assert_int_equal(hearing->steps, 5);
	assert_int_equal(hearing->stepped_ns, script.now);
	assert_int_equal(hearing->window_faults, 3000);
	/* Results come as usual, trends stand still. */
	hearing_wait(hearing, 5);
	hearing->turn_ns = script.now + SECOND / 4;
	hearing_wait(hearing, 5);
	hearing->turns.one_in = 2;
	hearing->rest_faults = 34; /* as many as a sample stands for */
	script.now += SECOND;
	hearing_step(hearing);
	call_log_expect("wait for 5, 1001 ms\nwait for 5, 251 ms\nfind threads\n");
	hearing->rest_faults = 33;
	hearing_step(hearing);
	call_log_expect("1 steps\nfind threads\n");
	assert_int_equal(hearing->steps, 6);
}

/* What the rings still held is taken. */
static void what_was_heard_before_a_rest_counts(void **state)
{
	(void)state;
	hearing->rests.rest_ns = 0;
	end_window(300);
	script.samples[0] = (struct fault_record){.address = 0x400010};
	script.sample_count = 1;
	script.tally = (struct fault_tally){.lost = 2, .mapped = true};
	script.few = false; /* the pace is not changed */
	hearing->heard.wants_space = false;
	end_window(1700);
	assert_int_equal(hearing->heard.samples, 1);
	assert_int_equal(hearing->heard.lost, 2);
	assert_true(hearing->heard.wants_space);
	/* Of many threads windows are longer, and so are rests. */
	assert_int_equal(hearing->rests.window_ns, 5 * SECOND);
	assert_int_equal(hearing->rests.rest_ns, 15 * SECOND);
}

/* At once 40 ms may be taken: each second at 1.7 % takes 14 of them. */
static void there_is_no_rest_before_it_is_due(void **state)
{
	const double left = 40e6 - (0.017 - 0.003) * 1e9;

	(void)state;
	assert_true(hearing->rests.left_ns == 40e6);
	hearing->switches.per_second = 1700;
	hearing->rests.since_ns = script.now - SECOND;
	hearing->window_cpu_ns = 0;
	script.cpu = (uint64_t)SECOND;
	hearing_rests_end_window(hearing, script.now);
	assert_false(hearing->rests.resting);
	assert_true(hearing->rests.left_ns > left - 1 && hearing->rests.left_ns < left + 1);
	hearing->rests.since_ns = script.now - SECOND;
	hearing->window_cpu_ns = 0;
	hearing_rests_end_window(hearing, script.now);
	assert_false(hearing->rests.resting);
	hearing->rests.since_ns = script.now - SECOND;
	hearing->window_cpu_ns = 0;
	hearing_rests_end_window(hearing, script.now);
	assert_true(hearing->rests.resting);
	/* As long as anything is left there is none. */
	hearing->rests.resting = false;
	hearing->rests.since_ns = script.now;
	hearing->rests.left_ns = 0.5;
	hearing_rests_end_window(hearing, script.now);
	assert_false(hearing->rests.resting);
	hearing->rests.left_ns = 0;
	hearing->rests.since_ns = script.now - SECOND / 1000;
	hearing_rests_end_window(hearing, script.now);
	assert_true(hearing->rests.resting);
	/* In the rest what may be taken grows again. */
	script.now += 2 * SECOND;
	script.cpu += 2 * (uint64_t)SECOND;
	hearing->rests.left_ns = 1;
	assert_int_equal(hearing_rests_end_rest(hearing, script.now), 0);
	assert_true(hearing->rests.left_ns > 6e6 - 3.4e6 &&
		    hearing->rests.left_ns < 6e6 - 3.4e6 + 2);
	call_log_clear();
}

/* All turns of a round are in one window. */
static void a_window_is_a_round_at_least(void **state)
{
	(void)state;
	hearing->turns.one_in = 16;
	script.complete = false;
	end_window(1700);
	assert_false(hearing->rests.resting);
	call_log_expect("pause 0, close 0\n");
	script.complete = true;
	end_window(1700);
	assert_true(hearing->rests.resting);
	assert_int_equal(hearing->rests.window_ns, 16 * 50000000);
	assert_int_equal((hearing->rests.window_ns + hearing->rests.rest_ns) % SECOND, 0);
}

/* Samples are afforded for the rest that follows, or for the one before where that is longer. */
static void the_factor_is_that_of_the_longer_rest(void **state)
{
	(void)state;
	end_window(300);
	assert_true(hearing_rests_factor(hearing, script.now) == 1); /* no time has passed */
	script.now += SECOND / 10;
	script.cpu += (uint64_t)SECOND / 10;
	assert_true(hearing_rests_factor(hearing, script.now) == 1);
	hearing->switches.per_second = 1700;
	assert_true(hearing_rests_factor(hearing, script.now) == 8); /* 4 s for one half */
	hearing->rests.rest_ns = 3 * SECOND;
	assert_true(hearing_rests_factor(hearing, script.now) == 8);
	hearing->rests.rest_ns = 4 * SECOND;
	assert_true(hearing_rests_factor(hearing, script.now) == 9);
	/* So samples may come that many times as often. */
	call_log_clear();
	hearing_pace_choose(hearing, 900, 6, &(struct fault_plan){.period = 17});
	assert_non_null(strstr(call_log.text, "period for 100/s"));
	call_log_clear();
}

/* A process that does not run pays nothing. */
static void time_has_to_pass(void **state)
{
	(void)state;
	hearing->rests.left_ns = 0;
	hearing->switches.per_second = 1e9;
	hearing->rests.since_ns = script.now;
	hearing_rests_end_window(hearing, script.now);
	assert_false(hearing->rests.resting);
	/* Without processor time a thousandth of the time is free: 100 switches. */
	hearing->window_cpu_ns = script.cpu;
	hearing->rests.since_ns = script.now - SECOND;
	hearing->switches.per_second = 100;
	hearing_rests_end_window(hearing, script.now);
	assert_false(hearing->rests.resting);
	hearing->rests.since_ns = script.now - SECOND;
	hearing->switches.per_second = 101;
	hearing_rests_end_window(hearing, script.now);
	assert_true(hearing->rests.resting);
}

/* The kernel counted on: the samples of the next window stand for that, too. */
static void a_window_follows(void **state)
{
	(void)state;
	end_window(1700);
	hearing->heard.counted = hearing->heard.faults = 1000; /* of 2000: half is seen */
	script.faults += 700;
	call_log_clear();
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("");
	assert_int_equal(hearing->rest_faults, 700);
	assert_int_equal(hearing_rests_owed(hearing), 350);
	script.faults += 300;
	script.now = hearing->turn_ns;
	script.cpu += 7;
	hearing->heard.wants_space = false;
	hearing->budget.left_ns = 0;
	hearing->budget.spent = false;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("look at switches\npause 0, close 1\n");
	assert_false(hearing->rests.resting);
	assert_true(hearing->heard.wants_space);
	assert_int_equal(hearing->rests.until_ns, script.now + HALF);
	assert_int_equal(hearing->turn_ns, script.now + 50000000);
	assert_int_equal(hearing->heard.owed, 500);
	assert_int_equal(hearing_rests_owed(hearing), 500);
	assert_int_equal(hearing->rested_faults, 1000);
	assert_int_equal(hearing->rest_faults, 0);
	assert_int_equal(hearing->window_faults, 4000);
	assert_int_equal(hearing->paced_faults, 4000);
	assert_int_equal(hearing->paced_cpu_ns, SECOND + 7);
	assert_int_equal(hearing->window_cpu_ns, SECOND + 7);
	assert_int_equal(hearing->paced_ns, script.now);
	assert_true(hearing->budget.left_ns == 0.005 * 7);
	/* Eight times as much as in the window there was with the rest. */
	script.samples[0] = (struct fault_record){.address = 0x600010};
	script.sample_count = 1;
	script.stands_for = 10;
	assert_int_equal(hearing_take(hearing), 0);
	assert_int_equal(hearing->heard.faults, 1115);
	assert_int_equal(hearing->heard.rested, 105);
	assert_int_equal(hearing->heard.owed, 395);
	hearing_step(hearing); /* until the window is over */
	assert_null(strstr(call_log.text, "steps"));
	call_log_clear();
}

/* More cannot have been seen than there was; a process that cannot be read keeps what is known. */
static void what_is_seen_is_a_part(void **state)
{
	(void)state;
	end_window(1700);
	hearing->heard.faults = 5000;
	hearing->heard.rested = 1000;
	script.faults += 10;
	assert_int_equal(hearing_take(hearing), 0);
	assert_int_equal(hearing_rests_owed(hearing), 10);
	hearing->heard.faults = 2500;
	assert_int_equal(hearing_rests_owed(hearing), 7); /* 1500 of 2000 */
	hearing->rested_faults = 200;
	assert_int_equal(hearing_rests_owed(hearing), 8); /* 1500 of 1800 */
	hearing->rested_faults = 0;
	script.faults += 90;
	script.load_error = -ESRCH;
	assert_int_equal(hearing_take(hearing), 0);
	assert_int_equal(hearing_rests_owed(hearing), 7);
	script.pause_error = -ESRCH;
	script.now = hearing->turn_ns;
	assert_int_equal(hearing_take(hearing), -ESRCH);
	call_log_clear();
}

/* Whoever counts anew does not wait. */
static void counting_anew_ends_the_rest(void **state)
{
	(void)state;
	end_window(1700);
	script.now += 10;
	script.faults += 50;
	hearing->rest_faults = hearing->rested_faults = 40;
	hearing->steps = 9;
	hearing_clear(hearing);
	assert_true(hearing->rests.resting);
	assert_int_equal(hearing->turn_ns, script.now);
	assert_int_equal(hearing->rest_faults + hearing->rested_faults, 0);
	assert_int_equal(hearing->window_faults, 3050);
	assert_int_equal(hearing->steps, 0);
	assert_int_equal(hearing->stepped_ns, script.now);
	call_log_clear();
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("look at switches\npause 0, close 1\n");
	assert_int_equal(hearing->heard.owed, 0);
	assert_int_equal(hearing->rests.until_ns, script.now + SECOND);
}

/* Half a step and more is one. */
static void steps_follow_the_clock(void **state)
{
	(void)state;
	hearing->stepped_ns = script.now - HALF + 1;
	hearing_rests_pass_steps(hearing, script.now);
	assert_int_equal(hearing->steps, 0);
	hearing->stepped_ns = script.now - HALF;
	hearing_rests_pass_steps(hearing, script.now);
	assert_int_equal(hearing->stepped_ns, script.now + HALF);
	hearing_rests_pass_steps(hearing, script.now - SECOND);
	hearing_rests_pass_steps(hearing, script.now + 4 * SECOND);
	call_log_expect("0 steps\n1 steps\n0 steps\n4 steps\n");
	assert_int_equal(hearing->steps, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(few_switches_need_no_rest),
		TEST(many_switches_need_rests),
		TEST(what_was_heard_before_a_rest_counts),
		TEST(there_is_no_rest_before_it_is_due),
		TEST(a_window_is_a_round_at_least),
		TEST(the_factor_is_that_of_the_longer_rest),
		TEST(time_has_to_pass),
		TEST(a_window_follows),
		TEST(what_is_seen_is_a_part),
		TEST(counting_anew_ends_the_rest),
		TEST(steps_follow_the_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
