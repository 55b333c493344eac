/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <getopt.h>

#include "app/command_line.h"
#include "app/options.h"
#include "kernel/avoid.h"

#define READ(options, ...) read_arguments(options, (const char *[]){"vastop", __VA_ARGS__, NULL})

/* Reads as main() does; getopt_long() starts anew at optind 0. */
static enum options_action read_arguments(struct options *options, const char **arguments)
{
	int count = 0;

	while (arguments[count])
		count++;
	optind = 0;
	command_line_read(options, count, (char **)arguments);
	return options->action;
}

static void a_pid_is_watched(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "4711"), ACTION_WATCH);
	assert_int_equal(options.pid, 4711);
	assert_string_equal(options.procfs, "/proc");
	assert_null(options.theme);
	assert_int_equal(options.scale, SCALE_LOG);
	assert_int_equal(options.interval_ns, 1000000000);
	assert_true(options.budget > 0.0199 && options.budget < 0.0201);
	assert_int_equal(options.history, 64 << 20);
	assert_null(options.command);
	assert_null(options.output);
}

static void what_is_no_number_is_a_name(void **state)
{
	static const char *const names[] = {"firefox", "12x", " 12", "^a.*b$"};
	struct options options;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(READ(&options, names[i]), ACTION_WATCH);
		assert_string_equal(options.name, names[i]);
		assert_int_equal(options.pid, 0);
	}
	assert_int_equal(READ(&options, "--once", "name"), ACTION_ONCE);
	assert_string_equal(options.name, "name");
	assert_int_equal(READ(&options, "--procfs=/proc", "name"), ACTION_WATCH);
}

static void without_a_process_one_is_chosen(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, NULL), ACTION_WATCH);
	assert_int_equal(options.pid, 0);
	assert_null(options.name);
	assert_int_equal(READ(&options, "--"), ACTION_WATCH);
	assert_null(options.command);
}

static void options_come_before_or_after_the_pid(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "1", "--once", "--width=100", "--height", "30",
			      "--color=always", "--scale=linear", "--theme=mine",
			      "--procfs=/tmp/proc"),
			 ACTION_ONCE);
	assert_int_equal(options.pid, 1);
	assert_int_equal(options.width, 100);
	assert_int_equal(options.height, 30);
	assert_int_equal(options.colour, COLOUR_ALWAYS);
	assert_int_equal(options.scale, SCALE_LINEAR);
	assert_string_equal(options.theme, "mine");
	assert_string_equal(options.procfs, "/tmp/proc");
	assert_int_equal(READ(&options, "--once", "--format=json", "7"), ACTION_ONCE);
	assert_int_equal(options.format, FORMAT_JSON);
	assert_false(options.no_smaps);
	assert_int_equal(READ(&options, "7"), ACTION_WATCH);
	assert_false(options.no_mouse);
	assert_int_equal(READ(&options, "--no-mouse", "7"), ACTION_WATCH);
	assert_true(options.no_mouse);
	assert_int_equal(READ(&options, "--once", "--no-smaps", "7"), ACTION_ONCE);
	assert_true(options.no_smaps);
}

static void how_to_sample(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "--delay=0.01", "--budget=0.1", "--history", "1M", "7"),
			 ACTION_WATCH);
	assert_int_equal(options.interval_ns, 10000000);
	assert_true(options.budget > 0.00099 && options.budget < 0.00101);
	assert_int_equal(options.history, 1 << 20);
	assert_int_equal(READ(&options, "7", "--delay", "3600", "--budget=100", "--history=64G"),
			 ACTION_WATCH);
	assert_int_equal(options.interval_ns, 3600000000000);
	assert_true(options.budget > 0.999 && options.budget < 1.001);
	assert_int_equal(options.history, 1LL << 36);
	assert_int_equal(options.avoid, 0);
	assert_int_equal(READ(&options, "7", "--avoid=pidfd"), ACTION_WATCH);
	assert_int_equal(options.avoid, AVOID_PIDFD);
	assert_int_equal(READ(&options, "7", "--avoid", "pidfd,procmap-query"), ACTION_WATCH);
	assert_int_equal(options.avoid, AVOID_PIDFD | AVOID_PROCMAP_QUERY);
}

static void events(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "--events", "7"), ACTION_EVENTS);
	assert_int_equal(options.format, FORMAT_PICTURE);
	assert_int_equal(options.interval_ns, 100000000);
	assert_int_equal(options.samples, 0);
	assert_int_equal(READ(&options, "--events", "--format=json", "--samples=3", "--delay=2",
			      "--budget=50", "7"),
			 ACTION_EVENTS);
	assert_int_equal(options.format, FORMAT_JSON);
	assert_int_equal(options.samples, 3);
	assert_int_equal(options.interval_ns, 2000000000);
}

static void reports_are_of_several_processes(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "--once", "1", "--format=csv", "name", "--samples=2",
			      "--delay=5", "--fields=name,rss", "--filter=kind:heap", "3"),
			 ACTION_ONCE);
	assert_int_equal(options.process_count, 3);
	assert_int_equal(options.processes[0].pid, 1);
	assert_null(options.processes[0].name);
	assert_int_equal(options.processes[1].pid, 0);
	assert_string_equal(options.processes[1].name, "name");
	assert_int_equal(options.processes[2].pid, 3);
	assert_int_equal(options.pid, 0);
	assert_null(options.name);
	assert_int_equal(options.format, FORMAT_CSV);
	assert_int_equal(options.samples, 2);
	assert_int_equal(options.interval_ns, 5000000000);
	assert_int_equal(options.fields.count, 2);
	assert_string_equal(options.filter, "kind:heap");
	assert_int_equal(READ(&options, "--once", "--filter=", "7"), ACTION_ONCE);
	assert_int_equal(options.process_count, 1);
	assert_int_equal(options.pid, 7);
}

static void metrics(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "--once", "--format=openmetrics", "--output=x", "web", "7"),
			 ACTION_ONCE);
	assert_string_equal(options.output, "x");
	assert_int_equal(options.interval_ns, 15000000000);
	assert_int_equal(options.process_count, 2);
	assert_int_equal(READ(&options, "--once", "--format=openmetrics", "--output=x",
			      "--budget=5", "--delay=60", "--samples=3", "web"),
			 ACTION_ONCE);
	assert_int_equal(options.interval_ns, 60000000000);
	assert_true(options.budget > 0.049 && options.budget < 0.051);
}

static void more_processes_than_there_may_be(void **state)
{
	const char *arguments[OPTIONS_PROCESSES_MAX + 4] = {"vastop", "--once"};
	struct options options;

	(void)state;
	for (int i = 0; i <= OPTIONS_PROCESSES_MAX; i++)
		arguments[2 + i] = "7";
	assert_int_equal(read_arguments(&options, arguments), ACTION_MISTAKE);
	arguments[2 + OPTIONS_PROCESSES_MAX] = NULL;
	assert_int_equal(read_arguments(&options, arguments), ACTION_ONCE);
	assert_int_equal(options.process_count, OPTIONS_PROCESSES_MAX);
}

static void a_command_comes_behind_two_hyphens(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "--delay=5", "--", "ls", "--once", "--", "-l"),
			 ACTION_WATCH);
	assert_int_equal(options.pid, 0);
	assert_string_equal(options.command[0], "ls");
	assert_string_equal(options.command[1], "--once");
	assert_string_equal(options.command[2], "--");
	assert_string_equal(options.command[3], "-l");
	assert_null(options.command[4]);
	assert_int_equal(options.interval_ns, 5000000000);
	assert_int_equal(READ(&options, "--events", "--output=file", "--", "4711"), ACTION_EVENTS);
	assert_string_equal(options.command[0], "4711");
	assert_string_equal(options.output, "file");
	/* An option's value is no such mark. */
	assert_int_equal(READ(&options, "--theme", "--", "4711"), ACTION_WATCH);
	assert_string_equal(options.theme, "--");
	assert_null(options.command);
	assert_int_equal(options.pid, 4711);
	assert_int_equal(READ(&options, "4711", "--"), ACTION_WATCH);
	assert_null(options.command);
}

static void help_and_version_need_no_pid(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "--help"), ACTION_HELP);
	assert_int_equal(READ(&options, "-h"), ACTION_HELP);
	assert_int_equal(READ(&options, "--version"), ACTION_VERSION);
	assert_int_equal(READ(&options, "-V"), ACTION_VERSION);
}

#define LONGEST 6 /* with the NULL at the end */

static void expect_mistake(const char *const line[LONGEST])
{
	const char *arguments[LONGEST + 1] = {"vastop"};
	struct options options;

	for (size_t i = 0; line[i]; i++)
		arguments[i + 1] = line[i];
	if (read_arguments(&options, arguments) != ACTION_MISTAKE)
		fail_msg("no mistake: %s %s", line[0], line[1] ? line[1] : "");
}

static void mistakes(void **state)
{
	static const char *const lines[][LONGEST] = {
		{""},
		{"0"},
		{"-1"},
		{"4294967297"},
		{"99999999999999999999"},
		{"name", "2"},
		{"2", "name"},
		{"--once"},
		{"--events"},
		{"1", "2"},
		{"--nonsense", "1"},
		{"-z", "1"},
		{"--theme"},
		{"--once", "--format=xml", "1"},
		{"--once", "--color=perhaps", "1"},
		{"--scale=cubic", "1"},
		{"--once", "--width=39", "1"},
		{"--once", "--height=5001", "1"},
		{"--once", "--height=-3", "1"},
		{"--output"},
		{"--events", "--samples=0", "1"},
		{"--events", "--samples=1.5", "1"},
		{"--events", "--samples=4294967296", "1"},
		{"--avoid=pidfd,all", "1"},
		{"--avoid=", "1"},
		{"--budget=0", "1"},
		{"--budget=0.0999", "1"},
		{"--budget=101", "1"},
		{"--budget=2%", "1"},
		{"--history=1000K", "1"},
		{"--history=65G", "1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		expect_mistake(lines[i]);
}

static void delays_that_are_none(void **state)
{
	static const char *const values[] = {"--delay=0",    "--delay=-1",  "--delay=1e9",
					     "--delay=nan",  "--delay=inf", "--delay=0.009",
					     "--delay=3601", "--delay=",    "--delay=1s"};
	struct options options;

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		assert_int_equal(READ(&options, values[i], "1"), ACTION_MISTAKE);
}

static void options_that_do_not_go_together(void **state)
{
	static const char *const lines[][LONGEST] = {
		{"--format=json", "1"},
		{"--width=80", "1"},
		{"--events", "--height=80", "1"},
		{"--events", "--once", "1"},
		{"--once", "--events", "1"},
		{"--samples=2", "1"},
		{"--events", "--samples=2", "--format=csv", "1"},
		{"--inside=heap", "--format=table", "1"},
		{"--once", "--fields=rss", "1"},
		{"--once", "--format=json", "--fields=rss", "1"},
		{"--events", "--fields=rss", "1"},
		{"--once", "--filter=kind:hepa", "1"},
		{"--once", "--filter=\"", "1"},
		{"--events", "--filter=heap", "1"},
		{"--once", "--format=csv", "--width=80", "1"},
		{"--once", "--format=csv", "--background=dark", "1"},
		{"--once", "--format=openmetrics", "--delay=2", "1"},
		{"--once", "--format=openmetrics", "--samples=2", "1"},
		{"--once", "--format=openmetrics", "--filter=heap", "1"},
		{"--once", "--format=json", "--output=x", "1"},
		{"--once", "--format=svg", "1", "2"},
		{"--once", "--format=svg", "--samples=2", "1"},
		{"--once", "--format=svg", "--fields=rss", "1"},
		{"--once", "--samples=1", "--delay=2", "1"},
		{"--events", "1", "2"},
		{"--once", "1", "2", "--", "ls"},
		{"--once", "--procfs=x", "1", "name"},
		{"--once", "--delay=2", "1"},
		{"--once", "--budget=2", "1"},
		{"--once", "--history=2M", "1"},
		{"--events", "--history=2M", "1"},
		{"--no-smaps", "1"},
		{"--once", "--no-mouse", "1"},
		{"--events", "--no-smaps", "1"},
		{"--once", "--no-smaps=1", "1"},
		{"--output=x", "1"},
		{"--procfs=x", "--", "ls"},
		{"--once", "--", "ls"},
		{"1", "--", "ls"},
		{"name", "--", "ls"},
		{"--procfs=x"},
		{"--procfs=x", "name"},
		{"--once", "--format=json", "--height=40", "1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		expect_mistake(lines[i]);
}

static void checks_are_of_several_processes(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "1", "--check", "name", "--samples=8", "--delay=0.5",
			      "--format=json"),
			 ACTION_CHECK);
	assert_int_equal(options.process_count, 2);
	assert_int_equal(options.processes[0].pid, 1);
	assert_string_equal(options.processes[1].name, "name");
	assert_int_equal(options.samples, 8);
	assert_int_equal(options.interval_ns, 500000000);
	assert_int_equal(options.format, FORMAT_JSON);
	assert_int_equal(READ(&options, "--check", "7"), ACTION_CHECK);
	assert_int_equal(options.pid, 7);
	assert_int_equal(options.samples, 0);
	assert_int_equal(READ(&options, "--check", "--height=80", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--check", "--delay=2", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--check", "--once", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--check", "--format=csv", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--check", "--", "ls"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--check"), ACTION_MISTAKE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pid_is_watched),
		cmocka_unit_test(what_is_no_number_is_a_name),
		cmocka_unit_test(without_a_process_one_is_chosen),
		cmocka_unit_test(options_come_before_or_after_the_pid),
		cmocka_unit_test(how_to_sample),
		cmocka_unit_test(events),
		cmocka_unit_test(reports_are_of_several_processes),
		cmocka_unit_test(metrics),
		cmocka_unit_test(more_processes_than_there_may_be),
		cmocka_unit_test(a_command_comes_behind_two_hyphens),
		cmocka_unit_test(help_and_version_need_no_pid),
		cmocka_unit_test(checks_are_of_several_processes),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(delays_that_are_none),
		cmocka_unit_test(options_that_do_not_go_together),
	};

	return cmocka_run_group_tests_name("command_line", tests, NULL, NULL);
}
