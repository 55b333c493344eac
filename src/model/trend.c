/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/trend.h"

#include <errno.h>

#include "model/series.h"

#define SECOND 1e9 /* nanoseconds */

int trend_rate(const struct series *series, int64_t from, int64_t to, double *ret_bytes_per_second)
{
	uint64_t before, after;
	double growth, seconds;

	if (series->count && from < series->points[0].time_ns)
		from = series->points[0].time_ns;
	if (from >= to || series_at(series, from, &before) || series_at(series, to, &after))
		return -ENOENT;
	growth = after >= before ? (double)(after - before) : -(double)(before - after);
	seconds = (double)((uint64_t)to - (uint64_t)from) / SECOND;
	*ret_bytes_per_second = growth / seconds;
	return 0;
}
