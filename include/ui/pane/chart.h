/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_CHART_H
#define UI_PANE_CHART_H

/*
 * The growth chart: a pane with one value over time: its name, what it is now, by how much and
 * how fast it grew, its peak, and a chart with both axes. Bytes and CLOCK_REALTIME nanoseconds.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/series.h"
#include "screen/role.h"
#include "ui/frame.h"
#include "ui/scene.h"

struct canvas;

#define CHART_LINES_BEST 6 /* of the pane, with borders: three of chart, one of times */

/* What stands out at a time, on a line below the chart; the later one of one place is shown. */
struct chart_mark {
	int64_t time_ns;
	uint32_t sign, ascii;
	enum role role;
};

struct chart {
	const char *name;                /* "[heap]", "rss", "anonymous"; printable */
	const struct series_step *steps; /* the time shown, in chart_steps() equal steps */
	size_t count;
	uint64_t now, peak;
	int64_t since_baseline;        /* bytes more or less than at the baseline */
	const char *baseline;          /* when that was: "attach", "10:36:02"; NULL: "baseline" */
	double rate_now, rate_average; /* bytes a second; NAN unknown */
	const char *sites;      /* whose code touched it: "by 71% json_decode"; NULL: not known */
	int64_t from_ns, to_ns; /* of the steps */
	const char *from_clock,
		*to_clock;              /* the same as local times: "10:36:02"; NULL: not shown */
	bool known;                     /* whether there is a value at all */
	const struct chart_mark *marks; /* NULL: there is no such line */
	size_t mark_count;
	int64_t at_ns; /* with marks: where one is */
};

/* How many steps a chart of that size shows, at least 2: what series_sample() is to be asked. */
size_t chart_steps(const struct frame *frame, struct rect rect);

/* The ends of the time that is shown, as local times. */
struct chart_clocks {
	char from[SCENE_CLOCK_LENGTH], to[SCENE_CLOCK_LENGTH];
};

/*
 * Fills the steps, chart->count of them, with the series from chart->from_ns to chart->to_ns, and
 * both clocks; the chart refers to them afterwards.
 */
void chart_sample(struct chart *chart, const struct scene_status *status,
		  const struct series *series, struct series_step *steps,
		  struct chart_clocks *clocks);

void chart_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		const struct chart *chart);

/* The time at a column of the screen, of a chart of that time; false: it is not in the chart. */
bool chart_time_at(const struct frame *frame, struct rect rect, int column, int64_t from_ns,
		   int64_t to_ns, int64_t *ret_time_ns);

#endif
