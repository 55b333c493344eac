/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "app/options.h"

static void tables_and_help_name_no_process(void **state)
{
	static const enum options_action about[] = {ACTION_LIST_COMMANDS, ACTION_LIST_THEMES,
						    ACTION_LIST_KINDS, ACTION_HELP, ACTION_VERSION};
	static const enum options_action others[] = {ACTION_WATCH, ACTION_ONCE, ACTION_EVENTS,
						     ACTION_LOCATE, ACTION_MISTAKE};
	struct options options = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++) {
		options.action = about[i];
		assert_true(options_are_about(&options));
		assert_true(options_action_is_about(about[i]));
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		options.action = others[i];
		assert_false(options_are_about(&options));
		assert_false(options_action_is_about(others[i]));
	}
}

static void options_come_before_the_environment(void **state)
{
	struct options options = {.colour = COLOUR_AUTO};

	(void)state;
	unsetenv("NO_COLOR");
	assert_true(options_want_colour(&options, true));
	assert_false(options_want_colour(&options, false));
	/* Empty means nothing: no-color.org. */
	setenv("NO_COLOR", "", 1);
	assert_true(options_want_colour(&options, true));
	setenv("NO_COLOR", "1", 1);
	assert_false(options_want_colour(&options, true));
	options.colour = COLOUR_ALWAYS;
	assert_true(options_want_colour(&options, false));
	options.colour = COLOUR_NEVER;
	unsetenv("NO_COLOR");
	assert_false(options_want_colour(&options, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_and_help_name_no_process),
		cmocka_unit_test(options_come_before_the_environment),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
