/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"

/* Compares the canvas with lines of text and destroys it. */
static void assert_shows(struct canvas *canvas, const char *expected)
{
	struct text text = {0};

	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	canvas_destroy(canvas);
}

static const struct cell *cell(const struct canvas *canvas, int column, int line)
{
	return &canvas->cells[line * canvas->columns + column];
}

static void is_blank_at_first(void **state)
{
	struct canvas *canvas = canvas_create(3, 2, false);

	(void)state;
	for (int i = 0; i < 6; i++) {
		assert_int_equal(canvas->cells[i].glyph, ' ');
		assert_int_equal(canvas->cells[i].role, ROLE_DEFAULT);
		assert_int_equal(canvas->cells[i].ground, ROLE_DEFAULT);
	}
	assert_shows(canvas, "\n\n");
	assert_shows(canvas_create(-1, 2, false), "\n\n");
	assert_shows(canvas_create(5, -7, false), "");
	canvas_destroy(NULL);
}

static void a_rectangle_is_cleared(void **state)
{
	struct canvas *canvas = canvas_create(4, 3, false);

	(void)state;
	canvas_fill(canvas, 0, 0, 4, 3, '#', ROLE_KEY);
	canvas_set_ground(canvas, 0, 0, 4, 3, ROLE_CURSOR);
	canvas_clear(canvas, 1, -1, 2, 3);
	assert_int_equal(cell(canvas, 1, 1)->role, ROLE_DEFAULT);
	assert_int_equal(cell(canvas, 2, 0)->ground, ROLE_DEFAULT);
	assert_int_equal(cell(canvas, 3, 1)->role, ROLE_KEY);
	assert_int_equal(cell(canvas, 1, 2)->ground, ROLE_CURSOR);
	assert_shows(canvas, "#  #\n#  #\n####\n");
}

static void puts_one_glyph(void **state)
{
	struct canvas *canvas = canvas_create(4, 1, false);

	(void)state;
	assert_int_equal(canvas_put(canvas, 0, 0, 'a', ROLE_KEY), 1);
	assert_int_equal(canvas_put(canvas, 2, 0, 0x4e2d, ROLE_KEY), 2);
	assert_int_equal(cell(canvas, 0, 0)->role, ROLE_KEY);
	assert_int_equal(cell(canvas, 1, 0)->role, ROLE_DEFAULT);
	assert_int_equal(cell(canvas, 3, 0)->glyph, 0);
	assert_int_equal(canvas_put(canvas, 4, 0, 'x', ROLE_KEY), 0);
	assert_int_equal(canvas_put(canvas, -1, 0, 'x', ROLE_KEY), 0);
	assert_int_equal(canvas_put(canvas, 0, 1, 'x', ROLE_KEY), 0);
	assert_int_equal(canvas_put(canvas, 0, -1, 'x', ROLE_KEY), 0);
	assert_int_equal(canvas_put(canvas, INT_MAX, INT_MIN, 'x', ROLE_KEY), 0);
	assert_shows(canvas, "a 中\n");
}

static void nothing_unprintable_comes_in(void **state)
{
	struct canvas *canvas = canvas_create(9, 1, false);

	(void)state;
	canvas_write(canvas, 0, 0, 9, "a\x1b\xff\x07z\xcc\x81", ROLE_DEFAULT);
	canvas_put(canvas, 6, 0, 0x9b, ROLE_DEFAULT);
	canvas_put(canvas, 7, 0, 0, ROLE_DEFAULT);
	canvas_put(canvas, 8, 0, 0x7fffffff, ROLE_DEFAULT);
	assert_shows(canvas, "a���z����\n");

	canvas = canvas_create(8, 1, true);
	canvas_write(canvas, 0, 0, 7, "a\x1b\xffé中", ROLE_DEFAULT);
	canvas_put(canvas, 7, 0, 0x2588, ROLE_DEFAULT);
	assert_shows(canvas, "a????  ?\n");
}

static void writes_and_cuts(void **state)
{
	struct canvas *canvas = canvas_create(10, 8, false);

	(void)state;
	assert_int_equal(canvas_write(canvas, 1, 0, 5, "abcde", ROLE_TITLE), 5);
	assert_int_equal(canvas_write(canvas, 1, 1, 5, "abcdef", ROLE_TITLE), 5);
	assert_int_equal(canvas_write(canvas, 0, 2, 4, "中中中", ROLE_TITLE), 3);
	assert_int_equal(canvas_write(canvas, 0, 3, 5, "a中中", ROLE_TITLE), 5);
	assert_int_equal(canvas_write(canvas, 0, 4, 1, "ab", ROLE_TITLE), 1);
	assert_int_equal(canvas_write(canvas, 0, 5, 0, "ab", ROLE_TITLE), 0);
	assert_int_equal(canvas_write(canvas, 0, 5, -3, "ab", ROLE_TITLE), 0);
	assert_int_equal(canvas_write(canvas, 0, 5, 3, "", ROLE_TITLE), 0);
	assert_int_equal(canvas_write(canvas, 7, 6, 30, "abcdef", ROLE_TITLE), 3);
	assert_int_equal(canvas_write(canvas, -2, 7, 30, "abcd", ROLE_TITLE), 4);
	assert_int_equal(canvas_write(canvas, 0, 8, 30, "abcd", ROLE_TITLE), 0);
	assert_int_equal(canvas_write(canvas, 10, 0, 30, "abcd", ROLE_TITLE), 0);
	assert_int_equal(canvas_write(canvas, INT_MAX, 0, INT_MAX, "abcd", ROLE_TITLE), 0);
	assert_shows(canvas, " abcde\n abcd…\n中…\na中中\n…\n\n       ab…\ncd\n");

	canvas = canvas_create(4, 1, true);
	canvas_write(canvas, 0, 0, 4, "abcdef", ROLE_TITLE);
	assert_shows(canvas, "abc~\n");
}

static void writes_to_the_right(void **state)
{
	struct canvas *canvas = canvas_create(8, 6, false);

	(void)state;
	assert_int_equal(canvas_write_right(canvas, 1, 0, 5, "abc", ROLE_TITLE), 3);
	assert_int_equal(canvas_write_right(canvas, 1, 1, 3, "abcdef", ROLE_TITLE), 3);
	assert_int_equal(canvas_write_right(canvas, 1, 2, 4, "中中中", ROLE_TITLE), 3);
	canvas_write_right(canvas, 4, 3, 10, "abcdefgh", ROLE_TITLE);
	canvas_write_right(canvas, -2, 4, 4, "abcd", ROLE_TITLE);
	canvas_write_right(canvas, -3, 5, 4, "中中", ROLE_TITLE);
	assert_shows(canvas, "   abc\n ab…\n  中…\n      ab\ncd\n\n");
}

static void wide_glyphs_never_stay_halved(void **state)
{
	struct canvas *canvas = canvas_create(6, 5, false);

	(void)state;
	for (int line = 0; line < 5; line++)
		canvas_write(canvas, 1, line, 4, "中文", ROLE_TITLE);
	canvas_put(canvas, 1, 0, 'x', ROLE_KEY);
	canvas_put(canvas, 2, 1, 'x', ROLE_KEY);
	canvas_put(canvas, 2, 2, 0x5b57, ROLE_KEY); /* over the middle of both */
	canvas_fill(canvas, 4, 3, 2, 1, '.', ROLE_KEY);
	assert_int_equal(canvas_put(canvas, 5, 4, 0x5b57, ROLE_KEY), 1);
	assert_int_equal(cell(canvas, 5, 4)->glyph, ' ');
	assert_int_equal(cell(canvas, 5, 4)->role, ROLE_KEY);
	assert_shows(canvas, " x 文\n  x文\n  字\n 中 ..\n 中文\n");
}

static void fills_within_the_edges(void **state)
{
	struct canvas *canvas = canvas_create(5, 4, false);

	(void)state;
	canvas_fill(canvas, -3, -3, 5, 4, '#', ROLE_BORDER);
	canvas_fill(canvas, 3, 1, INT_MAX, INT_MAX, '+', ROLE_BORDER);
	canvas_fill(canvas, 0, 2, 3, 1, 0x4e2d, ROLE_BORDER);
	canvas_fill(canvas, 0, 3, -1, 1, 'x', ROLE_BORDER);
	canvas_fill(canvas, 0, 3, 1, -1, 'x', ROLE_BORDER);
	canvas_fill(canvas, INT_MIN, 3, INT_MAX, 1, 'x', ROLE_BORDER);
	assert_shows(canvas, "##\n   ++\n中 ++\n   ++\n");
}

static void ground_lies_under_what_is_drawn(void **state)
{
	struct canvas *canvas = canvas_create(6, 2, false);

	(void)state;
	canvas_write(canvas, 0, 0, 6, "a中文b", ROLE_TITLE);
	canvas_set_ground(canvas, 2, 0, 2, 1, ROLE_CURSOR);
	assert_int_equal(cell(canvas, 1, 0)->ground, ROLE_DEFAULT);
	assert_int_equal(cell(canvas, 2, 0)->ground, ROLE_DEFAULT); /* right half of the first */
	assert_int_equal(cell(canvas, 3, 0)->ground, ROLE_CURSOR);
	assert_int_equal(cell(canvas, 4, 0)->ground, ROLE_CURSOR); /* right half of the second */
	assert_int_equal(cell(canvas, 5, 0)->ground, ROLE_DEFAULT);
	assert_int_equal(cell(canvas, 3, 0)->role, ROLE_TITLE);
	canvas_set_ground(canvas, -5, 1, 100, 100, ROLE_CURSOR);
	canvas_put(canvas, 0, 1, 'x', ROLE_KEY);
	for (int column = 0; column < 6; column++)
		assert_int_equal(cell(canvas, column, 1)->ground, ROLE_CURSOR);
	canvas_set_ground(canvas, 6, 0, 3, 1, ROLE_CURSOR);
	canvas_set_ground(canvas, 0, 2, 3, 1, ROLE_CURSOR);
	assert_shows(canvas, "a中文b\nx\n");
}

static void draws_boxes(void **state)
{
	struct canvas *canvas = canvas_create(5, 3, false);

	(void)state;
	canvas_draw_box(canvas, 0, 0, 5, 3, ROLE_BORDER);
	assert_shows(canvas, "╭───╮\n│   │\n╰───╯\n");
	canvas = canvas_create(5, 3, true);
	canvas_draw_box(canvas, 1, 0, 3, 3, ROLE_BORDER);
	assert_shows(canvas, " +-+\n | |\n +-+\n");
	canvas = canvas_create(4, 3, false);
	canvas_draw_box(canvas, -1, 1, 4, 9, ROLE_BORDER);
	canvas_draw_box(canvas, 3, 0, 1, 1, ROLE_BORDER);
	canvas_draw_box(canvas, INT_MAX, INT_MAX, INT_MAX, INT_MAX, ROLE_BORDER);
	assert_shows(canvas, "\n──╮\n  │\n");
}

static void tells_cells_apart(void **state)
{
	const struct cell a = {'a', ROLE_KEY, ROLE_DEFAULT};
	struct cell b = a;

	(void)state;
	assert_true(canvas_same_cell(&a, &b));
	b.glyph = 'b';
	assert_false(canvas_same_cell(&a, &b));
	b = a;
	b.role = ROLE_TITLE;
	assert_false(canvas_same_cell(&a, &b));
	b = a;
	b.ground = ROLE_CURSOR;
	assert_false(canvas_same_cell(&a, &b));
}

static int random_between(uint32_t *seed, int from, int to)
{
	*seed = *seed * 1664525u + 1013904223u;
	return from + (int)((*seed >> 8) % (uint32_t)(to - from));
}

static void draw_anything(struct canvas *canvas, uint32_t *seed)
{
	static const char *const strings[] = {"中", "a中b文c", "x\xff\x1b", "abcdefghijkl", ""};
	int column = random_between(seed, -4, 14), line = random_between(seed, -2, 6);
	int columns = random_between(seed, -2, 16), lines = random_between(seed, -2, 7);
	const char *string = strings[random_between(seed, 0, 5)];

	switch (random_between(seed, 0, 7)) {
	case 0: canvas_put(canvas, column, line, 0x6587, ROLE_KEY); break;
	case 1: canvas_write(canvas, column, line, columns, string, ROLE_LIVE); break;
	case 2: canvas_write_right(canvas, column, line, columns, string, ROLE_VALUE); break;
	case 3: canvas_fill(canvas, column, line, columns, lines, 0x4e2d, ROLE_FOLD); break;
	case 4: canvas_set_ground(canvas, column, line, columns, lines, ROLE_CURSOR); break;
	case 5: canvas_clear(canvas, column, line, columns, lines); break;
	default: canvas_draw_box(canvas, column, line, columns, lines, ROLE_BORDER); break;
	}
}

/* Whatever is drawn: a right half stands behind a wide glyph, like it, and nowhere else. */
static void halves_always_match(void **state)
{
	uint32_t seed = 20260101;
	struct canvas *canvas = canvas_create(11, 4, false);

	(void)state;
	for (int round = 0; round < 20000; round++) {
		draw_anything(canvas, &seed);
		for (int i = 0; i < 44; i++) {
			const struct cell *here = &canvas->cells[i];
			bool wide = here->glyph && utf8_width(here->glyph) == 2;

			assert_true(here->glyph != 0 || i % 11 > 0);
			if (wide)
				assert_true(i % 11 < 10);
			if (i % 11 < 10)
				assert_int_equal(here[1].glyph == 0, wide);
			if (wide) {
				assert_int_equal(here[1].role, here->role);
				assert_int_equal(here[1].ground, here->ground);
			}
		}
	}
	canvas_destroy(canvas);
}

/* So many bytes of a string, whatever follows. */
static void a_part_of_a_string_is_written(void **state)
{
	struct canvas *canvas = canvas_create(8, 1, false);

	(void)state;
	for (size_t length = 0; length <= 6; length++) {
		struct text text = {0};
		char expected[16];

		canvas_fill(canvas, 0, 0, 8, 1, ' ', ROLE_DEFAULT);
		assert_int_equal(
			canvas_write_bytes(canvas, 1, 0, 7, "abcdefgh", length, ROLE_TITLE),
			length);
		canvas_append_text(&text, canvas);
		snprintf(expected, sizeof(expected), length ? " %.*s\n" : "\n", (int)length,
			 "abcdefgh");
		assert_string_equal(text_string(&text), expected);
		text_finish(&text);
	}
	canvas_destroy(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_blank_at_first),
		cmocka_unit_test(a_rectangle_is_cleared),
		cmocka_unit_test(puts_one_glyph),
		cmocka_unit_test(nothing_unprintable_comes_in),
		cmocka_unit_test(writes_and_cuts),
		cmocka_unit_test(writes_to_the_right),
		cmocka_unit_test(wide_glyphs_never_stay_halved),
		cmocka_unit_test(fills_within_the_edges),
		cmocka_unit_test(ground_lies_under_what_is_drawn),
		cmocka_unit_test(draws_boxes),
		cmocka_unit_test(tells_cells_apart),
		cmocka_unit_test(halves_always_match),
		cmocka_unit_test(a_part_of_a_string_is_written),
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8")) {
		print_message("1..0 # SKIP needs the locale C.UTF-8\n");
		return 0;
	}
	return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
