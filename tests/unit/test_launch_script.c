/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "launch_script.h"

/* What the child does until it is the command, and what its parent makes of it, by a script. */

static char *const command[] = {(char *)"/no/such/make", (char *)"all", NULL};
static struct launch launch;
static enum launch_step step;

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.forked = CHILD;
	script.notes = NOTES;
	script.input = INPUT;
	script.parent = PARENT;
	script.exec_error = ENOENT;
	launch = (struct launch){.state = LAUNCH_ENDED};
	step = LAUNCH_OUTPUT;
	call_log_clear();
	return 0;
}

#define OPENED     "output log of /no/such/make\nlift 905\nopen /dev/null 1\nlift 906\nfork\n"
#define DUPLICATED OPENED "setsid\ndup2 0 of 903\ndup2 1 of 901\ndup2 2 of 901\n"
#define EXECUTED   "end with the parent by 0\nexecute /no/such/make all\nnote 1 of step 2\nexit 127\n"

/* A child ends, and frees nothing. */
static void forget_path(void)
{
	free(script.path);
	script.path = NULL;
}

/* In the child; the error that it tells. */
static void child(bool trace, const char *expected, int error)
{
	script.forked = 0;
	if (!setjmp(script.end)) {
		launch_start(command, "log", trace, &launch, &step);
		fail();
	}
	forget_path();
	call_log_expect(expected);
	assert_int_equal(sent.error, error);
}

static void the_child_becomes_the_command(void **state)
{
	(void)state;
	child(false, DUPLICATED "end with the parent by 9\n" EXECUTED, ENOENT);
	reset(NULL);
	script.exec_error = EACCES;
	child(true,
	      DUPLICATED
	      "end with the parent by 9\ntrace me\nnote 0 of step 2\nraise 19\n" EXECUTED,
	      EACCES);
	/* Where it may not be traced it runs all the same. */
	reset(NULL);
	script.failing = "trace";
	child(true, DUPLICATED "end with the parent by 9\ntrace me\n" EXECUTED, ENOENT);
}

static void what_fails_in_the_child_is_told(void **state)
{
	static const char *const calls[] = {"setsid\n", "dup2 0 of 903\n", "dup2 1 of 901\n",
					    "dup2 2 of 901\n"};
	static const char *const failing[] = {"setsid", "dup2 0", "dup2 1", "dup2 2"};
	char expected[300] = OPENED;

	(void)state;
	for (int i = 0; i < 4; i++) {
		char all[400];

		reset(NULL);
		script.failing = failing[i];
		strcat(expected, calls[i]);
		snprintf(all, sizeof(all), "%snote 1 of step 1\nexit 127\n", expected);
		child(false, all, EMFILE);
	}
}

static void without_a_parent_there_is_no_command(void **state)
{
	(void)state;
	script.parent = 1;
	child(false, DUPLICATED "end with the parent by 9\nexit 127\n", EMFILE);
	reset(NULL);
	script.failing = "prctl";
	child(false, DUPLICATED "end with the parent by 9\nexit 127\n", EMFILE);
	/* None that could be told. */
	reset(NULL);
	script.failing = "write";
	child(true, DUPLICATED "end with the parent by 9\ntrace me\nnote 0 of step 2\nexit 127\n",
	      EPERM);
}

/* A command without a slash, which is looked for in PATH; whether it is there says why it fails. */
static void search(const char *path, const char *there, const char *accessed, int error)
{
	char *const make[] = {(char *)"make", NULL};
	char expected[600];

	reset(NULL);
	if (path)
		setenv("PATH", path, 1);
	else
		unsetenv("PATH");
	script.forked = 0;
	script.exec_error = EACCES;
	script.there = there;
	if (!setjmp(script.end))
		launch_start(make, "log", false, &launch, &step);
	forget_path();
	snprintf(expected, sizeof(expected),
		 "output log of make\nlift 905\nopen /dev/null 1\nlift 906\nfork\nsetsid\n"
		 "dup2 0 of 903\ndup2 1 of 901\ndup2 2 of 901\nend with the parent by 9\n"
		 "end with the parent by 0\nexecute make -\n%snote 1 of step 2\nexit 127\n",
		 accessed);
	call_log_expect(expected);
	assert_int_equal(sent.error, error);
}

static void one_that_is_in_no_folder_is_not_there(void **state)
{
	(void)state;
	search("/no/a:/no/b", NULL, "access /no/a/make 0\naccess /no/b/make 0\n", ENOENT);
	search("/no/a:/no/b:/no/c", "/no/b/make", "access /no/a/make 0\naccess /no/b/make 0\n",
	       EACCES);
	/* An empty one is the current folder. */
	search(":/no/b", NULL, "access make 0\naccess /no/b/make 0\n", ENOENT);
	search("/no/a:", "make", "access /no/a/make 0\naccess make 0\n", EACCES);
	search(NULL, NULL, "", ENOENT);
}

#define FORKED OPENED "close 902\nclose 903\n"
#define CLOSED "close 904\nclose 901\n"

static void parent(int error, enum launch_step failed, const char *expected)
{
	assert_int_equal(launch_start(command, "log", true, &launch, &step), error);
	call_log_expect(expected);
	if (error)
		assert_int_equal(step, failed);
}

static void start_ends(enum launch_state state, int status)
{
	assert_int_equal(launch.pid, CHILD);
	assert_int_equal(launch.state, state);
	assert_int_equal(launch.status, status);
	assert_string_equal(launch.command, "/no/such/make");
	assert_string_equal(launch.output, "log");
	assert_false(launch.fresh);
	launch.state = LAUNCH_ENDED;
	launch_finish(&launch);
	assert_null(launch.command);
}

#define STOP(number) ((number) << 8 | 0x7f)
#define EXECUTES     ((SIGTRAP | PTRACE_EVENT_EXEC << 8) << 8 | 0x7f)

/* Signals from others are handed on; the stop that the child makes itself is not. */
static void a_child_is_followed_to_its_execve(void **state)
{
	(void)state;
	script.interruptions = script.waits_interrupted = 2;
	script.notes_type[0] = NOTE_OF_TRACED;
	script.statuses[0] = STOP(SIGUSR1);
	script.statuses[1] = STOP(SIGSTOP);
	script.statuses[2] = STOP(SIGSTOP);
	script.statuses[3] = STOP(SIGTRAP);
	script.statuses[4] = EXECUTES;
	parent(0, 0,
	       FORKED "read\nwait\ncontinue 4321 with 10\nwait\noptions of 4321\n"
		      "continue 4321 with 0\nwait\ncontinue 4321 with 19\nwait\n"
		      "continue 4321 with 5\nwait\n" CLOSED);
	start_ends(LAUNCH_HELD, 0);
}

static void without_a_note_it_was_executed(void **state)
{
	(void)state;
	parent(0, 0, FORKED "read\n" CLOSED);
	start_ends(LAUNCH_RUNNING, 0);
}

static void one_that_ends_on_the_way_has_ended(void **state)
{
	(void)state;
	script.notes_type[0] = NOTE_OF_TRACED;
	script.statuses[0] = STOP(SIGSTOP);
	script.statuses[1] = SIGKILL;
	parent(0, 0,
	       FORKED "read\nwait\noptions of 4321\ncontinue 4321 with 0\nwait\nread\n" CLOSED);
	start_ends(LAUNCH_ENDED, SIGKILL);
	/* It said why. */
	reset(NULL);
	script.notes_type[0] = NOTE_OF_TRACED;
	script.notes_type[1] = NOTE_OF_FAILURE;
	script.statuses[0] = 127 << 8;
	parent(-ENOENT, LAUNCH_EXEC, FORKED "read\nwait\nread\n" CLOSED);
}

static void one_that_fails_is_not_left(void **state)
{
	(void)state;
	script.notes_type[0] = NOTE_OF_FAILURE;
	script.statuses[0] = STOP(SIGSTOP);
	script.statuses[1] = SIGKILL;
	parent(-ENOENT, LAUNCH_EXEC, FORKED "read\nkill 4321 by 9\nwait\nwait\n" CLOSED);
	reset(NULL);
	script.notes_type[0] = NOTE_OF_TRACED;
	script.statuses[0] = STOP(SIGSTOP);
	script.statuses[1] = SIGKILL;
	script.ptrace_error = -1;
	parent(-EIO, LAUNCH_FORK,
	       FORKED "read\nwait\noptions of 4321\nkill 4321 by 9\nwait\n" CLOSED);
	reset(NULL);
	script.notes_type[0] = NOTE_OF_TRACED;
	script.statuses[0] = -1;
	script.wait_error = ECHILD;
	parent(-ECHILD, LAUNCH_FORK, FORKED "read\nwait\nkill 4321 by 9\nwait\n" CLOSED);
}

static void what_cannot_begin_leaves_nothing_open(void **state)
{
	(void)state;
	script.output = -EACCES;
	parent(-EACCES, LAUNCH_OUTPUT, "output log of /no/such/make\n");
	reset(NULL);
	script.pipe = -1;
	parent(-ENFILE, LAUNCH_FORK, "output log of /no/such/make\nclose 901\n");
	reset(NULL);
	script.notes = -EMFILE;
	parent(-EMFILE, LAUNCH_FORK,
	       "output log of /no/such/make\nlift 905\nopen /dev/null 1\nlift 906\nclose "
	       "903\n" CLOSED);
	reset(NULL);
	script.input = -ENFILE;
	parent(-ENFILE, LAUNCH_FORK,
	       "output log of /no/such/make\nlift 905\nopen /dev/null 1\nlift 906\nclose "
	       "902\n" CLOSED);
	reset(NULL);
	script.forked = -1;
	parent(-EAGAIN, LAUNCH_FORK, FORKED CLOSED);
	assert_null(launch.command);
	/* A file that was made for it goes. */
	reset(NULL);
	script.forked = -1;
	assert_int_equal(launch_start(command, NULL, true, &launch, &step), -EAGAIN);
	call_log_expect("output - of /no/such/make\nlift 905\nopen /dev/null 1\nlift 906\nfork\n"
			"close 902\nclose 903\n" CLOSED "unlink /fresh\n");
}

static void begin(enum launch_state state, bool fresh)
{
	reset(NULL);
	launch = (struct launch){.pid = CHILD,
				 .state = state,
				 .command = memory_copy_string("make"),
				 .output = memory_copy_string("log"),
				 .fresh = fresh};
}

static void what_is_held_is_let_go_once(void **state)
{
	(void)state;
	begin(LAUNCH_HELD, true);
	launch_release(&launch);
	call_log_expect("detach 4321 with 0\n");
	assert_int_equal(launch.state, LAUNCH_RUNNING);
	launch_release(&launch);
	launch_release(NULL);
	call_log_expect("");
	launch_finish(&launch);
	call_log_expect("");
}

static void what_is_held_ends_with_the_launch(void **state)
{
	(void)state;
	begin(LAUNCH_HELD, true);
	script.statuses[0] = SIGKILL;
	launch_finish(&launch);
	call_log_expect("kill 4321 by 9\nwait\nunlink log\n");
	assert_int_equal(launch.state, LAUNCH_ENDED);
	begin(LAUNCH_HELD, false);
	script.statuses[0] = SIGKILL;
	launch_finish(&launch);
	call_log_expect("kill 4321 by 9\nwait\n");
	begin(LAUNCH_ENDED, true);
	launch_finish(&launch);
	call_log_expect("");
}

static void its_end_is_seen_or_waited_for(void **state)
{
	(void)state;
	begin(LAUNCH_RUNNING, false);
	script.nothing_waits = true;
	assert_false(launch_ended(&launch, false));
	call_log_expect("wait not\n");
	script.nothing_waits = false;
	script.statuses[0] = STOP(SIGSTOP);
	script.statuses[1] = 3 << 8;
	assert_true(launch_ended(&launch, false));
	call_log_expect("wait not\nwait not\n");
	assert_int_equal(launch.status, 3 << 8);
	assert_true(launch_ended(&launch, true));
	call_log_expect("");
	launch_finish(&launch);
	/* One that is held would never end. */
	begin(LAUNCH_HELD, false);
	script.statuses[0] = SIGTERM;
	assert_true(launch_ended(&launch, true));
	call_log_expect("detach 4321 with 0\nwait\n");
	assert_int_equal(launch.status, SIGTERM);
	launch_finish(&launch);
	begin(LAUNCH_RUNNING, false);
	script.statuses[0] = -1;
	script.wait_error = ECHILD;
	assert_false(launch_ended(&launch, true));
	call_log_expect("wait\n");
	launch_finish(&launch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_child_becomes_the_command, reset),
		cmocka_unit_test_setup(what_fails_in_the_child_is_told, reset),
		cmocka_unit_test_setup(without_a_parent_there_is_no_command, reset),
		cmocka_unit_test(one_that_is_in_no_folder_is_not_there),
		cmocka_unit_test_setup(a_child_is_followed_to_its_execve, reset),
		cmocka_unit_test_setup(without_a_note_it_was_executed, reset),
		cmocka_unit_test_setup(one_that_ends_on_the_way_has_ended, reset),
		cmocka_unit_test_setup(one_that_fails_is_not_left, reset),
		cmocka_unit_test_setup(what_cannot_begin_leaves_nothing_open, reset),
		cmocka_unit_test(what_is_held_is_let_go_once),
		cmocka_unit_test(what_is_held_ends_with_the_launch),
		cmocka_unit_test(its_end_is_seen_or_waited_for),
	};

	return cmocka_run_group_tests_name("launch_script", tests, NULL, NULL);
}
