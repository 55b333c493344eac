/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/events.h"
#include "app/launch.h"
#include "app/message.h"
#include "app/options.h"
#include "model/address_space.h"
#include "record/recording.h"
#include "recording_place.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "support/sample.h"
#include "support/viewer.h"

/* events_run() in a child of the test: what it writes, and how it ends. */

struct script {
	struct options options;
	int error;      /* after the last sample */
	int samples;    /* one for each line, and the first */
	int signal;     /* with the second sample; 0: none */
	int descriptor; /* for stdout, in the place of a file; 0: none */
	bool exits;     /* the process does, by its descriptor, with the second sample */
	bool rests;     /* after the last sample none comes */
	bool command;   /* it was launched */
};

static const struct script *script;
static int taken;
static int exit_descriptor = -1;

/* Whether the lines of all samples are there. */
static bool is_written(void)
{
	static off_t size;
	struct stat status;

	fstat(STDOUT_FILENO, &status);
	if (taken > 1 && status.st_size == size)
		return false;
	size = status.st_size;
	return true;
}

static int read_sample(struct source *source, struct address_space **ret_space)
{
	uint64_t one = 1;

	(void)source;
	if (!script->descriptor && !is_written())
		return -EAGAIN;
	if (taken == 1 && script->signal)
		kill(getpid(), script->signal);
	if (taken == 1 && script->exits)
		(void)!write(exit_descriptor, &one, sizeof(one));
	if (taken == script->samples)
		return script->rests ? -EAGAIN : script->error;
	*ret_space = sample_python_grown((uint64_t)taken * 65536);
	(*ret_space)->time_ns += taken * INT64_C(1000000000);
	(*ret_space)->target.uid = 0;
	taken++;
	return 0;
}

static int get_exit_descriptor(const struct source *source)
{
	(void)source;
	return exit_descriptor;
}

static void forget_source(struct source *source)
{
	(void)source;
}

static int run(const void *context)
{
	static const struct source_operations operations = {.read = read_sample,
							    .exit_descriptor = get_exit_descriptor,
							    .destroy = forget_source};
	struct source source = {&operations};
	struct launch launch = {
		.state = LAUNCH_ENDED, .command = (char *)"grow", .output = (char *)"/dev/null"};

	script = context;
	setlocale(LC_ALL, "C.UTF-8");
	/* Where SIGTSTP stops nothing. */
	setsid();
	if (script->descriptor)
		dup2(script->descriptor, STDOUT_FILENO);
	if (script->exits)
		exit_descriptor = eventfd(0, 0);
	return events_run(&script->options, &source, script->command ? &launch : NULL);
}

static struct script script_of(enum options_format format)
{
	return (struct script){.options = {.action = ACTION_EVENTS,
					   .format = format,
					   .pid = 20712,
					   .procfs = "/proc",
					   .interval_ns = 10000000,
					   .budget = 1,
					   .history = 1 << 20},
			       .samples = 3,
			       .error = -ESRCH};
}

#define FIRST "12:21:08.123  grew       55b5f7c8d000-55b5f7e97000  rw-p  +64K     [heap]\n"
#define BOTH  FIRST "12:21:09.123  grew       55b5f7c8d000-55b5f7ea7000  rw-p  +64K     [heap]\n"

/* Runs it; then it ends with the status, having written and said that. */
static void runs(const struct script *played, const char *out, const char *said, int status)
{
	struct captured captured = capture_child(run, played);

	assert_string_equal(captured.said, said);
	assert_string_equal(captured.out, out);
	assert_true(WIFEXITED(captured.status));
	assert_int_equal(WEXITSTATUS(captured.status), status);
	captured_finish(&captured);
}

/* The same where a line for the end of the process follows, of the moment. */
static void runs_to_the_end(const struct script *played, const char *out, const char *said)
{
	static const char end[] = "05:41:15.627  exit       /usr/bin/python3.11\n";
	struct captured captured = capture_child(run, played);
	const char *last = captured.out + strlen(out);
	int hours, minutes, length = 0;

	assert_string_equal(captured.said, said);
	assert_int_equal(strncmp(captured.out, out, strlen(out)), 0);
	assert_int_equal(sscanf(last, "%2d:%2d:%*2d.%*3d%n", &hours, &minutes, &length), 2);
	assert_int_equal(length, 12);
	assert_string_equal(last + 12, end + 12);
	assert_true(WIFEXITED(captured.status));
	assert_int_equal(WEXITSTATUS(captured.status), EXIT_DONE);
	captured_finish(&captured);
}

static void ends_by_signal(const struct script *played, int number)
{
	struct captured captured = capture_child(run, played);

	assert_string_equal(captured.said, "");
	assert_true(WIFSIGNALED(captured.status));
	assert_int_equal(WTERMSIG(captured.status), number);
	captured_finish(&captured);
}

static void each_change_is_a_line_until_the_process_ends(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);

	(void)state;
	runs_to_the_end(&played, BOTH, "");
	/* Its descriptor says so, too. */
	played.samples = 1;
	played.rests = played.exits = true;
	runs_to_the_end(&played, "", "");
	played.command = true;
	runs_to_the_end(&played, "",
			"vastop: grow ended with status 0; its output is in /dev/null.\n");
}

static void why_it_cannot_read_is_said(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);

	(void)state;
	played.error = -EIO;
	runs(&played, BOTH, "vastop: cannot read process 20712 from /proc: Input/output error.\n",
	     EXIT_TROUBLE);
	played.samples = 0;
	runs(&played, "", "vastop: cannot read process 20712 from /proc: Input/output error.\n",
	     EXIT_TROUBLE);
}

static void a_signal_ends_it(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);

	(void)state;
	played.rests = true;
	played.signal = SIGTERM;
	ends_by_signal(&played, SIGTERM);
	played.signal = SIGINT;
	ends_by_signal(&played, SIGINT);
	/* In a session of its own this one stops nothing, and it must not end. */
	played.rests = false;
	played.signal = SIGTSTP;
	runs_to_the_end(&played, BOTH, "");
	played.signal = SIGWINCH;
	runs_to_the_end(&played, BOTH, "");
}

static void what_cannot_be_written_is_said(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);

	(void)state;
	played.descriptor = viewer_lift(open("/dev/full", O_WRONLY | O_CLOEXEC));
	runs(&played, "", "vastop: cannot write to standard output: No space left on device.\n",
	     EXIT_TROUBLE);
	close(played.descriptor);
}

/* Two ends of a pipe that are not where stdin is. */
static void open_pipe(int ends[static 2])
{
	assert_int_equal(pipe(ends), 0);
	ends[0] = viewer_lift(ends[0]);
	ends[1] = viewer_lift(ends[1]);
}

static void without_a_reader_it_ends_though_nothing_changes(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);
	int ends[2];

	(void)state;
	open_pipe(ends);
	close(ends[0]);
	played.descriptor = ends[1];
	played.samples = 1;
	played.rests = true;
	runs(&played, "", "", EXIT_DONE);
	played.samples = 3;
	runs(&played, "", "", EXIT_DONE);
	close(ends[1]);
}

/* A pipe that is full, and that nothing is read from. */
static void a_signal_ends_it_while_nothing_is_read(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);
	static const char full[4096];
	int ends[2];

	(void)state;
	open_pipe(ends);
	assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	while (write(ends[1], full, sizeof(full)) > 0)
		;
	played.descriptor = ends[1];
	played.rests = true;
	played.signal = SIGTERM;
	ends_by_signal(&played, SIGTERM);
	close(ends[0]);
	close(ends[1]);
}

static void what_is_written_is_recorded(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);
	struct recording *recording = NULL;
	struct recording_place place;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_place_make();
	played.options.record = place.path;
	runs_to_the_end(&played, BOTH, "");
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_last(recording) - recording_first(recording), 2);
	recording_close(recording);
	recording_place_remove(&place);
	played.options.record = "/nonexistent/file";
	runs(&played, "",
	     "vastop: cannot record to /nonexistent/file: No such file or directory.\n",
	     EXIT_TROUBLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_change_is_a_line_until_the_process_ends),
		cmocka_unit_test(why_it_cannot_read_is_said),
		cmocka_unit_test(a_signal_ends_it),
		cmocka_unit_test(what_cannot_be_written_is_said),
		cmocka_unit_test(without_a_reader_it_ends_though_nothing_changes),
		cmocka_unit_test(a_signal_ends_it_while_nothing_is_read),
		cmocka_unit_test(what_is_written_is_recorded),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests_name("events_run", tests, NULL, NULL);
}
