/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
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

static const struct chart_mark marks[] = {{5 * SECOND, 0x2191, 'u', ROLE_GREW},
					  {20 * SECOND, 0x2193, 'd', ROLE_SHRANK},
					  {20 * SECOND - 1, 0x2715, 'x', ROLE_WARNING}};

static struct chart make_chart(const struct series_step *steps, size_t count)
{
	return (struct chart){
		.name = "[heap]",
		.steps = steps,
		.count = count,
		.now = 2 * M,
		.peak = 3 * M,
		.since_baseline = M,
		.rate_now = 4210,
		.rate_average = 3990,
		.to_ns = 20 * SECOND,
		.at_ns = 12 * SECOND,
		.from_clock = "10:40:07",
		.to_clock = "10:40:27",
		.known = true,
	};
}

/* Appends so many lines of a chart, from the first on, without what is blank at their ends. */
static void append_lines(struct text *text, const struct canvas *canvas, int first, int count)
{
	struct text all = {0};
	const char *line;

	canvas_append_text(&all, canvas);
	line = text_string(&all);
	for (int i = 0; i < first + count; i++) {
		const char *end = strchr(line, '\n');

		assert_non_null(end);
		if (i >= first)
			text_append_bytes(text, line, (size_t)(end + 1 - line));
		line = end + 1;
	}
	text_finish(&all);
}

/* A line that rises from low to high, in each of so many lines that the pane may have. */
static void append_sizes(struct text *text, const struct frame *frame, int columns, int lines,
			 uint64_t low, uint64_t high, bool marked)
{
	for (int i = 1; i <= lines; i++) {
		const struct rect rect = {0, 0, columns, i};
		struct canvas *canvas = canvas_create(columns, i, false);
		size_t count = chart_steps(frame, rect);
		struct series_step *steps = memory_alloc(count * sizeof(*steps));
		struct chart chart = make_chart(steps, count);

		for (size_t k = 0; k < count; k++) {
			uint64_t value = low + (high - low) * k / count;

			steps[k] = (struct series_step){value, value, value, 1};
		}
		if (marked) {
			chart.marks = marks;
			chart.mark_count = sizeof(marks) / sizeof(marks[0]);
		}
		text_append_format(text, "%d x %d: %zu\n", columns, i, count);
		chart_draw(canvas, frame, rect, &chart);
		append_lines(text, canvas, 0, i);
		canvas_destroy(canvas);
		free(steps);
	}
}

/* Labels, times, marks and the line itself each need their room, to the line and column. */
static void parts_come_and_go_with_the_room(void **state)
{
	static const int narrow[] = {1, 8, 9, 17, 18, 23};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(narrow) / sizeof(narrow[0]); i++)
		append_sizes(&text, &bare, narrow[i], 3, 0, M, false);
	append_sizes(&text, &bare, 24, 9, 0, M, false);
	append_sizes(&text, &bare, 24, 6, 0, M, true);
	append_sizes(&text, &bordered, 25, 5, 0, M, false);
	append_sizes(&text, &bordered, 26, 8, 0, M, true);
	/* So near to each other that their sizes are the same. */
	append_sizes(&text, &bare, 40, 7, 4096 * M, 4096 * M + 8 * K, false);
	golden_check("strip_sizes", text_string(&text));
	text_finish(&text);
}

/* Whether the text ends so: the end is taken off. */
static bool cut(struct text *text, const char *end)
{
	const size_t length = strlen(end);

	if (text->length < length || strcmp(text->bytes + text->length - length, end) != 0)
		return false;
	text->length -= length;
	text->bytes[text->length] = '\0';
	return true;
}

/* Appends what the title says in a width, without the border behind it. */
static void append_title(struct text *text, const struct frame *frame, int columns,
			 const struct chart *chart)
{
	struct canvas *canvas = canvas_create(columns, 4, false);

	chart_draw(canvas, frame, (struct rect){0, 0, columns, 4}, chart);
	append_lines(text, canvas, 0, 1);
	assert_true(cut(text, "\n"));
	assert_true(cut(text, "╮") || !frame->bordered || columns < 2);
	while (cut(text, "─") || cut(text, " "))
		;
	canvas_destroy(canvas);
}

/* What the title says, with the widths from which on it says it. */
static void a_title_has_what_fits_whole(void **state)
{
	const struct series_step step = {M, M, M, 1};
	struct chart chart = make_chart(&step, 1);
	struct text text = {0};

	(void)state;
	chart.sites = "by 60% a_function_whose_name_is_longer_than_the_title_has_room_for()";
	for (int i = 0; i < 2; i++) {
		struct text last = {0};

		for (int columns = 1; columns < 150; columns++) {
			struct text title = {0};

			append_title(&title, i ? &bare : &bordered, columns, &chart);
			if (strcmp(text_string(&title), text_string(&last)) != 0)
				text_append_format(&text, "%3d %s\n", columns, text_string(&title));
			text_finish(&last);
			last = title;
		}
		text_finish(&last);
	}
	golden_check("strip_titles", text_string(&text));
	text_finish(&text);
}

/* What grew, shrank or neither has its role in the title. */
static void changes_have_roles(void **state)
{
	static const int64_t deltas[] = {1, 0, -1};
	const struct series_step step = {M, M, M, 1};
	struct text text = {0};

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct canvas *canvas = canvas_create(60, 5, false);
		struct chart chart = make_chart(&step, 1);

		chart.since_baseline = deltas[i % 3];
		chart.known = i < 3;
		chart.count = i < 4;
		chart.marks = i == 1 ? marks : NULL;
		chart.mark_count = i == 1 ? 3 : 0;
		chart_draw(canvas, &bordered, (struct rect){0, 0, 60, 5}, &chart);
		append_lines(&text, canvas, 0, 5);
		for (int line = 0; line < 5; line++) {
			golden_append_roles(&text, &canvas->cells[line * 60], 60);
			text_append(&text, "\n");
		}
		canvas_destroy(canvas);
	}
	golden_check("strip_roles", text_string(&text));
	text_finish(&text);
}

/* Appends the line of times of a chart that shows so long a time in 82 columns. */
static void append_times(struct text *text, int64_t span)
{
	struct canvas *canvas = canvas_create(90, 4, false);
	const struct series_step step = {M, M, M, 1};
	struct chart chart = make_chart(&step, 1);

	chart.from_ns = 7 * SECOND;
	chart.to_ns = chart.from_ns + span;
	chart.from_clock = chart.to_clock = "now";
	chart_draw(canvas, &bare, (struct rect){0, 0, 90, 4}, &chart);
	append_lines(text, canvas, 3, 1);
	canvas_destroy(canvas);
}

/* Each distance is taken up to where it would be too narrow; from there on the next one. */
static void each_distance_has_its_range(void **state)
{
	static const int64_t distances[] = {
		10,       20,       50,        100,        200,     500,     1000,
		2000,     5000,     10000,     15000,      30000,   60000,   120000,
		300000,   600000,   900000,    1800000,    3600000, 7200000, 21600000,
		43200000, 86400000, 604800000, 2592000000,
	};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(distances) / sizeof(distances[0]); i++) {
		/* The least span of whose 82 columns twelve are so long: as long as can be. */
		const int64_t span = (distances[i] * (SECOND / 1000) * 82 + 11) / 12;

		append_times(&text, span);
		append_times(&text, span + 7);
	}
	golden_check("strip_distances", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_come_and_go_with_the_room),
		cmocka_unit_test(a_title_has_what_fits_whole),
		cmocka_unit_test(changes_have_roles),
		cmocka_unit_test(each_distance_has_its_range),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("chart sizes", tests, NULL, NULL);
}
