/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "check_script.h"

/* How processes are watched and judged, in a time that only passes as the script says. */

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.count = 1;
	script.now = 700 * MS;
	call_log_clear();
	return 0;
}

/* Checks them; this is written, and what is done expected by the caller. */
static void check(const struct options *asked, int status, const char *written)
{
	struct options options = *asked;
	struct capture capture;
	char *out;
	int got;

	options.procfs = "/p";
	options.interval_ns = 100 * MS;
	capture_begin(&capture, 1);
	got = check_run(&options);
	out = capture_end(&capture);
	assert_string_equal(out, written);
	assert_int_equal(got, status);
	free(out);
}

static const struct options text = {.format = FORMAT_PICTURE};

#define JUDGED_1 "probe 1\njudge 1\nforget\n"

static void one_sample_is_judged_without_a_past(void **state)
{
	(void)state;
	check(&text, EXIT_DONE, "1 watched 0 ms until 700 ms\n");
	call_log_expect("attach to 1\nsample 1\ndamage of 1\nflags of 1, 700 ms\nerrands\n" JUDGED_1
			"no more errands\nfinish\ndestroy 1\n");
}

static const struct options watched = {.format = FORMAT_PICTURE, .samples = 3};

#define BEGUN       "attach to 1\nsample 1\ndamage of 1\nflags of 1, 700 ms\n"
#define JUDGED_THEN "errands\nprobe 1\njudge 1, watched\nforget\nno more errands\n"

static void each_interval_has_a_sample(void **state)
{
	(void)state;
	script.processes[1].execs = true;
	check(&watched, EXIT_DONE, "1 watched 301 ms until 1001 ms\n");
	call_log_expect(BEGUN
			"wait 101\nwait 2\nsample 1\nanother program, 801 ms\nflags of 1, 801 ms\n"
			"wait 100\nwait 2\nsample 1\nflags of 1, 901 ms\n"
			"wait 100\nwait 2\nsample 1\nflags of 1, 1001 ms\n" JUDGED_THEN
			"finish\ndestroy 1\n");
}

static void intervals_that_were_missed_are_not_made_up_for(void **state)
{
	(void)state;
	script.slow = 1;
	script.read_ns = 350 * MS;
	check(&watched, EXIT_DONE, "1 watched 552 ms until 1252 ms\n");
	call_log_expect(BEGUN "wait 101\nwait 2\nsample 1\nflags of 1, 1151 ms\n"
			      "sample 1\nflags of 1, 1151 ms\n"
			      "wait 101\nwait 2\nsample 1\nflags of 1, 1252 ms\n" JUDGED_THEN
			      "finish\ndestroy 1\n");
}

/* It is due in the moment when the one before is there. */
static void nothing_is_waited_for_that_is_due(void **state)
{
	const struct options twice = {.format = FORMAT_PICTURE, .samples = 2};

	(void)state;
	script.slow = 1;
	script.read_ns = 99 * MS;
	check(&twice, EXIT_DONE, "1 watched 200 ms until 900 ms\n");
	call_log_expect(BEGUN "wait 101\nwait 2\nsample 1\nflags of 1, 900 ms\n"
			      "sample 1\nflags of 1, 900 ms\n" JUDGED_THEN "finish\ndestroy 1\n");
}

static void a_sample_that_does_not_come_yet_is_left_out(void **state)
{
	(void)state;
	script.processes[1].errors[2] = -EAGAIN;
	check(&watched, EXIT_DONE, "1 watched 301 ms until 1001 ms\n");
	call_log_expect(BEGUN "wait 101\nwait 2\nsample 1\nflags of 1, 801 ms\n"
			      "wait 100\nwait 2\nsample 1\n"
			      "wait 100\nwait 2\nsample 1\nflags of 1, 1001 ms\n" JUDGED_THEN
			      "finish\ndestroy 1\n");
}

static void all_are_sampled_in_each_interval(void **state)
{
	const struct options once = {.format = FORMAT_JSON, .samples = 1};

	(void)state;
	script.count = 2;
	check(&once, EXIT_DONE, "{1}\n{2}\n");
	assert_non_null(strstr(call_log.text, "wait 101\nwait 2\nsample 1\nflags of 1, 801 ms\n"
					      "sample 2\nflags of 2, 801 ms\nerrands\n"));
}

/* What was seen of it until then is judged. */
static void one_that_ends_is_asked_no_more(void **state)
{
	(void)state;
	script.processes[1].errors[2] = -ESRCH;
	check(&watched, EXIT_NO_PROCESS, "1 watched 101 ms until 801 ms\n");
	call_log_expect(BEGUN "wait 101\nwait 2\nsample 1\nflags of 1, 801 ms\n"
			      "wait 100\nwait 2\nsample 1\nsay of 1: -3\ndestroy 1\n"
			      "wait 100\nwait 2\n" JUDGED_THEN "finish\n");
}

static void one_that_cannot_be_read_is_not_reported_on(void **state)
{
	(void)state;
	script.count = 3;
	script.processes[1].attach = EXIT_USAGE;
	script.processes[2].errors[0] = -EACCES;
	check(&text, EXIT_USAGE, "3 watched 0 ms until 700 ms\n");
	call_log_expect("attach to 1\nsay no 1.\nattach to 2\nsample 2\nsay of 2: -13\ndestroy 2\n"
			"attach to 3\nsample 3\ndamage of 3\nflags of 3, 700 ms\nerrands\n"
			"probe 3\njudge 3\nforget\nno more errands\nfinish\nfinish\nfinish\n"
			"destroy 3\n");
}

static void without_processes_nothing_is_begun(void **state)
{
	(void)state;
	script.named = EXIT_USAGE;
	check(&text, EXIT_USAGE, "");
	call_log_expect("");
}

static void reports_for_people_stand_apart(void **state)
{
	const struct options json = {.format = FORMAT_JSON};

	(void)state;
	script.count = 3;
	check(&text, EXIT_DONE,
	      "1 watched 0 ms until 700 ms\n\n2 watched 0 ms until 700 ms\n\n"
	      "3 watched 0 ms until 700 ms\n");
	reset(NULL);
	script.count = 3;
	check(&json, EXIT_DONE, "{1}\n{2}\n{3}\n");
}

/* What was found cannot be told then, and is not said to be nothing. */
static void what_cannot_be_written_is_undecided(void **state)
{
	const struct options json = {.format = FORMAT_JSON};

	(void)state;
	script.count = 2;
	script.processes[1].found = 1;
	script.write_error = -ENOSPC;
	check(&json, EXIT_UNDECIDED, "{1}\n");
	call_log_expect(BEGUN "attach to 2\nsample 2\ndamage of 2\nflags of 2, 700 ms\n"
			      "errands\n" JUDGED_1 "no more errands\n"
			      "say cannot write to standard output: No space left on device.\n"
			      "finish\ndestroy 1\nfinish\ndestroy 2\n");
}

/* What is found and not known of one, which cannot be read for ever. */
static void judge(size_t found, size_t open, bool ends, int status)
{
	const struct options once = {.format = FORMAT_PICTURE, .samples = 1};

	reset(NULL);
	script.processes[1].found = found;
	script.processes[1].open = open;
	script.processes[1].errors[1] = ends ? -ESRCH : 0;
	check(&once, status,
	      ends ? "1 watched 0 ms until 700 ms\n" : "1 watched 101 ms until 801 ms\n");
}

static void what_was_found_goes_before_what_is_not_known(void **state)
{
	(void)state;
	judge(0, 0, false, EXIT_DONE);
	judge(0, 1, false, EXIT_UNDECIDED);
	judge(1, 0, false, EXIT_FOUND);
	judge(1, 1, false, EXIT_FOUND);
	judge(0, 0, true, EXIT_NO_PROCESS);
	judge(0, 1, true, EXIT_NO_PROCESS);
	judge(1, 0, true, EXIT_FOUND);
}

static void make(int number, int status)
{
	struct process *process = &script.processes[number];

	process->attach = status == EXIT_FOUND || status == EXIT_UNDECIDED ? 0 : status;
	process->found = status == EXIT_FOUND;
	process->open = status == EXIT_UNDECIDED;
}

static void the_worst_of_all_is_the_status(void **state)
{
	static const int cases[][4] = {
		{EXIT_DONE, EXIT_UNDECIDED, EXIT_DONE, EXIT_UNDECIDED},
		{EXIT_UNDECIDED, EXIT_DONE, EXIT_NO_PROCESS, EXIT_NO_PROCESS},
		{EXIT_DONE, EXIT_NO_PROCESS, EXIT_UNDECIDED, EXIT_NO_PROCESS},
		{EXIT_NO_PROCESS, EXIT_NO_PERMISSION, EXIT_DONE, EXIT_NO_PROCESS},
		{EXIT_NO_PERMISSION, EXIT_NO_PROCESS, EXIT_UNDECIDED, EXIT_NO_PERMISSION},
		{EXIT_NO_PERMISSION, EXIT_UNDECIDED, EXIT_FOUND, EXIT_FOUND},
		{EXIT_FOUND, EXIT_NO_PROCESS, EXIT_DONE, EXIT_FOUND},
		{EXIT_UNDECIDED, EXIT_FOUND, EXIT_UNDECIDED, EXIT_FOUND},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct options options = text;
		struct capture capture;

		reset(NULL);
		script.count = 3;
		for (int at = 0; at < 3; at++)
			make(at + 1, cases[i][at]);
		options.procfs = "/p";
		capture_begin(&capture, 1);
		assert_int_equal(check_run(&options), cases[i][3]);
		free(capture_end(&capture));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(one_sample_is_judged_without_a_past, reset),
		cmocka_unit_test_setup(each_interval_has_a_sample, reset),
		cmocka_unit_test_setup(intervals_that_were_missed_are_not_made_up_for, reset),
		cmocka_unit_test_setup(nothing_is_waited_for_that_is_due, reset),
		cmocka_unit_test_setup(a_sample_that_does_not_come_yet_is_left_out, reset),
		cmocka_unit_test_setup(all_are_sampled_in_each_interval, reset),
		cmocka_unit_test_setup(one_that_ends_is_asked_no_more, reset),
		cmocka_unit_test_setup(one_that_cannot_be_read_is_not_reported_on, reset),
		cmocka_unit_test_setup(without_processes_nothing_is_begun, reset),
		cmocka_unit_test_setup(reports_for_people_stand_apart, reset),
		cmocka_unit_test_setup(what_cannot_be_written_is_undecided, reset),
		cmocka_unit_test(what_was_found_goes_before_what_is_not_known),
		cmocka_unit_test(the_worst_of_all_is_the_status),
	};

	return cmocka_run_group_tests_name("check_course", tests, NULL, NULL);
}
