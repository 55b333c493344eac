/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "kernel/clock.h"

static void counts_nanoseconds_and_never_goes_back(void **state)
{
	struct timespec before;
	int64_t first, second;

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &before);
	first = clock_ns(CLOCK_MONOTONIC);
	second = clock_ns(CLOCK_MONOTONIC);
	assert_true(first >= (int64_t)before.tv_sec * 1000000000 + before.tv_nsec);
	assert_true(first < ((int64_t)before.tv_sec + 3600) * 1000000000);
	assert_true(second >= first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_nanoseconds_and_never_goes_back),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
