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

/* What a filter dims stays where it is, and nothing is laid out; what it hides is left out. */
static void only_what_is_hidden_makes_other_regions(void **state)
{
	struct stage stage;
	const struct shown *shown = &stage.ui.shown;
	const struct diagram *diagram;
	const struct region *regions;
	size_t count;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	diagram = shown->diagram;
	regions = shown->regions.regions;
	count = shown->regions.count;
	stage_press(&stage, KEYS('f', 'h', 'e', 'a', 'p', KEY_RETURN));
	assert_int_equal(stage.ui.find.filter, FILTER_DIM);
	assert_true(shown->regions.regions == regions && shown->diagram == diagram);
	stage_press(&stage, KEYS('f'));
	assert_int_equal(stage.ui.find.filter, FILTER_HIDE);
	assert_true(shown->regions.filtered && shown->regions.count < count);
	assert_int_equal(shown->diagram->inside.count, shown->regions.count);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	assert_true(!shown->regions.filtered && shown->regions.count == count);
	assert_int_equal(shown->diagram->inside.count, count);
	/* Off again without a layout. */
	diagram = shown->diagram;
	stage_press(&stage, KEYS('f', 'h', 'e', 'a', 'p', KEY_RETURN, KEY_ESC));
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	assert_ptr_equal(shown->diagram, diagram);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usage_is_that_of_the_snapshot_shown),
		cmocka_unit_test(growth_is_that_since_the_baseline),
		cmocka_unit_test(another_process_leaves_nothing_of_the_one_before),
		cmocka_unit_test(a_pause_is_earlier_than_what_came_since),
		cmocka_unit_test(only_what_is_hidden_makes_other_regions),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("shown", tests, NULL, NULL);
}
