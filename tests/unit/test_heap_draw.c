/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "base/text.h"
#include "sample_heap.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/pane/heap_draw.h"

static void the_first_line_of_several_is_the_sum(void **state)
{
	struct heap_usage heap = sample_heap();
	struct heap_arena sum;

	(void)state;
	assert_int_equal(heap_draw_lines(&heap), 3);
	sum = heap_draw_arena(&heap, 0);
	assert_int_equal(sum.system, heap.arenas[0].system + heap.arenas[1].system);
	assert_int_equal(sum.unknown, heap.arenas[1].unknown);
	assert_int_equal(sum.largest_free, heap.arenas[0].largest_free);
	assert_int_equal(sum.start, 0);
	assert_int_equal(heap_draw_arena(&heap, 2).address, heap.arenas[1].address);
	heap.count = 1;
	assert_int_equal(heap_draw_lines(&heap), 1);
	assert_int_equal(heap_draw_arena(&heap, 0).address, heap.arenas[0].address);
	assert_int_equal(heap_draw_lines(NULL), 0);
	heap_usage_finish(&heap);
}

static void the_cursor_stays_in_sight(void **state)
{
	struct heap_usage heap = sample_heap();
	const struct frame frame = {.bordered = true};
	struct heap_draw draw = {.heap = &heap, .cursor = 2};

	(void)state;
	/* A border, a heading, one arena, what it means. */
	assert_int_equal(heap_draw_scroll(&frame, (struct rect){0, 0, 80, 6}, &draw), 2);
	assert_int_equal(heap_draw_scroll(&frame, (struct rect){0, 0, 80, 8}, &draw), 0);
	/* With the holes by size, and six lines of words. */
	assert_int_equal(heap_draw_wanted(&frame, 80, &draw), 15);
	draw = (struct heap_draw){.sentence = "The heap is being walked."};
	assert_int_equal(heap_draw_wanted(&frame, 80, &draw), 3);
	assert_int_equal(heap_draw_wanted(&frame, 20, &draw), 4);
	heap_usage_finish(&heap);
}

/* What the title says at its right: large chunks, and how certain all of it is. */
static void the_title_tells_of_large_chunks(void **state)
{
	struct heap_usage heap = sample_heap();
	const struct frame frame = {.columns = 100, .lines = 12, .bordered = true};
	struct text text = {0};

	(void)state;
	for (uint64_t chunks = 0; chunks < 3; chunks++)
		for (int certain = 0; certain < 2; certain++) {
			struct canvas *canvas = canvas_create(100, 12, false);
			const struct heap_draw draw = {.heap = &heap};

			heap.mapped_chunks = chunks;
			heap.arenas[1].unknown = certain ? 0 : 0x800;
			heap_draw(canvas, &frame, (struct rect){0, 0, 100, 12}, &draw);
			canvas_append_text(&text, canvas);
			canvas_destroy(canvas);
		}
	golden_check("heap_draw_titles", text_string(&text));
	text_finish(&text);
	heap_usage_finish(&heap);
}

/* The lines that it wants at each width, as ranges of widths. */
static void lines_are_wanted_by_width(void **state)
{
	const struct frame frame = {.bordered = true};
	struct heap_usage heap = sample_heap();
	struct text text = {0};

	(void)state;
	for (size_t cursor = 0; cursor < 3; cursor++) {
		const struct heap_draw draw = {.heap = &heap, .cursor = cursor};
		int before = -1;

		text_append_format(&text, "== %zu\n", cursor);
		for (int columns = 20; columns < 200; columns++) {
			const int lines = heap_draw_wanted(&frame, columns, &draw);

			if (lines != before)
				text_append_format(&text, "%d: %d\n", columns, lines);
			before = lines;
		}
	}
	golden_check("heap_draw_wanted", text_string(&text));
	text_finish(&text);
	heap_usage_finish(&heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_of_several_is_the_sum),
		cmocka_unit_test(the_cursor_stays_in_sight),
		cmocka_unit_test(the_title_tells_of_large_chunks),
		cmocka_unit_test(lines_are_wanted_by_width),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("heap_draw", tests, NULL, NULL);
}
