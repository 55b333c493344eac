/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <getopt.h>

#include "app/options.h"

#define READ(options, ...) read_arguments(options, (const char *[]){"vastop", __VA_ARGS__, NULL})

/* Reads as main() does; getopt_long() starts anew at optind 0. */
static enum options_action read_arguments(struct options *options, const char **arguments)
{
	int count = 0;

	while (arguments[count])
		count++;
	optind = 0;
	options_read(options, count, (char **)arguments);
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

static void mistakes(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, NULL), ACTION_MISTAKE);
	assert_int_equal(READ(&options, ""), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "0"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "-1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "4294967297"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "99999999999999999999"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "12x"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, " 12"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "1", "2"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--nonsense", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "-z", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--theme"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--once", "--format=xml", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--once", "--color=perhaps", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--scale=cubic", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--once", "--width=39", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--once", "--height=5001", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--once", "--height=-3", "1"), ACTION_MISTAKE);
}

static void options_that_do_not_go_together(void **state)
{
	struct options options;

	(void)state;
	assert_int_equal(READ(&options, "--format=json", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--width=80", "1"), ACTION_MISTAKE);
	assert_int_equal(READ(&options, "--once", "--format=json", "--height=40", "1"),
			 ACTION_MISTAKE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pid_is_watched),
		cmocka_unit_test(options_come_before_or_after_the_pid),
		cmocka_unit_test(help_and_version_need_no_pid),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(options_that_do_not_go_together),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
