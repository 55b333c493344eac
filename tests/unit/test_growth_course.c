/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth_script.h"

/* When --growth looks at the mappings, and when it ends, by a script. */

static struct options options;

/* It listens from the first turn on. */
static int reset(void **state)
{
	(void)state;
	script_reset();
	options = (struct options){
		.action = ACTION_GROWTH, .format = FORMAT_FOLDED, .pid = 5, .procfs = "/p"};
	script.turns[0] = (struct turn){.came = NEWS, .passed = MS, .sites = true};
	return 0;
}

static void runs(struct launch *launch, int status, const char *expected)
{
	assert_int_equal(growth_run(&options, given_source, launch), status);
	script_check_closed();
	call_log_expect(expected);
}

#define BEGUN "read\ncreate /p\nlisten to 1 pages\n- 60000 ms\nrelease nothing\n"
#define END   "destroy listener\ndestroy source\nsay the end of nothing, 0\n"
#define ENDED "destroy listener\ndestroy source\nsay the end of nothing, 1\n"

/* The last result, in that turn. */
static void end_in(int turn)
{
	script.turns[turn - 1].came |= NEWS;
	script.turns[turn - 1].sites = script.turns[turn - 1].ended = true;
}

static void mappings_are_listed_each_second(void **state)
{
	(void)state;
	options.growth_ns = (uint64_t)(2500 * MS + 1);
	end_in(5);
	/* The first millisecond passed before it listened. */
	runs(NULL, EXIT_DONE,
	     BEGUN
	     "- 999 ms\nread\nrenew 2\n- 1000 ms\nread\nrenew 3\n- 502 ms\n"
	     "read\nrenew 4\nlisten no more\n- 60000 ms\nfolded of test, sites of turn 5\n" END);
}

/* A list that takes long is no reason for the next one at once. */
static void what_was_missed_is_not_made_up_for(void **state)
{
	(void)state;
	options.growth_ns = (uint64_t)(3500 * MS);
	script.costs[1] = 2000 * MS;
	end_in(4);
	runs(NULL, EXIT_DONE,
	     BEGUN
	     "- 999 ms\nread\nrenew 2\n- 501 ms\n"
	     "read\nrenew 3\nlisten no more\n- 60000 ms\nfolded of test, sites of turn 4\n" END);
}

/* Where something was touched that is in none, the next comes sooner, once. */
static void a_list_that_is_wanted_comes_sooner(void **state)
{
	(void)state;
	options.growth_ns = (uint64_t)(200 * MS);
	script.turns[0].wants_space = true;
	end_in(4);
	runs(NULL, EXIT_DONE,
	     BEGUN
	     "- 49 ms\nread\nrenew 2\n- 151 ms\n"
	     "read\nrenew 3\nlisten no more\n- 60000 ms\nfolded of test, sites of turn 4\n" END);
	/* One that fails is tried again as soon; that there is another wish changes nothing. */
	reset(NULL);
	options.growth_ns = (uint64_t)(100 * MS);
	script.turns[0].wants_space = true;
	script.turns[1] = (struct turn){.came = NEWS, .passed = 29 * MS, .wants_space = true};
	script.errors[1] = -EIO;
	end_in(5);
	runs(NULL, EXIT_DONE,
	     BEGUN "- 49 ms\n- 20 ms\nread\n- 51 ms\nread\nrenew 3\nlisten no more\n- 60000 ms\n"
		   "folded of test, sites of turn 5\n" END);
}

static void it_listens_until_the_process_ends(void **state)
{
	(void)state;
	/* By its descriptor, which is not looked at any more. */
	script.turns[1] = (struct turn){.came = EXIT, .passed = MS};
	script.turns[2].passed = 5 * MS;
	end_in(4);
	runs(NULL, EXIT_DONE,
	     BEGUN "- 999 ms\nlisten no more\n- 60000 ms, not for the exit\n"
		   "- 59995 ms, not for the exit\nfolded of test, sites of turn 4\n" ENDED);
}

static void a_list_that_finds_no_process_is_its_end(void **state)
{
	(void)state;
	script.errors[1] = -ESRCH;
	end_in(3);
	runs(NULL, EXIT_DONE,
	     BEGUN
	     "- 999 ms\nread\nlisten no more\n- 60000 ms\nfolded of test, sites of turn 3\n" ENDED);
	/* The listener says that it is over; the last list says why. */
	reset(NULL);
	end_in(2);
	script.errors[1] = -ESRCH;
	runs(NULL, EXIT_DONE,
	     BEGUN "- 999 ms\nread\nlisten no more\nfolded of test, sites of turn 2\n" ENDED);
}

static void the_last_result_is_waited_for_a_minute(void **state)
{
	(void)state;
	options.growth_ns = (uint64_t)MS;
	script.turns[2].passed = 59999 * MS;
	script.turns[3].passed = MS;
	runs(NULL, EXIT_DONE,
	     BEGUN "- 1 ms\nread\nrenew 2\nlisten no more\n- 60000 ms\n- 1 ms\n"
		   "folded of test, sites of turn 1\n" END);
}

static void results_are_as_the_format_has_them(void **state)
{
	(void)state;
	options.growth_ns = (uint64_t)MS;
	options.format = FORMAT_JSON;
	end_in(3);
	runs(NULL, EXIT_DONE,
	     BEGUN "- 1 ms\nread\nrenew 2\nlisten no more\n- 60000 ms\n"
		   "json of 2 pages, sites of turn 3\n" END);
	reset(NULL);
	options.growth_ns = (uint64_t)MS;
	options.format = FORMAT_PICTURE;
	script.write = -ENOSPC;
	end_in(3);
	runs(NULL, EXIT_DONE,
	     BEGUN
	     "- 1 ms\nread\nrenew 2\nlisten no more\n- 60000 ms\ntable of 1 to 2 pages\n" END);
	reset(NULL);
	options.growth_ns = (uint64_t)MS;
	script.write = -ENOSPC;
	end_in(3);
	runs(NULL, EXIT_TROUBLE,
	     BEGUN "- 1 ms\nread\nrenew 2\nlisten no more\n- 60000 ms\n"
		   "folded of test, sites of turn 3\n"
		   "say cannot write to standard output: No space left on device.\n" END);
}

/* What execve(2) replaced is not compared with. */
static void another_program_is_compared_with_itself(void **state)
{
	(void)state;
	options.growth_ns = (uint64_t)(1500 * MS);
	options.format = FORMAT_PICTURE;
	for (int i = 1; i < READS; i++)
		script.others[i] = i == 1;
	script.others[2] = false;
	end_in(4);
	runs(NULL, EXIT_DONE,
	     BEGUN "- 999 ms\nread\nrenew 2\n- 501 ms\nread\nrenew 3\nlisten no more\n"
		   "- 60000 ms\ntable of 3 to 3 pages\n" END);
}

static void signals_end_it_with_a_result_or_without(void **state)
{
	(void)state;
	script.turns[1] =
		(struct turn){.came = SIGNALS, .passed = MS, .numbers = {SIGTSTP, SIGUSR1, SIGINT}};
	end_in(3);
	runs(NULL, EXIT_DONE,
	     BEGUN "- 999 ms\nstop\nread\nrenew 2\nlisten no more\n- 60000 ms\n"
		   "folded of test, sites of turn 3\n" END);
	reset(NULL);
	script.turns[1] =
		(struct turn){.came = SIGNALS, .passed = MS, .numbers = {SIGINT, SIGTERM}};
	if (!setjmp(script.death))
		growth_run(&options, given_source, NULL);
	call_log_expect(BEGUN "- 999 ms\nread\nrenew 2\nlisten no more\n" END "die of 15\n");
}

/* It waits for that, and for as long as a signal does not end it. */
static void before_it_listens_signals_end_it(void **state)
{
	(void)state;
	script.interrupted = true;
	script.turns[0] = (struct turn){.came = SIGNALS | NEWS, .numbers = {SIGINT}};
	script.turns[1] = (struct turn){.came = SIGNALS | NEWS, .numbers = {SIGHUP}};
	if (!setjmp(script.death))
		growth_run(&options, given_source, NULL);
	call_log_expect("read\ncreate /p\nlisten to 1 pages\n- 60000 ms\n- 60000 ms\n- 60000 ms\n"
			"release nothing\n" END "die of 1\n");
}

static void why_it_cannot_listen_is_said(void **state)
{
	struct launch launch = {0};

	(void)state;
	script.turns[0] = (struct turn){.came = NEWS, .error = -EPERM};
	runs(&launch, 40,
	     "read\ncreate /p\nlisten to 1 pages, from start\n- 60000 ms\nrelease the command\n"
	     "say Refused of 5: -1.\ndestroy listener\ndestroy source\n"
	     "say the end of the command, 0\n");
	reset(NULL);
	options.format = FORMAT_PICTURE;
	script.turns[0] = (struct turn){.came = NEWS, .error = -ESRCH};
	runs(NULL, 40, BEGUN "say Refused of 5: -3.\n" END);
}

#define INSTEAD "say Refused of 5: -1. What grew is shown instead, without whose code it was.\n"

static void people_see_what_grew_nevertheless(void **state)
{
	(void)state;
	options.format = FORMAT_PICTURE;
	options.growth_ns = (uint64_t)(300 * MS);
	script.turns[0] = (struct turn){.came = NEWS, .passed = MS, .error = -EPERM};
	runs(NULL, 40, BEGUN INSTEAD "- 300 ms\nread\nrenew 2\ngrowers of 1 to 2 pages\n" END);
	reset(NULL);
	options.format = FORMAT_PICTURE;
	script.turns[0] = (struct turn){.came = NEWS, .passed = MS, .error = -EPERM};
	script.turns[1] = (struct turn){.came = SIGNALS, .numbers = {SIGTERM}};
	if (!setjmp(script.death))
		growth_run(&options, given_source, NULL);
	call_log_expect(BEGUN INSTEAD "- 999 ms\n" END "die of 15\n");
	/* The signal came first. */
	reset(NULL);
	options.format = FORMAT_PICTURE;
	script.turns[0] = (struct turn){
		.came = SIGNALS | NEWS, .passed = MS, .numbers = {SIGTERM}, .error = -EPERM};
	if (!setjmp(script.death))
		growth_run(&options, given_source, NULL);
	call_log_expect(BEGUN INSTEAD END "die of 15\n");
}

static void what_cannot_begin_is_said(void **state)
{
	(void)state;
	script.errors[0] = -EACCES;
	runs(NULL, EXIT_NO_PERMISSION,
	     "read\ndenied, -13\ndestroy nothing\ndestroy source\nsay the end of nothing, 0\n");
	reset(NULL);
	script.create = -EAGAIN;
	runs(NULL, EXIT_TROUBLE,
	     "read\ncreate /p\nsay cannot start a thread: Resource temporarily unavailable; try "
	     "again when the machine is less busy.\ndestroy nothing\ndestroy source\n"
	     "say the end of nothing, 0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(mappings_are_listed_each_second, reset),
		cmocka_unit_test_setup(what_was_missed_is_not_made_up_for, reset),
		cmocka_unit_test_setup(a_list_that_is_wanted_comes_sooner, reset),
		cmocka_unit_test_setup(it_listens_until_the_process_ends, reset),
		cmocka_unit_test_setup(a_list_that_finds_no_process_is_its_end, reset),
		cmocka_unit_test_setup(the_last_result_is_waited_for_a_minute, reset),
		cmocka_unit_test_setup(results_are_as_the_format_has_them, reset),
		cmocka_unit_test_setup(another_program_is_compared_with_itself, reset),
		cmocka_unit_test_setup(signals_end_it_with_a_result_or_without, reset),
		cmocka_unit_test_setup(before_it_listens_signals_end_it, reset),
		cmocka_unit_test_setup(why_it_cannot_listen_is_said, reset),
		cmocka_unit_test_setup(people_see_what_grew_nevertheless, reset),
		cmocka_unit_test_setup(what_cannot_begin_is_said, reset),
	};

	return cmocka_run_group_tests_name("growth_course", tests, NULL, NULL);
}
