/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "procfs/cmdline_parser.h"

static void splits_at_every_nul(void **state)
{
	struct cmdline cmdline = {0};

	(void)state;
	cmdline_parse(&cmdline, "sh\0-c\0\0\x1b[2J\0", 12);
	assert_int_equal(cmdline.count, 4);
	assert_string_equal(cmdline.arguments[0], "sh");
	assert_string_equal(cmdline.arguments[1], "-c");
	assert_string_equal(cmdline.arguments[2], "");
	assert_string_equal(cmdline.arguments[3], "\x1b[2J");
	cmdline_parse(&cmdline, "", 0);
	assert_int_equal(cmdline.count, 0);
	cmdline_finish(&cmdline);
}

static void the_last_nul_may_be_missing(void **state)
{
	struct cmdline cmdline = {0};

	(void)state;
	cmdline_parse(&cmdline, "worker: idle", 12);
	assert_int_equal(cmdline.count, 1);
	assert_string_equal(cmdline.arguments[0], "worker: idle");
	cmdline_finish(&cmdline);
}

static void grows_with_the_arguments(void **state)
{
	static char bytes[20001];
	struct cmdline cmdline = {0};

	(void)state;
	for (size_t i = 0; i < 20000; i += 2)
		bytes[i] = 'x';
	cmdline_parse(&cmdline, bytes, 20000);
	assert_int_equal(cmdline.count, 10000);
	assert_string_equal(cmdline.arguments[9999], "x");
	cmdline_finish(&cmdline);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_at_every_nul),
		cmocka_unit_test(the_last_nul_may_be_missing),
		cmocka_unit_test(grows_with_the_arguments),
	};

	return cmocka_run_group_tests_name("cmdline_parser", tests, NULL, NULL);
}
