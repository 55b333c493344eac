/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "entry_script.h"

/* Which parts of the program run for which options, and in which order, all of them stood in for.
 */

/* Runs it. What it does before and after the part that is expected is the same each time. */
static void runs(int status, const char *expected)
{
	char *argv[] = {(char *)"vastop", NULL}, whole[1000];

	call_log_clear();
	assert_int_equal(entry_run(1, argv), status);
	snprintf(whole, sizeof(whole),
		 "prepare\nmallopt 1, 524288\nlocale 1 ''\nread 1 of vastop\nsettings\n%sfinish\n",
		 expected);
	call_log_expect(whole);
}

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.options.pid = 12;
	script.run = 9;
	return 0;
}

static void a_mistake_ends_it_before_the_users_files_are_read(void **state)
{
	char *argv[] = {(char *)"vastop", (char *)"-?", NULL};

	(void)state;
	script.options.action = ACTION_MISTAKE;
	call_log_clear();
	assert_int_equal(entry_run(2, argv), EXIT_USAGE);
	call_log_expect("prepare\nmallopt 1, 524288\nlocale 1 ''\nread 2 of vastop\n");
}

/* It is the first of what runs with that action. */
static void runs_action(enum options_action action, const char *expected)
{
	script.options.action = action;
	runs(9, expected);
}

static void a_process_is_attached_to_for_what_reads_it(void **state)
{
	(void)state;
	runs_action(ACTION_WATCH, "sandbox\nwatch of 12\n");
	runs_action(ACTION_EVENTS, "sandbox\nattach to 12\nevents of 12\n");
	runs_action(ACTION_GROWTH, "sandbox\nattach to 12\ngrowth of 12\n");
	runs_action(ACTION_LOCATE, "sandbox\nattach to 12\nlocate of 12\ndestroy\n");
	runs_action(ACTION_BYTES, "sandbox\nattach to 12\ndump of 12\ndestroy\n");
	runs_action(ACTION_INSIDE, "sandbox\nattach to 12\nlook inside of 12\ndestroy\n");
	runs_action(ACTION_SEARCH, "sandbox\nattach to 12\nfind of 12\ndestroy\n");
	runs_action(ACTION_CHECK, "sandbox\ncheck of 12\n");
	runs_action(ACTION_ONCE, "sandbox\nonce of 12\n");
	runs_action(ACTION_EXPORT, "sandbox\ncut of 12\n");
	script.options.format = FORMAT_OPENMETRICS;
	runs_action(ACTION_ONCE, "sandbox\nexport of 12\n");
	/* The format is that of --once. */
	runs_action(ACTION_CHECK, "sandbox\ncheck of 12\n");
	script.attach = EXIT_NO_PERMISSION;
	script.options.action = ACTION_LOCATE;
	runs(EXIT_NO_PERMISSION, "sandbox\nattach to 12\nsay not attached.\n");
}

static void the_action_goes_before_what_it_is_done_with(void **state)
{
	(void)state;
	script.options.replay = "old";
	runs_action(ACTION_WATCH, "sandbox\nreplay of 12\n");
	runs_action(ACTION_ONCE, "sandbox\nreplay once of 12\n");
	runs_action(ACTION_CHECK, "sandbox\nreplay once of 12\n");
	runs_action(ACTION_EXPORT, "sandbox\ncut of 12\n");
	runs_action(ACTION_DIFF, "sandbox\ncompare of 12\n");
	script.compares_on_screen = true;
	runs_action(ACTION_DIFF, "sandbox\ncompare on the screen of 12\n");
}

static void a_name_is_looked_up_and_may_be_chosen_on_the_screen(void **state)
{
	(void)state;
	script.options.name = "cat";
	runs_action(ACTION_WATCH, "sandbox\nresolve cat, or choose\nwatch of 34\n");
	runs_action(ACTION_EVENTS, "sandbox\nresolve cat\nattach to 34\nevents of 34\n");
	script.name = EXIT_USAGE;
	script.options.action = ACTION_WATCH;
	runs(EXIT_USAGE, "sandbox\nresolve cat, or choose\n");
}

static void a_command_is_started_first_and_confined_never(void **state)
{
	char *command[] = {(char *)"make", NULL};

	(void)state;
	script.options.command = command;
	script.options.output = "log";
	script.state = LAUNCH_HELD;
	runs_action(ACTION_WATCH, "launch make > log, held\nsandbox\nlook for 50\n"
				  "watch the command of 51\nsay the end\nend of launch\n");
	runs_action(ACTION_EVENTS, "launch make > log, held\nsandbox\nlook for 50\nattach to 51\n"
				   "events of the command of 51\nsay the end\nend of launch\n");
	runs_action(ACTION_GROWTH, "launch make > log, held\nsandbox\nlook for 50\nattach to 51\n"
				   "growth of the command of 51\nsay the end\nend of launch\n");
	/* Its end is waited for where that is why nothing is shown. */
	script.run = EXIT_NO_PROCESS;
	script.options.action = ACTION_WATCH;
	runs(EXIT_NO_PROCESS, "launch make > log, held\nsandbox\nlook for 50\n"
			      "watch the command of 51\nsay the end, wait\nend of launch\n");
	script.find = EXIT_TROUBLE;
	runs(EXIT_TROUBLE, "launch make > log, held\nsandbox\nlook for 50\nsay not found.\n"
			   "say the end\nend of launch\n");
	script.state = LAUNCH_ENDED;
	runs(EXIT_NO_PROCESS,
	     "launch make > log, held\nsandbox\nsay the end, wait\nend of launch\n");
	script.start = -2;
	runs(126, "launch make > log, held\nmake > log: -2 of exec\n");
}

static void a_core_file_is_opened_outside_and_read_inside_the_sandbox(void **state)
{
	(void)state;
	script.options.core = "core";
	runs_action(ACTION_ONCE, "open core\nsandbox\nread the core file\nchoose\nonce of 77\n"
				 "close\n");
	runs_action(ACTION_LOCATE, "open core\nsandbox\nread the core file\nchoose\n"
				   "attach to 77\nlocate of 77\ndestroy\nclose\n");
	script.read = EXIT_TROUBLE;
	script.options.action = ACTION_ONCE;
	runs(EXIT_TROUBLE, "open core\nsandbox\nread the core file\nsay not read.\nclose\n");
	script.open = EXIT_USAGE;
	runs(EXIT_USAGE, "open core\nsay not opened.\nclose\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_mistake_ends_it_before_the_users_files_are_read, reset),
		cmocka_unit_test_setup(a_process_is_attached_to_for_what_reads_it, reset),
		cmocka_unit_test_setup(the_action_goes_before_what_it_is_done_with, reset),
		cmocka_unit_test_setup(a_name_is_looked_up_and_may_be_chosen_on_the_screen, reset),
		cmocka_unit_test_setup(a_command_is_started_first_and_confined_never, reset),
		cmocka_unit_test_setup(a_core_file_is_opened_outside_and_read_inside_the_sandbox,
				       reset),
	};

	return cmocka_run_group_tests_name("entry_calls", tests, NULL, NULL);
}
