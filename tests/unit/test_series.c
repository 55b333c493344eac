/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/series.h"
#include "random_space.h"
#include "support/golden.h"

#define SECOND INT64_C(1000000000)

/* All that was ever added. */
struct model {
	int64_t *times;
	uint64_t *values;
	size_t count;
	uint64_t peak;
};

static void model_init(struct model *model, size_t capacity)
{
	*model = (struct model){.times = memory_alloc(capacity * sizeof(int64_t)),
				.values = memory_alloc(capacity * sizeof(uint64_t))};
}

static void model_finish(struct model *model)
{
	free(model->times);
	free(model->values);
}

static void add(struct series *series, struct model *model, int64_t time_ns, uint64_t value)
{
	series_add(series, time_ns, value);
	if (model->count && time_ns < model->times[model->count - 1])
		time_ns = model->times[model->count - 1];
	model->times[model->count] = time_ns;
	model->values[model->count++] = value;
	if (value > model->peak)
		model->peak = value;
}

/* Each point stands for a run of what was added, all of it, in order, and the newest for one. */
static void assert_keeps(const struct series *series, const struct model *model)
{
	size_t newest = series->capacity / 4, at = 0;

	assert_in_range(series->count, 1, series->capacity);
	assert_true(series_peak(series, INT64_MAX) == model->peak);
	for (size_t i = 0; i < series->count; i++) {
		const struct series_point *point = &series->points[i];
		uint64_t low = UINT64_MAX, high = 0;
		size_t run = 0;

		do {
			assert_true(at < model->count);
			low = model->values[at] < low ? model->values[at] : low;
			high = model->values[at] > high ? model->values[at] : high;
			run++;
			at++;
		} while (model->times[at - 1] != point->time_ns ||
			 model->values[at - 1] != point->last || low != point->low ||
			 high != point->high);
		assert_true(run == 1 || (i > 0 && i + newest < series->count));
	}
	assert_int_equal(at, model->count);
}

static void never_loses_what_matters(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct random random = {seed};
		struct series series;
		struct model model;
		int64_t time_ns = 0;
		uint64_t pace = random_magnitude(&random, 1000000000);

		series_init(&series, random_magnitude(&random, 300));
		assert_true(series.capacity >= 16);
		model_init(&model, 4000);
		for (size_t i = 0; i < 4000; i++) {
			time_ns += (int64_t)random_magnitude(&random, pace) -
				   (random_below(&random, 100) == 0 ? SECOND : 0);
			/* Counting makes runs unambiguous; the noise makes peaks. */
			add(&series, &model, time_ns,
			    random_below(&random, 1000) << 32 | (uint64_t)i);
			if (i % 37 == 0 || i > 3900)
				assert_keeps(&series, &model);
		}
		series_finish(&series);
		model_finish(&model);
	}
}

static void times_may_stand_still(void **state)
{
	struct series series;
	struct model model;

	(void)state;
	series_init(&series, 16);
	model_init(&model, 1000);
	for (size_t i = 0; i < 1000; i++)
		add(&series, &model, 5, i ^ 0x55);
	assert_keeps(&series, &model);
	series_finish(&series);
	model_finish(&model);
}

/* One step computed from the kept points, one after the other, as the header says it. */
static struct series_step naive_step(const struct series *series, int64_t start, int64_t end)
{
	struct series_step step = {0};
	int within = 0;

	for (size_t i = 0; i < series->count && series->points[i].time_ns < end; i++) {
		const struct series_point *point = &series->points[i];

		if (point->time_ns < start || !within) {
			step = (struct series_step){point->low, point->high, point->last, 1};
			if (point->time_ns < start)
				step.low = step.high = step.last;
			within = point->time_ns >= start;
			continue;
		}
		step.low = point->low < step.low ? point->low : step.low;
		step.high = point->high > step.high ? point->high : step.high;
		step.last = point->last;
	}
	return step;
}

static void assert_sampled(const struct series *series, int64_t from, int64_t to, size_t count)
{
	struct series_step steps[64];

	series_sample(series, from, to, steps, count);
	for (size_t i = 0; i < count; i++) {
		__int128 span = (__int128)to - from;
		struct series_step expected =
			naive_step(series, (int64_t)(from + span * (__int128)i / (__int128)count),
				   (int64_t)(from + span * (__int128)(i + 1) / (__int128)count));

		assert_int_equal(steps[i].known, expected.known);
		assert_true(steps[i].low == expected.low && steps[i].high == expected.high);
		assert_true(steps[i].last == expected.last);
	}
}

static void samples_as_one_would(void **state)
{
	struct random random = {11};
	struct series series;
	int64_t time_ns = 1000;

	(void)state;
	series_init(&series, 100);
	assert_sampled(&series, 0, 100, 5);
	for (size_t i = 0; i < 2000; i++) {
		int64_t from, to;

		time_ns += (int64_t)random_below(&random, 50);
		series_add(&series, time_ns, random_below(&random, 1000));
		from = (int64_t)random_below(&random, (uint64_t)time_ns + 100);
		to = from + (int64_t)random_magnitude(&random, (uint64_t)time_ns);
		assert_sampled(&series, from, to, random_magnitude(&random, 64));
	}
	assert_sampled(&series, INT64_MIN, INT64_MAX, 64);
	assert_sampled(&series, time_ns, time_ns, 3);
	series_finish(&series);
}

static void the_peak_is_that_of_a_time(void **state)
{
	struct series series;

	(void)state;
	series_init(&series, 16);
	series_add(&series, 10, 5);
	series_add(&series, 20, 9);
	series_add(&series, 30, 7);
	assert_int_equal(series_peak(&series, 9), 0);
	assert_int_equal(series_peak(&series, 19), 5);
	assert_int_equal(series_peak(&series, 20), 9);
	assert_int_equal(series_peak(&series, INT64_MAX), 9);
	series_finish(&series);
}

static void tells_the_value_at_a_time(void **state)
{
	struct series series;
	uint64_t value = 9;

	(void)state;
	series_init(&series, 16);
	assert_int_equal(series_peak(&series, INT64_MAX), 0);
	assert_int_equal(series_at(&series, INT64_MAX, &value), -ENOENT);
	series_add(&series, 10, 100);
	series_add(&series, 20, 50);
	series_add(&series, 20, 60);
	assert_int_equal(series_at(&series, 9, &value), -ENOENT);
	assert_int_equal(value, 9);
	assert_int_equal(series_at(&series, 10, &value), 0);
	assert_int_equal(value, 100);
	assert_int_equal(series_at(&series, 19, &value), 0);
	assert_int_equal(value, 100);
	assert_int_equal(series_at(&series, INT64_MAX, &value), 0);
	assert_int_equal(value, 60);
	series_finish(&series);
}

/* A staircase watched at 100 Hz for an hour: the last seconds show each step where it was. */
static void steps_are_readable_at_10_ms(void **state)
{
	const int64_t tick = SECOND / 100, end = 3600 * SECOND, from = end - 5 * SECOND;
	struct series_step steps[500];
	struct series series;

	(void)state;
	series_init(&series, 4096);
	for (int64_t i = 0; i < 360000; i++)
		series_add(&series, i * tick, (uint64_t)i / 7 * 4096);
	series_sample(&series, from, end, steps, 500);
	for (int64_t i = 0; i < 500; i++) {
		uint64_t expected = (uint64_t)(from / tick + i) / 7 * 4096;

		assert_true(steps[i].known && steps[i].last == expected);
		assert_true(steps[i].low == expected && steps[i].high == expected);
	}
	series_finish(&series);
}

/* Whatever is charted, from seconds to the whole day: no gap wider than a column. */
static void old_points_are_fine_for_their_age(void **state)
{
	const int64_t tick = SECOND / 100, day = 86400 * SECOND;
	struct series series;

	(void)state;
	series_init(&series, 4096);
	for (int64_t i = 0; i < 8640000; i++)
		series_add(&series, i * tick, (uint64_t)i);
	for (size_t i = 1; i < series.count; i++) {
		int64_t before = series.points[i - 1].time_ns, age = day - before;

		assert_true(series.points[i].time_ns - before <= age / 100 + tick);
	}
	assert_int_equal(series.points[0].time_ns, 0);
	series_finish(&series);
}

static void assert_rate(const struct series *series, int64_t from, int64_t to, double expected)
{
	double rate = -1;

	assert_int_equal(series_rate(series, from, to, &rate), 0);
	assert_true(rate > expected - 1e-6 && rate < expected + 1e-6);
}

static void the_rate_is_growth_by_time(void **state)
{
	struct series series;

	(void)state;
	series_init(&series, 16);
	series_add(&series, 10 * SECOND, 1000);
	series_add(&series, 12 * SECOND, 5000);
	series_add(&series, 14 * SECOND, 0);
	assert_rate(&series, 10 * SECOND, 12 * SECOND, 2000);
	assert_rate(&series, 10 * SECOND, 12 * SECOND - 1, 0);
	assert_rate(&series, 12 * SECOND, 14 * SECOND, -2500);
	assert_rate(&series, 10 * SECOND, 20 * SECOND, -100);
	assert_rate(&series, 15 * SECOND, 20 * SECOND, 0);
	/* Before the beginning nothing is known: the time counts from there. */
	assert_rate(&series, 0, 12 * SECOND, 2000);
	series_finish(&series);
}

static void without_time_there_is_no_rate(void **state)
{
	struct series series;
	double rate = 7;

	(void)state;
	series_init(&series, 16);
	assert_int_equal(series_rate(&series, 0, SECOND, &rate), -ENOENT);
	series_add(&series, 10 * SECOND, 1000);
	assert_int_equal(series_rate(&series, 0, SECOND, &rate), -ENOENT);
	assert_int_equal(series_rate(&series, 0, 10 * SECOND, &rate), -ENOENT);
	assert_int_equal(series_rate(&series, 12 * SECOND, 11 * SECOND, &rate), -ENOENT);
	assert_true(rate == 7);
	series_finish(&series);
}

static void the_rate_of_any_values(void **state)
{
	struct series series;

	(void)state;
	series_init(&series, 16);
	series_add(&series, INT64_MIN, UINT64_MAX);
	series_add(&series, INT64_MAX, 0);
	assert_rate(&series, INT64_MIN, INT64_MAX, -1e9);
	series_finish(&series);
}

static void memory_grows_with_the_points(void **state)
{
	struct series series;

	(void)state;
	series_init(&series, 4096);
	assert_int_equal(series.room, 0);
	for (int64_t i = 0; i < 4096; i++) {
		series_add(&series, i, 1);
		assert_in_range(series.room, series.count, series.count * 2 + 16);
	}
	series_add(&series, 4096, 1);
	assert_int_equal(series.room, 4096);
	series_finish(&series);
}

/* Which points are kept of many, and what each of them says: at even times, in bursts, slower. */
static void what_is_kept_of_many(void **state)
{
	static const int64_t even = 1000, bursts = 37, slower = 3;
	struct text text = {0};

	(void)state;
	for (int way = 0; way < 3; way++)
		for (size_t capacity = 16; capacity <= 64; capacity *= 2) {
			struct series series;
			int64_t time = 5;

			series_init(&series, capacity);
			text_append_format(&text, "== %d of %zu\n", way, capacity);
			for (int64_t i = 0; i < 700; i++) {
				time += way == 0   ? even
					: way == 1 ? i % 50 ? bursts : 40 * even
						   : slower * i;
				series_add(&series, time, (uint64_t)(i * i % 101));
				if (i == 20 || i == 99)
					text_append_format(&text, "%zu kept of %d, %zu room\n",
							   series.count, (int)i + 1, series.room);
			}
			for (size_t i = 0; i < series.count; i++)
				text_append_format(&text, "%lld:%d-%d,%d ",
						   (long long)series.points[i].time_ns,
						   (int)series.points[i].low,
						   (int)series.points[i].high,
						   (int)series.points[i].last);
			text_append_format(&text, "peak %d\n", (int)series.peak);
			series_finish(&series);
		}
	golden_check("series_kept", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(never_loses_what_matters),
		cmocka_unit_test(times_may_stand_still),
		cmocka_unit_test(samples_as_one_would),
		cmocka_unit_test(the_peak_is_that_of_a_time),
		cmocka_unit_test(tells_the_value_at_a_time),
		cmocka_unit_test(steps_are_readable_at_10_ms),
		cmocka_unit_test(old_points_are_fine_for_their_age),
		cmocka_unit_test(the_rate_is_growth_by_time),
		cmocka_unit_test(without_time_there_is_no_rate),
		cmocka_unit_test(the_rate_of_any_values),
		cmocka_unit_test(memory_grows_with_the_points),
		cmocka_unit_test(what_is_kept_of_many),
	};

	return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}
