/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_outlives_the_options),
	};

	return cmocka_run_group_tests_name("procfs_options", tests, NULL, NULL);
}
