/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/launch.h"

#define COMMAND(...) ((char *const[]){__VA_ARGS__, NULL})

struct place {
	char folder[64];
	char output[96], script[96];
};

static int make_place(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	strcpy(place->folder, "/tmp/test_launch-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->output, sizeof(place->output), "%s/output", place->folder);
	snprintf(place->script, sizeof(place->script), "%s/script", place->folder);
	*state = place;
	return 0;
}

static int remove_place(void **state)
{
	struct place *place = *state;

	unlink(place->output);
	unlink(place->script);
	assert_int_equal(rmdir(place->folder), 0);
	free(place);
	return 0;
}

static void write_script(const struct place *place, const char *text, mode_t mode)
{
	FILE *file = fopen(place->script, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(place->script, mode), 0);
}

/* What the file holds; the caller frees it. */
static char *read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = calloc(1, 4096);

	assert_non_null(file);
	assert_true(fread(text, 1, 4095, file) < 4095);
	fclose(file);
	return text;
}

/* The process's letter in /proc/PID/stat, after the name in parentheses. */
static char state_of(pid_t pid)
{
	char path[64], *text, letter;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	text = read_file(path);
	letter = strrchr(text, ')')[2];
	free(text);
	return letter;
}

static void check_comm(pid_t pid, const char *comm)
{
	char path[64], *text;

	snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
	text = read_file(path);
	assert_string_equal(text, comm);
	free(text);
}

static void check_output(const struct place *place, const char *expected)
{
	char *text = read_file(place->output);

	assert_string_equal(text, expected);
	free(text);
}

static struct launch start(const struct place *place, char *const *argv, bool may_trace)
{
	enum launch_step step;
	struct launch launch;

	assert_int_equal(launch_start(argv, place->output, may_trace, &launch, &step), 0);
	return launch;
}

static void the_exit_status_is_told(void **state)
{
	for (int i = 0; i < 4; i++) {
		struct launch launch =
			start(*state, COMMAND("sh", "-c", i / 2 ? "exit 3" : "true"), i % 2);

		assert_true(launch_ended(&launch, true));
		assert_true(WIFEXITED(launch.status));
		assert_int_equal(WEXITSTATUS(launch.status), i / 2 ? 3 : 0);
		/* No zombie: the process does not exist any more. */
		assert_int_equal(kill(launch.pid, 0), -1);
		assert_int_equal(errno, ESRCH);
		launch_finish(&launch);
	}
}

static void a_signal_is_told(void **state)
{
	struct launch launch = start(*state, COMMAND("sh", "-c", "kill -9 $$"), true);

	assert_true(launch_ended(&launch, true));
	assert_true(WIFSIGNALED(launch.status));
	assert_int_equal(WTERMSIG(launch.status), SIGKILL);
	launch_finish(&launch);
}

/* Skips the test where this process may not trace its child. */
static void need_held(struct launch *launch)
{
	if (launch->state == LAUNCH_HELD)
		return;
	launch_ended(launch, true);
	launch_finish(launch);
	skip();
}

static void it_is_held_as_the_new_program(void **state)
{
	const struct place *place = *state;
	struct launch launch = start(place, COMMAND("sh", "-c", "echo ran"), true);

	need_held(&launch);
	assert_int_equal(state_of(launch.pid), 't');
	assert_false(launch_ended(&launch, false));
	/* It is sh by now, and has done nothing. */
	check_comm(launch.pid, "sh\n");
	check_output(place, "");
	launch_release(&launch);
	launch_release(&launch);
	assert_true(launch_ended(&launch, true));
	assert_int_equal(launch.status, 0);
	check_output(place, "ran\n");
	launch_finish(&launch);
}

/* rmdir() at the end proves that nothing is in the folder. */
static void what_is_held_ends_with_the_launch(void **state)
{
	const struct place *place = *state;
	enum launch_step step;
	struct launch launch;
	pid_t pid;

	setenv("TMPDIR", place->folder, 1);
	assert_int_equal(launch_start(COMMAND("true"), NULL, true, &launch, &step), 0);
	unsetenv("TMPDIR");
	assert_memory_equal(launch.output, place->folder, strlen(place->folder));
	if (launch.state != LAUNCH_HELD)
		unlink(launch.output);
	need_held(&launch);
	pid = launch.pid;
	launch_finish(&launch);
	assert_int_equal(kill(pid, 0), -1);
}

static void what_is_killed_while_held_has_ended(void **state)
{
	struct launch launch = start(*state, COMMAND("sleep", "1000"), true);

	need_held(&launch);
	kill(launch.pid, SIGKILL);
	launch_release(&launch);
	assert_true(launch_ended(&launch, true));
	assert_int_equal(WTERMSIG(launch.status), SIGKILL);
	launch_finish(&launch);
}

static void untraced_it_is_the_new_program_and_runs(void **state)
{
	struct launch launch = start(*state, COMMAND("sleep", "1000"), false);

	assert_int_equal(launch.state, LAUNCH_RUNNING);
	check_comm(launch.pid, "sleep\n");
	assert_false(launch_ended(&launch, false));
	kill(launch.pid, SIGTERM);
	assert_true(launch_ended(&launch, true));
	assert_int_equal(WTERMSIG(launch.status), SIGTERM);
	launch_finish(&launch);
}

/* stdin at its end, stdout and stderr in the file in order, no other descriptor, own session. */
static void its_surroundings(void **state)
{
	const struct place *place = *state;
	char *const argv[] = {"sh", "-c",
			      "cat; echo out; echo err >&2; readlink /proc/self/fd/0;"
			      "cut -d ' ' -f 6 </proc/$$/stat; echo $$; exec ls /proc/self/fd",
			      NULL};
	struct launch launch;
	char expected[128];

	/* What the test itself inherited would be counted too. */
	for (int descriptor = 3; descriptor < 1024; descriptor++)
		fcntl(descriptor, F_SETFD, FD_CLOEXEC);
	launch = start(place, argv, true);
	assert_true(launch_ended(&launch, true));
	/* The fourth descriptor is that of the folder which ls reads. */
	snprintf(expected, sizeof(expected), "out\nerr\n/dev/null\n%d\n%d\n0\n1\n2\n3\n",
		 (int)launch.pid, (int)launch.pid);
	check_output(place, expected);
	launch_finish(&launch);
}

static void closed_standard_descriptors_do_no_harm(void **state)
{
	const struct place *place = *state;
	int saved[3];
	struct launch launch;

	for (int i = 0; i < 3; i++) {
		saved[i] = fcntl(i, F_DUPFD_CLOEXEC, 10);
		close(i);
	}
	launch = start(place, COMMAND("sh", "-c", "cat; echo out; echo err >&2"), true);
	launch_ended(&launch, true);
	for (int i = 0; i < 3; i++) {
		dup2(saved[i], i);
		close(saved[i]);
	}
	assert_int_equal(launch.status, 0);
	check_output(place, "out\nerr\n");
	launch_finish(&launch);
}

static void an_ignored_sigchld_hides_no_status(void **state)
{
	struct launch launch;

	signal(SIGCHLD, SIG_IGN);
	launch = start(*state, COMMAND("sh", "-c", "exit 7"), true);
	assert_true(launch_ended(&launch, true));
	assert_int_equal(WEXITSTATUS(launch.status), 7);
	launch_finish(&launch);
}

static void a_blocked_sigtrap_does_not_let_it_go(void **state)
{
	struct launch launch;
	sigset_t set, before;

	sigemptyset(&set);
	sigaddset(&set, SIGTRAP);
	sigprocmask(SIG_BLOCK, &set, &before);
	launch = start(*state, COMMAND("true"), true);
	sigprocmask(SIG_SETMASK, &before, NULL);
	need_held(&launch);
	assert_int_equal(state_of(launch.pid), 't');
	assert_true(launch_ended(&launch, true));
	assert_int_equal(launch.status, 0);
	launch_finish(&launch);
}

/* As shells do, a script without #! is one for sh. */
static void a_script_without_interpreter_runs(void **state)
{
	const struct place *place = *state;
	struct launch launch;

	write_script(place, "exit 5\n", 0700);
	launch = start(place, COMMAND((char *)place->script), true);
	assert_true(launch_ended(&launch, true));
	assert_int_equal(WEXITSTATUS(launch.status), 5);
	launch_finish(&launch);
}

static void a_privileged_program_is_not_traced(void **state)
{
	const struct place *place = *state;
	struct launch launch;

	write_script(place, "#!/bin/sh\nexit 0\n", 04700);
	launch = start(place, COMMAND((char *)place->script), true);
	assert_int_equal(launch.state, LAUNCH_RUNNING);
	assert_true(launch_ended(&launch, true));
	launch_finish(&launch);
}

static void no_child_is_left(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void what_cannot_be_executed(void **state)
{
	const struct place *place = *state;
	const struct {
		const char *command;
		int error;
	} cases[] = {
		{"no-such-command-anywhere", -ENOENT},
		{"./no-such-command", -ENOENT},
		{place->folder, -EACCES},
		{place->script, -EACCES},
		{"", -ENOENT},
	};
	struct launch launch = {.pid = -5};
	enum launch_step step;

	write_script(place, "#!/bin/sh\n", 0600);
	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		char *const argv[] = {(char *)cases[i / 2].command, NULL};

		step = LAUNCH_FORK;
		assert_int_equal(launch_start(argv, place->output, i % 2, &launch, &step),
				 cases[i / 2].error);
		assert_int_equal(step, LAUNCH_EXEC);
		assert_int_equal(launch.pid, -5);
		no_child_is_left();
	}
	write_script(place, "#!/no/such/interpreter\n", 0700);
	assert_int_equal(
		launch_start(COMMAND((char *)place->script), place->output, true, &launch, &step),
		-ENOENT);
	no_child_is_left();
}

static void an_output_that_cannot_be_written(void **state)
{
	const struct place *place = *state;
	enum launch_step step = LAUNCH_EXEC;
	struct launch launch;

	assert_int_equal(launch_start(COMMAND("true"), place->folder, true, &launch, &step),
			 -EISDIR);
	assert_int_equal(step, LAUNCH_OUTPUT);
}

/* rmdir() at the end proves that nothing is in the folder. */
static void a_failed_start_leaves_no_fresh_file(void **state)
{
	const struct place *place = *state;
	enum launch_step step;
	struct launch launch;

	setenv("TMPDIR", place->folder, 1);
	assert_int_equal(
		launch_start(COMMAND("no-such-command-anywhere"), NULL, true, &launch, &step),
		-ENOENT);
	unsetenv("TMPDIR");
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(the_exit_status_is_told),
		PLACED(a_signal_is_told),
		PLACED(it_is_held_as_the_new_program),
		PLACED(what_is_held_ends_with_the_launch),
		PLACED(what_is_killed_while_held_has_ended),
		PLACED(untraced_it_is_the_new_program_and_runs),
		PLACED(its_surroundings),
		PLACED(closed_standard_descriptors_do_no_harm),
		PLACED(an_ignored_sigchld_hides_no_status),
		PLACED(a_blocked_sigtrap_does_not_let_it_go),
		PLACED(a_script_without_interpreter_runs),
		PLACED(a_privileged_program_is_not_traced),
		PLACED(what_cannot_be_executed),
		PLACED(an_output_that_cannot_be_written),
		PLACED(a_failed_start_leaves_no_fresh_file),
	};

	return cmocka_run_group_tests_name("launch", tests, NULL, NULL);
}
