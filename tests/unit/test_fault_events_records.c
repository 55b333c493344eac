/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "events_script.h"
#include "inside/unwind_sample.h"

/* What is made of each record, and how listening pauses and changes. */

static struct script_process process;
static struct fault_events events;
static struct fault_tally tally;

/* Process 7 is listened to by period 3: events 101 and 102. */
static int begin(void **state)
{
	const struct fault_plan plan = {.period = 3};

	(void)state;
	script_reset();
	script_process_begin(&process);
	assert_int_equal(fault_events_open(&events, process.directory, 7, &plan), 0);
	tally = (struct fault_tally){0};
	call_log_clear();
	return 0;
}

static int end(void **state)
{
	(void)state;
	fault_events_close(&events);
	assert_int_equal(script_open_events(), 0);
	script_process_end(&process);
	return 0;
}

static void take(void *context, const struct fault_record *sample, uint64_t faults)
{
	assert_ptr_equal(context, &tally);
	call_log_say("%d faults of %d at %d", (int)faults, (int)sample->tid, (int)sample->address);
}

/* Drains, and says what was taken only. */
static void drain(void)
{
	fault_events_drain(&events, take, &tally, &tally);
}

static struct fault_record sample(int32_t tid, uint64_t id, uint64_t time_ns, uint64_t address)
{
	return (struct fault_record){.type = FAULT_RECORD_SAMPLE,
				     .pid = 7,
				     .tid = tid,
				     .id = id,
				     .time_ns = time_ns,
				     .address = address};
}

static void samples_of_the_process_are_taken(void **state)
{
	struct fault_record other = sample(7, 101, 50, 5);

	(void)state;
	other.pid = 8;
	script_put(0, sample(7, 101, 10, 1));
	script_put(0, other);
	script_put(0, sample(7, 100, 20, 2)); /* of no event */
	script_put(0, sample(7, 103, 30, 3));
	script_put(1, sample(7, 102, 40, 4));
	drain();
	call_log_expect("drain ring 0, 0 registers\n3 faults of 7 at 1\n"
			"drain ring 1, 0 registers\n3 faults of 7 at 4\n");
	assert_int_equal(tally.samples, 2);
	script.bad = 2;
	drain();
	assert_int_equal(tally.bad, 4);
	assert_int_equal(tally.samples, 2);
	assert_int_equal(events.turn, 2);
}

/* The same once more is of another event; by any difference it is another. */
static void a_repeated_sample_is_one(void **state)
{
	(void)state;
	script_put(0, sample(7, 101, 10, 1));
	script_put(0, sample(7, 101, 10, 1));
	script_put(0, sample(7, 101, 10, 2));
	script_put(0, sample(7, 101, 11, 2));
	script_put(0, sample(9, 101, 11, 2));
	script_put(0, sample(9, 101, 11, 2));
	script_put(1, sample(9, 101, 11, 2)); /* another ring has had none before */
	drain();
	call_log_expect("drain ring 0, 0 registers\n3 faults of 7 at 1\n3 faults of 7 at 2\n"
			"3 faults of 7 at 2\n3 faults of 9 at 2\n"
			"drain ring 1, 0 registers\n3 faults of 9 at 2\n");
	assert_int_equal(tally.samples, 5);
}

/* Threads begin and end; of a set that was not decided the first sample decides. */
static void threads_begin_and_end(void **state)
{
	struct fault_record fork = {.type = FAULT_RECORD_FORK, .pid = 7, .tid = 9, .parent_pid = 7};
	struct fault_record exit = {.type = FAULT_RECORD_EXIT, .pid = 7, .tid = 9};
	struct fault_record record;

	(void)state;
	script_put(0, fork);
	drain();
	assert_int_equal(tally.began, 1);
	assert_non_null(fault_threads_find(&events.threads, 9));
	assert_int_equal(fault_threads_find(&events.threads, 9)->turn, 1);
	record = fork; /* another process begins */
	record.pid = 10;
	record.tid = 10;
	script_put(0, record);
	record = fork; /* it is this one, but not its child */
	record.parent_pid = 1;
	record.tid = 11;
	script_put(0, record);
	record = exit; /* a thread of another process with the same number as one of this */
	record.pid = 8;
	script_put(0, record);
	drain();
	assert_int_equal(tally.began, 1);
	assert_null(fault_threads_find(&events.threads, 10));
	assert_null(fault_threads_find(&events.threads, 11));
	assert_non_null(fault_threads_find(&events.threads, 9));
	script_put(1, exit);
	drain();
	assert_null(fault_threads_find(&events.threads, 9));
	assert_non_null(fault_threads_find(&events.threads, 7));
	assert_int_equal(tally.samples, 0);
}

static void the_rest_is_tallied(void **state)
{
	static const enum fault_record_type types[] = {FAULT_RECORD_OTHER, FAULT_RECORD_EXEC,
						       FAULT_RECORD_MAP};

	(void)state;
	script_put(0, (struct fault_record){.type = FAULT_RECORD_LOST, .lost = 4});
	script_put(1, (struct fault_record){.type = FAULT_RECORD_LOST, .lost = 5});
	script_put(0, (struct fault_record){.type = FAULT_RECORD_THROTTLE});
	script_put(0, (struct fault_record){.type = FAULT_RECORD_THROTTLE});
	for (size_t i = 0; i < 3; i++) /* of another process */
		script_put(1, (struct fault_record){.type = types[i], .pid = 8});
	drain();
	assert_int_equal(tally.lost, 9);
	assert_int_equal(tally.throttled, 2);
	assert_false(tally.exec || tally.mapped);
	script_put(0, (struct fault_record){.type = FAULT_RECORD_MAP, .pid = 7});
	script_put(0, (struct fault_record){.type = FAULT_RECORD_MAP, .pid = 8});
	drain();
	assert_true(tally.mapped && !tally.exec);
	tally.mapped = false;
	script_put(0, (struct fault_record){.type = FAULT_RECORD_EXEC, .pid = 7});
	script_put(0, (struct fault_record){.type = FAULT_RECORD_EXEC, .pid = 8});
	drain();
	assert_true(tally.exec && !tally.mapped);
	assert_int_equal(tally.samples + tally.bad + tally.began, 0);
}

/* Two sets: a thread counts by that which its first sample came by. */
static void a_thread_counts_by_one_set(void **state)
{
	(void)state;
	script_process_add(&process, 8);
	fault_events_find_threads(&events);
	call_log_expect("open 8 on 0: period 3, copies 0, kernel 1\noutput of 3 to 1000\n"
			"open 8 on 1: period 3, copies 0, kernel 1\noutput of 4 to 1001\n");
	script_put(0, sample(9, 103, 1, 1)); /* a thread that 8 began */
	script_put(0, sample(9, 101, 2, 2));
	script_put(0, sample(9, 104, 3, 3));
	script_put(0, sample(8, 101, 4, 4));
	script_put(0, sample(8, 104, 5, 5));
	drain();
	call_log_expect("drain ring 0, 0 registers\n3 faults of 9 at 1\n3 faults of 9 at 3\n"
			"3 faults of 8 at 5\ndrain ring 1, 0 registers\n");
	script_process_remove(&process, 8);
}

/* Events that are few are disabled, or closed and opened again. */
static void a_pause_disables_or_closes(void **state)
{
	(void)state;
	assert_int_equal(fault_events_pause(&events, false, false), 0); /* it is as it was */
	call_log_expect("");
	assert_int_equal(fault_events_pause(&events, true, false), 0);
	call_log_expect("disable 1\ndisable 2\n");
	assert_true(events.paused);
	fault_events_find_threads(&events);
	assert_int_equal(fault_events_pause(&events, true, true), 0); /* it pauses already */
	call_log_expect("");
	assert_int_equal(fault_events_pause(&events, false, true), 0);
	call_log_expect("enable 1\nenable 2\n");
	assert_false(events.paused);
	assert_int_equal(fault_events_pause(&events, true, true), 0);
	call_log_expect("disable 1\ndisable 2\n");
	assert_int_equal(script_open_events(), 0);
	assert_int_equal(events.threads.count, 0);
	assert_int_equal(events.listened, 2);
	assert_int_equal(fault_events_pause(&events, false, false), 0);
	call_log_expect("open 7 on 0: period 3, copies 0, kernel 1\noutput of 3 to 1000\n"
			"open 7 on 1: period 3, copies 0, kernel 1\noutput of 4 to 1001\n");
	assert_int_equal(fault_events_pause(&events, true, true), 0);
	script.refused = 1;
	script.refusals = 9;
	script.refusal = -EMFILE;
	assert_int_equal(fault_events_pause(&events, false, false), -EMFILE);
}

/* Another plan: nothing comes by the events of the one before when the rings have been taken. */
static void a_change_takes_what_there_is(void **state)
{
	const struct fault_plan plan = {.period = 7, .copies = true};
	char expected[400];

	(void)state;
	script_put(1, sample(7, 102, 10, 1));
	events.paused = true;
	assert_int_equal(fault_events_change(&events, &plan, take, &tally, &tally), 0);
	call_log_expect("disable 1\ndisable 2\n"
			"drain ring 0, 0 registers\n"
			"drain ring 1, 0 registers\n3 faults of 7 at 1\n"
			"open 7 on 0: period 7, copies 1, kernel 1\noutput of 3 to 1000\n"
			"open 7 on 1: period 7, copies 1, kernel 1\noutput of 4 to 1001\n");
	assert_false(events.paused);
	assert_int_equal(script_open_events(), 2);
	assert_int_equal(events.plan.period, 7);
	script_put(1, sample(7, 104, 10, 1));
	drain();
	snprintf(expected, sizeof(expected),
		 "drain ring 0, %d registers\ndrain ring 1, %d registers\n7 faults of 7 at 1\n",
		 UNWIND_REGISTER_COUNT, UNWIND_REGISTER_COUNT);
	call_log_expect(expected);
	script.refused = 1;
	script.refusals = 9;
	script.refusal = -ESRCH;
	assert_int_equal(fault_events_change(&events, &plan, take, &tally, &tally), -ESRCH);
	assert_int_equal(script_open_events(), 0);
}

/* The threads that events are refused for are counted, the first reason is returned; no thread that
 * has ended is. */
static void threads_that_are_missed_are_counted(void **state)
{
	(void)state;
	for (int tid = 8; tid <= 10; tid++)
		script_process_add(&process, tid);
	script.refused = 3;
	script.refusals = 1;
	script.refusal = -ENOMEM;
	fault_events_find_threads(&events);
	assert_int_equal(events.missed, 0); /* the list was gone through once more */
	assert_int_equal(events.count, 8);
	script_process_add(&process, 11);
	script.refused = 9;
	script.refusals = 1;
	fault_events_find_threads(&events);
	assert_int_equal(events.missed, 1);
	script.refusal = -ESRCH;
	script.refusals = 1;
	fault_events_find_threads(&events);
	assert_int_equal(events.missed, 0);
	assert_int_equal(events.count, 8);
	for (int tid = 8; tid <= 11; tid++)
		script_process_remove(&process, tid);
}

static void up_to_sixty_four_are_few(void **state)
{
	(void)state;
	events.listened = 64;
	assert_true(fault_events_are_few(&events));
	events.listened = 65;
	assert_false(fault_events_are_few(&events));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(samples_of_the_process_are_taken),
		TEST(a_repeated_sample_is_one),
		TEST(threads_begin_and_end),
		TEST(the_rest_is_tallied),
		TEST(a_thread_counts_by_one_set),
		TEST(a_pause_disables_or_closes),
		TEST(a_change_takes_what_there_is),
		TEST(threads_that_are_missed_are_counted),
		TEST(up_to_sixty_four_are_few),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
