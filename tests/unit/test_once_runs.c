/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/message.h"
#include "app/once.h"
#include "app/options.h"
#include "model/address_space.h"
#include "model/residency.h"
#include "record/recording.h"
#include "recording_place.h"
#include "sample_source.h"
#include "support/capture.h"
#include "support/child.h"

/* Runs of --once in a child of the test: all that comes on stdout and stderr, and the status. */

enum { TARGETS_MAX = 3 };

struct script {
	struct options options;
	size_t count;
	int errors[TARGETS_MAX];   /* of their samples; 0: there is one */
	bool by_name[TARGETS_MAX]; /* they were found so */
};

/* What is in memory is not to be known; the status says whether smaps was asked for. */
static int scan_nothing(const struct procfs_options *procfs, int32_t pid,
			const struct address_space *space, bool smaps, struct scan *ret_scan)
{
	(void)procfs, (void)pid, (void)space, (void)ret_scan;
	fputs(smaps ? "smaps\n" : "", stderr);
	return -EACCES;
}

static int run(const void *context)
{
	const struct script *script = context;
	struct sample_source sources[TARGETS_MAX];
	struct once_target targets[TARGETS_MAX];

	setlocale(LC_ALL, "C.UTF-8");
	for (size_t i = 0; i < script->count; i++) {
		sources[i] = sample_source_of(script->errors[i]);
		targets[i] = (struct once_target){
			.pid = 20712, .by_name = script->by_name[i], .source = &sources[i].source};
	}
	return script->count
		       ? once_run_targets(&script->options, targets, script->count, scan_nothing)
		       : once_run(&script->options);
}

static struct script script_of(enum options_format format, size_t count)
{
	return (struct script){
		.options = {.action = ACTION_ONCE,
			    .format = format,
			    .pid = 20712,
			    .procfs = "/proc",
			    .width = 60,
			    .height = 24,
			    .interval_ns = 1},
		.count = count,
	};
}

/* Runs it; stderr is that, and the exit status. The caller frees what came on stdout. */
static char *run_out(const struct script *script, int status, const char *said)
{
	struct captured captured = capture_child(run, script);
	char *out = captured.out;

	assert_string_equal(captured.said, said);
	assert_true(WIFEXITED(captured.status));
	assert_int_equal(WEXITSTATUS(captured.status), status);
	free(captured.said);
	return out;
}

static void runs(const struct script *script, int status, const char *out, const char *said)
{
	char *text = run_out(script, status, said);

	assert_string_equal(text, out);
	free(text);
}

#define HEAP_CSV "0x55b5f7c8d000,0x55b5f7e87000,2072576,,,,rw-p,heap,[heap]\r\n"

static void the_usual_fields_are_those_that_tell_lines_apart(void **state)
{
	struct script script = script_of(FORMAT_CSV, 1);

	(void)state;
	script.options.no_smaps = true;
	script.options.filter = "kind:heap";
	runs(&script, EXIT_DONE,
	     "start,end,size,rss,pss,swap,perms,kind,name\r\n" HEAP_CSV "total,,2072576,,,,,,\r\n",
	     "");
	script.count = 2;
	runs(&script, EXIT_DONE,
	     "pid,start,end,size,rss,pss,swap,perms,kind,name\r\n20712," HEAP_CSV "20712," HEAP_CSV
	     "total,,,4145152,,,,,,\r\n",
	     "");
	script.count = 1;
	script.options.samples = 2;
	runs(&script, EXIT_DONE,
	     "time,growth,start,end,size,rss,pss,swap,perms,kind,name\r\n"
	     "2026-10-19T12:21:07.123Z,," HEAP_CSV "total,,,,2072576,,,,,,\r\n"
	     "2026-10-19T12:21:07.123Z,0," HEAP_CSV "total,0,,,2072576,,,,,,\r\n",
	     "");
	/* One is no growth. */
	script.options.samples = 1;
	runs(&script, EXIT_DONE,
	     "start,end,size,rss,pss,swap,perms,kind,name\r\n" HEAP_CSV "total,,2072576,,,,,,\r\n",
	     "");
}

static void tables_of_several_samples_have_a_time_each(void **state)
{
	struct script script = script_of(FORMAT_TABLE, 1);
	char *out;

	(void)state;
	script.options.filter = "kind:heap";
	script.options.fields = (struct field_list){{FIELD_SIZE, FIELD_NAME}, 2};
	script.options.samples = 2;
	runs(&script, EXIT_DONE,
	     "2026-10-19T12:21:07.123Z\nsize  name\n1.9M  [heap]\n1.9M  total\n"
	     "\n2026-10-19T12:21:07.123Z\nsize  name\n1.9M  [heap]\n1.9M  total\n",
	     "");
	/* The time is no field of theirs. */
	script.options.fields.count = 0;
	script.options.samples = 1;
	out = run_out(&script, EXIT_DONE, "smaps\n");
	assert_non_null(strstr(out, "start"));
	assert_null(strstr(out, "2026"));
	free(out);
}

/* Lines that are empty. */
static int count_empty(const char *text)
{
	int count = text[0] == '\n';

	for (const char *at = text; (at = strstr(at, "\n\n")); at++)
		count++;
	return count;
}

static void pictures_stand_apart(void **state)
{
	struct script script = script_of(FORMAT_PICTURE, 1);
	char *one, *out;

	(void)state;
	one = run_out(&script, EXIT_DONE, "");
	assert_int_equal(count_empty(one), 0);
	assert_non_null(strstr(one, "[heap]"));
	script.count = 3;
	out = run_out(&script, EXIT_DONE, "");
	assert_int_equal(count_empty(out), 2);
	assert_int_equal(strlen(out), 3 * strlen(one) + 2);
	free(out);
	script.options.samples = 2;
	script.count = 1;
	out = run_out(&script, EXIT_DONE, "");
	assert_int_equal(count_empty(out), 1);
	assert_int_not_equal(out[0], '\n');
	free(out);
	/* One that cannot be read leaves no line behind. */
	script.options.samples = 1;
	script.count = 3;
	script.errors[1] = -EIO;
	out = run_out(&script, EXIT_TROUBLE,
		      "vastop: cannot read process 20712 from /proc: Input/output error.\n");
	assert_int_equal(count_empty(out), 1);
	assert_int_equal(strlen(out), 2 * strlen(one) + 1);
	free(out);
	free(one);
}

static void check_smaps(const struct script *script, bool wanted)
{
	free(run_out(script, EXIT_DONE, wanted ? "smaps\n" : ""));
}

static void smaps_is_read_for_what_is_only_there(void **state)
{
	struct script script = script_of(FORMAT_JSON, 1);

	(void)state;
	check_smaps(&script, true);
	script.options.no_smaps = true;
	check_smaps(&script, false);
	script = script_of(FORMAT_PICTURE, 1);
	script.options.fields = (struct field_list){{FIELD_PSS}, 1};
	check_smaps(&script, false);
	script.options.filter = "kind:heap";
	check_smaps(&script, false);
	script.options.filter = "pss:>1";
	check_smaps(&script, true);
	script = script_of(FORMAT_CSV, 1);
	script.options.fields = (struct field_list){{FIELD_SIZE, FIELD_RSS}, 2};
	check_smaps(&script, false);
	script.options.fields = (struct field_list){{FIELD_SIZE, FIELD_PSS}, 2};
	check_smaps(&script, true);
	script.options.format = FORMAT_TABLE;
	check_smaps(&script, true);
	script.options.no_smaps = true;
	check_smaps(&script, false);
}

static void of_processes_with_a_name_some_may_have_ended(void **state)
{
	struct script script = script_of(FORMAT_CSV, 2);

	(void)state;
	script.options.fields = (struct field_list){{FIELD_NAME}, 1};
	script.errors[0] = script.errors[1] = -ESRCH;
	script.by_name[0] = script.by_name[1] = true;
	runs(&script, EXIT_NO_PROCESS, "",
	     "vastop: the processes have ended; ps -e lists those that run.\n");
	/* One that was named by its PID is told by that. */
	script.count = 1;
	script.by_name[0] = false;
	runs(&script, EXIT_NO_PROCESS, "",
	     "vastop: there is no process 20712, or it has ended; ps -e lists those that run.\n");
}

static void what_is_not_understood_is_not_begun(void **state)
{
	struct script script = script_of(FORMAT_CSV, 1);

	(void)state;
	script.options.filter = "kind:(";
	runs(&script, EXIT_USAGE, "", "");
	script.options.filter = NULL;
	script.options.theme = "/nonexistent/theme";
	runs(&script, EXIT_USAGE, "",
	     "vastop: cannot read theme '/nonexistent/theme': No such file or directory; name one "
	     "of --list-themes or a theme file by its path.\n");
}

static void each_sample_is_recorded(void **state)
{
	struct script script = script_of(FORMAT_CSV, 1);
	struct recording *recording = NULL;
	struct recording_place place;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_place_make();
	script.options.fields = (struct field_list){{FIELD_NAME}, 1};
	script.options.filter = "kind:heap";
	script.options.record = place.path;
	runs(&script, EXIT_DONE, "name\r\n[heap]\r\ntotal\r\n", "");
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_last(recording), recording_first(recording));
	recording_close(recording);
	recording_place_remove(&place);
	script.options.record = "/nonexistent/file";
	runs(&script, EXIT_TROUBLE, "",
	     "vastop: cannot record to /nonexistent/file: No such file or directory.\n");
}

static void be_named(const void *name)
{
	prctl(PR_SET_NAME, name);
}

static void a_drawing_is_of_one_process(void **state)
{
	struct script script = script_of(FORMAT_SVG, 0);
	char *out, said[200], name[16];
	pid_t first, second;

	(void)state;
	/* That no other process has, not even another run of this test. */
	snprintf(name, sizeof(name), "vst%d", (int)getpid());
	first = child_start(be_named, name);
	second = child_start(be_named, name);
	assert_true(first > 0 && second > 0);
	script.options.processes[0].name = name;
	script.options.process_count = 1;
	snprintf(said, sizeof(said),
		 "vastop: --format=svg is one drawing, and 2 processes have that name; give a PID, "
		 "as in: vastop --once --format=svg %d.\n",
		 (int)(first < second ? first : second));
	runs(&script, EXIT_USAGE, "", said);
	child_end(second);
	out = run_out(&script, EXIT_DONE, "");
	assert_int_equal(strncmp(out, "<?xml", 5), 0);
	free(out);
	child_end(first);
}

static void the_others_are_reported_on(void **state)
{
	struct script script = script_of(FORMAT_CSV, 0);
	pid_t child = child_start(NULL, NULL);
	char *out, line[40];

	(void)state;
	assert_true(child > 0);
	script.options.no_smaps = true;
	script.options.fields = (struct field_list){{FIELD_PID, FIELD_NAME}, 2};
	script.options.filter = "kind:stack";
	script.options.processes[0].pid = 4194305;
	script.options.processes[1].pid = (int32_t)child;
	script.options.process_count = 2;
	out = run_out(&script, EXIT_NO_PROCESS,
		      "vastop: there is no process 4194305, or it has ended; ps -e lists those "
		      "that run.\n");
	snprintf(line, sizeof(line), "pid,name\r\n%d,[stack]\r\ntotal,\r\n", (int)child);
	assert_string_equal(out, line);
	free(out);
	script.options.processes[0].pid = 0;
	script.options.processes[0].name = "no-such-name";
	runs(&script, EXIT_USAGE, "",
	     "vastop: 'no-such-name' is not a PID, and no process has that name; ps -e lists "
	     "them.\n");
	child_end(child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_usual_fields_are_those_that_tell_lines_apart),
		cmocka_unit_test(tables_of_several_samples_have_a_time_each),
		cmocka_unit_test(pictures_stand_apart),
		cmocka_unit_test(smaps_is_read_for_what_is_only_there),
		cmocka_unit_test(of_processes_with_a_name_some_may_have_ended),
		cmocka_unit_test(what_is_not_understood_is_not_begun),
		cmocka_unit_test(each_sample_is_recorded),
		cmocka_unit_test(a_drawing_is_of_one_process),
		cmocka_unit_test(the_others_are_reported_on),
	};

	unsetenv("NO_COLOR");
	return cmocka_run_group_tests_name("once_runs", tests, NULL, NULL);
}
