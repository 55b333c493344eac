/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>

#include "model/signal_name.h"

static void names_them(void **state)
{
	char out[SIGNAL_NAME_LENGTH];

	(void)state;
	assert_string_equal(signal_name(SIGSEGV, out), "SIGSEGV");
	assert_string_equal(signal_name(SIGABRT, out), "SIGABRT");
	assert_string_equal(signal_name(63, out), "signal 63");
	assert_string_equal(signal_name(INT32_MIN, out), "signal -2147483648");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_them),
	};

	return cmocka_run_group_tests_name("signal_name", tests, NULL, NULL);
}
