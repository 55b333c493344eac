/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kernel/avoid.h"
#include "kernel/procfs_options.h"

static void a_copy_outlives_the_options(void **state)
{
	char root[] = "/proc";
	struct procfs_options options = {.root = root, .avoid = AVOID_PIDFD};
	struct procfs_options copy = procfs_options_copy(&options);

	(void)state;
	memset(root, 'x', sizeof(root) - 1);
	options.avoid = 0;
	assert_string_equal(copy.root, "/proc");
	assert_int_equal(copy.avoid, AVOID_PIDFD);
	procfs_options_finish(&copy);
}

static void a_process_is_opened_below_the_root(void **state)
{
	struct procfs_options options = {.root = "/proc"};
	int directory = procfs_options_open_process(&options, getpid());

	(void)state;
	assert_true(directory >= 0);
	assert_int_equal(faccessat(directory, "maps", F_OK, 0), 0);
	close(directory);
}

static void a_process_that_is_not_there_is_an_error(void **state)
{
	struct procfs_options nowhere = {.root = "/proc/no-such-root"};

	(void)state;
	assert_int_equal(procfs_options_open_process(&nowhere, getpid()), -ENOENT);
	assert_int_equal(procfs_options_open_process(&(struct procfs_options){.root = "/proc"}, 0),
			 -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_outlives_the_options),
		cmocka_unit_test(a_process_is_opened_below_the_root),
		cmocka_unit_test(a_process_that_is_not_there_is_an_error),
	};

	return cmocka_run_group_tests_name("procfs_options", tests, NULL, NULL);
}
