/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
#include "sample_heap.h"
#include "screen/key.h"
#include "support/sample.h"
#include "model/address_space.h"
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A screen with the pane on the data of the program, all told. */
static void open_data(struct stage *stage, int columns, int lines, bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage->ui.view.cursor = DATA;
	stage_press(stage, KEYS('t', 't', 'I'));
	fixture_tell(stage, fixture_object());
}

static void the_object_is_wanted_until_it_is_told(void **state)
{
	struct stage stage;
	size_t index;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(inside_wants_object(&stage.ui, &index));
	stage_press(&stage, KEYS('I'));
	assert_true(inside_wants_object(&stage.ui, &index));
	assert_true(stage.ui.shown.space->vmas[index].start == HEAP);
	/* The answer about another mapping is for nobody. */
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.object = fixture_object()});
	assert_true(inside_wants_object(&stage.ui, &index));
	/* Also of a process that has ended, or is paused: what its file says is so still. */
	stage.ui.shown.ended = true;
	assert_true(inside_wants_object(&stage.ui, &index));
	inside_wants_take_object(&stage.ui, HEAP, &(struct inside_found){0});
	assert_false(inside_wants_object(&stage.ui, &index));
	stage_close(&stage);
}

static void pages_on_the_screen_are_wanted(void **state)
{
	struct stage stage;
	struct inside_range all, part;

	(void)state;
	open_data(&stage, 80, 24, true);
	assert_true(inside_wants_pages(&stage.ui, &all));
	assert_true(all.start == DATA && all.end == DATA_END && !all.anonymous);
	stage_press(&stage, KEYS('+', '+', '+'));
	assert_true(inside_wants_pages(&stage.ui, &part));
	assert_true(part.end - part.start < all.end - all.start);
	assert_int_equal(part.start % PAGE_SIZE, 0);
	/* Of the past nothing can be found out. */
	stage_press(&stage, KEYS(' '));
	assert_false(inside_wants_pages(&stage.ui, &part));
	stage_press(&stage, KEYS(' '));
	stage_add(&stage, sample_python_grown(4096), 1);
	assert_true(fixture_inside(&stage)->pieces.count > 0);
	stage_press(&stage, KEYS(','));
	assert_int_equal(fixture_inside(&stage)->pieces.count, 0);
	stage_close(&stage);
}

static void what_was_found_is_shown(void **state)
{
	struct stage stage;
	struct page_pieces *pieces = memory_alloc(sizeof(*pieces));

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('I'));
	inside_wants_take_pages(&stage.ui, pieces, -1);
	assert_int_equal(fixture_inside(&stage)->pieces_error, -1);
	fixture_pages(pieces, HEAP, HEAP + 8 * PAGE_SIZE);
	inside_wants_take_pages(&stage.ui, pieces, 0);
	assert_int_equal(fixture_inside(&stage)->pieces.count, 8);
	free(pieces);
	stage_close(&stage);
}

static void the_heap_is_wanted_where_chunks_may_be(void **state)
{
	struct heap_usage heap = sample_chunks();
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	assert_false(inside_wants_heap(&stage.ui));
	stage_press(&stage, KEYS('I'));
	stage.ui.view.cursor = HEAP;
	stage_press(&stage, KEYS('I'));
	assert_true(inside_wants_heap(&stage.ui));
	assert_false(inside_wants_has_heap(&stage.ui));
	stage.ui.shown.heap = &heap;
	inside_wants_take_heap(&stage.ui);
	assert_true(inside_wants_has_heap(&stage.ui));
	/* It is renewed as long as it is seen. */
	assert_true(inside_wants_heap(&stage.ui));
	stage_press(&stage, KEYS('?'));
	assert_false(inside_wants_heap(&stage.ui));
	assert_true(inside_wants_has_heap(&stage.ui));
	stage_press(&stage, KEYS(KEY_ESC, 'I'));
	assert_false(inside_wants_has_heap(&stage.ui));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void the_first_bytes_of_a_chunk_are_wanted(void **state)
{
	const uint8_t bytes[64] = "the first of them", absent = 1, present = 0;
	struct heap_usage heap = sample_chunks();
	struct stage stage;
	int column, line;
	uint64_t address;
	size_t size;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('I'));
	stage.ui.shown.heap = &heap;
	inside_wants_take_heap(&stage.ui);
	ui_layout(&stage.ui);
	/* Nothing is kept in top. */
	assert_false(inside_wants_bytes(&stage.ui, &address, &size));
	inside_show(fixture_inside(&stage), SAMPLE_LARGE_AT);
	stage.ui.view.cursor = SAMPLE_LARGE_AT;
	ui_layout(&stage.ui);
	assert_true(inside_wants_bytes(&stage.ui, &address, &size));
	assert_true(address == SAMPLE_LARGE_AT + 16 && size == CHUNK_FIRST_MAX);
	inside_wants_take_bytes(&stage.ui, address + 16, bytes, sizeof(bytes), &present, PAGE_SIZE);
	assert_int_equal(fixture_inside(&stage)->first.size, 0);
	inside_wants_take_bytes(&stage.ui, address, bytes, size, &present, PAGE_SIZE);
	assert_true(stage_find(&stage, "the first of the", &column, &line));
	inside_wants_take_bytes(&stage.ui, address, bytes, size, &absent, PAGE_SIZE);
	assert_false(stage_find(&stage, "the first of the", &column, &line));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

/* Who moves on does not wait for what was to be gone to; who turns the wheel only looks. */
static void a_wish_ends_with_what_is_pressed(void **state)
{
	static const struct {
		uint32_t key;
		bool stays;
	} cases[] = {{KEY_ARROW_DOWN, false},
		     {KEY_PAGE_UP, false},
		     {'D' & 31, false},
		     {KEY_TO_END, false},
		     {KEY_RETURN, false},
		     {KEY_BACK, false},
		     {'+', true},
		     {'i', true}};
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1, .column = 10, .line = 7};
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	stage_press(&stage, KEYS('j', KEY_RETURN));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fixture_inside(&stage)->wishes = true;
		stage_press(&stage, KEYS(cases[i].key));
		assert_int_equal(fixture_inside(&stage)->wishes, cases[i].stays);
	}
	assert_true(stage_shows(&stage, &inside_pane));
	stage_click(&stage, &mouse);
	assert_false(fixture_inside(&stage)->wishes);
	fixture_inside(&stage)->wishes = true;
	mouse.button = MOUSE_WHEEL_DOWN;
	stage_click(&stage, &mouse);
	assert_true(fixture_inside(&stage)->wishes);
	stage_close(&stage);
}

static void what_is_seen_is_that_of_the_level(void **state)
{
	const struct inside_level *level;
	uint64_t start, end;
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	ui_visible(&stage.ui, &start, &end);
	assert_true(start == DATA && end == DATA_END);
	stage_press(&stage, KEYS('j', KEY_RETURN));
	level = inside_level_const(fixture_inside(&stage));
	ui_visible(&stage.ui, &start, &end);
	assert_true(start == level->start && end == level->end);
	assert_true(start > DATA && end < DATA_END);
	/* Of what is gone nothing is seen, and the picture says what is. */
	fixture_inside(&stage)->gone = true;
	ui_visible(&stage.ui, &start, &end);
	assert_true(start != level->start);
	stage_close(&stage);
}

/* Only the pages that are looked at; a device's memory has none to tell of. */
static void pages_end_with_their_mapping(void **state)
{
	struct inside_range range = {.page_size = 1};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(inside_wants_pages(&stage.ui, &range));
	stage_press(&stage, KEYS('I'));
	assert_true(inside_wants_pages(&stage.ui, &range));
	assert_true(range.start == HEAP && range.end == 0x55b5f7e87000);
	assert_int_equal(range.page_size, PAGE_SIZE);
	assert_true(range.anonymous);
	fixture_inside(&stage)->stuff.page_size = UINT64_C(1) << 21;
	assert_true(inside_wants_pages(&stage.ui, &range));
	assert_true(range.start == HEAP && range.end == 0x55b5f7e87000);
	stage.ui.shown.ended = true;
	assert_false(inside_wants_pages(&stage.ui, &range));
	stage.ui.shown.ended = false;
	stage_press(&stage, KEYS('I'));
	stage.ui.view.cursor = 0x7f83a8f82000; /* shared memory */
	stage_press(&stage, KEYS('t', 't', 'I'));
	assert_true(inside_wants_pages(&stage.ui, &range));
	assert_true(range.start == 0x7f83a8f82000 && !range.anonymous);
	stage_press(&stage, KEYS('I'));
	stage.ui.view.cursor = 0x7fff7735b000; /* of the kernel */
	stage_press(&stage, KEYS('t', 't', 'I'));
	assert_true(stage_shows(&stage, &inside_pane));
	assert_false(inside_wants_pages(&stage.ui, &range));
	stage_close(&stage);
}

/* The same object is not taken twice, and what is taken is drawn. */
static void what_is_taken_is_drawn(void **state)
{
	struct inside_object *object = fixture_object();
	struct page_pieces *pieces = memory_alloc(sizeof(*pieces));
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	/* Where there is no pane, what comes is let go of. */
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.object = fixture_object()});
	inside_wants_take_heap(&stage.ui);
	inside_wants_take_pages(&stage.ui, pieces, 0);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	stage.ui.view.cursor = DATA;
	stage_press(&stage, KEYS('t', 't', 'I'));
	inside_wants_take_object(&stage.ui, DATA_END - 1, &(struct inside_found){.object = object});
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_LAYOUT | UI_DRAW);
	assert_true(fixture_inside(&stage)->told);
	ui_layout(&stage.ui);
	ui_take_request(&stage.ui);
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.object = inside_object_ref(object)});
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	inside_wants_take_object(&stage.ui, DATA_END,
				 &(struct inside_found){.object = fixture_object()});
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	assert_ptr_equal(fixture_inside(&stage)->stuff.source.object, object);
	inside_wants_take_heap(&stage.ui);
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_LAYOUT | UI_DRAW);
	inside_wants_take_pages(&stage.ui, pieces, -5);
	assert_int_equal(fixture_inside(&stage)->pieces_error, -5);
	assert_int_equal(ui_take_request(&stage.ui).news, PANE_NEWS_USAGE);
	free(pieces);
	stage_close(&stage);
}

/* What lies deeper gets its names from another object, unless it is pages. */
static void what_lies_deeper_gets_other_names(void **state)
{
	struct inside *inside;
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	stage_press(&stage, KEYS('j', KEY_RETURN));
	inside = fixture_inside(&stage);
	assert_int_equal(inside->depth, 2);
	assert_int_equal(inside->levels[1].grain, INSIDE_SYMBOLS);
	assert_false(inside->levels[1].stale);
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.object = fixture_object(), .bias = BIAS});
	assert_true(inside->levels[0].stale);
	assert_true(inside->levels[1].stale);
	ui_layout(&stage.ui);
	assert_false(inside->levels[1].stale);
	stage_press(&stage, KEYS('P'));
	assert_int_equal(inside->levels[1].grain, INSIDE_PAGES);
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.object = fixture_object(), .bias = BIAS});
	assert_false(inside->levels[1].stale);
	stage_close(&stage);
}

/* A press on the scale in the title, and only there, chooses the next one. */
static void the_scale_in_the_title_is_pressed(void **state)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};
	const struct inside_level *level;
	struct stage stage;
	int column, line;

	(void)state;
	open_data(&stage, 80, 24, true);
	assert_true(stage_find(&stage, " log ", &column, &line));
	for (int step = 0; step < 3; step++) {
		const bool hit = step == 1;

		level = inside_level_const(fixture_inside(&stage));
		assert_int_equal(level->view.scale, SCALE_LOG);
		mouse.column = step == 2 ? 5 : column + 1;
		mouse.line = step == 0 ? line + 2 : line;
		stage_click(&stage, &mouse);
		level = inside_level_const(fixture_inside(&stage));
		assert_int_equal(level->view.scale, hit ? SCALE_LINEAR : SCALE_LOG);
		if (hit)
			stage_press(&stage, KEYS('s', 's'));
	}
	stage_close(&stage);
}

/* The wheel scrolls where there is more than is seen; else it goes from part to part. */
static void the_wheel_scrolls_or_moves(void **state)
{
	struct mouse mouse = {.button = MOUSE_WHEEL_DOWN, .clicks = 1, .column = 10, .line = 8};
	const struct inside_level *level;
	struct stage stage;
	uint64_t cursor, top;

	(void)state;
	open_data(&stage, 80, 24, true);
	level = inside_level_const(fixture_inside(&stage));
	assert_int_equal(level->diagram->rows, level->view.lines);
	cursor = level->view.cursor;
	stage_click(&stage, &mouse);
	assert_true(level->view.cursor < cursor);
	assert_int_equal(level->view.top, 0);
	assert_true(stage.ui.view.cursor == level->view.cursor);
	stage_press(&stage, KEYS('+', '+', KEY_TO_HOME));
	assert_true(level->diagram->rows > level->view.lines);
	top = level->view.top;
	stage_click(&stage, &mouse);
	assert_int_equal(level->view.top, top + PANE_WHEEL_LINES);
	mouse.button = MOUSE_WHEEL_UP;
	stage_click(&stage, &mouse);
	assert_int_equal(level->view.top, top);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_object_is_wanted_until_it_is_told),
		cmocka_unit_test(pages_on_the_screen_are_wanted),
		cmocka_unit_test(what_was_found_is_shown),
		cmocka_unit_test(the_heap_is_wanted_where_chunks_may_be),
		cmocka_unit_test(the_first_bytes_of_a_chunk_are_wanted),
		cmocka_unit_test(a_wish_ends_with_what_is_pressed),
		cmocka_unit_test(what_is_seen_is_that_of_the_level),
		cmocka_unit_test(pages_end_with_their_mapping),
		cmocka_unit_test(what_is_taken_is_drawn),
		cmocka_unit_test(what_lies_deeper_gets_other_names),
		cmocka_unit_test(the_scale_in_the_title_is_pressed),
		cmocka_unit_test(the_wheel_scrolls_or_moves),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_wants", tests, NULL, NULL);
}
