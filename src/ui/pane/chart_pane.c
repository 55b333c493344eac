/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/chart_pane.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/session.h"
#include "model/series.h"
#include "ui/arrange.h"
#include "ui/pane/chart.h"
#include "ui/text/top_sites.h"
#include "ui/text/words.h"
#include "ui/ui.h"

#define LINES_FROM  30 /* lines of the screen from which it is there by itself */
#define LINES_LARGE 50 /* from which it has two more */
#define SECOND      INT64_C(1000000000)
#define RATE_NOW_NS (5 * SECOND)  /* the last seconds are "now" */
#define RSS_FLAT    16            /* less than this part of RSS is no growth */
#define SPAN_NS     (60 * SECOND) /* at least so much time is shown once it has gone by */

/* What the chart follows. */
enum plot_value {
	VALUE_GREW,    /* what grew most since the baseline */
	VALUE_HEAP,    /* the brk heap */
	VALUE_USED,    /* what malloc's arenas have in use, */
	VALUE_FREE,    /* and what of them is free; where the heap was walked */
	VALUE_MAPPING, /* the mapping under the cursor */
	VALUE_KIND,    /* all mappings of its kind */
	VALUE_RSS,
	VALUE_SIZE,
	VALUE_COUNT,
};

enum grew {
	GREW_NOTHING,
	GREW_HEAP,
	GREW_MAPPING,
	GREW_KIND, /* many mappings of it, none of them by much */
	GREW_RSS,
};

struct chart_pane {
	struct pane pane;
	enum plot_value value;
	enum grew grew;
	uint64_t grower; /* with GREW_MAPPING: where it begins */
	enum kind kind;  /* with GREW_KIND */
};

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	(void)scene;
	(void)columns;
	if (!pane->asked &&
	    (lines < LINES_FROM || ((struct chart_pane *)pane)->grew == GREW_NOTHING))
		return 0;
	return CHART_LINES_BEST + (lines >= LINES_LARGE ? 2 : 0);
}

/* The first mapping of the band under the cursor; NULL in gaps. */
static const struct vma *cursor_vma(const struct scene *scene)
{
	const struct band band = scene->selected;

	for (size_t i = band.region; i < band.region + band.count; i++)
		if (scene->regions->regions[i].vma != REGION_GAP)
			return &scene->space->vmas[scene->regions->regions[i].vma];
	return NULL;
}

/*
 * The mapping that grew most since the baseline, and how much all of its kind did. What nothing can
 * access takes no memory: a reservation is none of them.
 */
struct grower {
	size_t vma; /* vma_count when nothing grew */
	int64_t delta, of_kind;
};

static struct grower find_grower(const struct shown *shown)
{
	struct grower found = {.vma = shown->space->vma_count};
	int64_t kinds[KIND_COUNT] = {0};

	for (size_t i = identity_next_changed(&shown->growth, 0); i < shown->space->vma_count;
	     i = identity_next_changed(&shown->growth, i + 1)) {
		int64_t delta = identity_delta(&shown->growth, i);

		if (!(shown->space->vmas[i].perms & PERM_ACCESS))
			continue;
		if (delta > 0)
			identity_delta_add(&kinds[shown->space->vmas[i].kind], delta);
		if (delta > found.delta) {
			found.delta = delta;
			found.vma = i;
		}
	}
	if (found.delta)
		found.of_kind = kinds[shown->space->vmas[found.vma].kind];
	return found;
}

/* Whether RSS exceeds that of the baseline by more than one part in RSS_FLAT. */
static bool has_rss_grown(const struct shown *shown)
{
	uint64_t before = shown->session->baseline->target.rss, now = shown->space->target.rss;

	return before != TARGET_UNKNOWN && now != TARGET_UNKNOWN &&
	       now > before + before / RSS_FLAT;
}

/* How much what is followed grew, if that is a mapping; 0 when it is not there. */
static int64_t followed_delta(const struct chart_pane *self, const struct shown *shown)
{
	size_t index = address_space_find(shown->space, self->grower);

	return self->grew == GREW_MAPPING && index < shown->space->vma_count
		       ? identity_delta(&shown->growth, index)
		       : 0;
}

/*
 * What grew most; a mapping that is followed already stays until another thing grew twice as much.
 * Where not even half of what a kind grew by is in one mapping, it is the kind that grows.
 */
static void choose_grown(struct chart_pane *self, const struct shown *shown)
{
	const struct grower grower = find_grower(shown);
	int64_t followed = followed_delta(self, shown);
	const struct vma *vma;

	if (grower.delta == 0) {
		self->grew = has_rss_grown(shown) ? GREW_RSS : GREW_NOTHING;
		return;
	}
	/* What did not grow is not half of what did. */
	if (grower.of_kind / 2 <= followed)
		return;
	vma = &shown->space->vmas[grower.vma];
	if (grower.delta < grower.of_kind / 2) {
		self->grew = GREW_KIND;
		self->kind = (enum kind)vma->kind;
	} else {
		self->grew = vma->kind == KIND_HEAP ? GREW_HEAP : GREW_MAPPING;
		self->grower = vma->start;
	}
}

/* Growth that is undone does not take the chart away again: the picture stays calm. */
static void take(struct pane *pane, struct ui *ui)
{
	struct chart_pane *self = (struct chart_pane *)pane;
	enum grew before = self->grew;

	if (!shown_is_newest(&ui->shown))
		return;
	choose_grown(self, &ui->shown);
	if (self->grew == GREW_NOTHING && !session_is_at_baseline(ui->shown.session))
		self->grew = before;
}

/* The brk heap, or of a process without one RSS. */
static bool has_heap(const struct scene *scene)
{
	return scene->space->by_kind[KIND_HEAP].mappings != 0;
}

static const struct series *choose_grower(const struct scene *scene, const struct chart_pane *self,
					  struct text *name)
{
	size_t index = address_space_find(scene->space, self->grower);

	switch (self->grew) {
	case GREW_MAPPING:
		if (index < scene->space->vma_count)
			words_append_vma(name, scene->space, index);
		else
			text_append_format(name, "%" PRIx64 ", unmapped", self->grower);
		return &scene->session->focus;
	case GREW_HEAP: text_append(name, "[heap]"); return &scene->session->heap;
	case GREW_KIND:
		text_append_format(name, "kind: %s", kind_name(self->kind));
		return &scene->session->kinds[self->kind];
	case GREW_NOTHING:
		if (has_heap(scene)) {
			text_append(name, "[heap]");
			return &scene->session->heap;
		}
		break;
	case GREW_RSS: break;
	}
	text_append(name, "rss");
	return &scene->session->rss;
}

/* What is followed, by name; NULL when there is nothing to follow under the cursor. */
static const struct series *choose_series(const struct scene *scene, const struct chart_pane *self,
					  struct text *name)
{
	const struct session *session = scene->session;
	const struct vma *vma = cursor_vma(scene);

	switch (self->value) {
	case VALUE_GREW: return choose_grower(scene, self, name);
	case VALUE_MAPPING:
		if (!vma)
			break;
		vma_append_label(name, vma);
		return &session->focus;
	case VALUE_KIND:
		if (!vma)
			break;
		text_append_format(name, "kind: %s", kind_name(vma->kind));
		return &session->kinds[vma->kind];
	case VALUE_USED: text_append(name, "in use in the heap"); return &session->heap_used;
	case VALUE_FREE: text_append(name, "free in the heap"); return &session->heap_free;
	case VALUE_RSS: text_append(name, "rss"); return &session->rss;
	case VALUE_SIZE: text_append(name, "size"); return &session->size;
	default: text_append(name, "[heap]"); return &session->heap;
	}
	text_append(name, "no mapping under the cursor");
	return NULL;
}

static double rate(const struct series *series, int64_t from, int64_t to)
{
	double result;

	return series_rate(series, from, to, &result) ? NAN : result;
}

/* The end of the time shown: the moment looked at, or the newest that is known. */
static int64_t find_end(const struct scene *scene, const struct series *series)
{
	int64_t end = scene->space->time_ns;

	if (scene->space == scene->session->now && series->count &&
	    series->points[series->count - 1].time_ns > end)
		end = series->points[series->count - 1].time_ns;
	return end;
}

/* How much the followed mapping grew, as it is said everywhere else; false: none is followed. */
static bool find_mapping_growth(const struct scene *scene, const struct series *series,
				int64_t *ret_delta)
{
	size_t index = address_space_find(scene->space, scene->session->focus_address);

	if (series != &scene->session->focus || !scene->growth || index == scene->space->vma_count)
		return false;
	*ret_delta = identity_delta(scene->growth, index);
	return true;
}

static void fill(struct chart *chart, const struct scene *scene, const struct series *series)
{
	int64_t baseline = scene->session->baseline->time_ns, first = series->points[0].time_ns;
	int64_t end = find_end(scene, series);
	uint64_t at_baseline;

	/* Half-open: the newest point lies within. */
	chart->to_ns = end + 1;
	chart->from_ns = chart->to_ns - SPAN_NS;
	/* From the baseline on, if that is longer ago, so that "since" is all on the screen. */
	if (baseline < chart->from_ns)
		chart->from_ns = baseline;
	if (first > chart->from_ns && chart->to_ns - first > SECOND)
		chart->from_ns = first;
	/* What the header says at the same time is of the snapshot, too. */
	chart->known = !series_at(series, scene->space->time_ns, &chart->now);
	if (baseline > end)
		at_baseline = chart->now;
	else if (series_at(series, baseline, &at_baseline))
		at_baseline = series->points[0].last;
	if (!find_mapping_growth(scene, series, &chart->since_baseline))
		chart->since_baseline = (int64_t)(chart->now - at_baseline);
	chart->peak = series_peak(series, end);
	chart->rate_now = rate(series, end - RATE_NOW_NS, end);
	chart->rate_average = rate(series, baseline, end);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	struct chart_clocks clocks;
	struct text name = {0}, sites = {0};
	const struct series *series = choose_series(scene, (const struct chart_pane *)pane, &name);
	struct chart chart = {
		.rate_now = NAN, .rate_average = NAN, .baseline = scene->status->baseline};
	struct series_step *steps;

	chart.count = chart_steps(frame, pane->rect);
	steps = memory_alloc(chart.count * sizeof(*steps));
	chart.steps = steps;
	chart.name = text_string(&name);
	if (series && series->count) {
		fill(&chart, scene, series);
		top_sites_put_series(&sites, scene, series);
		chart.sites = sites.length ? text_string(&sites) : NULL;
		chart_sample(&chart, scene->status, series, steps, &clocks);
	}
	chart_draw(canvas, frame, pane->rect, &chart);
	free(steps);
	text_finish(&name);
	text_finish(&sites);
}

/* A single mapping is followed only while it is shown: that costs a little. */
static void settle(struct pane *pane, struct ui *ui)
{
	const struct chart_pane *self = (const struct chart_pane *)pane;
	const struct scene scene = ui_scene(ui, NULL);
	const struct vma *vma;

	if (!pane->rect.lines)
		return;
	if (self->value == VALUE_GREW && self->grew == GREW_MAPPING)
		session_set_focus(ui->shown.session, self->grower);
	if (self->value != VALUE_MAPPING)
		return;
	vma = cursor_vma(&scene);
	if (vma)
		session_set_focus(ui->shown.session, vma->start);
}

const struct pane_ops chart_pane = {
	.name = "chart",
	.place = PANE_BOTTOM,
	.from_start = true,
	.leavable = true,
	.ignores = PANE_NEWS_USAGE,
	.size = sizeof(struct chart_pane),
	.lines = wanted_lines,
	.take = take,
	.settle = settle,
	.draw = draw,
};

/* The next thing to follow; VALUE_COUNT behind the last. The heap comes once. */
static enum plot_value next_value(const struct chart_pane *self, const struct ui *ui)
{
	const struct scene scene = ui_scene(ui, NULL);
	enum plot_value next = self->value + 1;
	bool was_heap = self->grew == GREW_HEAP || self->grew == GREW_NOTHING;

	if (next == VALUE_HEAP && (was_heap || !has_heap(&scene)))
		next++;
	if (next == VALUE_USED && !scene.session->heap_used.count)
		next = VALUE_FREE + 1;
	return next;
}

void chart_pane_next(struct ui *ui)
{
	struct chart_pane *self = (struct chart_pane *)arrange_pane(ui, &chart_pane);

	if (!self->pane.rect.lines) {
		self->value = VALUE_GREW;
		arrange_open(ui, &chart_pane);
		return;
	}
	self->value = next_value(self, ui);
	self->pane.asked = true;
	if (self->value < VALUE_COUNT)
		ui_want(ui, UI_LAYOUT);
	else
		arrange_close(ui, &chart_pane);
}

bool chart_pane_follows_heap(const struct ui *ui)
{
	const struct chart_pane *self = (const struct chart_pane *)arrange_pane(ui, &chart_pane);

	return (self->value == VALUE_USED || self->value == VALUE_FREE) &&
	       arrange_is_seen(ui, &chart_pane);
}
