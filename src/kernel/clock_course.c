/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/clock_course.h"

#include "kernel/clock.h"

int64_t clock_course_ns(struct clock_course *course)
{
	const int64_t wall = clock_ns(CLOCK_REALTIME), boot = clock_ns(CLOCK_BOOTTIME);

	if (!course->last_ns || wall >= course->last_ns)
		course->ahead_ns = 0;
	else if (wall + course->ahead_ns < course->last_ns)
		course->ahead_ns = course->last_ns + (boot - course->boot_ns) - wall;
	course->last_ns = wall + course->ahead_ns;
	course->boot_ns = boot;
	return course->last_ns;
}

int64_t clock_course_after(int64_t time_ns)
{
	const int64_t wall = clock_ns(CLOCK_REALTIME);

	return wall > time_ns ? wall : time_ns;
}
