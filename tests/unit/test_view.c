/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>

#include "layout/diagram.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "ui/view.h"

#define LINES 20

/* A view on a sample with its diagram. */
struct place {
	struct address_space *space;
	struct region_list regions;
	struct view view;
	struct diagram *diagram;
};

static void lay_out(struct place *place)
{
	const struct view_window *window = view_window(&place->view);
	struct diagram *diagram = diagram_build(&(struct diagram_request){
		.regions = &place->regions,
		.start = window->start,
		.end = window->end,
		.rows = view_rows(&place->view),
		.scale = place->view.scale,
		.hint = place->diagram,
	});

	diagram_destroy(place->diagram);
	place->diagram = diagram;
	view_settle(&place->view, diagram);
}

static void open_place(struct place *place, struct address_space *space)
{
	*place = (struct place){.space = space};
	region_list_init(&place->regions, space);
	view_init(&place->view, &place->regions);
	place->view.lines = LINES;
	lay_out(place);
}

static void replace_space(struct place *place, struct address_space *space)
{
	region_list_finish(&place->regions);
	address_space_destroy(place->space);
	place->space = space;
	region_list_init(&place->regions, space);
	view_follow(&place->view, &place->regions);
	lay_out(place);
}

static void close_place(struct place *place)
{
	diagram_destroy(place->diagram);
	region_list_finish(&place->regions);
	address_space_destroy(place->space);
}

static uint64_t cursor_line(const struct place *place)
{
	uint64_t row = diagram_address_row(place->diagram, place->view.cursor);

	return view_line_of_row(&place->view, place->diagram, row) - place->view.top;
}

static void check(const struct place *place)
{
	const struct view *view = &place->view;

	assert_true(view->cursor >= place->diagram->start && view->cursor < place->diagram->end);
	assert_true(view->top + LINES <= place->diagram->rows || view->top == 0);
	assert_true(cursor_line(place) < LINES);
	assert_int_equal(cursor_line(place), view->cursor_at);
}

static void starts_on_the_heap(void **state)
{
	struct place place;

	(void)state;
	open_place(&place, sample_python());
	assert_int_equal(place.view.cursor, 0x55b5f7c8d000);
	assert_int_equal(place.diagram->rows, LINES);
	check(&place);
	close_place(&place);
}

static void up_and_down_visit_every_band(void **state)
{
	struct place place;

	(void)state;
	open_place(&place, sample_python());
	for (int turned = 0; turned < 2; turned++) {
		size_t visited = 1;

		place.view.low_on_top = turned;
		lay_out(&place);
		view_move_end(&place.view, place.diagram, 1);
		for (int i = 0; i < 100; i++) {
			const struct band *before = view_band(&place.view, place.diagram);

			view_move_band(&place.view, place.diagram, -1);
			check(&place);
			visited += view_band(&place.view, place.diagram) != before;
		}
		assert_int_equal(visited, place.diagram->band_count);
		assert_int_equal(cursor_line(&place), 0);
		for (int i = 0; i < 100; i++)
			view_move_band(&place.view, place.diagram, 1);
		assert_int_equal(cursor_line(&place), LINES - 1);
	}
	close_place(&place);
}

static void zooming_keeps_the_band_on_its_line(void **state)
{
	struct place place;

	(void)state;
	open_place(&place, sample_large(500));
	for (int step = 0; step < LINES; step++) {
		uint64_t line, cursor;

		view_set_zoom(&place.view, 1);
		lay_out(&place);
		view_move_end(&place.view, place.diagram, -1);
		for (int i = 0; i < step; i++)
			view_move_band(&place.view, place.diagram, 1);
		line = cursor_line(&place);
		cursor = place.view.cursor;
		for (unsigned zoom = 2; zoom < 8; zoom++) {
			assert_true(view_set_zoom(&place.view, zoom));
			lay_out(&place);
			check(&place);
			assert_int_equal(place.view.cursor, cursor);
			/* Only the ends of the picture may move it. */
			if (place.view.top > 0 && place.view.top + LINES < place.diagram->rows)
				assert_int_equal(cursor_line(&place), line);
		}
	}
	close_place(&place);
}

static void zoom_has_its_ends(void **state)
{
	struct place place;

	(void)state;
	open_place(&place, sample_python());
	assert_false(view_set_zoom(&place.view, 0));
	assert_true(view_set_zoom(&place.view, VIEW_ZOOM_MAX));
	assert_false(view_set_zoom(&place.view, VIEW_ZOOM_MAX + 1));
	lay_out(&place);
	check(&place);
	assert_int_equal(place.diagram->rows, (uint64_t)LINES << VIEW_ZOOM_MAX);
	view_move_lines(&place.view, place.diagram, place.view.lines, 1);
	check(&place);
	close_place(&place);
}

static void showing_an_address_leaves_what_does_not_hold_it(void **state)
{
	struct place place;
	uint64_t heap;

	(void)state;
	open_place(&place, sample_python());
	heap = place.view.cursor;
	assert_true(view_enter(&place.view, place.diagram));
	lay_out(&place);
	view_show(&place.view, heap + 0x1000);
	assert_int_equal(place.view.depth, 1);
	assert_int_equal(place.view.cursor_at, LINES / 2);
	view_show(&place.view, heap - 1);
	assert_int_equal(place.view.depth, 0);
	/* The whole is never left. */
	view_show(&place.view, UINT64_MAX);
	assert_int_equal(place.view.depth, 0);
	lay_out(&place);
	check(&place);
	close_place(&place);
}

static void going_in_and_out_returns(void **state)
{
	struct place place;
	int depth = 0;

	(void)state;
	open_place(&place, sample_large(2000));
	assert_false(view_leave(&place.view));
	for (int i = 0; i < 60; i++) {
		view_move_end(&place.view, place.diagram, i % 2 ? 1 : -1);
		view_move_band(&place.view, place.diagram, i % 2 ? -1 : 1);
		if (!view_enter(&place.view, place.diagram))
			break;
		depth++;
		lay_out(&place);
		check(&place);
	}
	assert_true(depth > 1 && depth < VIEW_DEPTH);
	while (view_leave(&place.view)) {
		depth--;
		lay_out(&place);
		check(&place);
	}
	assert_int_equal(depth, 0);
	assert_int_equal(place.diagram->start, 0);
	close_place(&place);
}

static void the_cursor_stays_on_its_band_when_the_process_changes(void **state)
{
	struct place place;
	uint64_t line;

	(void)state;
	open_place(&place, sample_python());
	line = cursor_line(&place);
	for (int i = 1; i < 50; i++) {
		replace_space(&place, sample_python_grown((uint64_t)i * 4096));
		assert_int_equal(place.view.cursor, 0x55b5f7c8d000);
		assert_true(cursor_line(&place) + 1 >= line && cursor_line(&place) <= line + 1);
	}
	replace_space(&place, sample_empty());
	check(&place);
	close_place(&place);
}

static void choosing_a_line_keeps_what_is_on_it(void **state)
{
	struct place place;
	struct view *view = &place.view;
	uint64_t start, end;

	(void)state;
	open_place(&place, sample_large(500));
	view_set_zoom(view, 2);
	lay_out(&place);
	for (uint64_t line = 0; line < LINES; line++) {
		uint64_t top = view->top;

		view_select(view, place.diagram, line);
		assert_int_equal(view->top, top);
		assert_int_equal(view->cursor_at, line);
		diagram_row_range(place.diagram, view_row_of_line(view, place.diagram, top + line),
				  &start, &end);
		assert_int_equal(view->cursor, start);
	}
	/* An exact address is not rounded to its row. */
	view->cursor++;
	view_select(view, place.diagram, view->cursor_at);
	assert_int_equal(view->cursor, start + 1);
	/* There is no such line: the last. */
	view->top = place.diagram->rows - 5;
	view_select(view, place.diagram, 10);
	assert_int_equal(view->cursor, place.diagram->start);
	close_place(&place);
}

static void scrolling_keeps_the_cursor_on_the_screen(void **state)
{
	struct place place;
	struct view *view = &place.view;
	uint64_t cursor, line;

	(void)state;
	open_place(&place, sample_large(500));
	assert_false(view_scroll(view, place.diagram, 3));
	assert_false(view_scroll(view, place.diagram, -3));
	view_set_zoom(view, 3);
	lay_out(&place);
	view_move_end(view, place.diagram, -1);
	assert_false(view_scroll(view, place.diagram, -1));
	view_select(view, place.diagram, 5);
	cursor = view->cursor;
	assert_true(view_scroll(view, place.diagram, 3));
	assert_int_equal(view->top, 3);
	assert_int_equal(view->cursor, cursor);
	assert_int_equal(view->cursor_at, 2);
	/* A new diagram does not scroll back. */
	lay_out(&place);
	assert_int_equal(view->top, 3);
	assert_int_equal(view->cursor, cursor);
	/* Where the cursor would leave the screen it stays at its edge. */
	assert_true(view_scroll(view, place.diagram, 3));
	assert_int_equal(view->top, 6);
	assert_int_equal(view->cursor_at, 0);
	view_select(view, place.diagram, LINES - 1);
	assert_true(view_scroll(view, place.diagram, -2));
	assert_int_equal(view->top, 4);
	assert_int_equal(view->cursor_at, LINES - 1);
	for (line = 0; view_scroll(view, place.diagram, 3); line++)
		assert_true(line < place.diagram->rows);
	assert_int_equal(view->top, place.diagram->rows - LINES);
	close_place(&place);
}

/* The screen may become smaller than where the cursor was. */
static void the_cursor_stays_on_a_smaller_screen(void **state)
{
	struct place place;

	(void)state;
	open_place(&place, sample_large(500));
	view_set_zoom(&place.view, 3);
	lay_out(&place);
	view_move_end(&place.view, place.diagram, -1);
	view_select(&place.view, place.diagram, LINES - 1);
	for (unsigned lines = LINES; lines > 0; lines--) {
		uint64_t cursor = place.view.cursor;

		place.view.lines = lines;
		view_settle(&place.view, place.diagram);
		assert_int_equal(place.view.cursor, cursor);
		assert_int_equal(place.view.cursor_at, lines - 1);
		assert_int_equal(cursor_line(&place), lines - 1);
	}
	close_place(&place);
}

/* An address that is no longer in the picture: its nearest end. */
static void a_cursor_outside_goes_to_the_nearest_end(void **state)
{
	struct place place;

	(void)state;
	open_place(&place, sample_python());
	assert_true(view_enter(&place.view, place.diagram));
	lay_out(&place);
	place.view.cursor = place.diagram->start - 1;
	view_settle(&place.view, place.diagram);
	assert_int_equal(place.view.cursor, place.diagram->start);
	place.view.cursor = place.diagram->end;
	view_settle(&place.view, place.diagram);
	assert_int_equal(place.view.cursor, place.diagram->end - 1);
	close_place(&place);
}

static void what_is_on_the_screen_is_a_range(void **state)
{
	struct place place;
	uint64_t start, end, row_start, row_end;

	(void)state;
	open_place(&place, sample_large(500));
	for (int turned = 0; turned < 2; turned++) {
		place.view.low_on_top = turned;
		view_set_zoom(&place.view, 0);
		lay_out(&place);
		view_visible(&place.view, place.diagram, &start, &end);
		assert_int_equal(start, place.diagram->start);
		assert_int_equal(end, place.diagram->end);
		view_set_zoom(&place.view, 2);
		lay_out(&place);
		view_move_end(&place.view, place.diagram, turned ? 1 : -1);
		/* The highest addresses, down to the last line. */
		view_visible(&place.view, place.diagram, &start, &end);
		assert_int_equal(end, place.diagram->end);
		diagram_row_range(place.diagram, place.diagram->rows - LINES, &row_start, &row_end);
		assert_int_equal(start, row_start);
		view_move_end(&place.view, place.diagram, turned ? -1 : 1);
		view_visible(&place.view, place.diagram, &start, &end);
		assert_int_equal(start, place.diagram->start);
		diagram_row_range(place.diagram, LINES - 1, &row_start, &row_end);
		assert_int_equal(end, row_end);
	}
	close_place(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_on_the_heap),
		cmocka_unit_test(up_and_down_visit_every_band),
		cmocka_unit_test(zooming_keeps_the_band_on_its_line),
		cmocka_unit_test(zoom_has_its_ends),
		cmocka_unit_test(going_in_and_out_returns),
		cmocka_unit_test(showing_an_address_leaves_what_does_not_hold_it),
		cmocka_unit_test(the_cursor_stays_on_its_band_when_the_process_changes),
		cmocka_unit_test(choosing_a_line_keeps_what_is_on_it),
		cmocka_unit_test(scrolling_keeps_the_cursor_on_the_screen),
		cmocka_unit_test(the_cursor_stays_on_a_smaller_screen),
		cmocka_unit_test(a_cursor_outside_goes_to_the_nearest_end),
		cmocka_unit_test(what_is_on_the_screen_is_a_range),
	};

	return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
