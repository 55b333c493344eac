/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table/totals.h"

#include <inttypes.h>
#include <math.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/limits.h"
#include "model/session.h"
#include "model/usage.h"
#include "model/wx_history.h"
#include "screen/canvas.h"
#include "ui/pane/limit_lines.h"
#include "ui/scene.h"

#define TREND_FROM 72                   /* columns from which the trend has room */
#define TREND_NS   INT64_C(60000000000) /* the last minute */
#define TREND_FLAT 16                   /* less than this part of the value is no trend */

bool totals_add(struct totals_line *line, const char *label, const char *value, enum role role)
{
	int first = line->column;
	int need = (int)(utf8_columns(label) + (*label ? 1 : 0) + utf8_columns(value));

	if (line->column + need > line->end)
		return false;
	if (*label) {
		line->column += canvas_write(line->canvas, line->column, line->line, need, label,
					     ROLE_LABEL);
		line->column++;
	}
	line->column += canvas_write(line->canvas, line->column, line->line, need, value, role) + 2;
	if (line->sought >= first && line->sought < line->column - 2)
		line->found = label;
	return true;
}

static bool add_size(struct totals_line *line, const char *label, uint64_t bytes,
		     const struct scene *scene)
{
	char size[FORMAT_SIZE_LENGTH];
	bool unknown = bytes == TARGET_UNKNOWN;

	return totals_add(line, label, unknown ? scene->glyphs->unknown : format_size(size, bytes),
			  unknown ? ROLE_MUTED : ROLE_VALUE);
}

/*
 * RSS over the last minute (or since it is known), a cell for each eighth of that: from its lowest
 * to its highest, but what hardly moves stays low.
 */
static void add_trend(struct totals_line *line, const struct scene *scene)
{
	struct series_step steps[GLYPHS_TREND];
	const struct series *rss;
	int64_t to = scene->space->time_ns + 1, from = to - TREND_NS;
	uint64_t low = UINT64_MAX, high = 0, range;

	if (!scene->session)
		return;
	rss = &scene->session->rss;
	if (rss->count && rss->points[0].time_ns > from && rss->points[0].time_ns < to)
		from = rss->points[0].time_ns;
	series_sample(rss, from, to, steps, GLYPHS_TREND);
	for (size_t i = 0; i < GLYPHS_TREND; i++) {
		if (!steps[i].known)
			continue;
		low = steps[i].last < low ? steps[i].last : low;
		high = steps[i].last > high ? steps[i].last : high;
	}
	if (low > high)
		return;
	range = high - low > high / TREND_FLAT ? high - low : high / TREND_FLAT;
	line->column--;
	for (size_t i = 0; i < GLYPHS_TREND; i++) {
		double share =
			range && steps[i].known ? (double)(steps[i].last - low) / (double)range : 0;

		canvas_put(line->canvas, line->column + (int)i, line->line,
			   scene->glyphs->trend[(int)(share * (GLYPHS_TREND - 1) + 0.5)],
			   ROLE_CHART);
	}
	line->column += GLYPHS_TREND + 2;
}

static void add_mappings(struct totals_line *line, const struct scene *scene)
{
	uint64_t limit = scene->space->target.limits.max_map_count;
	enum limit_level level = scene->limits->uses[LIMIT_MAPPINGS].level;
	char count[FORMAT_NUMBER_LENGTH];
	struct text text = {0};

	text_append(&text, format_number(count, scene->space->mappings));
	if (limit < TARGET_UNLIMITED)
		text_append_format(&text, " of %s", format_number(count, limit));
	totals_add(line, "maps", text_string(&text),
		   level == LIMIT_FINE ? ROLE_VALUE : limit_lines_role(level));
	text_finish(&text);
}

/* Limits that are near; mappings have a place of their own. */
static void add_near_limits(struct totals_line *line, const struct scene *scene)
{
	const struct limits *limits = scene->limits;
	struct text text = {0};

	for (unsigned item = LIMIT_MAPPINGS + 1; item < LIMIT_COUNT; item++) {
		enum limit_level level = limits->uses[item].level;

		if (level == LIMIT_FINE)
			continue;
		text_clear(&text);
		limit_lines_append(&text, limits, (enum limit_item)item, scene->glyphs);
		totals_add(line, limit_name((enum limit_item)item), text_string(&text),
			   limit_lines_role(level));
	}
	text_finish(&text);
}

/* How many are writable and executable, and how many more ever were. */
static void add_writable_executable(struct totals_line *line, const struct scene *scene)
{
	uint64_t now = scene->space->writable_executable;
	uint64_t ever = scene->wx_history
				? wx_history_count(scene->wx_history, scene->space->time_ns)
				: now;
	char count[FORMAT_NUMBER_LENGTH];
	struct text text = {0};

	text_append(&text, format_number(count, now));
	if (ever > now)
		text_append_format(&text, " (%s ever)", format_number(count, ever));
	totals_add(line, "w+x", text_string(&text), ever ? ROLE_DANGER : ROLE_DEFAULT);
	text_finish(&text);
}

/* What vastop costs: processor time, the last full sample, and how long it held the lock. */
static void add_cost(struct totals_line *line, const struct scene *scene)
{
	const struct scene_cost *cost = scene->status->cost;
	uint64_t ns = scene->space->cost_ns;
	struct text text = {0};

	/* Of the past only that moment's sample is known. */
	if (scene->status->earlier)
		cost = NULL;
	if (cost)
		text_append_format(&text, "%.1f%% cpu, ", cost->cpu * 100);
	text_append_format(&text, "%" PRIu64 ".%" PRIu64 " ms", ns / 1000000, ns / 100000 % 10);
	if (cost && !isnan(cost->held))
		text_append_format(&text, ", lock %.1f%%", cost->held * 100);
	totals_add(line, "cost", text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}

/* What a recorded process's status does not say, the sum of its mappings may. */
static uint64_t either(uint64_t told, uint64_t sum)
{
	return told != TARGET_UNKNOWN ? told : sum;
}

/* The dangerous numbers come before the less important ones, so that they always have room. */
static const char *draw(struct canvas *canvas, struct rect rect, const struct scene *scene,
			int sought)
{
	const struct address_space *space = scene->space;
	struct totals_line line = {.canvas = canvas,
				   .column = rect.column + 1,
				   .line = rect.line,
				   .end = rect.column + rect.columns - 1,
				   .sought = sought};
	const struct usage *sum = scene->usage ? &scene->usage->total : NULL;
	uint64_t rss = either(space->target.rss, sum ? sum->rss : TARGET_UNKNOWN);
	uint64_t swap = either(space->target.swap, sum ? sum->swap : TARGET_UNKNOWN);
	char number[FORMAT_NUMBER_LENGTH];

	add_size(&line, "size", space->size, scene);
	if (add_size(&line, "rss", rss, scene) && rect.columns >= TREND_FROM)
		add_trend(&line, scene);
	if (scene->usage && scene->usage->total.hugetlb != TARGET_UNKNOWN &&
	    scene->usage->total.hugetlb)
		add_size(&line, "hugetlb", scene->usage->total.hugetlb, scene);
	add_writable_executable(&line, scene);
	add_near_limits(&line, scene);
	if (scene->status->output)
		totals_add(&line, "output", scene->status->output, ROLE_DEFAULT);
	if (scene->status->unconfined)
		totals_add(&line, "sandbox", "off", ROLE_DEFAULT);
	add_mappings(&line, scene);
	if (sum && sum->pss != TARGET_UNKNOWN)
		add_size(&line, "pss", sum->pss, scene);
	add_size(&line, "swap", swap, scene);
	if (scene->cursor)
		add_cost(&line, scene);
	totals_add(&line, "gaps", format_number(number, space->gaps), ROLE_DEFAULT);
	return line.found;
}

void totals_draw(struct canvas *canvas, struct rect rect, const struct scene *scene)
{
	draw(canvas, rect, scene, -1);
}

const char *totals_label_at(struct rect rect, const struct scene *scene, int column)
{
	struct canvas *canvas = canvas_create(rect.column + rect.columns, rect.line + 1, false);
	const char *label = draw(canvas, rect, scene, column);

	canvas_destroy(canvas);
	return label;
}
