/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_STOPWATCH_H
#define SUPPORT_STOPWATCH_H

/* Time that passes (CLOCK_MONOTONIC), for benchmarks: only differences mean something. */

#include <stddef.h>

double stopwatch_ms(void);
double stopwatch_us(void);

/* The median of count values, at least 1; sorts them. */
double stopwatch_median(double *values, size_t count);

#endif
