/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_SERIES_H
#define MODEL_SERIES_H

/*
 * A value over time, for the growth chart: points in order of time, bounded in number. When full,
 * the older three quarters are thinned, the coarser the older they are: of neighbours closer than
 * a part of their age the last stays and takes over the lowest and the highest value of the
 * others. So peaks, the first point and the newest quarter of the capacity are never lost, and
 * what is charted over any stretch up to now is about equally fine. Times are CLOCK_REALTIME
 * nanoseconds, values bytes.
 */

#include <stddef.h>
#include <stdint.h>

struct series_point {
	int64_t time_ns;          /* of last */
	uint64_t low, high, last; /* of the points that it stands for, since the one before */
};

struct series {
	struct series_point *points;
	size_t count, room; /* room: the points that there is memory for */
	size_t capacity;    /* the bound */
	uint64_t peak;      /* the highest value of all */
};

/* An empty series that keeps at most capacity (at least 16) points; series_finish() frees it. */
void series_init(struct series *series, size_t capacity);
void series_finish(struct series *series);

/* Adds a value; a time before the last one's counts as that. Amortized O(1). */
void series_add(struct series *series, int64_t time_ns, uint64_t value);

/*
 * The values over [from, to) in count equal steps: for each step the lowest, highest and last
 * value within it, or, where no point lies in it, the value that still held (low = high = last).
 * known is 0 before the first point. out has room for count; step i begins at
 * from + (to - from) * i / count, rounded down. O(count + points within).
 */
struct series_step {
	uint64_t low, high, last;
	int known;
};
void series_sample(const struct series *series, int64_t from, int64_t to, struct series_step *out,
		   size_t count);

/* The value that held at the time: of the last point not later. Returns 0 or -ENOENT (earlier). */
int series_at(const struct series *series, int64_t time_ns, uint64_t *ret_value);

/* The highest value up to that time, of the points not later; 0 when there are none. */
uint64_t series_peak(const struct series *series, int64_t time_ns);

/*
 * The growth from one time to another in bytes per second, negative when it shrinks: the
 * difference of the values that held then, divided by the time. A series that begins later than
 * from is taken from its beginning. Returns 0 and sets *ret_bytes_per_second, or -ENOENT when
 * no time lies between.
 */
int series_rate(const struct series *series, int64_t from, int64_t to,
		double *ret_bytes_per_second);

#endif
