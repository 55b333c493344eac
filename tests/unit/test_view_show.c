/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

#define MAPPINGS 2000

static const struct band *band_of(const struct stage *stage)
{
	return view_band(&stage->ui.view, stage->ui.shown.picture.diagram);
}

static void show(struct stage *stage, uint64_t address)
{
	view_show(&stage->ui.view, address);
	ui_layout(&stage->ui);
}

static void what_is_folded_gets_a_band_of_its_own(void **state)
{
	struct address_space *space = sample_large(MAPPINGS);
	uint64_t hidden = 0, smallest = UINT64_MAX;
	struct stage stage;

	(void)state;
	stage_open(&stage, space, 80, 24, true);
	/* The smallest: what nearly had a band of its own keeps it for calm. */
	for (size_t i = 0; i < space->vma_count; i++)
		if (vma_size(&space->vmas[i]) < smallest) {
			smallest = vma_size(&space->vmas[i]);
			hidden = space->vmas[i].start;
		}
	assert_int_not_equal(hidden, 0);
	show(&stage, hidden);
	assert_int_equal(band_of(&stage)->count, 1);
	assert_int_equal(band_of(&stage)->start, hidden);
	assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
	/* Until it is let go. */
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	assert_true(band_of(&stage)->count > 1);
	assert_int_equal(stage.ui.view.depth, 0);
	stage_close(&stage);
}

static void what_is_seen_already_is_not_zoomed(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	show(&stage, 0x7fff7725a123);
	assert_int_equal(stage.ui.view.cursor, 0x7fff7725a123);
	assert_int_equal(view_window(&stage.ui.view)->zoom, 0);
	assert_int_equal(band_of(&stage)->start, 0x7fff7725a000);
	stage_close(&stage);
}

static void windows_without_the_address_are_left(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	view_enter(&stage.ui.view, stage.ui.shown.picture.diagram); /* into the heap */
	ui_layout(&stage.ui);
	assert_int_equal(stage.ui.view.depth, 1);
	show(&stage, 0x55b5f7c8e000);
	assert_int_equal(stage.ui.view.depth, 1);
	show(&stage, 0x7fff7725a000);
	assert_int_equal(stage.ui.view.depth, 0);
	assert_int_equal(band_of(&stage)->start, 0x7fff7725a000);
	stage_close(&stage);
}

static void an_address_above_all_is_the_end_of_the_picture(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	show(&stage, UINT64_MAX);
	assert_int_equal(stage.ui.view.cursor, 0xffffffffff600fff);
	stage_close(&stage);
}

/* The heap, else the stack, else what is highest of the user's half, else the lowest address. */
static void a_view_begins_where_most_is_looked_for(void **state)
{
	struct region regions[] = {
		{.start = 0, .end = 0x1000, .vma = REGION_GAP, .kind = KIND_GAP},
		{.start = 0x1000, .end = 0x2000, .vma = 0, .kind = KIND_TEXT},
		{.start = 0x2000, .end = 0x3000, .vma = 1, .kind = KIND_TEXT},
		{.start = 0x3000, .end = 0x4000, .vma = 2, .kind = KIND_TEXT},
		{.start = 0x4000, .end = 0x5000, .vma = REGION_GAP, .kind = KIND_GAP},
	};
	struct region_list list = {.regions = regions, .count = 5, .user_end = 0x3000};
	struct view view = {.depth = 7, .pinned = true};

	(void)state;
	view_init(&view, &list);
	assert_int_equal(view.cursor, 0x2000);
	assert_int_equal(view.depth, 0);
	assert_false(view.pinned);
	assert_int_equal(view_window(&view)->start, 0);
	assert_int_equal(view_window(&view)->end, 0x5000);
	list.user_end = 0x2fff;
	view_init(&view, &list);
	assert_int_equal(view.cursor, 0x1000);
	regions[1].kind = KIND_STACK;
	list.user_end = 0x3000;
	view_init(&view, &list);
	assert_int_equal(view.cursor, 0x1000);
	regions[2].kind = KIND_HEAP;
	view_init(&view, &list);
	assert_int_equal(view.cursor, 0x2000);
	/* Nothing is mapped. */
	list.count = 1;
	view_init(&view, &list);
	assert_int_equal(view.cursor, 0);
	assert_int_equal(view_window(&view)->end, 0x1000);
}

/* Of a window its first address is in it, and the one behind its last is not. */
static void a_window_is_half_open(void **state)
{
	struct view view = {.lines = 9, .windows = {{0, 0x9000, 0}, {0x2000, 0x5000, 0}}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		static const uint64_t addresses[] = {0x2000, 0x4fff, 0x1fff, 0x5000};

		view.depth = 1;
		view_go(&view, addresses[i]);
		assert_int_equal(view.depth, i < 2);
		assert_int_equal(view.cursor, addresses[i]);
		assert_int_equal(view.cursor_at, 4);
		assert_false(view.pinned);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_folded_gets_a_band_of_its_own),
		cmocka_unit_test(what_is_seen_already_is_not_zoomed),
		cmocka_unit_test(windows_without_the_address_are_left),
		cmocka_unit_test(an_address_above_all_is_the_end_of_the_picture),
		cmocka_unit_test(a_view_begins_where_most_is_looked_for),
		cmocka_unit_test(a_window_is_half_open),
	};

	return cmocka_run_group_tests_name("view_show", tests, NULL, NULL);
}
