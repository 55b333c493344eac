/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_TREND_H
#define MODEL_TREND_H

/* How fast a value grows: over the last seconds ("now"), or on average since a baseline. */

#include <stdint.h>

struct series;

/*
 * The growth from one time to another in bytes per second, negative when it shrinks: the
 * difference of the values that held then, divided by the time. A series that begins later than
 * from is taken from its beginning. Returns 0 and sets *ret_bytes_per_second, or -ENOENT when
 * no time lies between.
 */
int trend_rate(const struct series *series, int64_t from, int64_t to, double *ret_bytes_per_second);

#endif
