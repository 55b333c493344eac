/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/glyphs.h"
#include "ui/pane/heap_classes.h"

/* Of many small holes, few large ones, and none between. */
static struct heap_arena sample(void)
{
	struct heap_arena arena = {0};

	arena.free_by_class[5] = 1 << 20;
	arena.free_by_class[6] = 3 << 20;
	arena.free_by_class[7] = 100;
	arena.free_by_class[9] = 2 << 20;
	arena.free_by_class[16] = 1 << 19;
	arena.free_by_class[20] = 1 << 20;
	return arena;
}

static void classes_from_the_smallest_hole_on_have_bars(void **state)
{
	struct heap_arena arena = sample();
	struct heap_classes_range range = heap_classes_find(&arena, 140);

	(void)state;
	assert_int_equal(range.first, 5);
	assert_int_equal(range.count, 16);
	assert_false(range.more);
	range = heap_classes_find(&arena, HEAP_CLASSES_COLUMNS);
	assert_int_equal(range.first, 5);
	assert_int_equal(range.count, 4);
	assert_true(range.more);
	range = heap_classes_find(&(struct heap_arena){0}, 140);
	assert_int_equal(range.count, 0);
}

static void append_drawing(struct text *text, const struct heap_arena *arena, int columns,
			   int lines, bool unicode)
{
	struct canvas *canvas = canvas_create(columns, lines, !unicode);

	heap_classes_draw(canvas, glyphs_get(unicode), (struct rect){0, 0, columns, lines}, arena);
	canvas_append_text(text, canvas);
	text_append(text, "--\n");
	canvas_destroy(canvas);
}

static void bars_stand_on_their_sizes(void **state)
{
	struct heap_arena arena = sample(), none = {0};
	struct text text = {0};

	(void)state;
	append_drawing(&text, &arena, 140, 3, true);
	append_drawing(&text, &arena, 140, 6, true);
	/* More lines make no taller bars. */
	append_drawing(&text, &arena, 76, 9, true);
	append_drawing(&text, &arena, HEAP_CLASSES_COLUMNS, 3, false);
	append_drawing(&text, &none, HEAP_CLASSES_COLUMNS, 3, true);
	golden_check("heap_classes", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes_from_the_smallest_hole_on_have_bars),
		cmocka_unit_test(bars_stand_on_their_sizes),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("heap_classes", tests, NULL, NULL);
}
