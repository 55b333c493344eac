/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "hearing_paced.h"

/* When turns begin and end, and of how many one is listened to. */

/* A turn is 50 ms long. */
static void a_turn_ends_at_its_time(void **state)
{
	(void)state;
	hearing->turn_ns = script.now + 1;
	assert_int_equal(hearing_take(hearing), 0);
	call_log_expect("");
	end_turn();
	call_log_expect("pause 0, close 0\n");
	assert_int_equal(hearing->turn_ns, script.now + 50000000);
	script.next = false;
	end_turn();
	call_log_expect("pause 1, close 0\n");
	script.pause_error = -EMFILE;
	hearing->turn_ns = script.now;
	hearing->paced_ns = script.now;
	assert_int_equal(hearing_take(hearing), -EMFILE);
}

/* Where many periods pass in a turn, events are closed in between. */
static void busy_turns_close_their_events(void **state)
{
	(void)state;
	script.next = false;
	hearing->rate = 50 * 17 * 20; /* 50 periods in a turn */
	end_turn();
	hearing->rate += 1;
	end_turn();
	hearing->busy = true;
	hearing->rate = 20 * 17 * 20;
	end_turn();
	hearing->rate += 1;
	end_turn();
	call_log_expect("pause 1, close 0\npause 1, close 1\npause 1, close 0\npause 1, close 1\n");
}

/* Where each fault is a sample none is missed when events are opened anew. */
static void turns_that_miss_nothing_close_theirs(void **state)
{
	(void)state;
	script.next = false;
	hearing->rate = 0;
	hearing->events.plan.period = 1;
	end_turn();
	call_log_expect("pause 1, close 1\n");
}

/* Counting is judged by its share of the processor time, where that is known. */
static void turns_follow_what_counting_takes(void **state)
{
	(void)state;
	hearing->paced_cpu_ns = 1000000;
	script.cpu = 1000000;
	assert_int_equal(judge(), 0);
	assert_null(strstr(call_log.text, "turns for"));
	assert_false(hearing->busy);
	hearing->paced_cpu_ns = 0;
	assert_int_equal(judge(), 0);
	assert_null(strstr(call_log.text, "turns for"));
	hearing->paced_cpu_ns = 1000000;
	script.cpu = 1000001;
	hearing->paced_faults = script.faults;
	assert_int_equal(judge(), 0);
	assert_non_null(strstr(call_log.text, "turns for a share of 0\n"));
	/* Busy: for more than a quarter of the time. */
	script.cpu = hearing->paced_cpu_ns + SECOND / 4;
	assert_int_equal(judge(), 0);
	assert_false(hearing->busy);
	script.cpu = hearing->paced_cpu_ns + SECOND / 4 + 1;
	assert_int_equal(judge(), 0);
	assert_true(hearing->busy);
	script.cpu = hearing->paced_cpu_ns - 1;
	assert_int_equal(judge(), 0);
	assert_false(hearing->busy);
}

/* As long as there is something left to count all the time with, there are no turns. */
static void turns_wait_until_it_is_spent(void **state)
{
	(void)state;
	count_budget_init(&hearing->budget);
	hearing->paced_cpu_ns = script.cpu - 1000000;
	hearing->paced_faults = script.faults - 2000; /* 20 000 ns, less half a percent of 1 ms */
	assert_int_equal(judge(), 0);
	assert_non_null(strstr(call_log.text, "turns for a share of 0\n"));
	assert_true(hearing->budget.left_ns == 20e6 - 20000 + 5000);
	hearing->budget.left_ns = 9999;
	hearing->paced_cpu_ns = script.cpu - 1000000;
	hearing->paced_faults = script.faults - 2000;
	assert_int_equal(judge(), 0);
	assert_non_null(strstr(call_log.text, "turns for a share of 0.02\n"));
	/* In turns a part of it is paid, also in those that are not complete. */
	hearing->budget.left_ns = 0;
	hearing->turns.one_in = 4;
	script.complete = false;
	script.tally = (struct fault_tally){.lost = 1};
	hearing->paced_cpu_ns = script.cpu;
	hearing->paced_faults = script.faults - 2000;
	assert_int_equal(judge(), 0);
	assert_null(strstr(call_log.text, "turns for"));
	assert_true(hearing->budget.left_ns == -5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_turn_ends_at_its_time),
		TEST(busy_turns_close_their_events),
		TEST(turns_that_miss_nothing_close_theirs),
		TEST(turns_follow_what_counting_takes),
		TEST(turns_wait_until_it_is_spent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
