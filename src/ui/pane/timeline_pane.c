/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/timeline_pane.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "model/timeline.h"
#include "screen/key.h"
#include "ui/pane/chart.h"
#include "ui/ui.h"

#define RATE_NOW_NS (INT64_C(5) * 1000000000) /* the last seconds are "now" */
#define LINES_LARGE 50                        /* lines of the screen from which it has two more */

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	(void)pane;
	(void)columns;
	return scene->timeline ? CHART_LINES_BEST + 1 + (lines >= LINES_LARGE ? 2 : 0) : 0;
}

/* RSS where that is known, else the size. */
static const struct series *choose_series(const struct timeline *timeline, const char **ret_name)
{
	*ret_name = timeline->rss.count ? "rss" : "size";
	return timeline->rss.count ? &timeline->rss : &timeline->size;
}

static struct chart_mark *make_marks(const struct timeline *timeline)
{
	static const struct {
		uint32_t sign, ascii;
		enum role role;
	} signs[] = {
		[TIMELINE_CHANGE] = {0xb7, '.', ROLE_CHART},
		[TIMELINE_BASELINE] = {'b', 'b', ROLE_VALUE},
		[TIMELINE_NOTE] = {'n', 'n', ROLE_KEY},
		[TIMELINE_END] = {0xd7, 'x', ROLE_DANGER},
	};
	struct chart_mark *marks = memory_alloc(timeline->mark_count * sizeof(*marks));

	for (size_t i = 0; i < timeline->mark_count; i++) {
		const struct timeline_mark *mark = &timeline->marks[i];

		marks[i] = (struct chart_mark){mark->time_ns, signs[mark->type].sign,
					       signs[mark->type].ascii, signs[mark->type].role};
	}
	return marks;
}

/* What is followed, and the last note. */
static void append_name(struct text *name, const struct scene *scene, const char *what)
{
	const struct timeline_mark *note = timeline_note(scene->timeline, scene->space->time_ns);

	text_append_format(name, "timeline: %s", what);
	if (!note)
		return;
	text_append(name, ", ");
	utf8_append_escaped(name, note->words, strlen(note->words));
}

static void fill(struct chart *chart, const struct scene *scene, const struct series *series)
{
	const struct timeline *timeline = scene->timeline;
	int64_t now = scene->space->time_ns;
	double rate;

	/* Half-open: the last point lies within. */
	chart->from_ns = timeline->start_ns;
	chart->to_ns = timeline->end_ns + 1;
	chart->at_ns = now;
	chart->known = !series_at(series, now, &chart->now);
	chart->since_baseline = (int64_t)(chart->now - series->points[0].last);
	chart->peak = series->peak;
	if (!series_rate(series, timeline->start_ns, timeline->end_ns, &rate))
		chart->rate_average = rate;
	if (!series_rate(series, now - RATE_NOW_NS, now, &rate))
		chart->rate_now = rate;
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	struct chart_clocks clocks;
	struct chart chart = {.rate_now = NAN, .rate_average = NAN, .baseline = "its begin"};
	const struct series *series;
	struct series_step *steps;
	struct chart_mark *marks;
	struct text name = {0};
	const char *what;

	if (!scene->timeline)
		return;
	series = choose_series(scene->timeline, &what);
	append_name(&name, scene, what);
	chart.name = text_string(&name);
	chart.count = chart_steps(frame, pane->rect);
	chart.steps = steps = memory_alloc(chart.count * sizeof(*steps));
	chart.marks = marks = make_marks(scene->timeline);
	chart.mark_count = scene->timeline->mark_count;
	if (series->count) {
		fill(&chart, scene, series);
		chart_sample(&chart, scene->status, series, steps, &clocks);
	}
	chart_draw(canvas, frame, pane->rect, &chart);
	free(steps);
	free(marks);
	text_finish(&name);
}

/* To the time that is pointed at. */
static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	const struct timeline *timeline = ui->host.timeline;
	int64_t time_ns;

	if (!timeline || !chart_time_at(&ui->frame, pane->rect, mouse->column, timeline->start_ns,
					timeline->end_ns + 1, &time_ns))
		return false;
	ui->request.wish = (struct replay_wish){
		.type = REPLAY_TIME, .time_ns = time_ns, .from_ns = ui->shown.space->time_ns};
	ui_want(ui, UI_WISH);
	return false;
}

const struct pane_ops timeline_pane = {
	.name = "timeline",
	.place = PANE_BOTTOM,
	.leavable = true,
	.ignores = PANE_NEWS_USAGE | PANE_NEWS_PULSE,
	.size = sizeof(struct pane),
	.lines = wanted_lines,
	.draw = draw,
	.press = press,
};

static void accept(struct ui *ui)
{
	if (ui->line.prompt.length)
		ui_want(ui, UI_TIME);
}

void timeline_pane_ask(struct ui *ui)
{
	static const struct ui_prompt asking = {.label = "time: ", .accept = accept};

	ui_ask(ui, &asking, "");
}
