/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/program_run.h"

static int run(const char *script, struct program_run *ret_run)
{
	char *const argv[] = {(char *)"sh", (char *)"-c", (char *)script, NULL};

	return program_run(argv, ret_run);
}

static void a_run_lasts_at_least_as_long_as_the_program(void **state)
{
	struct program_run slept = {0}, worked = {0};

	(void)state;
	assert_int_equal(run("sleep 0.05; echo discarded", &slept), 0);
	assert_true(slept.wall_ns >= 50000000);
	/* The work of a child counts, too. */
	assert_int_equal(run("i=0; (while [ $i -lt 20000 ]; do i=$((i+1)); done)", &worked), 0);
	assert_true(worked.cpu_ns > 0);
}

static void what_fails_is_no_run(void **state)
{
	char *const missing[] = {(char *)"/nonexistent/program", NULL};
	struct program_run run_of = {-1, -1};

	(void)state;
	assert_int_equal(run("exit 3", &run_of), -EIO);
	assert_int_equal(run("kill -9 $$", &run_of), -EIO);
	assert_int_equal(program_run(missing, &run_of), -ENOENT);
	assert_int_equal(run_of.wall_ns, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_lasts_at_least_as_long_as_the_program),
		cmocka_unit_test(what_fails_is_no_run),
	};

	return cmocka_run_group_tests_name("program_run", tests, NULL, NULL);
}
