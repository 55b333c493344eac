/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "app/target_words.h"
#include "model/target.h"

static void root_has_a_name_and_nobody_has_none(void **state)
{
	char *name = target_user_name(0);

	(void)state;
	assert_string_equal(name, "root");
	free(name);
	assert_null(target_user_name(TARGET_UNKNOWN));
	assert_null(target_user_name(UINT64_C(1) << 40));
}

static void the_clock_is_local(void **state)
{
	char clock[CLOCK_LENGTH];

	(void)state;
	setenv("TZ", "UTC", 1);
	assert_string_equal(target_clock(INT64_C(3723) * 1000000000, clock), "01:02:03");
	setenv("TZ", "XXX-2", 1);
	tzset();
	assert_string_equal(target_clock(INT64_C(3723) * 1000000000, clock), "03:02:03");
}

static void the_clock_has_milliseconds(void **state)
{
	char clock[LOCAL_TIME_LENGTH];

	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	target_local_time(NULL, INT64_C(3723007999999), clock);
	assert_string_equal(clock, "01:02:03.007");
	target_local_time(NULL, INT64_C(3723999999999), clock);
	assert_string_equal(clock, "01:02:03.999");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(root_has_a_name_and_nobody_has_none),
		cmocka_unit_test(the_clock_is_local),
		cmocka_unit_test(the_clock_has_milliseconds),
	};

	return cmocka_run_group_tests_name("target_words", tests, NULL, NULL);
}
