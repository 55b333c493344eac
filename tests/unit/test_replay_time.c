/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "app/replay_time.h"

#define SECOND INT64_C(1000000000)
#define LAST   (INT64_C(1795980412) * SECOND) /* 2026-11-29 19:26:52 UTC */
#define FIRST  (LAST - 7200 * SECOND)

static void check(const char *words, int64_t expected)
{
	int64_t time_ns = -1;

	if (replay_time_parse(words, FIRST, LAST, &time_ns))
		fail_msg("refused: %s", words);
	assert_int_equal(time_ns, expected);
}

static void times_are_read(void **state)
{
	(void)state;
	check("19:26:52", LAST);
	check("19:26:51.250", LAST - 750000000);
	check("18:00:00", LAST - (26 * 60 + 52 + 3600) * SECOND);
	/* Later than the end, and not there the day before. */
	check("19:26:53", LAST + SECOND);
	check("2026-11-29 19:26:52", LAST);
	check("2026-11-29T19:26:52Z", LAST);
	check("2026-11-29T19:26:52.001Z", LAST + 1000000);
	check("+90s", FIRST + 90 * SECOND);
	check("+1h", FIRST + 3600 * SECOND);
	check("-5m", LAST - 300 * SECOND);
	check("-0s", LAST);
	/* A hundred years, which is the most. */
	check("+3162240000s", FIRST + 3162240000 * SECOND);
	check("+52704000m", FIRST + 3162240000 * SECOND);
	check("+878400h", FIRST + 3162240000 * SECOND);
}

static void a_time_of_day_may_be_of_the_day_before(void **state)
{
	const int64_t midnight = INT64_C(1795910400) * SECOND;
	int64_t time_ns;

	(void)state;
	assert_int_equal(replay_time_parse("23:59:00", midnight - 3600 * SECOND,
					   midnight + 3600 * SECOND, &time_ns),
			 0);
	assert_int_equal(time_ns, midnight - 60 * SECOND);
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"x",
		"19",
		"19:26",
		"19:26:5",
		"24:00:00",
		"19:60:00",
		"19:26:52.",
		"19:26:52 ",
		"+",
		"+5",
		"+5d",
		"-s",
		"+5s ",
		"2026-11-29",
		"2026-13-01T00:00:00Z",
		"2026-11-29T19:26:52+01",
		"1969-01-01 00:00:00",
		"+99999999999999999999s",
		"+3162240001s",
		"+52704001m",
		"+878401h",
	};
	int64_t time_ns = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (replay_time_parse(wrong[i], FIRST, LAST, &time_ns) != -EINVAL)
			fail_msg("taken: %s", wrong[i]);
	assert_int_equal(time_ns, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(a_time_of_day_may_be_of_the_day_before),
		cmocka_unit_test(what_is_no_time_is_refused),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests_name("replay_time", tests, NULL, NULL);
}
