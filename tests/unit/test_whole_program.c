/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/whole_program.h"
#include "support/child.h"

static void a_target_may_say_in_pieces_that_it_is_ready(void **state)
{
	char *const argv[] = {(char *)"sh", (char *)"-c",
			      (char *)"printf rea; sleep 0.1; echo dy; exec cat", NULL};
	pid_t pid = bench_start_ready(argv);

	(void)state;
	assert_true(pid > 0);
	child_end(pid);
}

static void programs_are_sought_where_a_shell_would(void **state)
{
	(void)state;
	assert_true(bench_has_program("sh"));
	assert_true(bench_has_program("/bin/sh"));
	assert_false(bench_has_program("no-such-program"));
	assert_false(bench_has_program("/nonexistent/sh"));
}

static void the_median_is_the_middle_one(void **state)
{
	int64_t times[] = {9, 1, 5};

	(void)state;
	assert_int_equal(bench_median(times, 3), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_target_may_say_in_pieces_that_it_is_ready),
		cmocka_unit_test(programs_are_sought_where_a_shell_would),
		cmocka_unit_test(the_median_is_the_middle_one),
	};

	return cmocka_run_group_tests_name("whole_program", tests, NULL, NULL);
}
