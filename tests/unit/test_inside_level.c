/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "inside_fixture.h"
#include "sample_heap.h"
#include "ui/inside/inside_level.h"
#define LINES 20

struct laid {
	struct inside_stuff stuff;
	struct inside_level level;
};

static void lay(struct laid *laid, enum inside_grain grain, uint64_t start, uint64_t end)
{
	const struct view view = {0};

	laid->stuff = (struct inside_stuff){.source = {.object = fixture_object(), .bias = BIAS},
					    .page_size = PAGE_SIZE,
					    .kind = KIND_DATA};
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
	assert_true(laid.level.view.windows[0].start == HEAP);
	assert_true(laid.level.view.windows[0].end == HEAP + 18 * PAGE_SIZE);
	/* What is laid out already stays. */
	diagram = laid.level.diagram;
	inside_level_lay(&laid.level, &laid.stuff, LINES);
	assert_ptr_equal(laid.level.diagram, diagram);
	finish(&laid);
}

static void chunks_open_with_rows_and_where_one_is_pinned(void **state)
{
	struct heap_usage heap = sample_chunks();
	struct inside_stuff stuff = {
		.source = {.heap = &heap}, .page_size = PAGE_SIZE, .kind = KIND_HEAP};
	const uint64_t chunk = SAMPLE_EQUAL_AT + 700 * SAMPLE_EQUAL;
	struct inside_level level;
	const struct view view = {0};

	(void)state;
	inside_level_init(&level, INSIDE_CHUNKS, SAMPLE_HEAP_START, SAMPLE_HEAP_END, &view);
	inside_level_lay(&level, &stuff, LINES);
	assert_true(level.diagram->band_count <= LINES);
	/* Top is on top, and the run of equal ones is one. */
	assert_int_equal(inside_level_part(&level, inside_level_band(&level))->index, HEAP_USE_TOP);
	assert_int_equal(part_list_at(&level.parts, chunk)->count, SAMPLE_EQUALS);
	level.view.cursor = level.view.pin = chunk + 16;
	level.view.pinned = true;
	inside_level_lay(&level, &stuff, LINES);
	assert_true(inside_level_band(&level)->start == chunk);
	assert_true(inside_level_band(&level)->end == chunk + SAMPLE_EQUAL);
	view_unpin(&level.view);
	view_set_zoom(&level.view, 14);
	inside_level_lay(&level, &stuff, LINES);
	assert_int_equal(level.parts.count, heap.piece_count);
	inside_level_finish(&level);
	heap_usage_finish(&heap);
}

static void any_level_can_be_shown_by_pages(void **state)
{
	struct laid laid;

	(void)state;
	lay(&laid, INSIDE_SECTIONS, DATA, DATA_END);
	inside_level_switch(&laid.level);
	inside_level_lay(&laid.level, &laid.stuff, LINES);
	assert_int_equal(laid.level.grain, INSIDE_PAGES);
	assert_true(inside_level_is_switched(&laid.level));
	inside_level_change(&laid.level, INSIDE_PAGES, DATA + PAGE_SIZE, DATA_END);
	assert_true(laid.level.view.windows[0].start == DATA + PAGE_SIZE);
	/* Another range is so, too. */
	inside_level_change(&laid.level, INSIDE_PAGES, DATA, DATA_END - PAGE_SIZE);
	assert_true(inside_level_is_switched(&laid.level));
	inside_level_switch(&laid.level);
	inside_level_lay(&laid.level, &laid.stuff, LINES);
	assert_int_equal(laid.level.grain, INSIDE_SECTIONS);
	assert_false(inside_level_is_switched(&laid.level));
	finish(&laid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_begins_at_the_top_band),
		cmocka_unit_test(more_rows_open_folds),
		cmocka_unit_test(pages_fold_evenly_to_the_rows),
		cmocka_unit_test(another_range_keeps_the_view),
		cmocka_unit_test(chunks_open_with_rows_and_where_one_is_pinned),
		cmocka_unit_test(any_level_can_be_shown_by_pages),
	};

	return cmocka_run_group_tests_name("inside_level", tests, NULL, NULL);
}
