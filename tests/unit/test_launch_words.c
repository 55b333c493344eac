/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/launch_words.h"
#include "base/text.h"
#include "support/capture.h"

static void check_error(const char *command, const char *output, int error, enum launch_step step,
			int status, const char *said)
{
	struct capture capture;
	char *text;
	int found;

	capture_begin(&capture, 2);
	found = launch_say_error(command, output, error, step);
	text = capture_end(&capture);
	assert_string_equal(text, said);
	assert_int_equal(found, status);
	free(text);
}

static void why_there_is_no_command(void **state)
{
	(void)state;
	check_error("grow\033", NULL, -ENOENT, LAUNCH_EXEC, 127,
		    "vastop: there is no command 'grow\\x1b' in PATH; give its path, as in: vastop "
		    "-- ./grow\\x1b.\n");
	check_error("/no/such", NULL, -ENOENT, LAUNCH_EXEC, 127,
		    "vastop: there is no command '/no/such'; check its path.\n");
	check_error("/tmp", NULL, -ENOENT, LAUNCH_EXEC, 126,
		    "vastop: cannot execute '/tmp': the interpreter that it names does not "
		    "exist.\n");
	check_error("/tmp", NULL, -EACCES, LAUNCH_EXEC, 126,
		    "vastop: cannot execute '/tmp': Permission denied.\n");
	check_error("grow", NULL, -EAGAIN, LAUNCH_FORK, 1,
		    "vastop: cannot start 'grow': Resource temporarily unavailable.\n");
	check_error("grow", "/no/file", -ENOENT, LAUNCH_OUTPUT, 1,
		    "vastop: cannot write the output to '/no/file': No such file or directory.\n");
	check_error("grow", NULL, -ENOSPC, LAUNCH_OUTPUT, 1,
		    "vastop: cannot create a file for the output in $TMPDIR or /tmp: No space left "
		    "on device; give one with --output=FILE.\n");
}

static void check_end(struct launch *launch, const char *said)
{
	struct capture capture;
	char *text;

	capture_begin(&capture, 2);
	launch_say_end(launch, false);
	if (launch) {
		launch_say_end(launch, false);
		launch->told = false;
	}
	text = capture_end(&capture);
	if (said)
		assert_string_equal(text, said);
	else
		assert_non_null(strstr(text, "; its output is in /tmp/"));
	free(text);
}

static void how_it_ended(void **state)
{
	struct launch launch = {.state = LAUNCH_ENDED, .command = "./grow", .output = "/tmp/o\n"};

	(void)state;
	launch.status = W_EXITCODE(3, 0);
	check_end(&launch, "vastop: ./grow ended with status 3; its output is in /tmp/o\\n.\n");
	launch.status = W_EXITCODE(0, 9);
	check_end(&launch,
		  "vastop: ./grow was killed by signal 9 (Killed); its output is in /tmp/o\\n.\n");
	check_end(NULL, "");
}

static void an_empty_fresh_file_is_removed(void **state)
{
	char path[] = "/tmp/test_words-XXXXXX";
	struct launch launch = {
		.state = LAUNCH_ENDED, .command = "true", .output = path, .fresh = true};

	(void)state;
	close(mkstemp(path));
	check_end(&launch, "vastop: true ended with status 0; it wrote nothing.\n");
	assert_int_equal(access(path, F_OK), -1);
	/* A file of one's own stays. */
	strcpy(path, "/tmp/test_words-XXXXXX");
	close(mkstemp(path));
	launch.fresh = false;
	check_end(&launch, NULL);
	assert_int_equal(unlink(path), 0);
}

static void that_it_goes_on(void **state)
{
	struct launch launch = {.state = LAUNCH_RUNNING, .command = "./grow", .output = "/tmp/o"};
	char said[128];
	int hold[2];

	(void)state;
	assert_int_equal(pipe(hold), 0);
	launch.pid = fork();
	if (launch.pid == 0) {
		char byte;

		close(hold[1]);
		_exit(read(hold[0], &byte, 1) == 0 ? 4 : 5);
	}
	close(hold[0]);
	snprintf(said, sizeof(said),
		 "vastop: ./grow continues as process %d; its output goes to /tmp/o.\n",
		 (int)launch.pid);
	check_end(&launch, said);
	close(hold[1]);
	assert_true(launch_ended(&launch, true));
	check_end(&launch, "vastop: ./grow ended with status 4; its output is in /tmp/o.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(why_there_is_no_command),
		cmocka_unit_test(how_it_ended),
		cmocka_unit_test(an_empty_fresh_file_is_removed),
		cmocka_unit_test(that_it_goes_on),
	};

	return cmocka_run_group_tests_name("launch_words", tests, NULL, NULL);
}
