/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "inside_fixture.h"
#include "ui/inside/inside_level.h"
#define LINES 20

struct laid {
	struct inside_stuff stuff;
	struct inside_level level;
};

static void lay(struct laid *laid, enum inside_grain grain, uint64_t start, uint64_t end)
{
	const struct view view = {0};

	laid->stuff = (struct inside_stuff){
		.source = {fixture_object(), BIAS}, .page_size = PAGE_SIZE, .kind = KIND_DATA};
	inside_level_init(&laid->level, grain, start, end, &view);
	inside_level_lay(&laid->level, &laid->stuff, LINES);
}

static void finish(struct laid *laid)
{
	inside_level_finish(&laid->level);
	inside_object_unref((struct inside_object *)laid->stuff.source.object);
}

static void the_cursor_begins_at_the_top_band(void **state)
{
	struct laid laid;
	const struct band *band;

	(void)state;
	lay(&laid, INSIDE_SECTIONS, DATA, DATA_END);
	band = inside_level_band(&laid.level);
	assert_true(band->end == DATA_END && laid.level.view.cursor == band->start);
	assert_int_equal(inside_level_part(&laid.level, band)->kind, KIND_BSS);
	assert_int_equal(laid.level.diagram->rows, LINES);
	finish(&laid);
}

static void more_rows_open_folds(void **state)
{
	struct laid laid;
	size_t before;

	(void)state;
	lay(&laid, INSIDE_SYMBOLS, BIAS, BIAS + 0x78d000);
	before = laid.level.diagram->band_count;
	inside_level_lay(&laid.level, &laid.stuff, 3);
	assert_true(laid.level.diagram->band_count <= 3);
	view_set_zoom(&laid.level.view, 6);
	inside_level_lay(&laid.level, &laid.stuff, 3);
	assert_true(laid.level.diagram->band_count >= before);
	finish(&laid);
}

static void pages_fold_evenly_to_the_rows(void **state)
{
	struct laid laid;

	(void)state;
	lay(&laid, INSIDE_PAGES, DATA, DATA_END);
	assert_in_range(laid.level.parts.count, LINES / 2, LINES);
	assert_int_equal(laid.level.diagram->band_count, laid.level.parts.count);
	view_set_zoom(&laid.level.view, 5);
	inside_level_lay(&laid.level, &laid.stuff, LINES);
	assert_int_equal(laid.level.parts.count, (DATA_END - DATA) / PAGE_SIZE);
	finish(&laid);
}

static void another_range_keeps_the_view(void **state)
{
	struct laid laid;
	const struct diagram *diagram;

	(void)state;
	lay(&laid, INSIDE_PAGES, HEAP, HEAP + 16 * PAGE_SIZE);
	laid.level.view.cursor = HEAP;
	inside_level_change(&laid.level, INSIDE_PAGES, HEAP, HEAP + 18 * PAGE_SIZE);
	inside_level_lay(&laid.level, &laid.stuff, LINES);
	assert_true(laid.level.view.cursor == HEAP);
	assert_true(laid.level.diagram->end == HEAP + 18 * PAGE_SIZE);
	/* What is laid out already stays. */
	diagram = laid.level.diagram;
	inside_level_lay(&laid.level, &laid.stuff, LINES);
	assert_ptr_equal(laid.level.diagram, diagram);
	finish(&laid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_begins_at_the_top_band),
		cmocka_unit_test(more_rows_open_folds),
		cmocka_unit_test(pages_fold_evenly_to_the_rows),
		cmocka_unit_test(another_range_keeps_the_view),
	};

	return cmocka_run_group_tests_name("inside_level", tests, NULL, NULL);
}
