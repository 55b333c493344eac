/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command_line.h"
#include "app/options.h"
#include "support/capture.h"

/* What is said of each mistake in a command line. */

enum { ARGUMENTS_MAX = 6 };

struct mistake {
	const char *arguments[ARGUMENTS_MAX];
	const char *said; /* behind "vastop: " */
};

static const struct mistake unknown[] = {
	{{"--nonsense", "1"}, "there is no option --nonsense; vastop --help lists them."},
	{{"--colour", "1"}, "there is no option --colour; did you mean --color?"},
	{{"--re=x", "1"},
	 "there is no option --re=x; did you mean --record or --record-when or --record-limit or "
	 "--replay?"},
	{{"--=x", "1"}, "there is no option --=x; vastop --help lists them."},
	{{"-x", "1"}, "there is no option -x; vastop --help lists them."},
	{{"--core=x", "1"}, "there is no option --core=x; vastop --help lists them."},
};

static const struct mistake values[] = {
	{{"--col", "1"}, "--color takes auto, always or never, not '1'."},
	{{"--color=pink", "1"}, "--color takes auto, always or never, not 'pink'."},
	{{"--delay=abc", "1"}, "--delay takes seconds from 0.01 to 3600, as in 0.5, not 'abc'."},
	{{"--delay"}, "--delay needs a value; vastop --help lists the options."},
	{{"--ascii=1", "1"}, "--ascii takes no value; vastop --help lists the options."},
	{{"--once", "--samples=0", "1"}, "--samples takes a number from 1 to 4294967295, not '0'."},
	{{"--fields=x", "--once", "1"},
	 "--fields takes different names from --list-fields with commas between them, not 'x'."},
	{{"--record=x", "--record-when=abc", "1"},
	 "--record-when takes rss>SIZE, size>SIZE, growth>SIZE, maps>N or maps>N%, as in rss>1G, "
	 "not 'abc'."},
	{{"--completion=tcsh"}, "--completion takes bash, zsh or fish, not 'tcsh'."},
	{{"--history=0", "1"}, "--history takes a size from 1M to 64G, as in 64M, not '0'."},
	{{"--budget=200", "1"},
	 "--budget takes percent of one core from 0.1 to 100, as in 2, not '200'."},
	{{"--budget=0", "1"},
	 "--budget takes percent of one core from 0.1 to 100, as in 2, not '0'."},
	{{"--avoid=x", "1"},
	 "--avoid takes procmap-query, pidfd, pagemap-scan, pagemap with commas between them, not "
	 "'x'."},
	{{"--scale=cubic", "1"}, "--scale takes log, linear or equal, not 'cubic'."},
};

static const struct mistake subjects[] = {
	{{"--once", "--", "true"},
	 "--once shows a running process; start the command and give its PID."},
	{{"--check", "--", "true"},
	 "--check reads a running process; start the command and give its PID."},
	{{"--locate=1", "--", "true"},
	 "--locate reads a running process; start the command and give its PID."},
	{{"1", "--", "true"},
	 "a process or a command to start, not both: vastop PID, or vastop -- COMMAND."},
	{{"--procfs=/tmp", "--events", "--", "true"},
	 "--procfs applies only to a process; a command that vastop starts is read from /proc."},
	{{"--procfs=/tmp"}, "--procfs needs a PID, as in: vastop --procfs=DIR 1234."},
	{{"--procfs=/tmp", "x"}, "--procfs needs a PID, as in: vastop --procfs=DIR 1234."},
	{{"--output=x", "1"}, "--output needs a command, as in: vastop --output=FILE -- COMMAND."},
	{{"--events", "--output=x", "1"},
	 "--output needs a command, as in: vastop --output=FILE -- COMMAND."},
	{{"--once"}, "which process? Give its PID or name, as in: vastop 1234 (ps -e lists them)."},
	{{"--events"},
	 "which process? Give its PID or name, as in: vastop 1234 (ps -e lists them)."},
	{{"--growth=1"},
	 "which process? Give its PID or name, as in: vastop 1234 (ps -e lists them)."},
	{{"--check"},
	 "which process? Give its PID or name, as in: vastop 1234 (ps -e lists them)."},
	{{"--locate=1"},
	 "which process? Give its PID or name, as in: vastop 1234 (ps -e lists them)."},
	{{"--diff", "1"},
	 "--diff compares two, as in: vastop --diff BEFORE AFTER; each is a recording, FILE@TIME, "
	 "a core file, a snapshot in JSON or a process."},
	{{"--diff", "1", "2", "3"},
	 "--diff compares two, as in: vastop --diff BEFORE AFTER; each is a recording, FILE@TIME, "
	 "a core file, a snapshot in JSON or a process."},
	{{"--diff", "1", "--", "true"},
	 "--diff compares two, as in: vastop --diff BEFORE AFTER; each is a recording, FILE@TIME, "
	 "a core file, a snapshot in JSON or a process."},
	{{"1", "2"}, "only one process can be watched at a time; --once and --check take several."},
	{{"--events", "1", "2"},
	 "only one process can be watched at a time; --once and --check take several."},
	{{"--export=x", "1"},
	 "--export needs a recording, as in: vastop --export=FILE --from=+5m RECORDING."},
	{{"--export=x"},
	 "--export needs a recording, as in: vastop --export=FILE --from=+5m RECORDING."},
	{{"--replay=x", "1"},
	 "a process or a recording, not both: vastop PID, or vastop --replay=FILE."},
	{{"--replay=x", "--events"},
	 "a recording has no memory to be read: it is shown on the screen, or with --once."},
	{{"--once", "--record=x", "1", "2"}, "a recording is of one process; name one."},
	{{"--once", "--diff", "1"},
	 "--diff compares two, as in: vastop --diff BEFORE AFTER; each is a recording, FILE@TIME, "
	 "a core file, a snapshot in JSON or a process."},
	{{"--diff", "--once", "1"},
	 "--diff compares two, as in: vastop --diff BEFORE AFTER; each is a recording, FILE@TIME, "
	 "a core file, a snapshot in JSON or a process."},
	{{"--once", "--replay=x", "1"},
	 "a process or a recording, not both: vastop PID, or vastop --replay=FILE."},
	{{"--replay=x", "x.rec"},
	 "a process or a recording, not both: vastop PID, or vastop --replay=FILE."},
	{{"--export=x", "--from=noon", "/x.rec"},
	 "--export needs a recording, as in: vastop --export=FILE --from=+5m RECORDING."},
};

static const struct mistake together[] = {
	{{"--once", "--events", "1"},
	 "--once and --events do different things: choose one of them."},
	{{"--once", "--inside=heap", "1"},
	 "--once and --inside do different things: choose one of them."},
	{{"--events", "--check", "1"},
	 "--events and --check do different things: choose one of them."},
	{{"--once", "--format=folded", "1"},
	 "--format=folded applies only to --growth, as in: vastop --growth=10 --format=folded "
	 "PID."},
	{{"--events", "--format=csv", "1"},
	 "--events writes --format=json or, for people, nothing else."},
	{{"--growth=1", "--format=table", "1"},
	 "--growth writes --format=json or, for people, nothing else."},
	{{"--check", "--format=csv", "1"},
	 "--check writes --format=json or, for people, nothing else."},
	{{"--check", "--delay=1", "1"}, "--delay does not apply to one sample; add --samples=N."},
	{{"--growth", "1"}, "--growth needs seconds, as in: vastop --growth=10 PID."},
	{{"--width=50", "1"}, "--width applies only to the picture of --once."},
	{{"--once", "--format=csv", "--width=50", "1"},
	 "--width and --height apply only to the picture of --once."},
	{{"--once", "--format=json", "--height=50", "1"},
	 "--width and --height apply only to the picture of --once."},
	{{"--events", "--width=50", "1"}, "--width applies only to the picture of --once."},
	{{"99999999999"},
	 "'99999999999' is not a PID, and no process has that name; ps -e lists them."},
	{{"--samples=2", "1"},
	 "--samples applies only to --once, --events and --check, as in: vastop --events "
	 "--samples=10 PID."},
	{{"--filter=kind:(", "--once", "1"},
	 "--filter is not a query. At column 6: there is no kind (; there are text, rodata, relro, "
	 "data, bss, heap, arena, stack, thread-stack, guard, reserve, anon, jit, file, shared, "
	 "device, vdso, vvar, vsyscall."},
	{{"--record-when=rss>1G", "1"},
	 "--record-when applies only to --record, as in: vastop --record=FILE "
	 "--record-when='rss>1G' PID."},
	{{"--force", "1"},
	 "--force applies only to --record, as in: vastop --record=FILE --force PID."},
	{{"--from=+1s", "1"}, "--from applies only to --export."},
	{{"--length=5", "1"},
	 "--length applies only to --bytes, as in: vastop --bytes=heap --length=64K PID."},
	{{"--parts", "1"},
	 "--parts applies only to --inside, as in: vastop --inside=heap --parts PID."},
	{{"--no-smaps", "1"},
	 "--no-smaps applies only to --once and --diff, as in: vastop --once --no-smaps PID."},
	{{"--large-heaps", "--once", "1"}, "--large-heaps applies only to --format=openmetrics."},
	{{"--background=dark", "--once", "1"}, "--background applies only to --format=svg."},
	{{"--search=abc", "--export=x", "/x.rec"},
	 "--search and --export do different things: choose one of them."},
};

static void check(const struct mistake *mistakes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *argv[ARGUMENTS_MAX + 2] = {(char *)"vastop"}, *said;
		struct capture capture;
		struct options options;
		int argc = 1;

		while (argc <= ARGUMENTS_MAX && mistakes[i].arguments[argc - 1]) {
			argv[argc] = (char *)mistakes[i].arguments[argc - 1];
			argc++;
		}
		/* getopt_long(3) begins again. */
		optind = 0;
		capture_begin(&capture, 2);
		command_line_read(&options, argc, argv);
		said = capture_end(&capture);
		assert_int_equal(options.action, ACTION_MISTAKE);
		assert_int_equal(strncmp(said, "vastop: ", 8), 0);
		assert_int_equal(said[strlen(said) - 1], '\n');
		said[strlen(said) - 1] = '\0';
		assert_string_equal(said + 8, mistakes[i].said);
		free(said);
	}
}

#define CHECK(mistakes) check(mistakes, sizeof(mistakes) / sizeof((mistakes)[0]))

static void options_that_there_are_not(void **state)
{
	(void)state;
	CHECK(unknown);
}

static void values_that_mean_nothing(void **state)
{
	(void)state;
	CHECK(values);
}

static void what_there_is_to_show(void **state)
{
	(void)state;
	CHECK(subjects);
}

static void what_does_not_go_together(void **state)
{
	(void)state;
	CHECK(together);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_that_there_are_not),
		cmocka_unit_test(values_that_mean_nothing),
		cmocka_unit_test(what_there_is_to_show),
		cmocka_unit_test(what_does_not_go_together),
	};

	return cmocka_run_group_tests_name("command_line_words", tests, NULL, NULL);
}
