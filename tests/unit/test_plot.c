/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/pane/plot.h"

#define K UINT64_C(1024)
#define M (K * K)

static struct series_step held(uint64_t value)
{
	return (struct series_step){value, value, value, 1};
}

static void check_scale(uint64_t from, uint64_t to, uint64_t low, uint64_t high)
{
	const struct series_step steps[] = {{0}, held(from), held(to)};
	struct plot_scale scale;

	assert_true(plot_scale_fit(&scale, steps, 3));
	assert_int_equal(scale.low, low);
	assert_int_equal(scale.high, high);
}

static void scales_have_round_ends(void **state)
{
	(void)state;
	/* Most of it is growth: from 0 on. */
	check_scale(400 * K, 2000 * K, 0, 2048 * K);
	check_scale(0, 4 * K, 0, 4 * K);
	check_scale(0, 1, 0, 1);
	/* Growth on top of something: from just below the lowest value on. */
	check_scale(800 * K, 2000 * K, 768 * K, 2048 * K);
	check_scale(2048 * M, 2048 * M + 132 * K, 2048 * M, 2048 * M + 144 * K);
	check_scale(1000 * M + 4 * K, 1000 * M, 1000 * M, 1000 * M + 4 * K);
	/* A third of the highest value is the least that is not growth from nothing. */
	check_scale(1024 * K, 3072 * K, 1024 * K, 3072 * K);
	check_scale(1020 * K, 3072 * K, 0, 3072 * K);
	/* Nothing changes: in the middle; nothing at all: at the bottom. */
	check_scale(3 * M, 3 * M, 0, 6 * M);
	check_scale(0, 0, 0, 4 * K);
	/* No end of 64 bits is an end of the scale. */
	check_scale(UINT64_MAX, UINT64_MAX, 0, UINT64_MAX);
	check_scale(UINT64_MAX / 2 + 1, UINT64_MAX / 2 + 1, 0, UINT64_MAX);
	check_scale(UINT64_MAX / 2, UINT64_MAX / 2, 0, UINT64_MAX - 1);
	check_scale(0, UINT64_MAX, 0, UINT64_MAX);
	check_scale(UINT64_MAX - 1, UINT64_MAX, UINT64_MAX - 1, UINT64_MAX);
}

static void scales_hold_every_value(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct series_step steps[2];
		struct plot_scale scale;
		uint64_t a, b, range;

		seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		a = seed >> (seed >> 7 & 63);
		seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		b = seed >> (seed >> 9 & 63);
		steps[0] = held(a);
		steps[1] = held(b);
		assert_true(plot_scale_fit(&scale, steps, 2));
		assert_true(scale.low < scale.high);
		range = a < b ? b - a : a - b;
		a = a < b ? a : b;
		b = a + range;
		assert_true(scale.low <= a && b <= scale.high);
		/* The line has at least half of the height. */
		assert_true(range == 0 || (scale.high - scale.low) / 2 <= range + 1);
	}
}

static void nothing_known_has_no_scale(void **state)
{
	const struct series_step steps[4] = {{0}};
	struct plot_scale scale = {1, 2};

	(void)state;
	assert_false(plot_scale_fit(&scale, steps, 4));
	assert_false(plot_scale_fit(&scale, NULL, 0));
	assert_int_equal(scale.high, 2);
}

static void append_chart(struct text *text, const struct series_step *steps, size_t count,
			 int columns, int lines, bool ascii)
{
	struct canvas *canvas = canvas_create(columns + 2, lines + 2, ascii);
	struct plot_scale scale;

	canvas_draw_box(canvas, 0, 0, columns + 2, lines + 2, ROLE_BORDER);
	assert_true(plot_scale_fit(&scale, steps, count));
	plot_draw(canvas, (struct rect){1, 1, columns, lines}, &scale, steps, count);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

/* Stairs, a tooth within a step, a flat line, nothing, and a hole in what is known. */
static void a_step_is_a_step(void **state)
{
	struct series_step stairs[40], tooth[40], flat[40], hole[40];
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < 40; i++) {
		stairs[i] = held((i / 10 + 1) * 132 * K);
		tooth[i] = held(132 * K);
		flat[i] = held(i < 20 ? 0 : 2 * M);
		hole[i] = held(64 * K * (i + 4));
		hole[i].known = i < 7 || i > 16;
	}
	tooth[21] = (struct series_step){132 * K, 900 * K, 200 * K, 1};
	append_chart(&text, stairs, 40, 20, 3, false);
	append_chart(&text, stairs, 40, 20, 3, true);
	append_chart(&text, tooth, 40, 20, 3, false);
	append_chart(&text, tooth, 40, 20, 3, true);
	append_chart(&text, flat + 20, 20, 20, 2, false);
	append_chart(&text, flat, 20, 20, 2, true);
	append_chart(&text, hole, 40, 20, 4, false);
	append_chart(&text, hole, 40, 20, 4, true);
	append_chart(&text, hole, 39, 10, 1, false);
	golden_check("chart", text_string(&text));
	text_finish(&text);
}

/* One value in eight rows of dots, which are two of cells. */
static void check_dot(struct plot_scale scale, uint64_t value, const char *expected)
{
	const struct series_step step = held(value);
	struct canvas *canvas = canvas_create(1, 2, false);
	struct text text = {0};

	plot_draw(canvas, (struct rect){0, 0, 1, 2}, &scale, &step, 1);
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	canvas_destroy(canvas);
}

/* Each in the nearest row, however high the scale is: the seventh part of it is one row. */
static void a_value_is_in_the_nearest_row(void **state)
{
	const struct plot_scale small = {7000, 7000 + 14}, large = {5, UINT64_MAX},
				border = {0, UINT64_MAX >> 32};

	(void)state;
	check_dot(small, 7000, "\n⡀\n");
	check_dot(small, 7001, "\n⠄\n");
	check_dot(small, 7002, "\n⠄\n");
	check_dot(small, 7003, "\n⠂\n");
	check_dot(small, 7010, "⠄\n\n");
	check_dot(small, 7013, "⠁\n\n");
	check_dot(small, 7014, "⠁\n\n");
	check_dot(large, 5, "\n⡀\n");
	check_dot(large, UINT64_MAX / 14 * 9, "⡀\n\n");
	check_dot(large, UINT64_MAX / 14 * 9 + 99, "⠄\n\n");
	check_dot(large, UINT64_MAX / 14 * 11 + 99, "⠂\n\n");
	check_dot(large, UINT64_MAX, "⠁\n\n");
	check_dot(border, border.high / 2, "\n⠁\n");
}

static void no_room_is_no_harm(void **state)
{
	const struct series_step steps[] = {held(1), held(2), held(UINT64_MAX)};
	struct canvas *canvas = canvas_create(3, 2, false);
	struct plot_scale scale = {0, 1};
	struct text text = {0};

	(void)state;
	plot_draw(canvas, (struct rect){0, 0, 0, 2}, &scale, steps, 3);
	plot_draw(canvas, (struct rect){0, 0, -4, -2}, &scale, steps, 3);
	plot_draw(canvas, (struct rect){0, 0, 3, 0}, &scale, steps, 3);
	plot_draw(canvas, (struct rect){0, 0, 3, 2}, &scale, NULL, 0);
	canvas_append_text(&text, canvas);
	assert_string_equal(text_string(&text), "\n\n");
	text_finish(&text);
	canvas_destroy(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scales_have_round_ends),
		cmocka_unit_test(scales_hold_every_value),
		cmocka_unit_test(nothing_known_has_no_scale),
		cmocka_unit_test(a_step_is_a_step),
		cmocka_unit_test(a_value_is_in_the_nearest_row),
		cmocka_unit_test(no_room_is_no_harm),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("plot", tests, NULL, NULL);
}
