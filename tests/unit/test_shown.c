/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/band_growth.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void usage_is_that_of_the_snapshot_shown(void **state)
{
	struct stage stage;
	const struct shown *shown = &stage.ui.shown;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_true(shown_is_newest(shown));
	assert_null(shown_usage(shown));
	stage_scan(&stage, false);
	assert_ptr_equal(shown_usage(shown), &stage.usage);
	assert_ptr_equal(shown_residency(shown), stage.residency);
	/* The moment of pausing keeps its own while the process goes on. */
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_false(shown_is_newest(shown));
	assert_ptr_not_equal(shown_usage(shown), &stage.usage);
	assert_non_null(shown_residency(shown));
	stage_close(&stage);
}

static void growth_is_that_since_the_baseline(void **state)
{
	struct stage stage;
	const struct shown *shown = &stage.ui.shown;
	struct scene scene;
	struct band_growth growth;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	assert_ptr_equal(shown->space, stage.session.now);
	scene = stage_scene(&stage);
	band_growth_find(&scene, &scene.selected, &growth);
	assert_int_equal(growth.delta, 4096);
	stage_press(&stage, KEYS('m'));
	scene = stage_scene(&stage);
	band_growth_find(&scene, &scene.selected, &growth);
	assert_int_equal(growth.delta, 0);
	stage_close(&stage);
}

static void another_process_leaves_nothing_of_the_one_before(void **state)
{
	struct stage stage;
	struct ui *ui = &stage.ui;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, false);
	stage_press(&stage, KEYS('s', '+', KEY_SPACE, '/', 'c', KEY_RETURN));
	ui->shown.ended = true;
	ui_watch(ui, &stage.session);
	assert_false(ui->shown.paused);
	assert_false(ui->shown.ended);
	assert_null(ui->shown.usage);
	assert_null(ui->find.search.query);
	assert_int_equal(view_window(&ui->view)->zoom, 0);
	/* What is about no process stays. */
	assert_int_equal(ui->view.scale, SCALE_LINEAR);
	ui_layout(ui);
	ui_watch(ui, NULL);
	assert_null(ui->shown.space);
	ui_layout(ui);
	stage_close(&stage);
}

/* The moment of a pause is the newest one until there is another. */
static void a_pause_is_earlier_than_what_came_since(void **state)
{
	struct stage stage;
	struct shown *shown = &stage.ui.shown;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(shown_is_earlier(shown));
	assert_false(shown_is_core(&(struct shown){0}));
	assert_false(shown_is_core(shown));
	stage.session.now->target.is_core = true;
	assert_true(shown_is_core(shown));
	stage.session.now->target.is_core = false;
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_false(shown_is_earlier(shown));
	stage_add(&stage, sample_python_grown(4096), 1);
	assert_true(shown_is_earlier(shown));
	stage_press(&stage, KEYS('.'));
	assert_false(shown_is_earlier(shown));
	stage_press(&stage, KEYS(','));
	assert_true(shown_is_earlier(shown));
	/* It counts since the baseline, or of a moment before that since itself. */
	assert_ptr_equal(shown_baseline(shown), stage.session.baseline);
	stage_press(&stage, KEYS('L', KEY_SPACE, 'm'));
	assert_ptr_equal(shown_baseline(shown), stage.session.baseline);
	stage_press(&stage, KEYS(','));
	assert_ptr_equal(shown_baseline(shown), shown->space);
	shown->paused = false;
	assert_false(shown_is_earlier(shown));
	shown->paused = true;
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usage_is_that_of_the_snapshot_shown),
		cmocka_unit_test(growth_is_that_since_the_baseline),
		cmocka_unit_test(another_process_leaves_nothing_of_the_one_before),
		cmocka_unit_test(a_pause_is_earlier_than_what_came_since),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("shown", tests, NULL, NULL);
}
