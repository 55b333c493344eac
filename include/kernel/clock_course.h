/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_CLOCK_COURSE_H
#define KERNEL_CLOCK_COURSE_H

/*
 * The wall clock (CLOCK_REALTIME) of what is in the order of time, samples and what is said of
 * them: it never goes back. Where the clock of the system is set back, time goes on from where it
 * was, as fast as it passes (CLOCK_BOOTTIME, which counts a suspend), until that clock is there
 * again. Nanoseconds.
 */

#include <stdint.h>

/* All zeroes is valid. */
struct clock_course {
	int64_t last_ns, boot_ns; /* both clocks, when it was asked last; 0: never */
	int64_t ahead_ns;         /* of the wall clock */
};

int64_t clock_course_ns(struct clock_course *course);

/* The wall clock, of what comes after that time. */
int64_t clock_course_after(int64_t time_ns);

#endif
