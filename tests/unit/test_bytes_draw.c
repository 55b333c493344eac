/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Where things stand; what is drawn, test_bytes_pane.c compares. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/vma.h"
#include "screen/canvas.h"
#include "support/sample.h"
#include "ui/glyphs.h"
#include "ui/pane/bytes_draw.h"
#include "ui/pane/bytes_held.h"

static void as_many_bytes_as_fit_are_on_a_line(void **state)
{
	(void)state;
	assert_int_equal(bytes_draw_per_line(78, 0x7f83aa53e000), 16);
	assert_int_equal(bytes_draw_per_line(77, 0x7f83aa53e000), 8);
	assert_int_equal(bytes_draw_per_line(200, 0x7f83aa53e000), 16);
	assert_int_equal(bytes_draw_per_line(38, 0x7f83aa53e000), 4);
	assert_int_equal(bytes_draw_per_line(5, 0x7f83aa53e000), 4);
	/* Long addresses take more. */
	assert_int_equal(bytes_draw_per_line(78, 0xffffffffff600000), 8);
}

static void each_cell_of_a_byte_is_that_byte(void **state)
{
	const struct frame frame = {.bordered = true};
	const struct rect rect = {0, 10, 80, 12};
	const struct bytes_draw pane = {.top = 0x7f83aa53e000};
	uint64_t address = 7;

	(void)state;
	assert_int_equal(bytes_draw_lines(&frame, rect), 9);
	assert_false(bytes_draw_at(&frame, rect, &pane, 20, 10, &address));
	assert_false(bytes_draw_at(&frame, rect, &pane, 20, 20, &address));
	assert_int_equal(address, 7);
	/* An address is its first byte; a gap belongs to the byte before. */
	assert_true(bytes_draw_at(&frame, rect, &pane, 3, 11, &address));
	assert_int_equal(address, pane.top);
	assert_true(bytes_draw_at(&frame, rect, &pane, 14, 12, &address));
	assert_int_equal(address, pane.top + 16);
	assert_true(bytes_draw_at(&frame, rect, &pane, 16, 12, &address));
	assert_int_equal(address, pane.top + 16);
	assert_true(bytes_draw_at(&frame, rect, &pane, 17, 12, &address));
	assert_int_equal(address, pane.top + 17);
	assert_true(bytes_draw_at(&frame, rect, &pane, 39, 12, &address));
	assert_int_equal(address, pane.top + 24);
	assert_true(bytes_draw_at(&frame, rect, &pane, 63, 11, &address));
	assert_int_equal(address, pane.top);
	assert_true(bytes_draw_at(&frame, rect, &pane, 78, 11, &address));
	assert_int_equal(address, pane.top + 15);
	assert_false(bytes_draw_at(&frame, rect, &pane, 79, 11, &address));
}

static void the_cursor_is_scrolled_into_sight(void **state)
{
	const struct frame frame = {.bordered = true};
	const struct rect rect = {0, 10, 80, 12}; /* 9 lines of 16 bytes */
	const struct vma vma = {.start = 0x10000, .end = 0x20000},
			 small = {.start = 0x1000, .end = 0x1040};

	(void)state;
	assert_int_equal(bytes_draw_scroll(&frame, rect, &vma, 0x10000, 0x10088), 0x10000);
	assert_int_equal(bytes_draw_scroll(&frame, rect, &vma, 0x10000, 0x10090), 0x10010);
	assert_int_equal(bytes_draw_scroll(&frame, rect, &vma, 0x10100, 0x100f8), 0x100f0);
	/* Far away, on top; at the end, as far as there are bytes. */
	assert_int_equal(bytes_draw_scroll(&frame, rect, &vma, 0, 0x15008), 0x15000);
	assert_int_equal(bytes_draw_scroll(&frame, rect, &vma, 0x10000, 0x1fff8), 0x20000 - 0x90);
	assert_int_equal(bytes_draw_scroll(&frame, rect, &small, 0, 0x1038), 0x1000);
	assert_int_equal(bytes_draw_scroll(&frame, rect, NULL, 0, 0x1234), 0x1230);
}

/* The word under the cursor has the last line, unless there is only one. */
static void the_word_has_a_line_where_there_are_two(void **state)
{
	const struct frame frame = {.bordered = false};
	const struct vma vma = {.start = 0x10000, .end = 0x20000};
	static const struct bytes_held nothing;
	struct address_space *space = sample_python();
	const struct bytes_draw pane = {.space = space,
					.vma = &vma,
					.held = &nothing,
					.top = 0x10000,
					.cursor = 0x10010,
					.word = 8,
					.glyphs = glyphs_get(false)};

	(void)state;
	for (int lines = 1; lines <= 2; lines++) {
		struct canvas *canvas = canvas_create(80, lines + 1, false);
		struct text text = {0};

		bytes_draw(canvas, &frame, (struct rect){0, 0, 80, lines + 1}, &pane);
		canvas_append_text(&text, canvas);
		assert_int_equal(strstr(text_string(&text), "the permissions forbid reading") !=
					 NULL,
				 lines == 2);
		text_finish(&text);
		canvas_destroy(canvas);
	}
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_many_bytes_as_fit_are_on_a_line),
		cmocka_unit_test(the_cursor_is_scrolled_into_sight),
		cmocka_unit_test(each_cell_of_a_byte_is_that_byte),
		cmocka_unit_test(the_word_has_a_line_where_there_are_two),
	};

	return cmocka_run_group_tests_name("bytes_draw", tests, NULL, NULL);
}
