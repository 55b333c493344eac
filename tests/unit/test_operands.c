/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/operands.h"
#include "app/options.h"

static bool take(struct options *options, enum options_action action, const char *first,
		 const char *second)
{
	*options = (struct options){.action = action};
	assert_true(!first || operands_add(options, first));
	assert_true(!second || operands_add(options, second));
	return operands_take(options);
}

static void processes_are_numbers_or_names(void **state)
{
	struct options options;

	(void)state;
	assert_true(take(&options, ACTION_WATCH, "4711", NULL));
	assert_int_equal(options.pid, 4711);
	assert_null(options.name);
	assert_true(take(&options, ACTION_WATCH, "web", NULL));
	assert_int_equal(options.pid, 0);
	assert_string_equal(options.name, "web");
	assert_true(take(&options, ACTION_ONCE, "1", "web"));
	assert_int_equal(options.process_count, 2);
	assert_int_equal(options.pid, 0);
	assert_false(take(&options, ACTION_WATCH, "1", "2"));
	assert_false(take(&options, ACTION_WATCH, "0", NULL));
	assert_false(take(&options, ACTION_WATCH, "99999999999", NULL));
	assert_true(take(&options, ACTION_WATCH, NULL, NULL));
}

static void two_are_compared(void **state)
{
	struct options options;

	(void)state;
	assert_true(take(&options, ACTION_DIFF, "1", "file@-5m"));
	assert_string_equal(options.operands[0], "1");
	assert_string_equal(options.operands[1], "file@-5m");
	assert_int_equal(options.process_count, 0);
	assert_false(take(&options, ACTION_DIFF, "1", NULL));
	assert_false(take(&options, ACTION_DIFF, NULL, NULL));
	assert_true(operands_add(&options, "1") && operands_add(&options, "2"));
	assert_true(operands_take(&options));
	assert_true(operands_add(&options, "3"));
	assert_false(operands_take(&options));
	assert_true(take(&options, ACTION_DIFF, "1", "2"));
	options.command = (char *[]){"ls", NULL};
	assert_false(operands_take(&options));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(processes_are_numbers_or_names),
		cmocka_unit_test(two_are_compared),
	};

	return cmocka_run_group_tests_name("operands", tests, NULL, NULL);
}
