/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <getopt.h>
#include <string.h>
#include <cmocka.h>

#include "app/command_line.h"
#include "app/config.h"
#include "app/options.h"
#include "base/arena.h"
#include "kernel/avoid.h"
#include "screen/setting.h"

#define GIVEN(options, ...) give(options, (const char *[]){"vastop", __VA_ARGS__, NULL})

static struct setting_mistake mistakes[4];
static size_t theme_line;
static struct arena strings;

static void give(struct options *options, const char **arguments)
{
	int count = 0;

	while (arguments[count])
		count++;
	optind = 0;
	command_line_read(options, count, (char **)arguments);
	assert_int_not_equal(options->action, ACTION_MISTAKE);
}

static size_t parse(struct options *options, const char *text)
{
	memset(mistakes, 0, sizeof(mistakes));
	theme_line = 99;
	return config_parse(options, &strings, text, strlen(text), mistakes, 4, &theme_line);
}

static void sets_what_the_command_line_left_open(void **state)
{
	struct options options;

	(void)state;
	GIVEN(&options, "--delay=3", "--scale", "log", "7");
	assert_int_equal(parse(&options, "# mine\n"
					 "theme = nord\n"
					 "delay = 0.5\n"
					 "scale = linear # wide\n"
					 "color=never\n"
					 "budget = 1\n"
					 "history = 2M\n"
					 "ascii = on\n"
					 "avoid = pidfd,pagemap\n"),
			 0);
	assert_string_equal(options.theme, "nord");
	assert_int_equal(theme_line, 2);
	assert_int_equal(options.interval_ns, 3000000000);
	assert_int_equal(options.scale, SCALE_LOG);
	assert_int_equal(options.colour, COLOUR_NEVER);
	assert_true(options.budget > 0.0099 && options.budget < 0.0101);
	assert_int_equal(options.history, 2 << 20);
	assert_true(options.ascii);
	assert_int_equal(options.avoid, AVOID_PIDFD | AVOID_PAGEMAP);
	GIVEN(&options, "--ascii", "7");
	assert_int_equal(parse(&options, "ascii = off\n"), 0);
	assert_true(options.ascii);
	arena_finish(&strings);
}

static void what_is_for_another_action_does_nothing(void **state)
{
	struct options options;

	(void)state;
	GIVEN(&options, "--locate=0", "7");
	assert_int_equal(parse(&options, "delay = 5\nbudget = 1\nhistory = 2M\nscale = equal\n"),
			 0);
	assert_int_equal(options.interval_ns, 1000000000);
	assert_int_equal(options.history, 64 << 20);
	assert_int_equal(options.scale, SCALE_EQUAL);
	/* But mistakes in it are told all the same. */
	assert_int_equal(parse(&options, "delay = 0\n"), 1);
	arena_finish(&strings);
}

static void says_what_is_wrong_and_what_to_write(void **state)
{
	static const struct {
		const char *line, *message;
	} cases[] = {
		{"thene = nord", "unknown option 'thene'; did you mean 'theme'?"},
		{"font = large", "unknown option 'font'; vastop(1) lists those of this file"},
		{"--theme = nord", "'--theme': options stand here without hyphens, as in "
				   "'theme = nord'"},
		{"once = on", "'once' is valid only on the command line"},
		{"procfs = /proc", "'procfs' is valid only on the command line"},
		{"theme nord", "no '=' after 'theme'; a line is like 'theme = nord'"},
		{"= nord", "no option before '='; a line is like 'theme = nord'"},
		{"theme =", "no value after '='; a line is like 'theme = nord'"},
		{"theme = my own", "unexpected word 'own'; 'theme' has one value"},
		{"delay = soon", "delay takes seconds from 0.01 to 3600, as in 0.5, not 'soon'"},
		{"scale = cubic", "scale takes log, linear or equal, not 'cubic'"},
		{"ascii = perhaps", "ascii takes on or off, not 'perhaps'"},
		{"avoid = pidfd,x\x1b", "avoid takes procmap-query, pidfd, pagemap-scan, pagemap "
					"with commas between them, not 'x\\x1b'"},
	};
	struct options options, before;

	(void)state;
	GIVEN(&options, "7");
	before = options;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(parse(&options, cases[i].line), 1);
		assert_string_equal(mistakes[0].message, cases[i].message);
		assert_memory_equal(&options, &before, sizeof(options));
	}
	assert_int_equal(
		config_parse(&options, &strings, "theme = a\0b", 11, mistakes, 4, &theme_line), 1);
	assert_null(options.theme);
	assert_int_equal(theme_line, 0);
	arena_finish(&strings);
}

static void one_wrong_line_spoils_no_other(void **state)
{
	struct options options;

	(void)state;
	GIVEN(&options, "7");
	assert_int_equal(parse(&options, "theme = a\ndelay = x\ntheme = b\nscale = equal"), 2);
	assert_int_equal(mistakes[0].line, 2);
	assert_int_equal(mistakes[1].line, 3);
	assert_string_equal(mistakes[1].message,
			    "'theme' is already set on line 1; keep one of them");
	assert_string_equal(options.theme, "a");
	assert_int_equal(options.scale, SCALE_EQUAL);
	arena_finish(&strings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_what_the_command_line_left_open),
		cmocka_unit_test(what_is_for_another_action_does_nothing),
		cmocka_unit_test(says_what_is_wrong_and_what_to_write),
		cmocka_unit_test(one_wrong_line_spoils_no_other),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
