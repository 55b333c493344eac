/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/growth_strip.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/chronicle.h"
#include "model/trend.h"
#include "ui/lower.h"
#include "ui/scene.h"
#include "ui/selected.h"
#include "ui/strip.h"
#include "ui/words.h"

#define SECOND      INT64_C(1000000000)
#define RATE_NOW_NS (5 * SECOND)  /* the last seconds are "now" */
#define SPAN_NS     (60 * SECOND) /* at least so much time is shown once it has gone by */

/* The first mapping of the band under the cursor; NULL in gaps. */
static const struct vma *cursor_vma(const struct scene *scene)
{
	const struct band band = selected_band(scene);

	for (size_t i = band.region; i < band.region + band.count; i++)
		if (scene->regions->regions[i].vma != REGION_GAP)
			return &scene->space->vmas[scene->regions->regions[i].vma];
	return NULL;
}

/* What is followed, by name; NULL when there is nothing to follow under the cursor. */
static const struct series *choose_series(const struct scene *scene, struct text *name)
{
	const struct chronicle *chronicle = scene->chronicle;
	const struct vma *vma = cursor_vma(scene);

	switch (scene->lower->value) {
	case VALUE_MAPPING:
		if (!vma)
			break;
		vma_append_label(name, vma);
		return &chronicle->focus;
	case VALUE_KIND:
		if (!vma)
			break;
		text_append_format(name, "kind: %s", kind_label(vma->kind));
		return &chronicle->kinds[vma->kind];
	case VALUE_RSS: text_append(name, "rss"); return &chronicle->rss;
	case VALUE_SIZE: text_append(name, "size"); return &chronicle->size;
	default: text_append(name, "[heap]"); return &chronicle->heap;
	}
	text_append(name, "no mapping under the cursor");
	return NULL;
}

static double rate(const struct series *series, int64_t from, int64_t to)
{
	double result;

	return trend_rate(series, from, to, &result) ? NAN : result;
}

/* The end of the time shown: the moment looked at, or the newest that is known. */
static int64_t find_end(const struct scene *scene, const struct series *series)
{
	int64_t end = scene->space->time_ns;

	if (scene->space == scene->chronicle->now && series->count &&
	    series->points[series->count - 1].time_ns > end)
		end = series->points[series->count - 1].time_ns;
	return end;
}

static void fill(struct strip *strip, const struct scene *scene, const struct series *series)
{
	int64_t mark = scene->chronicle->mark->time_ns, first = series->points[0].time_ns;
	int64_t end = find_end(scene, series);
	uint64_t at_mark;

	/* Half-open: the newest point lies within. */
	strip->to_ns = end + 1;
	strip->from_ns = strip->to_ns - SPAN_NS;
	/* From the mark on, if that is longer ago, so that "since" is all on the screen. */
	if (mark < strip->from_ns)
		strip->from_ns = mark;
	if (first > strip->from_ns && strip->to_ns - first > SECOND)
		strip->from_ns = first;
	strip->known = !series_at(series, strip->to_ns, &strip->now);
	if (series_at(series, mark, &at_mark))
		at_mark = series->points[0].last;
	strip->since_mark = (int64_t)(strip->now - at_mark);
	strip->peak = series_peak(series, end);
	strip->rate_now = rate(series, end - RATE_NOW_NS, end);
	strip->rate_average = rate(series, mark, end);
}

void growth_strip_draw(struct canvas *canvas, const struct frame *frame, const struct scene *scene)
{
	char from[SCENE_CLOCK_LENGTH], to[SCENE_CLOCK_LENGTH];
	struct text name = {0};
	const struct series *series = choose_series(scene, &name);
	struct strip strip = {.rate_now = NAN, .rate_average = NAN, .mark = scene->status->mark};
	struct series_step *steps;

	strip.count = strip_steps(frame, frame->lower);
	steps = memory_alloc(strip.count * sizeof(*steps));
	strip.steps = steps;
	strip.name = text_string(&name);
	if (series && series->count) {
		fill(&strip, scene, series);
		series_sample(series, strip.from_ns, strip.to_ns, steps, strip.count);
		scene->status->local_time(NULL, strip.from_ns, from);
		scene->status->local_time(NULL, strip.to_ns, to);
		/* Seconds are enough on the axis. */
		from[8] = to[8] = '\0';
		strip.from_clock = from;
		strip.to_clock = to;
	}
	strip_draw(canvas, frame, frame->lower, &strip);
	free(steps);
	text_finish(&name);
}
