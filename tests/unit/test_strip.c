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
#include "ui/strip.h"

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

static struct strip heap_strip(const struct series_step *steps, size_t count)
{
	return (struct strip){
		.name = "[heap]",
		.steps = steps,
		.count = count,
		.now = 800 * K + 9 * 132 * K,
		.peak = 3 * M,
		.since_mark = 9 * 132 * (int64_t)K,
		.mark = "attach",
		.rate_now = 4210,
		.rate_average = 3990,
		.to_ns = 60 * SECOND,
		.from_clock = "10:40:07",
		.to_clock = "10:41:07",
		.known = true,
	};
}

static void append_strip(struct text *text, const struct frame *frame, int columns, int lines,
			 const struct strip *strip, bool ascii)
{
	struct canvas *canvas = canvas_create(columns, lines, ascii);

	strip_draw(canvas, frame, (struct rect){0, 0, columns, lines}, strip);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void append_heap(struct text *text, const struct frame *frame, int columns, int lines,
			bool ascii)
{
	size_t count = strip_steps(frame, (struct rect){0, 0, columns, lines});
	struct series_step *steps = memory_alloc(count * sizeof(*steps));
	struct strip strip = heap_strip(steps, count);

	fill_heap(steps, count);
	append_strip(text, frame, columns, lines, &strip, ascii);
	free(steps);
}

static void draws_what_has_room(void **state)
{
	static const int columns[] = {120, 100, 80, 60, 40};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		append_heap(&text, &bordered, columns[i], STRIP_LINES_BEST, false);
	append_heap(&text, &bordered, 100, 11, false);
	append_heap(&text, &bare, 80, 5, false);
	append_heap(&text, &bare, 80, 3, false);
	append_heap(&text, &bare, 40, 2, false);
	append_heap(&text, &bare, 20, 4, false);
	append_heap(&text, &bordered, 80, STRIP_LINES_BEST, true);
	append_heap(&text, &bare, 80, 9, true);
	golden_check("strip", text_string(&text));
	text_finish(&text);
}

/* Growth of a few pages on top of gigabytes, a flat line, a shrinking one, and nothing known. */
static void says_what_it_shows(void **state)
{
	struct series_step steps[142];
	struct strip strip = heap_strip(steps, 142);
	struct text text = {0};

	(void)state;
	strip.name = "anonymous";
	strip.mark = "10:36:02";
	for (size_t i = 0; i < 142; i++) {
		uint64_t value = 2048 * M + i / 20 * 4 * K;

		steps[i] = (struct series_step){value, value, value, 1};
	}
	strip.now = strip.peak = steps[141].last;
	strip.since_mark = 28 * (int64_t)K;
	append_strip(&text, &bordered, 80, 7, &strip, false);
	for (size_t i = 0; i < 142; i++)
		steps[i] = (struct series_step){2 * M, 2 * M, 2 * M, 1};
	strip.now = strip.peak = 2 * M;
	strip.since_mark = 0;
	strip.rate_now = strip.rate_average = 0;
	append_strip(&text, &bordered, 80, 9, &strip, false);
	for (size_t i = 0; i < 142; i++)
		steps[i].low = steps[i].high = steps[i].last = (142 - i) * 7 * K;
	strip.since_mark = -132 * (int64_t)K;
	strip.rate_now = -5000;
	strip.rate_average = NAN;
	append_strip(&text, &bordered, 80, 9, &strip, false);
	memset(steps, 0, sizeof(steps));
	append_strip(&text, &bordered, 80, 5, &strip, false);
	strip.known = false;
	append_strip(&text, &bordered, 80, 5, &strip, true);
	golden_check("strip_says", text_string(&text));
	text_finish(&text);
}

/* The last line of a strip that shows so long a time. */
static void append_times(struct text *text, int64_t span)
{
	struct canvas *canvas = canvas_create(90, 4, false);
	const struct series_step step = {M, M, M, 1};
	struct strip strip = heap_strip(&step, 1);
	struct text all = {0};
	const char *last;

	strip.to_ns = strip.from_ns + span;
	strip.from_clock = strip.to_clock = "now";
	strip_draw(canvas, &bare, (struct rect){0, 0, 90, 4}, &strip);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_what_has_room),
		cmocka_unit_test(says_what_it_shows),
		cmocka_unit_test(time_has_round_distances),
		cmocka_unit_test(every_size_is_safe),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("strip", tests, NULL, NULL);
}
