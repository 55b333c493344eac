/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "hearing_script.h"

/* When the pace is judged, by what, and what is done then. */

#define SECOND INT64_C(1000000000)

static struct address_space *space;
static struct hearing *hearing;

/* A process that is listened to by period 17, without copies, for a second; it had 2000 faults and
 * 4 ms of processor time since. */
static int begin(void **state)
{
	static const struct procfs_options options = {.root = "/p"};

	(void)state;
	script = (struct hearing_script){.relation = PROCFS_OWN,
					 .now = 50 * SECOND,
					 .cpu = 1000000,
					 .faults = 1000,
					 .rate = 5000,
					 .period = 17,
					 .few = true,
					 .complete = true,
					 .next = true,
					 .stands_for = 1,
					 .brought = 4096};
	space = maps_space_create(NULL, "00400000-00402000 r-xp 00000000 fe:01 1 /bin/x\n");
	assert_int_equal(hearing_begin(&options, space, true, &hearing), 0);
	hearing->events.plan = (struct fault_plan){.period = 17};
	hearing->events.listened = 6;
	hearing->rate = 100;
	hearing->budget = (struct count_budget){.left_ns = -1e12, .spent = true};
	script.now += SECOND;
	script.faults += 2000;
	script.cpu += 4000000;
	hearing->unwound_ns = script.now;
	call_log_clear();
	return 0;
}

static int end(void **state)
{
	(void)state;
	hearing_end(hearing);
	address_space_destroy(space);
	return 0;
}

/* Judges nothing, but ends a turn. */
static void end_turn(void)
{
	hearing->paced_ns = script.now;
	hearing->turn_ns = script.now;
	assert_int_equal(hearing_take(hearing), 0);
}

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
	call_log_expect("look at switches, one in 1\n"
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
	call_log_expect("look at switches, one in 1\n"
			"turns for a share of 0\n"
			"rate was 100, is 200, in 10000000000 ns\n"
			"period for 5000/s, 2000 ns, 6 events, copies 0, now 17\n"
			"spread for 5000/s, 2000 ns, 6 events, period 37\n"
			"change to period 37, copies 0\n"
			"pause 0, close 0\n");
}

/* Has the pace judged; the time since the last one is a second. */
static int judge(void)
{
	hearing->turn_ns = script.now;
	hearing->paced_ns = script.now - SECOND;
	call_log_clear();
	return hearing_take(hearing);
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

/* Switches take a share, too, where they take more than a two thousandth of the time. */
static void turns_follow_what_switches_take(void **state)
{
	static const struct {
		double switches;
		uint64_t faults;
		const char *share;
	} cases[] = {
		{50, 0, "share of 0\n"}, /* 500 000 ns */
		{51, 0, "share of 0.0102\n"},
		{50, 9000, "share of 0.0018\n"},
		{51, 9000, "share of 0.012\n"},
	};

	(void)state;
	script.cpu = 60000000;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		hearing->paced_cpu_ns = 10000000;
		hearing->paced_faults = script.faults - cases[i].faults;
		script.switches = cases[i].switches;
		assert_int_equal(judge(), 0);
		assert_non_null(strstr(call_log.text, cases[i].share));
	}
}

/* As long as there is something left to count all the time with, there are no turns. */
static void turns_wait_until_it_is_spent(void **state)
{
	(void)state;
	count_budget_init(&hearing->budget);
	hearing->paced_cpu_ns = script.cpu - 1000000;
	hearing->paced_faults = script.faults - 2000; /* 20 000 ns, less a hundredth of 1 ms */
	assert_int_equal(judge(), 0);
	assert_non_null(strstr(call_log.text, "turns for a share of 0\n"));
	assert_true(hearing->budget.left_ns == 20e6 - 20000 + 10000);
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
	assert_true(hearing->exec);
	assert_null(strstr(call_log.text, "pause"));
}

/* The same plan is chosen once more after 200 samples, if it does not sample all, and events are
 * few. */
static void periods_vary_now_and_then(void **state)
{
	(void)state;
	hearing->varied = 50;
	hearing->samples = 249;
	assert_int_equal(judge(), 0);
	assert_null(strstr(call_log.text, "change"));
	hearing->samples = 250;
	assert_int_equal(judge(), 0);
	assert_non_null(strstr(call_log.text, "change to period 17, copies 0\n"));
	assert_int_equal(hearing->varied, 250);
	hearing->samples = 450;
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
	assert_int_equal(hearing->lost, 4);
	assert_int_equal(hearing->began, 2);
	assert_int_equal(hearing->samples, 1);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_turn_ends_at_its_time),
		TEST(busy_turns_close_their_events),
		TEST(turns_that_miss_nothing_close_theirs),
		TEST(stacks_are_unwound_now_and_then),
		TEST(the_pace_is_judged_at_its_time),
		TEST(many_events_are_judged_seldom),
		TEST(the_time_of_a_fault_is_since_it_was_listened_to),
		TEST(turns_follow_what_counting_takes),
		TEST(turns_follow_what_switches_take),
		TEST(turns_wait_until_it_is_spent),
		TEST(another_plan_is_changed_to),
		TEST(periods_vary_now_and_then),
		TEST(what_a_change_finds_counts),
		TEST(a_loss_is_answered_at_once),
		TEST(without_faults_nothing_is_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
