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
#define HEAP      UINT64_C(0x55b5f7c8d000)

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
	diagram = shown->picture.diagram;
	regions = shown->regions.regions;
	count = shown->regions.count;
	stage_press(&stage, KEYS('f', 'h', 'e', 'a', 'p', KEY_RETURN));
	assert_int_equal(stage.ui.find.filter, FILTER_DIM);
	assert_true(shown->regions.regions == regions && shown->picture.diagram == diagram);
	stage_press(&stage, KEYS('f'));
	assert_int_equal(stage.ui.find.filter, FILTER_HIDE);
	assert_true(shown->regions.filtered && shown->regions.count < count);
	assert_int_equal(shown->picture.diagram->inside.count, shown->regions.count);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	assert_true(!shown->regions.filtered && shown->regions.count == count);
	assert_int_equal(shown->picture.diagram->inside.count, count);
	/* Off again without a layout. */
	diagram = shown->picture.diagram;
	stage_press(&stage, KEYS('f', 'h', 'e', 'a', 'p', KEY_RETURN, KEY_ESC));
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	assert_ptr_equal(shown->picture.diagram, diagram);
	stage_close(&stage);
}

/* The next snapshot comes with what was made of it beside. */
static void come(struct stage *stage, struct address_space *space, struct shown_basis *basis)
{
	session_add(&stage->session, space);
	ui_take_snapshot(&stage->ui, 1, basis);
	ui_layout(&stage->ui);
}

static void make_basis(const struct stage *stage, const struct address_space *baseline,
		       const struct address_space *space, struct shown_basis *ret_basis)
{
	const struct ui *ui = &stage->ui;
	struct shown_wish wish;

	assert_true(shown_wish_make(&ui->shown.picture, &ui->view, &ui->find, &wish));
	*ret_basis = (struct shown_basis){.baseline = NULL};
	shown_basis_make(ret_basis, baseline, space, NULL, &wish);
	shown_wish_finish(&wish);
}

static struct address_space *later(struct address_space *space)
{
	space->time_ns += 1000000000;
	return space;
}

static void what_was_made_beside_is_taken_over(void **state)
{
	struct address_space *baseline, *space = later(sample_python_grown(8192));
	struct stage stage;
	const struct shown *shown = &stage.ui.shown;
	const struct diagram *diagram;
	struct shown_basis basis;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	baseline = address_space_copy(stage.session.baseline);
	make_basis(&stage, baseline, space, &basis);
	diagram = basis.picture.diagram;
	come(&stage, space, &basis);
	assert_false(shown_basis_is_made(&basis));
	assert_ptr_equal(shown->picture.diagram, diagram);
	assert_null(shown->next.diagram);
	assert_ptr_equal(shown->growth.spaces[IDENTITY_NOW], stage.session.now);
	assert_ptr_equal(shown->growth.spaces[IDENTITY_BEFORE], stage.session.baseline);
	assert_int_equal(identity_delta(&shown->growth, address_space_find(space, HEAP)), 8192);
	assert_ptr_equal(shown->regions.regions, shown->all.regions);
	assert_int_equal(shown->regions.regions[region_list_find(&shown->all, HEAP)].grown, 8192);
	address_space_destroy(baseline);
	stage_close(&stage);
}

/* The user went elsewhere, or has set another baseline, while it was made. */
static void what_is_not_wanted_any_more_is_made_here(void **state)
{
	struct address_space *spaces[] = {later(sample_python_grown(4096)),
					  later(sample_python_grown(8192)),
					  later(sample_python_grown(12288))};
	struct address_space *baseline;
	struct stage stage;
	const struct shown *shown = &stage.ui.shown;
	struct shown_basis basis;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	make_basis(&stage, stage.session.baseline, spaces[0], &basis);
	stage_press(&stage, KEYS('+'));
	come(&stage, spaces[0], &basis);
	assert_false(shown_basis_is_made(&basis));
	assert_int_equal(shown->picture.diagram->rows, 2 * stage.ui.view.lines);
	assert_null(shown->next.diagram);
	baseline = address_space_copy(stage.session.baseline);
	make_basis(&stage, baseline, spaces[1], &basis);
	stage_press(&stage, KEYS('m'));
	come(&stage, spaces[1], &basis);
	assert_false(shown_basis_is_made(&basis));
	assert_int_equal(identity_delta(&shown->growth, address_space_find(spaces[1], HEAP)), 4096);
	assert_int_equal(shown->regions.regions[region_list_find(&shown->all, HEAP)].grown, 4096);
	/* What is hidden by then is another picture. */
	make_basis(&stage, stage.session.baseline, spaces[2], &basis);
	stage_press(&stage, KEYS('f', 'h', 'e', 'a', 'p', KEY_RETURN, 'f'));
	come(&stage, spaces[2], &basis);
	assert_false(shown_basis_is_made(&basis));
	assert_true(shown->regions.filtered);
	assert_int_equal(shown->picture.diagram->inside.count, shown->regions.count);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_false(shown->regions.filtered);
	assert_ptr_equal(shown->regions.regions, shown->all.regions);
	address_space_destroy(baseline);
	stage_close(&stage);
}

static void look_for_memory(struct find *find, const struct address_space *space)
{
	const struct find_space in = {space, NULL};
	struct text why = {0};
	size_t offset;

	assert_int_equal(find_look_for(find, &find->search, "rss:>4K", &in, &why, &offset), 0);
}

static void a_paused_picture_keeps_it_for_later(void **state)
{
	struct address_space *space = later(sample_python_grown(4096)), *again;
	struct stage stage;
	struct shown *shown = &stage.ui.shown;
	struct shown_basis basis;
	const struct region *regions;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	make_basis(&stage, stage.session.baseline, space, &basis);
	stage_press(&stage, KEYS(KEY_SPACE));
	regions = basis.all.regions;
	come(&stage, space, &basis);
	assert_false(shown_basis_is_made(&basis));
	assert_ptr_equal(shown->live.all.regions, regions);
	stage_press(&stage, KEYS(KEY_SPACE));
	assert_ptr_equal(shown->all.regions, regions);
	assert_false(shown_basis_is_made(&shown->live));
	/* Without one, that of the snapshot before is of no use. */
	stage_press(&stage, KEYS(KEY_SPACE));
	stage_add(&stage, sample_python_grown(8192), 2);
	assert_false(shown_basis_is_made(&shown->live));
	stage_press(&stage, KEYS('L'));
	assert_int_equal(shown->regions.regions[region_list_find(&shown->all, HEAP)].grown, 8192);
	space = stage.session.now;
	/* What is looked for in it may be other mappings by then. */
	basis = (struct shown_basis){.baseline = NULL};
	shown_basis_make(&basis, space, space, NULL, NULL);
	basis.finds = true;
	shown_keep_live(shown, &basis);
	assert_true(shown->live.finds);
	shown_basis_make(&basis, space, space, NULL, NULL);
	basis.finds = true;
	look_for_memory(&basis.find, space);
	shown_keep_live(shown, &basis);
	assert_false(shown->live.finds);
	/* With the same list only the limits are. */
	basis.limits = (struct limits){.gap = 77};
	again = address_space_again(space, &space->target, space->time_ns + 1, 0);
	come(&stage, again, &basis);
	assert_int_equal(stage.ui.shown.limits.gap, 77);
	stage_close(&stage);
}

/* Another snapshot comes before anything is laid out. */
static void what_was_laid_out_for_nothing_is_freed(void **state)
{
	struct address_space *spaces[] = {later(sample_python_grown(4096)),
					  later(sample_python_grown(8192))};
	struct stage stage;
	struct shown_basis basis;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	make_basis(&stage, stage.session.baseline, spaces[0], &basis);
	session_add(&stage.session, spaces[0]);
	ui_take_snapshot(&stage.ui, 1, &basis);
	assert_non_null(stage.ui.shown.next.diagram);
	session_add(&stage.session, spaces[1]);
	ui_take_snapshot(&stage.ui, 2, NULL);
	assert_null(stage.ui.shown.next.diagram);
	ui_layout(&stage.ui);
	stage_close(&stage);
}

/* A baseline that is set again and again changes nothing. */
static void what_grew_is_forgotten_with_the_baseline(void **state)
{
	struct stage stage;
	struct shown *shown = &stage.ui.shown;
	const struct diagram *diagram;
	const struct region *regions;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(8192), 1);
	regions = shown->all.regions;
	assert_true(shown->found.octave > 0);
	stage_press(&stage, KEYS('m'));
	assert_ptr_not_equal(shown->all.regions, regions);
	assert_int_equal(shown->all.regions[region_list_find(&shown->all, HEAP)].grown, 0);
	assert_int_equal(shown->found.octave, 0);
	regions = shown->all.regions;
	diagram = shown->picture.diagram;
	stage_press(&stage, KEYS('m'));
	assert_ptr_equal(shown->all.regions, regions);
	assert_ptr_equal(shown->picture.diagram, diagram);
	/* With something hidden, too. */
	stage_add(&stage, sample_python_grown(16384), 2);
	stage_press(&stage, KEYS('f', 'h', 'e', 'a', 'p', KEY_RETURN, 'f', 'm'));
	assert_true(shown->regions.filtered);
	assert_int_equal(shown->regions.regions[region_list_find(&shown->regions, HEAP)].grown, 0);
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
		cmocka_unit_test(what_was_made_beside_is_taken_over),
		cmocka_unit_test(what_is_not_wanted_any_more_is_made_here),
		cmocka_unit_test(a_paused_picture_keeps_it_for_later),
		cmocka_unit_test(what_was_laid_out_for_nothing_is_freed),
		cmocka_unit_test(what_grew_is_forgotten_with_the_baseline),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("shown", tests, NULL, NULL);
}
