/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_CLOCK_H
#define KERNEL_CLOCK_H

/* The system's clocks (clock_gettime(2)) in nanoseconds. */

#include <stdint.h>
#include <time.h>

/* What the clock shows; one that the system has cannot fail. */
int64_t clock_ns(clockid_t clock);

#endif
