/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/summary.h"
#include "ui/pane/usage_draw.h"

static const struct frame bordered = {.bordered = true}, bare = {.bordered = false};

static struct usage_draw make_pane(const struct stage *stage, struct summary *summary)
{
	summary_make(summary, stage->session.now, stage->ui.shown.usage);
	return (struct usage_draw){
		.summary = summary,
		.space = stage->session.now,
		.limits = &stage->ui.shown.limits,
	};
}

static void append_pane(struct text *text, const struct usage_draw *pane, const struct frame *frame,
			int columns, int lines, bool ascii)
{
	struct canvas *canvas = canvas_create(columns, lines, ascii);

	usage_draw(canvas, frame, (struct rect){0, 0, columns, lines}, pane);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void draws_whole_columns(void **state)
{
	static const int columns[] = {160, 120, 80, 60, 50, 40, 28};
	struct text text = {0};
	struct summary summary;
	struct usage_draw pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	pane = make_pane(&stage, &summary);
	append_pane(&text, &pane, &bordered, 80, 6, false);
	stage_scan(&stage, true);
	pane = make_pane(&stage, &summary);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		append_pane(&text, &pane, &bordered, columns[i], 28, false);
	pane.filter = "kind:heap";
	pane.kinds = UINT32_C(1) << KIND_HEAP;
	append_pane(&text, &pane, &bordered, 120, 4, false);
	append_pane(&text, &pane, &bordered, 80, 4, false);
	pane.top = 12;
	append_pane(&text, &pane, &bare, 80, 8, true);
	golden_check("usage_draw", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

static void the_cursor_is_always_shown(void **state)
{
	struct summary summary;
	struct usage_draw pane;
	struct stage stage;
	size_t lines;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	pane = make_pane(&stage, &summary);
	lines = usage_draw_lines(&summary);
	assert_int_equal(lines, summary.count + 1);
	for (int height = 4; height < 30; height++)
		for (size_t top = 0; top < lines + 3; top++)
			for (size_t cursor = 0; cursor < lines; cursor++) {
				struct rect rect = {0, 0, 80, height};
				int fixed = usage_draw_fixed(pane.limits, &bordered, rect);
				size_t at = usage_draw_scroll(&summary, pane.limits, &bordered,
							      rect, top, cursor);

				assert_true(fixed < height);
				assert_true(at <= cursor);
				assert_true(cursor < at + (size_t)(height - fixed));
			}
	stage_close(&stage);
}

/* On a narrow screen, what is asked first is there without scrolling. */
static void limits_and_the_sum_come_first(void **state)
{
	struct text text = {0};
	struct summary summary;
	struct usage_draw pane;
	struct stage stage;
	const char *limits, *all, *first, *second;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	pane = make_pane(&stage, &summary);
	append_pane(&text, &pane, &bordered, 80, 12, false);
	limits = strstr(text_string(&text), "mappings 34 of 65 530   stack 132K of 8.0M");
	all = strstr(text_string(&text), "    all ");
	first = strstr(text_string(&text), kind_name(summary.entries[0].kind));
	second = strstr(text_string(&text), kind_name(summary.entries[1].kind));
	assert_true(summary.entries[0].size > summary.entries[1].size);
	assert_true(limits && all > limits && first > all && second > first);
	assert_ptr_equal(usage_draw_entry(&summary, 0), &summary.total);
	text_finish(&text);
	stage_close(&stage);
}

static void every_size_is_safe(void **state)
{
	struct summary summary;
	struct usage_draw pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	pane = make_pane(&stage, &summary);
	for (int columns = 0; columns < 160; columns += 3)
		for (int lines = 0; lines < 8; lines++) {
			struct text text = {0};

			append_pane(&text, &pane, lines % 2 ? &bare : &bordered, columns, lines,
				    true);
			assert_null(strchr(text_string(&text), '?'));
			text_finish(&text);
		}
	stage_close(&stage);
}

static void letters_stand_for_colours(void **state)
{
	struct canvas *canvas = canvas_create(80, 28, false);
	struct summary summary;
	struct usage_draw pane;
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	pane = make_pane(&stage, &summary);
	pane.letters = true;
	usage_draw(canvas, &bare, (struct rect){0, 0, 80, 28}, &pane);
	canvas_append_text(&text, canvas);
	assert_non_null(strstr(text_string(&text), "\nh▇▇ heap "));
	assert_non_null(strstr(text_string(&text), "\nS▇▇ thread-stack "));
	text_finish(&text);
	canvas_destroy(canvas);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_whole_columns),
		cmocka_unit_test(the_cursor_is_always_shown),
		cmocka_unit_test(limits_and_the_sum_come_first),
		cmocka_unit_test(every_size_is_safe),
		cmocka_unit_test(letters_stand_for_colours),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("usage_draw", tests, NULL, NULL);
}
