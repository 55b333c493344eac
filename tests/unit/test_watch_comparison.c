/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <time.h>

#include <poll.h>
#include <string.h>

#include "app/watch_comparison.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/difference/difference_pane.h"

#define KEYS(...)   ((const uint32_t[]){__VA_ARGS__, 0})
#define SHARE       50 /* of the time one part is for comparing */
#define PATIENCE_MS 20000

static const struct comparison *shown(const struct stage *stage)
{
	return ((const struct difference_pane *)stage_pane(stage, &difference_pane))->comparison;
}

static void wait_for(struct watch_comparison *watched, struct stage *stage)
{
	struct pollfd wait = {.events = POLLIN};

	assert_true(watched->asking);
	wait.fd = watch_comparison_descriptor(watched);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_comparison_take(watched, &stage->ui);
	assert_false(watched->asking);
}

static void nothing_is_compared_unless_it_is_seen(void **state)
{
	struct watch_comparison watched = {.asking = false};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_comparison_begin(&watched, &stage.ui);
	watch_comparison_look(&watched, &stage.ui);
	assert_null(watched.answerer);
	assert_int_equal(watch_comparison_descriptor(&watched), -1);
	watch_comparison_take(&watched, &stage.ui);
	stage_close(&stage);
	watch_comparison_finish(&watched);
}

static void the_baseline_is_compared(void **state)
{
	struct watch_comparison watched = {.asking = false};
	const struct diff *diff;
	struct stage stage;
	int64_t delta;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	/* What is in memory of the baseline is kept while that is what is shown. */
	watch_comparison_look(&watched, &stage.ui);
	stage_scan(&stage, false);
	watch_comparison_look(&watched, &stage.ui);
	assert_true(watched.baseline.known);
	stage_add(&stage, sample_python_grown(8192), 1);
	stage_scan(&stage, false);
	stage_press(&stage, KEYS('D'));
	watch_comparison_look(&watched, &stage.ui);
	wait_for(&watched, &stage);
	diff = &shown(&stage)->diff;
	assert_int_equal(diff->item_count, 1);
	assert_true(diff_sum_delta(&diff->total, DIFF_SIZE, &delta));
	assert_int_equal(delta, 8192);
	assert_true(diff_sum_delta(&diff->total, DIFF_RSS, &delta));
	assert_non_null(strstr(shown(&stage)->sides[DIFF_A].heading, "baseline, "));
	assert_non_null(strstr(shown(&stage)->sides[DIFF_B].heading, "now, "));
	/* The same is not compared again. */
	watch_comparison_look(&watched, &stage.ui);
	assert_false(watched.asking);
	/* Another one not at once; but where no other will come. */
	watched.earliest_ns = INT64_MAX;
	stage_add(&stage, sample_python_grown(16384), 2);
	watch_comparison_look(&watched, &stage.ui);
	assert_false(watched.asking);
	stage.ui.shown.ended = true;
	watch_comparison_look(&watched, &stage.ui);
	wait_for(&watched, &stage);
	assert_non_null(strstr(shown(&stage)->sides[DIFF_B].heading, "shown, "));
	/* A new baseline: what is shown itself. */
	stage.ui.shown.ended = false;
	stage_press(&stage, KEYS(' ', 'm'));
	watch_comparison_look(&watched, &stage.ui);
	assert_false(watched.baseline.known);
	wait_for(&watched, &stage);
	assert_int_equal(shown(&stage)->diff.item_count, 0);
	stage_close(&stage);
	watch_comparison_finish(&watched);
}

static void what_was_given_is_compared_instead(void **state)
{
	struct address_space *space = sample_python_grown(4096);
	struct watch_comparison watched = {.given = comparison_side_of(space, NULL, "before.rec")};
	struct stage stage;
	int64_t delta;

	(void)state;
	address_space_destroy(space);
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_comparison_begin(&watched, &stage.ui);
	watch_comparison_look(&watched, &stage.ui);
	wait_for(&watched, &stage);
	assert_string_equal(shown(&stage)->sides[DIFF_A].heading, "before.rec");
	assert_true(diff_sum_delta(&shown(&stage)->diff.total, DIFF_SIZE, &delta));
	assert_int_equal(delta, -4096);
	stage_close(&stage);
	watch_comparison_finish(&watched);
}

/* Compared once, so that nothing is to be asked for. */
static void open_compared(struct watch_comparison *watched, struct stage *stage)
{
	*watched = (struct watch_comparison){.asking = false};
	stage_open(stage, sample_python(), 80, 24, true);
	stage_scan(stage, true);
	stage_press(stage, KEYS('D'));
	watch_comparison_look(watched, &stage->ui);
	wait_for(watched, stage);
	assert_memory_equal(shown(stage)->sides[DIFF_B].heading, "now, ", 5);
	watched->earliest_ns = 0;
	watch_comparison_look(watched, &stage->ui);
	assert_false(watched->asking);
}

/* Each of what tells comparisons apart makes it another one. */
static void what_is_something_else_is_compared(void **state)
{
	struct watch_comparison watched;
	struct stage stage;

	(void)state;
	open_compared(&watched, &stage);
	for (int i = 0; i < 4; i++) {
		watched.asked.a_ns += i == 0;
		watched.asked.b_ns += i == 1;
		watched.asked.smaps_ns += i == 2;
		watched.asked.rss += i == 3;
		watched.earliest_ns = 0;
		watch_comparison_look(&watched, &stage.ui);
		wait_for(&watched, &stage);
		assert_true(watched.asked.a_ns == stage.session.baseline->time_ns);
		assert_true(watched.asked.b_ns == stage.session.now->time_ns);
		assert_true(watched.asked.smaps_ns == stage.usage.smaps_ns);
		assert_true(watched.asked.rss == stage.usage.total.rss);
	}
	stage_close(&stage);
	watch_comparison_finish(&watched);
}

/* Whether another one is asked for though it is too soon. */
static bool asks_too_soon(struct watch_comparison *watched, struct stage *stage)
{
	bool asks;

	watched->asked.a_ns++;
	watched->earliest_ns = INT64_MAX;
	watch_comparison_look(watched, &stage->ui);
	asks = watched->asking;
	if (asks)
		wait_for(watched, stage);
	return asks;
}

static void what_no_sample_follows_is_compared_at_once(void **state)
{
	struct watch_comparison watched;
	struct ui *ui;
	struct stage stage;

	(void)state;
	open_compared(&watched, &stage);
	ui = &stage.ui;
	assert_false(asks_too_soon(&watched, &stage));
	ui->host.replay = true;
	assert_false(asks_too_soon(&watched, &stage));
	ui->host.play.held = true;
	assert_true(asks_too_soon(&watched, &stage));
	assert_memory_equal(shown(&stage)->sides[DIFF_B].heading, "shown, ", 7);
	ui->host.replay = false;
	assert_false(asks_too_soon(&watched, &stage));
	ui->shown.ended = true;
	assert_true(asks_too_soon(&watched, &stage));
	ui->shown.ended = false;
	stage_press(&stage, KEYS(' '));
	assert_true(asks_too_soon(&watched, &stage));
	assert_memory_equal(shown(&stage)->sides[DIFF_B].heading, "shown, ", 7);
	stage_close(&stage);
	watch_comparison_finish(&watched);
}

static void comparing_has_its_share_of_time(void **state)
{
	const int64_t second = 1000000000;
	struct watch_comparison watched;
	struct stage stage;
	int64_t before;

	(void)state;
	open_compared(&watched, &stage);
	watched.asked.a_ns++;
	watch_comparison_look(&watched, &stage.ui);
	assert_true(watched.asking);
	before = clock_ns(CLOCK_MONOTONIC);
	/* As if it had taken a hundred seconds. */
	watched.asked_ns = before - 100 * second;
	wait_for(&watched, &stage);
	assert_true(watched.earliest_ns >= before + 100 * (SHARE - 1) * second);
	assert_true(watched.earliest_ns <= before + 100 * SHARE * second);
	stage_close(&stage);
	watch_comparison_finish(&watched);
}

/* Whatever it is about when it ends. */
static void a_question_can_be_left_open(void **state)
{
	struct watch_comparison watched = {.asking = false};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(2000), 80, 24, true);
	stage_press(&stage, KEYS('D'));
	watch_comparison_look(&watched, &stage.ui);
	assert_true(watched.asking);
	watch_comparison_finish(&watched);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_compared_unless_it_is_seen),
		cmocka_unit_test(the_baseline_is_compared),
		cmocka_unit_test(what_was_given_is_compared_instead),
		cmocka_unit_test(what_is_something_else_is_compared),
		cmocka_unit_test(what_no_sample_follows_is_compared_at_once),
		cmocka_unit_test(comparing_has_its_share_of_time),
		cmocka_unit_test(a_question_can_be_left_open),
	};

	return cmocka_run_group_tests_name("watch comparison", tests, NULL, NULL);
}
