/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/stopwatch.h"

#include <stdlib.h>
#include <time.h>

#include "kernel/clock.h"

double stopwatch_ms(void)
{
	return (double)clock_ns(CLOCK_MONOTONIC) / 1e6;
}

double stopwatch_us(void)
{
	return (double)clock_ns(CLOCK_MONOTONIC) / 1e3;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

double stopwatch_median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), compare);
	return values[count / 2];
}
