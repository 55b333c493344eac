/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "ui/text/amounts.h"

static char out[AMOUNTS_LENGTH];

static void deltas_have_a_sign_unless_nothing_changed(void **state)
{
	(void)state;
	assert_string_equal(amounts_delta(out, 0), "0");
	assert_string_equal(amounts_delta(out, 1), "+1B");
	assert_string_equal(amounts_delta(out, -1), "-1B");
	assert_string_equal(amounts_delta(out, 512), "+512B");
	assert_string_equal(amounts_delta(out, 1259520), "+1.2M");
	assert_string_equal(amounts_delta(out, -135168), "-132K");
	assert_string_equal(amounts_delta(out, INT64_MAX), "+7.9E");
	assert_string_equal(amounts_delta(out, INT64_MIN), "-8.0E");
}

static void rates_are_per_second(void **state)
{
	(void)state;
	assert_string_equal(amounts_rate(out, 0, "-"), "0/s");
	assert_string_equal(amounts_rate(out, -0.0, "-"), "0/s");
	assert_string_equal(amounts_rate(out, 1, "-"), "1B/s");
	assert_string_equal(amounts_rate(out, 4200.5, "-"), "4.1K/s");
	assert_string_equal(amounts_rate(out, -135168, "-"), "-132K/s");
}

static void slow_rates_are_per_hour(void **state)
{
	(void)state;
	assert_string_equal(amounts_rate(out, 4096 / 10800.0, "-"), "1.3K/h");
	assert_string_equal(amounts_rate(out, -0.5, "-"), "-1.7K/h");
	assert_string_equal(amounts_rate(out, 1e-9, "-"), "0/s");
	assert_string_equal(amounts_rate(out, -1e-9, "-"), "0/s");
}

static void what_is_not_known_is_not_a_number(void **state)
{
	(void)state;
	assert_string_equal(amounts_rate(out, NAN, "–"), "–");
	assert_string_equal(amounts_rate(out, INFINITY, "-"), "-");
	assert_string_equal(amounts_rate(out, -INFINITY, "-"), "-");
	/* Beyond 64 bits: the greatest that can be said. */
	assert_string_equal(amounts_rate(out, 1e300, "-"), "888.1P/s");
}

static void words_are_short(void **state)
{
	(void)state;
	for (double rate = 1e-6; rate < 1e25; rate *= 1.37) {
		assert_true(strlen(amounts_rate(out, -rate, "-")) <= 12);
		if (rate < 9e18)
			assert_true(strlen(amounts_delta(out, -(int64_t)rate)) <= 12);
	}
}

static void rates_have_ends(void **state)
{
	(void)state;
	assert_string_equal(amounts_rate(out, 9e17, "-"), "799.3P/s");
	assert_string_equal(amounts_rate(out, 1e18, "-"), "888.1P/s");
	assert_string_equal(amounts_rate(out, 1e30, "-"), "888.1P/s");
	assert_string_equal(amounts_rate(out, -1e30, "-"), "-888.1P/s");
	assert_string_equal(amounts_rate(out, 0.999, "-"), "3.5K/h");
	assert_string_equal(amounts_rate(out, 1.0 / 3600, "-"), "1B/h");
	assert_string_equal(amounts_rate(out, -1.0 / 3600, "-"), "-1B/h");
	assert_string_equal(amounts_rate(out, 0.99 / 3600, "-"), "0/s");
	assert_string_equal(amounts_rate(out, -1, "-"), "-1B/s");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deltas_have_a_sign_unless_nothing_changed),
		cmocka_unit_test(rates_are_per_second),
		cmocka_unit_test(slow_rates_are_per_hour),
		cmocka_unit_test(what_is_not_known_is_not_a_number),
		cmocka_unit_test(words_are_short),
		cmocka_unit_test(rates_have_ends),
	};

	return cmocka_run_group_tests_name("amounts", tests, NULL, NULL);
}
