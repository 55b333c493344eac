/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/series.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"

#define LEAST_CAPACITY 16
#define SECOND         1e9 /* nanoseconds */

/*
 * Thinning keeps points that are farther apart than a fraction of their age, 1/2^shift. It starts
 * with the finest and takes the first that leaves at most half of the capacity; with 0 all but
 * two points go. An octave of age then holds about 2^shift points: of 4096 points, a day's
 * recording at 100 Hz keeps the last ten seconds whole and all else to better than 1 % of its age.
 */
#define FINEST_SHIFT 20

void series_init(struct series *series, size_t capacity)
{
	*series = (struct series){0};
	series->capacity = capacity > LEAST_CAPACITY ? capacity : LEAST_CAPACITY;
}

void series_finish(struct series *series)
{
	free(series->points);
	*series = (struct series){0};
}

/* Times may lie anywhere in 64 bits: differences are unsigned. */
static uint64_t elapsed(int64_t from, int64_t to)
{
	return (uint64_t)to - (uint64_t)from;
}

static struct series_point join(const struct series_point *a, const struct series_point *b)
{
	return (struct series_point){
		.time_ns = b->time_ns,
		.low = a->low < b->low ? a->low : b->low,
		.high = a->high > b->high ? a->high : b->high,
		.last = b->last,
	};
}

/*
 * Thins the first count points, the very first excepted: points join as long as together they
 * reach no farther from the point kept before them than 1/2^shift of that one's age. Returns how
 * many there are then; store says whether to do it or only to count.
 */
static size_t thin(struct series *series, size_t count, unsigned shift, bool store)
{
	struct series_point *points = series->points;
	int64_t now = points[series->count - 1].time_ns, kept = points[0].time_ns;
	struct series_point open = points[1];
	size_t done = 1;

	for (size_t i = 2; i < count; i++) {
		if (elapsed(kept, points[i].time_ns) <= elapsed(kept, now) >> shift) {
			open = join(&open, &points[i]);
			continue;
		}
		if (store)
			points[done] = open;
		done++;
		kept = open.time_ns;
		open = points[i];
	}
	if (store)
		points[done] = open;
	return done + 1;
}

static void make_room(struct series *series)
{
	size_t old = series->capacity - series->capacity / 4, most = series->capacity / 2;
	unsigned shift = FINEST_SHIFT;
	size_t kept;

	while (shift > 0 && thin(series, old, shift, false) > most)
		shift--;
	kept = thin(series, old, shift, true);
	for (size_t i = old; i < series->count; i++)
		series->points[kept + i - old] = series->points[i];
	series->count = kept + series->count - old;
}

void series_add(struct series *series, int64_t time_ns, uint64_t value)
{
	if (series->count && time_ns < series->points[series->count - 1].time_ns)
		time_ns = series->points[series->count - 1].time_ns;
	if (series->count == series->capacity)
		make_room(series);
	series->points = memory_array_grow(series->points, series->count, &series->room,
					   sizeof(*series->points));
	if (value > series->peak)
		series->peak = value;
	series->points[series->count++] = (struct series_point){time_ns, value, value, value};
}

struct sought_point {
	const struct series *series;
	int64_t time_ns;
};

static bool is_not_before(const void *context, size_t index)
{
	const struct sought_point *sought = context;

	return sought->series->points[index].time_ns >= sought->time_ns;
}

/* The number of points before the time. */
static size_t points_before(const struct series *series, int64_t time_ns)
{
	return search_first(series->count, is_not_before,
			    &(const struct sought_point){series, time_ns});
}

void series_sample(const struct series *series, int64_t from, int64_t to, struct series_step *out,
		   size_t count)
{
	uint64_t span = to > from ? elapsed(from, to) : 0;
	size_t at = points_before(series, from);

	for (size_t i = 0; i < count; i++) {
		uint64_t end = (uint64_t)((unsigned __int128)span * (i + 1) / count);
		struct series_point point = {0};
		bool known = at > 0;

		if (known) {
			point = series->points[at - 1];
			point.low = point.high = point.last;
		}
		for (size_t first = at; at < series->count; at++) {
			const struct series_point *next = &series->points[at];

			if (elapsed(from, next->time_ns) >= end)
				break;
			point = at > first ? join(&point, next) : *next;
			known = true;
		}
		out[i] = (struct series_step){point.low, point.high, point.last, known};
	}
}

int series_at(const struct series *series, int64_t time_ns, uint64_t *ret_value)
{
	size_t count = time_ns == INT64_MAX ? series->count : points_before(series, time_ns + 1);

	if (count == 0)
		return -ENOENT;
	*ret_value = series->points[count - 1].last;
	return 0;
}

uint64_t series_peak(const struct series *series, int64_t time_ns)
{
	uint64_t peak = 0;

	if (series->count && time_ns >= series->points[series->count - 1].time_ns)
		return series->peak;
	for (size_t i = 0; i < series->count && series->points[i].time_ns <= time_ns; i++)
		if (series->points[i].high > peak)
			peak = series->points[i].high;
	return peak;
}

int series_rate(const struct series *series, int64_t from, int64_t to, double *ret_bytes_per_second)
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
