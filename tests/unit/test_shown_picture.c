/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "layout/candidates.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define MANY      300

static bool make_wish(const struct stage *stage, struct shown_wish *ret_wish)
{
	const struct ui *ui = &stage->ui;

	return shown_wish_make(&ui->shown.picture, &ui->view, &ui->find, ret_wish);
}

static void check_same_diagram(const struct diagram *a, const struct diagram *b)
{
	assert_true(a->start == b->start && a->end == b->end);
	assert_int_equal(a->rows, b->rows);
	assert_int_equal(a->scale, b->scale);
	assert_int_equal(a->band_count, b->band_count);
	for (size_t i = 0; i < a->band_count; i++) {
		assert_true(a->bands[i].start == b->bands[i].start);
		assert_true(a->bands[i].end == b->bands[i].end);
		assert_int_equal(a->bands[i].row, b->bands[i].row);
		assert_int_equal(a->bands[i].rows, b->bands[i].rows);
		assert_int_equal(a->bands[i].region, b->bands[i].region);
		assert_int_equal(a->bands[i].count, b->bands[i].count);
	}
}

static void check_same_minimap(const struct minimap *a, const struct minimap *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_true(a->lines[i].start == b->lines[i].start);
		assert_true(a->lines[i].end == b->lines[i].end);
		assert_int_equal(a->lines[i].kind, b->lines[i].kind);
	}
	assert_true(!a->whole == !b->whole);
	if (a->whole)
		check_same_diagram(a->whole, b->whole);
}

/* What is laid out for a wish is what the screen lays out when the snapshot comes. */
static void check_wish(struct stage *stage, struct address_space *next)
{
	const struct shown *shown = &stage->ui.shown;
	struct shown_picture picture;
	struct region_list regions;
	struct candidates found;
	struct shown_wish wish;
	struct address_space *space = address_space_copy(next);

	assert_true(make_wish(stage, &wish));
	stage_add(stage, next, 1);
	region_list_init(&regions, space);
	region_list_set_growth(&regions, &shown->growth);
	candidates_find(&found, &regions);
	shown_wish_lay_out(&wish, space, &regions, &found, &picture);
	assert_true(shown_layout_same(&picture.layout, &shown->picture.layout));
	check_same_diagram(picture.diagram, shown->picture.diagram);
	check_same_minimap(&picture.minimap, &shown->picture.minimap);
	assert_true(picture.minimap.current);
	assert_int_equal(picture.folds.count, shown->picture.folds.count);
	assert_ptr_equal(picture.folds.diagram, picture.diagram);
	shown_wish_finish(&wish);
	assert_null(wish.before);
	shown_picture_finish(&picture);
	assert_null(picture.diagram);
	candidates_finish(&found);
	region_list_finish(&regions);
	address_space_destroy(space);
}

static void a_wish_is_laid_out_as_the_screen_would(void **state)
{
	const uint32_t *const keys[] = {
		KEYS('k'), KEYS('+'), KEYS('+', '+', 'o'), KEYS(KEY_RETURN, 's'), KEYS('s', 's'),
	};
	struct stage stage;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		stage_open(&stage, sample_large(MANY), 100, 30, true);
		/* The chart opens when there is something to be seen in it. */
		stage_add(&stage, sample_large(MANY + 20), 1);
		stage_press(&stage, keys[i]);
		assert_int_equal(stage.ui.view.depth, i == 3);
		check_wish(&stage, sample_large(MANY + 40));
		check_wish(&stage, sample_large(MANY + 2));
		stage_close(&stage);
	}
}

/* As where the whole ends elsewhere, or a mapping is pinned. */
static void it_follows_the_view(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	view_show(&stage.ui.view, stage.session.now->vmas[4].start);
	ui_want(&stage.ui, UI_LAYOUT);
	stage_press(&stage, KEYS('?', '?'));
	assert_true(stage.ui.shown.picture.layout.pinned);
	check_wish(&stage, sample_python_grown(1 << 20));
	stage_close(&stage);
}

/* What came of the screen meanwhile does not matter to a wish. */
static void a_wish_outlives_the_screen(void **state)
{
	struct address_space *space = sample_large(MANY + 1);
	struct shown_picture picture;
	struct region_list regions;
	struct shown_wish wish;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(MANY), 100, 30, true);
	stage_press(&stage, KEYS('+'));
	assert_true(make_wish(&stage, &wish));
	assert_ptr_equal(wish.before, stage.ui.shown.picture.diagram);
	assert_ptr_equal(wish.whole_before, stage.ui.shown.picture.minimap.whole);
	stage_close(&stage);
	region_list_init(&regions, space);
	shown_wish_lay_out(&wish, space, &regions, NULL, &picture);
	assert_int_equal(picture.diagram->rows, 2 * wish.view.lines);
	shown_wish_finish(&wish);
	shown_picture_finish(&picture);
	region_list_finish(&regions);
	address_space_destroy(space);
}

static void wishes_are_of_what_is_looked_for_too(void **state)
{
	struct shown_wish wish, other;
	struct stage stage;

	(void)state;
	stage_open_empty(&stage, 80, 24, true);
	assert_false(make_wish(&stage, &wish));
	stage_close(&stage);
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_true(make_wish(&stage, &wish));
	assert_ptr_equal(wish.whole_before, wish.before);
	assert_true(shown_wish_same(&wish, &wish));
	stage_press(&stage, KEYS('f', 'h', 'e', 'a', 'p', KEY_RETURN, 'f'));
	assert_true(make_wish(&stage, &other));
	assert_string_equal(other.find.filtered, "heap");
	assert_int_equal(other.find.filter, FILTER_HIDE);
	assert_false(shown_wish_same(&wish, &other));
	shown_wish_finish(&other);
	stage_press(&stage, KEYS(KEY_ESC, '+'));
	assert_true(make_wish(&stage, &other));
	assert_false(shown_wish_same(&wish, &other));
	shown_wish_finish(&other);
	shown_wish_finish(&wish);
	stage_close(&stage);
}

/* Each thing that the view can want otherwise is another layout. */
static void layouts_differ_in_each_of_their_parts(void **state)
{
	struct view view = {.windows = {{.start = 1, .end = 9}}, .lines = 7, .pin = 3};
	const struct shown_layout base = shown_layout_of(&view);
	struct shown_layout other = shown_layout_of(&view);

	(void)state;
	assert_int_equal(base.request.rows, 7);
	assert_int_equal(base.pin, 0);
	assert_true(shown_layout_same(&base, &other));
	for (int what = 0; what < 8; what++) {
		struct view changed = view;

		switch (what) {
		case 0: changed.windows[0].start = 2; break;
		case 1: changed.windows[0].end = 8; break;
		case 2: changed.windows[0].zoom = 1; break;
		case 3: changed.lines = 8; break;
		case 4: changed.scale = SCALE_EQUAL; break;
		case 5: changed.pinned = true; break;
		case 6: changed.low_on_top = true; break;
		default: changed.pinned = true; changed.pin = 0;
		}
		other = shown_layout_of(&changed);
		assert_false(shown_layout_same(&base, &other));
	}
	view.pinned = true;
	other = shown_layout_of(&view);
	assert_int_equal(other.pin, 3);
}

static void of_other_regions_nothing_is_current(void **state)
{
	struct shown_picture *picture;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	picture = &stage.ui.shown.picture;
	assert_true(picture->minimap.current && picture->folds.count);
	shown_picture_outdate(picture);
	assert_int_equal(picture->layout.request.rows, 0);
	assert_false(picture->minimap.current);
	assert_int_equal(picture->folds.count, 0);
	assert_non_null(picture->diagram);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wish_is_laid_out_as_the_screen_would),
		cmocka_unit_test(it_follows_the_view),
		cmocka_unit_test(a_wish_outlives_the_screen),
		cmocka_unit_test(wishes_are_of_what_is_looked_for_too),
		cmocka_unit_test(layouts_differ_in_each_of_their_parts),
		cmocka_unit_test(of_other_regions_nothing_is_current),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("shown_picture", tests, NULL, NULL);
}
