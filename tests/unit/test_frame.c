/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ui/frame.h"

static const struct frame_wish all = {.aside = true}, nothing;

static void contains(struct rect outer, struct rect inner)
{
	assert_true(inner.column >= outer.column && inner.line >= outer.line);
	assert_true(inner.column + inner.columns <= outer.column + outer.columns);
	assert_true(inner.line + inner.lines <= outer.line + outer.lines);
}

static void says_when_the_screen_is_too_small(void **state)
{
	struct frame frame;

	(void)state;
	frame_measure(&frame, 39, 12, &all);
	assert_true(frame.too_small);
	frame_measure(&frame, 40, 11, &all);
	assert_true(frame.too_small);
	frame_measure(&frame, 40, 12, &all);
	assert_false(frame.too_small);
}

static void parts_cover_the_screen_without_overlap(void **state)
{
	struct frame frame;

	(void)state;
	for (int columns = 40; columns < 260; columns++)
		for (int lines = 12; lines < 90; lines += 7) {
			struct rect screen = {0, 0, columns, lines};

			frame_measure(&frame, columns, lines, &all);
			contains(screen, frame.header);
			contains(screen, frame.main);
			contains(screen, frame.footer);
			assert_int_equal(frame.main.line, frame.header.lines);
			assert_int_equal(frame.main.line + frame.main.lines, lines - 1);
			if (frame.aside.columns) {
				contains(screen, frame.aside);
				assert_int_equal(frame.main.columns, frame.aside.column);
			}
			contains(frame.main, frame_inside(&frame, frame.main));
		}
}

static void inspector_has_no_place_on_narrow_screens(void **state)
{
	struct frame frame;

	(void)state;
	frame_measure(&frame, 60, 24, &all);
	assert_true(frame.narrow);
	assert_int_equal(frame.aside.columns, 0);
	frame_measure(&frame, 80, 24, &all);
	assert_false(frame.narrow);
	assert_true(frame.aside.columns > 0);
	frame_measure(&frame, 80, 24, &nothing);
	assert_int_equal(frame.aside.columns, 0);
}

static void a_lower_pane_takes_lines_from_the_picture(void **state)
{
	const struct frame_wish wish = {.aside = true, .bottom_lines = 7};
	struct frame frame;

	(void)state;
	for (int lines = 12; lines < 60; lines++) {
		frame_measure(&frame, 100, lines, &wish);
		assert_int_equal(frame.main.lines + frame.bottom.lines, lines - 3);
		assert_int_equal(frame.bottom.line + frame.bottom.lines, lines - 1);
		assert_true(frame.bottom.lines == 7 || frame.main.lines == 0);
		assert_true(frame.main.lines == 0 || frame.main.lines >= 8);
		assert_int_equal(frame.aside.lines, frame.main.lines);
	}
}

static void paper_has_no_footer(void **state)
{
	struct frame frame;

	(void)state;
	frame_measure_plain(&frame, 80, 30, false);
	assert_int_equal(frame.footer.lines, 0);
	assert_int_equal(frame.header.lines + frame.main.lines, 30);
}

static void cells_lie_in_one_part(void **state)
{
	const struct rect rect = {3, 5, 2, 1};

	(void)state;
	assert_true(frame_contains(rect, 3, 5));
	assert_true(frame_contains(rect, 4, 5));
	assert_false(frame_contains(rect, 2, 5));
	assert_false(frame_contains(rect, 5, 5));
	assert_false(frame_contains(rect, 3, 4));
	assert_false(frame_contains(rect, 3, 6));
	assert_false(frame_contains((struct rect){0}, 0, 0));
}

/* Each part begins with the line or column from which there is room for it. */
static void parts_come_with_the_room(void **state)
{
	struct frame frame;

	(void)state;
	frame_measure(&frame, 80, 15, &all);
	assert_false(frame.bordered);
	frame_measure(&frame, 80, 16, &all);
	assert_true(frame.bordered);
	frame_measure(&frame, 71, 16, &all);
	assert_true(frame.narrow);
	assert_int_equal(frame.aside.columns, 0);
	frame_measure(&frame, 72, 16, &(struct frame_wish){.aside = true});
	assert_false(frame.narrow);
	assert_int_equal(frame.aside.column, 44);
	assert_int_equal(frame.aside.columns, 28);
	assert_int_equal(frame.aside.line, 2);
	assert_int_equal(frame.aside.lines, 13);
	frame_measure(&frame, 97, 16, &(struct frame_wish){.aside = true});
	assert_int_equal(frame.aside.columns, 29);
	frame_measure(&frame, 176, 16, &(struct frame_wish){.aside = true});
	assert_int_equal(frame.aside.columns, 52);
	frame_measure(&frame, 400, 16, &(struct frame_wish){.aside = true});
	assert_int_equal(frame.aside.columns, 52);
	/* Of 20 lines the picture keeps 8 at least. */
	frame_measure(&frame, 80, 23, &(struct frame_wish){.bottom_lines = 12});
	assert_int_equal(frame.main.lines, 8);
	assert_int_equal(frame.bottom.line, 10);
	assert_int_equal(frame.bottom.lines, 12);
	frame_measure(&frame, 80, 23, &(struct frame_wish){.bottom_lines = 13});
	assert_int_equal(frame.main.lines, 0);
	assert_int_equal(frame.bottom.line, 2);
	assert_int_equal(frame.bottom.lines, 20);
	frame_measure(&frame, 80, 23, &(struct frame_wish){.bottom_lines = 0});
	assert_int_equal(frame.bottom.lines, 0);
	assert_int_equal(frame.main.lines, 20);
}

static void what_is_inside_lies_within_the_border(void **state)
{
	struct frame frame = {.bordered = true};
	struct rect inside = frame_inside(&frame, (struct rect){3, 4, 20, 10});

	(void)state;
	assert_int_equal(inside.column, 4);
	assert_int_equal(inside.line, 5);
	assert_int_equal(inside.columns, 18);
	assert_int_equal(inside.lines, 8);
	frame.bordered = false;
	inside = frame_inside(&frame, (struct rect){3, 4, 20, 10});
	assert_int_equal(inside.column, 3);
	assert_int_equal(inside.line, 5);
	assert_int_equal(inside.columns, 20);
	assert_int_equal(inside.lines, 9);
	for (int column = 0; column < 30; column++)
		for (int line = 0; line < 20; line++)
			assert_int_equal(frame_contains((struct rect){3, 4, 20, 10}, column, line),
					 column > 2 && column < 23 && line > 3 && line < 14);
}

static void paper_has_a_line_below_where_it_is_wanted(void **state)
{
	struct frame frame;

	(void)state;
	for (int footer = 0; footer < 2; footer++) {
		frame_measure_plain(&frame, 70, 30, footer);
		assert_true(frame.narrow && !frame.bordered && !frame.too_small);
		assert_int_equal(frame.columns, 70);
		assert_int_equal(frame.lines, 30);
		assert_memory_equal(&frame.header, &((struct rect){0, 0, 70, 2}),
				    sizeof(struct rect));
		assert_memory_equal(&frame.main, &((struct rect){0, 2, 70, 28 - footer}),
				    sizeof(struct rect));
		assert_memory_equal(&frame.footer, &((struct rect){0, 30 - footer, 70, footer}),
				    sizeof(struct rect));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_when_the_screen_is_too_small),
		cmocka_unit_test(parts_cover_the_screen_without_overlap),
		cmocka_unit_test(inspector_has_no_place_on_narrow_screens),
		cmocka_unit_test(a_lower_pane_takes_lines_from_the_picture),
		cmocka_unit_test(cells_lie_in_one_part),
		cmocka_unit_test(paper_has_no_footer),
		cmocka_unit_test(parts_come_with_the_room),
		cmocka_unit_test(paper_has_a_line_below_where_it_is_wanted),
		cmocka_unit_test(what_is_inside_lies_within_the_border),
	};

	return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
