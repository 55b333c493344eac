/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "model/timeline.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/pane/chart.h"
#include "ui/pane/timeline_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define MINUTE    (INT64_C(60) * 1000000000)

/* The process of the stage is in the middle of an hour. */
static void open_recording(struct stage *stage, struct timeline *timeline, int columns, int lines,
			   bool unicode)
{
	int64_t now, start;

	stage_open(stage, sample_python(), columns, lines, unicode);
	now = stage->ui.shown.space->time_ns;
	start = now - 30 * MINUTE;
	timeline_init(timeline, start, now + 30 * MINUTE);
	for (int i = 0; i <= 60; i++)
		series_add(&timeline->rss, start + i * MINUTE, ((uint64_t)(i % 40) + 10) << 20);
	for (int i = 5; i < 60; i += 7)
		timeline_add_mark(timeline, TIMELINE_CHANGE, start + i * MINUTE, NULL);
	timeline_add_mark(timeline, TIMELINE_BASELINE, start + 10 * MINUTE, NULL);
	timeline_add_mark(timeline, TIMELINE_NOTE, start + 20 * MINUTE, "before\033[31m it");
	timeline_add_mark(timeline, TIMELINE_END, start + 60 * MINUTE, NULL);
	timeline_sort(timeline);
	stage->ui.host.replay = true;
	stage->ui.host.timeline = timeline;
	stage->ui.host.play = (struct replay_state){.speed = 1,
						    .sample = 30,
						    .first = 1,
						    .last = 60,
						    .start_ns = start,
						    .end_ns = now + 30 * MINUTE};
}

static void all_of_it_is_shown(void **state)
{
	struct timeline timeline;
	struct stage stage;

	(void)state;
	open_recording(&stage, &timeline, 100, 36, true);
	stage_press(&stage, KEYS('Z'));
	stage_check(&stage, "timeline_100x36");
	trace_widths(&stage, &timeline_pane, 0, 4, 120, "timeline_widths");
	stage_close(&stage);
	timeline_finish(&timeline);
	open_recording(&stage, &timeline, 80, 24, false);
	stage_press(&stage, KEYS('Z'));
	stage_check(&stage, "timeline_80x24_ascii");
	stage_close(&stage);
	timeline_finish(&timeline);
}

static void a_click_goes_to_a_time(void **state)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};
	struct timeline timeline;
	struct stage stage;
	struct rect rect;
	int64_t time;

	(void)state;
	open_recording(&stage, &timeline, 100, 36, true);
	stage_press(&stage, KEYS('Z'));
	rect = stage_pane(&stage, &timeline_pane)->rect;
	assert_true(rect.lines > 4);
	mouse.line = rect.line + 2;
	mouse.column = rect.column + rect.columns - 4;
	assert_true(stage_click(&stage, &mouse) & UI_WISH);
	assert_int_equal(stage.request.wish.type, REPLAY_TIME);
	/* The middle of the last column, of the time with its last nanosecond. */
	assert_true(chart_time_at(&stage.ui.frame, rect, mouse.column, timeline.start_ns,
				  timeline.end_ns + 1, &time));
	assert_int_equal(stage.request.wish.time_ns, time);
	assert_int_equal(stage.request.wish.from_ns, stage.session.now->time_ns);
	assert_true(stage.request.wish.time_ns > timeline.end_ns - 3 * MINUTE);
	assert_true(stage.request.wish.time_ns <= timeline.end_ns);
	/* Beside the chart there is no time. */
	mouse.column = rect.column + 2;
	assert_false(stage_click(&stage, &mouse) & UI_WISH);
	stage_close(&stage);
	timeline_finish(&timeline);
}

/* Nothing there is gone into, and from fifty lines on there is more of it. */
static void it_has_lines_where_there_is_a_timeline(void **state)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};
	struct timeline timeline;
	struct stage stage;
	struct scene scene;
	struct pane *pane;

	(void)state;
	open_recording(&stage, &timeline, 100, 36, true);
	stage_press(&stage, KEYS('Z'));
	pane = stage_pane(&stage, &timeline_pane);
	scene = stage_scene(&stage);
	assert_int_equal(timeline_pane.lines(pane, &scene, 100, 49), CHART_LINES_BEST + 1);
	assert_int_equal(timeline_pane.lines(pane, &scene, 100, 50), CHART_LINES_BEST + 3);
	scene.timeline = NULL;
	assert_int_equal(timeline_pane.lines(pane, &scene, 100, 50), 0);
	mouse.column = pane->rect.column + 20;
	mouse.line = pane->rect.line + 2;
	assert_false(timeline_pane.press(pane, &stage.ui, &mouse));
	mouse.column = pane->rect.column;
	assert_false(timeline_pane.press(pane, &stage.ui, &mouse));
	stage_close(&stage);
	timeline_finish(&timeline);
}

static void a_time_is_asked_for(void **state)
{
	struct timeline timeline;
	struct stage stage;

	(void)state;
	open_recording(&stage, &timeline, 100, 36, true);
	assert_false(stage_press(&stage, KEYS('z', '+', '5', 'm')) & UI_TIME);
	assert_true(stage_press(&stage, KEYS(KEY_RETURN)) & UI_TIME);
	assert_string_equal(stage.ui.line.prompt.text, "+5m");
	assert_false(stage_press(&stage, KEYS('z', KEY_RETURN)) & UI_TIME);
	stage_close(&stage);
	timeline_finish(&timeline);
}

static void a_process_has_none(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 100, 36, true);
	stage_press(&stage, KEYS('Z'));
	assert_non_null(strstr(stage.ui.message.text, "for recordings"));
	assert_false(stage_press(&stage, KEYS('z')) & UI_TIME);
	assert_null(stage.ui.line.asking);
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct timeline timeline;
	struct stage stage;

	(void)state;
	open_recording(&stage, &timeline, 90, 26, true);
	trace_run(&stage,
		  "Z Left Right Right Down Up PgUp PgDn Home End Enter . , } { ) ( O < < < > > L "
		  "Space "
		  "Space z =10:00 Enter Esc Z z =x Enter Esc m r a p U A",
		  "timeline_pane_keys");
	stage_close(&stage);
	timeline_finish(&timeline);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_it_is_shown),
		cmocka_unit_test(a_click_goes_to_a_time),
		cmocka_unit_test(it_has_lines_where_there_is_a_timeline),
		cmocka_unit_test(a_time_is_asked_for),
		cmocka_unit_test(a_process_has_none),
		cmocka_unit_test(what_keys_do_is_seen),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("timeline_pane", tests, NULL, NULL);
}
