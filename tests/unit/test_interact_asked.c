/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "interact_script.h"

/* What comes before the loop and after it, by a script. */

static int reset(void **state)
{
	(void)state;
	script_reset();
	return 0;
}

static void runs(int status, const char *expected)
{
	struct attachment given = {.source = given_source, .user = (char *)"me"};

	assert_int_equal(interact_run(&options, &given, script.launch), status);
	call_log_expect(expected);
}

#define OPENED "open the terminal\nopen record\n"
#define CLOSED "close, user me\nclose\nclose record\nclose the terminal\n"

static void a_process_is_attached_to_while_the_terminal_is_taken(void **state)
{
	struct launch launch = {0};

	(void)state;
	script.status = 31;
	runs(31, OPENED "attach to 7, a source\ntake\nend attaching\n"
			"loop of 7, name -, user me\n" CLOSED "say the end, 0\n");
	/* What is not there yet is waited for; a signal that resizes is none that ends. */
	script_reset();
	script.later = 2;
	script.asked = TTY_RESIZED;
	script.launch = &launch;
	script.launch_ends = true;
	runs(EXIT_DONE, OPENED "attach to 7, a source\ntake\nwait\nsignals\nwait\nsignals\n"
			       "end attaching\nloop of 7, name -, user me, a command\n" CLOSED
			       "say the end, 1\n");
}

static void without_a_number_the_loop_lets_choose(void **state)
{
	(void)state;
	options.pid = 0;
	options.name = "cat";
	assert_int_equal(interact_run(&options, NULL, NULL), EXIT_DONE);
	call_log_expect(OPENED "loop of 0, name cat, user -\nclose\nclose\n"
			       "close record\nclose the terminal\nsay the end, 0\n");
}

static void what_goes_wrong_before_is_the_end(void **state)
{
	(void)state;
	script.open = EXIT_TROUBLE;
	runs(EXIT_TROUBLE, "open the terminal\nclose, a source, user me\n");
	script_reset();
	script.record = EXIT_USAGE;
	runs(EXIT_USAGE, OPENED "say no record.\nclose, user me\nclose, a source\nclose record\n"
				"close the terminal\nsay the end, 0\n");
	script_reset();
	script.attach = -EAGAIN;
	runs(EXIT_TROUBLE, OPENED
	     "attach to 7, a source\nsay cannot start a thread: Resource temporarily "
	     "unavailable; try again when the machine is less busy.\n" CLOSED "say the end, 0\n");
	script_reset();
	script.attached = EXIT_NO_PERMISSION;
	runs(EXIT_NO_PERMISSION, OPENED
	     "attach to 7, a source\ntake\nend attaching\nrelease\nsay not attached.\n" CLOSED
	     "say the end, 0\n");
}

static void a_signal_meanwhile_is_the_end(void **state)
{
	(void)state;
	script.later = 9;
	script.asked = TTY_ENDING;
	if (!setjmp(script.death))
		interact_run(&options, NULL, NULL);
	call_log_expect(OPENED "attach to 7, no source\ntake\nwait\nsignals\nend attaching\n"
			       "close\nclose\nclose record\nclose the terminal\n"
			       "say the end, 0\ndie of 15\n");
}

static void a_signal_in_the_loop_is_the_end(void **state)
{
	(void)state;
	script.loses_terminal = true;
	if (!setjmp(script.death))
		interact_run(&options, NULL, NULL);
	call_log_expect(OPENED "attach to 7, no source\ntake\nend attaching\n"
			       "loop of 7, name -, user -\nclose\nclose\nclose record\n"
			       "close the terminal\nsay the end, 0\ndie of 1\n");
}

#define PLAYED "open record\nattach to 1, a source\ntake\nend attaching\n"

static void replays(int status, const char *expected)
{
	options.replay = "file";
	assert_int_equal(interact_replay(&options, NULL), status);
	call_log_expect(expected);
}

/* From its begin, at the interval that it was recorded at. */
static void a_recording_is_played(void **state)
{
	(void)state;
	options.interval_ns = 0;
	options.budget = 0.01;
	replays(EXIT_DONE,
		"open file\nread 9\ntimeline\nplay from 2\nheld 0\n"
		"open the terminal of path, interval 33, budget 1\n" PLAYED
		"loop of 1, name -, user you, a timeline\nclose, user you\nclose\nclose record\n"
		"close the terminal\nsay the end, 0\nclose file\nclose\n");
	script_reset();
	options.interval_ns = 44;
	script.timed = script.nameless = true;
	replays(EXIT_DONE, "open file\nread 9\ntimeline\nplay from 9\nheld 0\n"
			   "open the terminal of path, interval 44, budget 1\n" PLAYED
			   "loop of 1, name -, user -, a timeline\nclose\nclose\nclose record\n"
			   "close the terminal\nsay the end, 0\nclose file\nclose\n");
}

static void what_cannot_be_played_is_said(void **state)
{
	(void)state;
	script.file = EXIT_USAGE;
	replays(EXIT_USAGE, "open file\nsay no file.\nclose\n");
	script_reset();
	script.sample = -EBADMSG;
	replays(EXIT_TROUBLE,
		"open file\nread 9\nclose file and recording\nsay cannot read path: -74.\nclose\n");
	script_reset();
	script.timeline = -EBADMSG;
	replays(EXIT_TROUBLE, "open file\nread 9\ntimeline\nclose file and recording\n"
			      "say cannot read path: -74.\nclose, user you\n");
	/* It is closed by what should have played it. */
	script_reset();
	script.source = -EIO;
	replays(EXIT_TROUBLE, "open file\nread 9\ntimeline\nplay from 2\nclose file\n"
			      "say cannot read path: -5.\nclose, user you\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_process_is_attached_to_while_the_terminal_is_taken, reset),
		cmocka_unit_test_setup(without_a_number_the_loop_lets_choose, reset),
		cmocka_unit_test_setup(what_goes_wrong_before_is_the_end, reset),
		cmocka_unit_test_setup(a_signal_meanwhile_is_the_end, reset),
		cmocka_unit_test_setup(a_signal_in_the_loop_is_the_end, reset),
		cmocka_unit_test_setup(a_recording_is_played, reset),
		cmocka_unit_test_setup(what_cannot_be_played_is_said, reset),
	};

	return cmocka_run_group_tests_name("interact_asked", tests, NULL, NULL);
}
