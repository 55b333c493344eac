/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/chart.h"

#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/glyphs.h"
#include "ui/pane/plot.h"
#include "ui/text/amounts.h"

#define LABEL_COLUMNS     7  /* as format_size() */
#define LABELS_FROM       24 /* columns inside from which the value axis has room */
#define TIMES_LINES_FROM  3  /* lines inside from which the times have one */
#define MIDDLE_LINES_FROM 5  /* lines of chart from which the middle has a label too */
#define TICK_COLUMNS      12 /* between two distances on the time axis, at least */
#define VALUE_MOST        48 /* columns of a value of the title: functions have names without end */
#define SECOND            INT64_C(1000000000)
#define CLOCK_SECONDS     8 /* the length of "10:36:02" */

/* The parts inside the pane. */
struct parts {
	struct rect chart, marks, times;
	bool labels;
};

static struct parts lay_parts(const struct frame *frame, struct rect rect, bool marks)
{
	struct rect inside = frame_inside(frame, rect);
	struct parts parts = {.chart = inside, .labels = inside.columns >= LABELS_FROM};
	int aside = parts.labels ? LABEL_COLUMNS + 1 : 0;

	parts.chart.column += aside;
	parts.chart.columns -= aside + frame->bordered;
	parts.times = parts.chart;
	parts.times.lines = inside.lines >= TIMES_LINES_FROM;
	parts.chart.lines -= parts.times.lines;
	parts.times.line += parts.chart.lines;
	parts.marks = parts.times;
	parts.marks.lines = marks && parts.chart.lines > 1;
	parts.marks.line -= parts.marks.lines;
	parts.chart.lines -= parts.marks.lines;
	return parts;
}

size_t chart_steps(const struct frame *frame, struct rect rect)
{
	int columns = lay_parts(frame, rect, false).chart.columns;

	return (size_t)(columns > 1 ? columns : 1) * PLOT_STEPS_PER_COLUMN;
}

void chart_sample(struct chart *chart, const struct scene_status *status,
		  const struct series *series, struct series_step *steps,
		  struct chart_clocks *clocks)
{
	series_sample(series, chart->from_ns, chart->to_ns, steps, chart->count);
	status->local_time(NULL, chart->from_ns, clocks->from);
	status->local_time(NULL, chart->to_ns, clocks->to);
	/* Seconds are enough on the axis. */
	clocks->from[CLOCK_SECONDS] = clocks->to[CLOCK_SECONDS] = '\0';
	chart->from_clock = clocks->from;
	chart->to_clock = clocks->to;
}

/* The running title: what does not fit whole is left out. */
struct title {
	struct canvas *canvas;
	int column, line, end, between;
};

static void add(struct title *title, const char *value, enum role role, const char *words)
{
	const int whole = (int)utf8_columns(value);
	const int columns = (whole < VALUE_MOST ? whole : VALUE_MOST) + (int)utf8_columns(words);

	if (title->column + title->between + columns + 2 > title->end)
		return;
	title->column += title->between;
	title->column += canvas_put(title->canvas, title->column, title->line, ' ', ROLE_DEFAULT);
	title->column +=
		canvas_write(title->canvas, title->column, title->line, columns, value, role);
	title->column +=
		canvas_write(title->canvas, title->column, title->line, columns, words, ROLE_MUTED);
	title->column += canvas_put(title->canvas, title->column, title->line, ' ', ROLE_DEFAULT);
}

static enum role delta_role(int64_t delta)
{
	return delta > 0 ? ROLE_GREW : delta < 0 ? ROLE_SHRANK : ROLE_MUTED;
}

/* What matters more comes first, so that it has room longest. */
static void draw_title(struct canvas *canvas, const struct frame *frame, struct rect rect,
		       const struct chart *chart, const struct glyphs *glyphs)
{
	int inset = frame->bordered;
	struct title title = {canvas, rect.column + inset, rect.line,
			      rect.column + rect.columns - 2 * inset, inset ? 2 : 0};
	char size[FORMAT_SIZE_LENGTH], amount[AMOUNTS_LENGTH];
	struct text since = {0};

	title.column += (int)utf8_columns(chart->name) + 2;
	if (!chart->known) {
		add(&title, glyphs->unknown, ROLE_MUTED, "");
		return;
	}
	add(&title, format_size(size, chart->now), ROLE_VALUE, "");
	text_append_format(&since, " since %s", chart->baseline ? chart->baseline : "baseline");
	add(&title, amounts_delta(amount, chart->since_baseline), delta_role(chart->since_baseline),
	    text_string(&since));
	text_finish(&since);
	add(&title, amounts_rate(amount, chart->rate_now, glyphs->unknown), ROLE_VALUE, "");
	if (chart->sites)
		add(&title, chart->sites, ROLE_DEFAULT, "");
	add(&title, format_size(size, chart->peak), ROLE_DEFAULT, " peak");
	add(&title, amounts_rate(amount, chart->rate_average, glyphs->unknown), ROLE_DEFAULT,
	    " average");
}

static void draw_label(struct canvas *canvas, const struct parts *parts, int line,
		       const char *label)
{
	int column = parts->chart.column - LABEL_COLUMNS - 1;

	canvas_write_right(canvas, column, line, LABEL_COLUMNS, label, ROLE_CHART_AXIS);
	canvas_put(canvas, column + LABEL_COLUMNS, line, canvas->ascii ? '+' : 0x2524,
		   ROLE_CHART_AXIS);
}

/*
 * The values at top and bottom, and in the middle where there is room. Where the ends are too
 * near to differ as sizes, the upper ones say how far they are above the lowest.
 */
static void draw_values(struct canvas *canvas, const struct parts *parts,
			const struct plot_scale *scale)
{
	char low[FORMAT_SIZE_LENGTH], high[FORMAT_SIZE_LENGTH], above[AMOUNTS_LENGTH];
	uint64_t range = scale->high - scale->low;
	const struct rect *chart = &parts->chart;
	bool near;

	if (!parts->labels)
		return;
	canvas_fill(canvas, chart->column - 1, chart->line, 1, chart->lines,
		    canvas->ascii ? '|' : 0x2502, ROLE_CHART_AXIS);
	format_size(low, scale->low);
	format_size(high, scale->high);
	near = strcmp(low, high) == 0;
	draw_label(canvas, parts, chart->line + chart->lines - 1, low);
	if (chart->lines < 2)
		return;
	draw_label(canvas, parts, chart->line, near ? amounts_delta(above, (int64_t)range) : high);
	if (chart->lines < MIDDLE_LINES_FROM || chart->lines % 2 == 0)
		return;
	draw_label(canvas, parts, chart->line + chart->lines / 2,
		   near ? amounts_delta(above, (int64_t)(range / 2))
			: format_size(high, scale->low + range / 2));
}

/* The round distance in time that takes at least TICK_COLUMNS; 0 when none does. */
static int64_t tick_distance(int64_t span, int columns)
{
	static const int32_t milliseconds[] = {10, 20, 50, 100, 200, 500};
	static const int32_t seconds[] = {1,     2,     5,     10,     15,     30,   60,
					  120,   300,   600,   900,    1800,   3600, 7200,
					  21600, 43200, 86400, 604800, 2592000};
	int64_t least = (int64_t)((__int128)span * TICK_COLUMNS / columns);

	for (size_t i = 0; i < sizeof(milliseconds) / sizeof(milliseconds[0]); i++)
		if (milliseconds[i] * (SECOND / 1000) >= least)
			return milliseconds[i] * (SECOND / 1000);
	for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++)
		if (seconds[i] * SECOND >= least)
			return seconds[i] * SECOND;
	return 0;
}

/* "-250ms", "-1.5s", "-30s", "-1m30s", "-2h", "-1d12h": at most two units. */
static void append_distance(struct text *text, int64_t distance)
{
	static const struct {
		int64_t seconds, lower;
		char unit, lower_unit;
	} units[] = {{86400, 3600, 'd', 'h'}, {3600, 60, 'h', 'm'}, {60, 1, 'm', 's'}};
	int64_t seconds = distance / SECOND, tenths = distance / (SECOND / 10) % 10;

	text_append_char(text, '-');
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		int64_t rest = seconds % units[i].seconds / units[i].lower;

		if (seconds < units[i].seconds)
			continue;
		text_append_format(text, "%" PRId64 "%c", seconds / units[i].seconds,
				   units[i].unit);
		if (rest)
			text_append_format(text, "%" PRId64 "%c", rest, units[i].lower_unit);
		return;
	}
	if (seconds == 0)
		text_append_format(text, "%" PRId64 "ms", distance / (SECOND / 1000));
	else if (tenths)
		text_append_format(text, "%" PRId64 ".%" PRId64 "s", seconds, tenths);
	else
		text_append_format(text, "%" PRId64 "s", seconds);
}

/* The ends as clock times and, between them, how long before the end a place is. */
static void draw_times(struct canvas *canvas, struct rect rect, const struct chart *chart)
{
	int64_t span = chart->to_ns - chart->from_ns, distance;
	int left = rect.column, right = rect.column + rect.columns;
	struct text text = {0};

	if (rect.lines < 1 || rect.columns < 1)
		return;
	if (chart->to_clock && (int)utf8_columns(chart->to_clock) <= rect.columns)
		right -= canvas_write_right(canvas, rect.column, rect.line, rect.columns,
					    chart->to_clock, ROLE_CHART_AXIS) +
			 1;
	if (chart->from_clock && left + (int)utf8_columns(chart->from_clock) < right)
		left += canvas_write(canvas, left, rect.line, rect.columns, chart->from_clock,
				     ROLE_CHART_AXIS) +
			1;
	distance = span > 0 ? tick_distance(span, rect.columns) : 0;
	for (int64_t back = distance; distance && back < span; back += distance) {
		int at = rect.column + rect.columns - 1 -
			 (int)((__int128)back * rect.columns / span);
		int columns;

		text_clear(&text);
		append_distance(&text, back);
		columns = (int)text.length;
		at -= columns / 2;
		if (at >= left && at + columns <= right)
			canvas_write(canvas, at, rect.line, columns, text_string(&text),
				     ROLE_CHART_AXIS);
	}
	text_finish(&text);
}

static int column_at(struct rect rect, const struct chart *chart, int64_t time_ns)
{
	int64_t span = chart->to_ns - chart->from_ns;
	int at = (int)((__int128)(time_ns - chart->from_ns) * rect.columns / (span > 0 ? span : 1));

	return rect.column + (at < 0 ? 0 : at < rect.columns ? at : rect.columns - 1);
}

static void draw_marks(struct canvas *canvas, struct rect rect, const struct chart *chart)
{
	if (rect.lines < 1 || rect.columns < 1)
		return;
	for (size_t i = 0; i < chart->mark_count; i++) {
		const struct chart_mark *mark = &chart->marks[i];

		canvas_put(canvas, column_at(rect, chart, mark->time_ns), rect.line,
			   canvas->ascii ? mark->ascii : mark->sign, mark->role);
	}
	canvas_put(canvas, column_at(rect, chart, chart->at_ns), rect.line,
		   canvas->ascii ? '^' : 0x25b2, ROLE_MARKER);
}

bool chart_time_at(const struct frame *frame, struct rect rect, int column, int64_t from_ns,
		   int64_t to_ns, int64_t *ret_time_ns)
{
	struct rect chart = lay_parts(frame, rect, false).chart;

	if (column < chart.column || column >= chart.column + chart.columns)
		return false;
	*ret_time_ns = from_ns + (int64_t)((__int128)(to_ns - from_ns) *
					   (2 * (column - chart.column) + 1) / (2 * chart.columns));
	return true;
}

void chart_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		const struct chart *chart)
{
	const struct glyphs *glyphs = glyphs_get(!canvas->ascii);
	struct parts parts = lay_parts(frame, rect, chart->marks);
	struct plot_scale scale;

	box_draw(canvas, frame, rect, &(struct box){.title = chart->name});
	draw_title(canvas, frame, rect, chart, glyphs);
	if (!plot_scale_fit(&scale, chart->steps, chart->count)) {
		struct rect inside = frame_inside(frame, rect);

		box_write_wrapped(canvas, inside.column + 1, inside.line, inside.columns - 2,
				  inside.lines, "There are no samples of this time.", ROLE_MUTED);
		return;
	}
	if (parts.chart.lines < 1)
		return;
	draw_values(canvas, &parts, &scale);
	plot_draw(canvas, parts.chart, &scale, chart->steps, chart->count);
	draw_marks(canvas, parts.marks, chart);
	draw_times(canvas, parts.times, chart);
}
