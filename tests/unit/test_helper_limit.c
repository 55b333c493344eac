/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The processor time that a call may take: what limits there are is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "files/helper.h"

static struct {
	int usage_error, limit_error;
	struct rusage used;
	struct rlimit limit, set;
	int sets;
} kernel;

int getrusage(__rusage_who_t who, struct rusage *ret_used)
{
	assert_int_equal(who, RUSAGE_SELF);
	*ret_used = kernel.used;
	return kernel.usage_error;
}

int getrlimit(__rlimit_resource_t resource, struct rlimit *ret_limit)
{
	/* Sanitizers ask for others. */
	if (resource != RLIMIT_CPU)
		return (int)syscall(SYS_prlimit64, 0, resource, NULL, ret_limit);
	*ret_limit = kernel.limit;
	return kernel.limit_error;
}

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit)
{
	if (resource != RLIMIT_CPU)
		return (int)syscall(SYS_prlimit64, 0, resource, limit, NULL);
	kernel.set = *limit;
	kernel.sets++;
	return 0;
}

static void reset(rlim_t most)
{
	memset(&kernel, 0, sizeof(kernel));
	kernel.used.ru_utime = (struct timeval){.tv_sec = 3, .tv_usec = 900000};
	kernel.used.ru_stime = (struct timeval){.tv_sec = 2, .tv_usec = 900000};
	kernel.limit = (struct rlimit){RLIM_INFINITY, most};
}

static void it_counts_from_now(void **state)
{
	static const rlim_t most[] = {RLIM_INFINITY, 100, 10};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		reset(most[i]);
		helper_limit_time(4);
		assert_int_equal(kernel.sets, 1);
		assert_int_equal(kernel.set.rlim_cur, 9);
		assert_int_equal(kernel.set.rlim_max, most[i]);
	}
}

/* As much as that is not allowed anyway, or nothing is known of it. */
static void it_is_never_raised(void **state)
{
	(void)state;
	reset(9);
	helper_limit_time(4);
	reset(3);
	helper_limit_time(4);
	assert_int_equal(kernel.sets, 0);
	reset(100);
	kernel.usage_error = -1;
	helper_limit_time(4);
	reset(100);
	kernel.limit_error = -1;
	helper_limit_time(4);
	assert_int_equal(kernel.sets, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_counts_from_now),
		cmocka_unit_test(it_is_never_raised),
	};

	return cmocka_run_group_tests_name("helper_limit", tests, NULL, NULL);
}
