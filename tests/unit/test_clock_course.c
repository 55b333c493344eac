/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "kernel/clock.h"
#include "kernel/clock_course.h"

#define SECOND INT64_C(1000000000)
#define HOUR   (3600 * SECOND)
#define NOW    (INT64_C(1800000000) * SECOND)

/* What the system's clocks show: this program has a clock_ns() of its own. */
static int64_t wall, boot;

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_REALTIME ? wall : boot;
}

static void pass(int64_t time_ns)
{
	wall += time_ns;
	boot += time_ns;
}

static void set_clocks(void)
{
	wall = NOW;
	boot = HOUR;
}

static void it_is_the_wall_clock(void **state)
{
	struct clock_course course = {0};

	(void)state;
	set_clocks();
	assert_true(clock_course_ns(&course) == NOW);
	pass(SECOND);
	assert_true(clock_course_ns(&course) == NOW + SECOND);
	/* Set ahead, by a second or a century. */
	wall += SECOND;
	assert_true(clock_course_ns(&course) == wall);
	wall += 24 * 36525 * HOUR;
	pass(SECOND);
	assert_true(clock_course_ns(&course) == wall);
}

static void a_clock_that_is_set_back_does_not_turn_time(void **state)
{
	struct clock_course course = {0};

	(void)state;
	set_clocks();
	clock_course_ns(&course);
	wall -= 2 * HOUR;
	pass(3 * SECOND);
	assert_true(clock_course_ns(&course) == NOW + 3 * SECOND);
	for (int i = 0; i < 10; i++) {
		pass(SECOND);
		assert_true(clock_course_ns(&course) == NOW + (4 + i) * SECOND);
	}
	/* And once more. */
	wall -= HOUR;
	pass(SECOND);
	assert_true(clock_course_ns(&course) == NOW + 14 * SECOND);
	/* It is right again: the clock counts. */
	wall += 4 * HOUR;
	assert_true(clock_course_ns(&course) == wall);
	pass(SECOND);
	assert_true(clock_course_ns(&course) == wall);
}

/* Processes do not run meanwhile, but it is time that passes. */
static void a_suspend_counts(void **state)
{
	struct clock_course course = {0};

	(void)state;
	set_clocks();
	clock_course_ns(&course);
	pass(9 * HOUR);
	assert_true(clock_course_ns(&course) == NOW + 9 * HOUR);
	/* With a clock that was set back meanwhile. */
	wall -= 24 * HOUR;
	pass(9 * HOUR);
	assert_true(clock_course_ns(&course) == NOW + 18 * HOUR);
}

static void what_comes_after_is_not_before(void **state)
{
	(void)state;
	set_clocks();
	assert_true(clock_course_after(NOW - HOUR) == NOW);
	assert_true(clock_course_after(NOW + HOUR) == NOW + HOUR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_wall_clock),
		cmocka_unit_test(a_clock_that_is_set_back_does_not_turn_time),
		cmocka_unit_test(a_suspend_counts),
		cmocka_unit_test(what_comes_after_is_not_before),
	};

	return cmocka_run_group_tests_name("clock_course", tests, NULL, NULL);
}
