/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "comparison_made.h"
#include "model/diff_rows.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/difference/difference_draw.h"
#include "ui/scene.h"

static const uint64_t heights[] = {2, 2, 6, 2, 2, 3, 2};

/* The rows of comparison_made() in as many lines as they have, or one each. */
static void draw(const char *name, int columns, int lines, const uint64_t *high, bool unicode)
{
	const struct scene scene = {.glyphs = glyphs_get(unicode), .letters = !unicode};
	const struct frame frame = {.bordered = columns > 40};
	const struct rect rect = {0, 0, columns, lines};
	struct comparison *comparison = comparison_made();
	struct canvas *canvas = canvas_create(columns, lines, !unicode);
	struct diff_rows rows;

	diff_rows_init(&rows, &comparison->diff, NULL);
	assert_int_equal(rows.count, 7);
	difference_draw(canvas, &frame, rect,
			&(struct difference_draw){.comparison = comparison,
						  .rows = &rows,
						  .heights = high,
						  .cursor = 4,
						  .low_on_top = !unicode},
			&scene);
	golden_check_canvas(name, canvas);
	canvas_destroy(canvas);
	diff_rows_finish(&rows);
	comparison_destroy(comparison);
}

static void both_are_of_one_scale(void **state)
{
	(void)state;
	draw("difference_draw_78", 80, 26, heights, true);
	draw("difference_draw_118", 120, 26, heights, true);
	draw("difference_draw_198", 200, 26, heights, true);
}

static void small_panes_have_a_line_each(void **state)
{
	(void)state;
	draw("difference_draw_50", 50, 13, NULL, true);
	draw("difference_draw_40", 40, 9, NULL, true);
}

static void in_ascii_and_turned_over(void **state)
{
	(void)state;
	draw("difference_draw_ascii", 80, 26, heights, false);
}

static void until_it_is_made_it_says_so(void **state)
{
	const struct scene scene = {.glyphs = glyphs_get(true)};
	const struct frame frame = {.bordered = true};
	struct canvas *canvas = canvas_create(40, 5, false);
	const struct diff_rows none = {0};

	(void)state;
	difference_draw(canvas, &frame, (struct rect){0, 0, 40, 5},
			&(struct difference_draw){.rows = &none}, &scene);
	golden_check_canvas("difference_draw_waits", canvas);
	canvas_destroy(canvas);
}

static void lines_stand_for_rows(void **state)
{
	const struct frame frame = {.bordered = true};
	const struct rect rect = {0, 0, 80, 26};
	struct comparison *comparison = comparison_made();
	struct difference_draw pane = {.comparison = comparison, .heights = heights};
	struct diff_rows rows;
	size_t place;

	(void)state;
	diff_rows_init(&rows, &comparison->diff, NULL);
	pane.rows = &rows;
	assert_int_equal(difference_draw_lines(&frame, rect), 19);
	assert_int_equal(difference_draw_row(&pane, 0), 6);
	assert_false(difference_draw_place_at(&pane, &frame, rect, 3, &place));
	/* The last row is on top, of two lines, then one of three. */
	assert_true(difference_draw_place_at(&pane, &frame, rect, 4, &place));
	assert_int_equal(place, 0);
	assert_true(difference_draw_place_at(&pane, &frame, rect, 6, &place));
	assert_int_equal(place, 1);
	assert_true(difference_draw_place_at(&pane, &frame, rect, 8, &place));
	assert_int_equal(place, 1);
	assert_true(difference_draw_place_at(&pane, &frame, rect, 9, &place));
	assert_int_equal(place, 2);
	assert_false(difference_draw_place_at(&pane, &frame, rect, 24, &place));
	pane.low_on_top = true;
	assert_int_equal(difference_draw_row(&pane, 0), 0);
	diff_rows_finish(&rows);
	comparison_destroy(comparison);
}

/* Which row stands on a line: each has its height, from the top of the screen on. */
static void lines_belong_to_rows(void **state)
{
	static const size_t places[2][6] = {{0, 0, 0, 1, 2, 2}, {0, 0, 1, 2, 2, 2}};
	const struct frame frame = {.bordered = true};
	const struct rect rect = {0, 10, 100, 16};
	const struct diff_rows rows = {.count = 3};
	const uint64_t high[] = {2, 1, 3};

	(void)state;
	/* Of 14 lines inside three are headings and one has words. */
	assert_int_equal(difference_draw_lines(&frame, rect), 10);
	assert_int_equal(difference_draw_lines(&frame, (struct rect){0, 0, 92, 10}), 4);
	assert_int_equal(difference_draw_lines(&frame, (struct rect){0, 0, 91, 10}), 3);
	assert_int_equal(difference_draw_lines(&frame, (struct rect){0, 0, 91, 9}), 4);
	assert_int_equal(difference_draw_lines(&frame, (struct rect){0, 0, 91, 6}), 1);
	assert_int_equal(difference_draw_lines(&frame, (struct rect){0, 0, 91, 5}), 1);
	assert_int_equal(difference_draw_lines(&frame, (struct rect){0, 0, 91, 2}), 1);
	for (int low = 0; low < 2; low++) {
		struct difference_draw draw = {.rows = &rows, .heights = high, .low_on_top = low};

		for (size_t row = 0; row < 3; row++)
			assert_int_equal(difference_draw_row(&draw, row), low ? row : 2 - row);
		for (int line = 0; line < 40; line++) {
			size_t place = 9;
			bool there = line >= 14 && line < 20;

			assert_int_equal(
				difference_draw_place_at(&draw, &frame, rect, line, &place), there);
			assert_int_equal(place, there ? places[low][line - 14] : 9);
		}
		/* Without heights each has a line, from the first that is shown on. */
		draw.heights = NULL;
		draw.top = 1;
		for (int line = 0; line < 40; line++) {
			size_t place = 9;
			bool there = line == 14 || line == 15;

			assert_int_equal(
				difference_draw_place_at(&draw, &frame, rect, line, &place), there);
			assert_int_equal(place, there ? (size_t)line - 13 : 9);
		}
	}
}

/* What is swapped out is in the bars where it is known beside what is in memory. */
static void bars_have_what_is_known(void **state)
{
	const struct scene scene = {.glyphs = glyphs_get(true)};
	const struct frame frame = {.bordered = true};
	const struct rect rect = {0, 0, 120, 30};
	struct comparison *comparison = comparison_made();

	(void)state;
	for (int known = 0; known < 4; known++) {
		struct canvas *canvas = canvas_create(120, 30, false);
		struct diff_rows rows;
		size_t swapped = 0, untold = 0;

		diff_rows_init(&rows, &comparison->diff, NULL);
		for (size_t i = 0; i < rows.count; i++)
			for (int side = 0; side < DIFF_SIDES; side++) {
				uint64_t(*amounts)[DIFF_SIDES] = rows.rows[i].sum.amounts;

				amounts[DIFF_RSS][side] = known & 1 ? 4096 : TARGET_UNKNOWN;
				amounts[DIFF_SWAP][side] = known & 2 ? 4096 : TARGET_UNKNOWN;
			}
		difference_draw(canvas, &frame, rect,
				&(struct difference_draw){.comparison = comparison,
							  .rows = &rows,
							  .heights = heights},
				&scene);
		for (int i = 0; i < 120 * 30; i++) {
			swapped += canvas->cells[i].role == ROLE_SWAPPED;
			untold += canvas->cells[i].glyph == scene.glyphs->untold;
		}
		assert_int_equal(swapped > 0, known == 3);
		assert_int_equal(untold > 0, !(known & 1));
		diff_rows_finish(&rows);
		canvas_destroy(canvas);
	}
	comparison_destroy(comparison);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_are_of_one_scale),
		cmocka_unit_test(small_panes_have_a_line_each),
		cmocka_unit_test(in_ascii_and_turned_over),
		cmocka_unit_test(until_it_is_made_it_says_so),
		cmocka_unit_test(lines_stand_for_rows),
		cmocka_unit_test(lines_belong_to_rows),
		cmocka_unit_test(bars_have_what_is_known),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("difference draw", tests, NULL, NULL);
}
