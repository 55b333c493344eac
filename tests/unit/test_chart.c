/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/pane/chart.h"

#define K      UINT64_C(1024)
#define M      (K * K)
#define SECOND INT64_C(1000000000)

static const struct frame bordered = {.bordered = true}, bare = {.bordered = false};

/* A heap of 800K that grows by 132K every so often, up to 2.0M. */
static void fill_heap(struct series_step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t value = 800 * K + (i * 10 / count) * 132 * K;

		steps[i] = (struct series_step){value, value, value, i >= count / 16};
	}
}

static struct chart heap_chart(const struct series_step *steps, size_t count)
{
	return (struct chart){
		.name = "[heap]",
		.steps = steps,
		.count = count,
		.now = 800 * K + 9 * 132 * K,
		.peak = 3 * M,
		.since_baseline = 9 * 132 * (int64_t)K,
		.baseline = "attach",
		.rate_now = 4210,
		.rate_average = 3990,
		.to_ns = 60 * SECOND,
		.from_clock = "10:40:07",
		.to_clock = "10:41:07",
		.known = true,
	};
}

static void append_chart_of(struct text *text, const struct frame *frame, int columns, int lines,
			    const struct chart *chart, bool ascii)
{
	struct canvas *canvas = canvas_create(columns, lines, ascii);

	chart_draw(canvas, frame, (struct rect){0, 0, columns, lines}, chart);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void append_heap(struct text *text, const struct frame *frame, int columns, int lines,
			bool ascii)
{
	size_t count = chart_steps(frame, (struct rect){0, 0, columns, lines});
	struct series_step *steps = memory_alloc(count * sizeof(*steps));
	struct chart chart = heap_chart(steps, count);

	fill_heap(steps, count);
	append_chart_of(text, frame, columns, lines, &chart, ascii);
	free(steps);
}

static void draws_what_has_room(void **state)
{
	static const int columns[] = {120, 100, 80, 60, 40};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		append_heap(&text, &bordered, columns[i], CHART_LINES_BEST, false);
	append_heap(&text, &bordered, 100, 11, false);
	append_heap(&text, &bare, 80, 5, false);
	append_heap(&text, &bare, 80, 3, false);
	append_heap(&text, &bare, 40, 2, false);
	append_heap(&text, &bare, 20, 4, false);
	append_heap(&text, &bordered, 80, CHART_LINES_BEST, true);
	append_heap(&text, &bare, 80, 9, true);
	golden_check("strip", text_string(&text));
	text_finish(&text);
}

/* Growth of a few pages on top of gigabytes, a flat line, a shrinking one, and nothing known. */
static void says_what_it_shows(void **state)
{
	struct series_step steps[142] = {0};
	struct chart chart = heap_chart(steps, 142);
	struct text text = {0};

	(void)state;
	chart.name = "anonymous";
	chart.baseline = "10:36:02";
	for (size_t i = 0; i < 142; i++) {
		uint64_t value = 2048 * M + i / 20 * 4 * K;

		steps[i] = (struct series_step){value, value, value, 1};
	}
	chart.now = chart.peak = steps[141].last;
	chart.since_baseline = 28 * (int64_t)K;
	append_chart_of(&text, &bordered, 80, 7, &chart, false);
	for (size_t i = 0; i < 142; i++)
		steps[i] = (struct series_step){2 * M, 2 * M, 2 * M, 1};
	chart.now = chart.peak = 2 * M;
	chart.since_baseline = 0;
	chart.rate_now = chart.rate_average = 0;
	append_chart_of(&text, &bordered, 80, 9, &chart, false);
	for (size_t i = 0; i < 142; i++)
		steps[i].low = steps[i].high = steps[i].last = (142 - i) * 7 * K;
	chart.since_baseline = -132 * (int64_t)K;
	chart.rate_now = -5000;
	chart.rate_average = NAN;
	append_chart_of(&text, &bordered, 80, 9, &chart, false);
	memset(steps, 0, sizeof(steps));
	append_chart_of(&text, &bordered, 80, 5, &chart, false);
	chart.known = false;
	append_chart_of(&text, &bordered, 80, 5, &chart, true);
	golden_check("strip_says", text_string(&text));
	text_finish(&text);
}

/* The last line of a chart that shows so long a time. */
static void append_times(struct text *text, int64_t span)
{
	struct canvas *canvas = canvas_create(90, 4, false);
	const struct series_step step = {M, M, M, 1};
	struct chart chart = heap_chart(&step, 1);
	struct text all = {0};
	const char *last;

	chart.to_ns = chart.from_ns + span;
	chart.from_clock = chart.to_clock = "now";
	chart_draw(canvas, &bare, (struct rect){0, 0, 90, 4}, &chart);
	canvas_append_text(&all, canvas);
	last = text_string(&all) + all.length - 1;
	while (last[-1] != '\n')
		last--;
	text_append(text, last);
	text_finish(&all);
	canvas_destroy(canvas);
}

static void time_has_round_distances(void **state)
{
	struct text text = {0};

	(void)state;
	append_times(&text, SECOND / 20);
	append_times(&text, SECOND);
	append_times(&text, 5 * SECOND / 2);
	append_times(&text, 10 * SECOND);
	append_times(&text, 60 * SECOND);
	append_times(&text, 200 * SECOND);
	append_times(&text, 3600 * SECOND);
	append_times(&text, 100000 * SECOND);
	append_times(&text, 5000000 * SECOND);
	append_times(&text, 0);
	append_times(&text, -5);
	append_times(&text, 1);
	append_times(&text, INT64_MAX);
	golden_check("strip_times", text_string(&text));
	text_finish(&text);
}

static void every_size_is_safe(void **state)
{
	(void)state;
	for (int columns = 0; columns < 30; columns++)
		for (int lines = 0; lines < 8; lines++)
			for (int ascii = 0; ascii < 2; ascii++) {
				struct text text = {0};

				append_heap(&text, ascii ? &bare : &bordered, columns, lines,
					    ascii);
				assert_true(!ascii || !strpbrk(text_string(&text), "?\xe2"));
				text_finish(&text);
			}
}

/* Columns of the chart are equal parts of its time, of which the middle counts. */
static void a_column_is_a_time(void **state)
{
	const struct rect rect = {3, 2, 100, CHART_LINES_BEST};
	int64_t last = 0, time = -1;
	int first = -1, count = 0;

	(void)state;
	assert_false(chart_time_at(&bordered, rect, 0, 0, 1000, &time));
	assert_false(chart_time_at(&bordered, rect, 103, 0, 1000, &time));
	assert_int_equal(time, -1);
	for (int column = 0; column < 110; column++) {
		if (!chart_time_at(&bordered, rect, column, 1000 * SECOND, 2000 * SECOND, &time))
			continue;
		if (first < 0)
			first = column;
		assert_int_equal(column, first + count);
		count++;
		assert_true(time > last && time > 1000 * SECOND && time < 2000 * SECOND);
		last = time;
	}
	assert_true(count > 50);
	assert_true(chart_time_at(&bordered, rect, first, 1000 * SECOND, 2000 * SECOND, &time));
	assert_int_equal(time, 1000 * SECOND + 1000 * SECOND / (2 * count));
	assert_int_equal(last, 2000 * SECOND - (1000 * SECOND + 2 * count - 1) / (2 * count));
}

/* The line of the marks, of a chart of twenty columns and seconds; empty: it has none. */
static void check_marks(int lines, const char *expected)
{
	static const struct chart_mark marks[] = {{5 * SECOND, 'x', 'a', ROLE_GREW},
						  {20 * SECOND, 'x', 'b', ROLE_GREW},
						  {-3 * SECOND, 'x', 'c', ROLE_GREW},
						  {8 * SECOND - 1, 'x', 'd', ROLE_GREW},
						  {12 * SECOND, 'x', 'e', ROLE_GREW}};
	const struct rect rect = {0, 0, 20, lines}, inside = frame_inside(&bare, rect);
	struct canvas *canvas = canvas_create(20, lines, true);
	struct series_step steps[40];
	struct chart chart = heap_chart(steps, 40);
	char found[21] = "";

	fill_heap(steps, 40);
	chart.from_ns = 0;
	chart.to_ns = 20 * SECOND;
	chart.at_ns = 12 * SECOND;
	chart.from_clock = chart.to_clock = NULL;
	chart.marks = marks;
	chart.mark_count = 5;
	chart_draw(canvas, &bare, rect, &chart);
	for (int line = 0; line < lines; line++)
		for (int column = 0; column < 20; column++) {
			const struct cell *cell = &canvas->cells[line * 20 + column];

			if (cell->glyph != '^' || cell->role != ROLE_MARKER)
				continue;
			/* Above the times, and not among the dots. */
			assert_int_equal(line, inside.line + inside.lines - 2);
			for (int at = 0; at < 20; at++) {
				const uint32_t glyph = canvas->cells[line * 20 + at].glyph;

				found[at] = glyph ? (char)glyph : ' ';
			}
		}
	assert_string_equal(found, expected);
	canvas_destroy(canvas);
}

static void marks_have_their_own_line(void **state)
{
	(void)state;
	check_marks(8, "c    a d    ^      b");
	check_marks(5, "c    a d    ^      b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_what_has_room),
		cmocka_unit_test(says_what_it_shows),
		cmocka_unit_test(time_has_round_distances),
		cmocka_unit_test(every_size_is_safe),
		cmocka_unit_test(a_column_is_a_time),
		cmocka_unit_test(marks_have_their_own_line),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
