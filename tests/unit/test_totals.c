/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/table/totals.h"

static const char *draw(struct text *text, const struct stage *stage, int columns)
{
	struct canvas *canvas = canvas_create(columns, 1, false);
	struct scene scene = stage_scene(stage);

	text_clear(text);
	totals_draw(canvas, (struct rect){0, 0, columns, 1}, &scene);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
	return text_string(text);
}

static void the_cost_is_whole_or_not_there(void **state)
{
	const struct scene_cost all = {0.0012, 0.002}, some = {0.0012, NAN};
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_non_null(strstr(draw(&text, &stage, 200), "cost 0.2 ms"));
	stage.status.cost = &some;
	assert_non_null(strstr(draw(&text, &stage, 200), "cost 0.1% cpu, 0.2 ms  "));
	stage.status.cost = &(const struct scene_cost){0.5, 0.25};
	assert_non_null(strstr(draw(&text, &stage, 200), "cost 50.0% cpu, 0.2 ms, lock 25.0%"));
	/* Of an earlier moment only its sample's. */
	stage.status.earlier = true;
	assert_non_null(strstr(draw(&text, &stage, 200), "cost 0.2 ms  "));
	stage.status.earlier = false;
	stage.status.cost = &all;
	for (int columns = 40; columns < 140; columns++) {
		const char *line = draw(&text, &stage, columns);

		assert_true(!strstr(line, "cost") ||
			    strstr(line, "cost 0.1% cpu, 0.2 ms, lock 0.2%"));
	}
	assert_non_null(strstr(text_string(&text), "cost"));
	text_finish(&text);
	stage_close(&stage);
}

static void rss_has_a_trend(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	/* What does not move is flat. */
	assert_non_null(strstr(draw(&text, &stage, 120), "rss 58.1M ▁▁▁▁▁▁▁▁  "));
	for (int i = 1; i <= 7; i++) {
		struct address_space *space = sample_python();

		space->target.rss += (uint64_t)i << 24;
		stage_add(&stage, space, i);
	}
	assert_non_null(strstr(draw(&text, &stage, 120), "▁▂▃▄▅▆▇█"));
	assert_non_null(strstr(draw(&text, &stage, 72), "▁▂▃▄▅▆▇█"));
	assert_null(strstr(draw(&text, &stage, 71), "▁"));
	text_finish(&text);
	stage_close(&stage);
}

static void pss_is_there_when_it_is_known(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, false);
	assert_null(strstr(draw(&text, &stage, 200), "pss"));
	stage_scan(&stage, true);
	assert_non_null(strstr(draw(&text, &stage, 200), "pss "));
	text_finish(&text);
	stage_close(&stage);
}

static void limits_that_are_near_come_first(void **state)
{
	struct address_space *space = sample_python();
	struct text text = {0};
	struct stage stage;

	(void)state;
	space->target.limits.stack = 136 * 1024;
	stage_open(&stage, space, 80, 24, true);
	assert_non_null(strstr(draw(&text, &stage, 80), "stack 132K of 136K"));
	stage_close(&stage);
	/* Each that is near, whichever it is. */
	space = sample_python();
	space->target.limits.as = space->size + 4096;
	space->target.limits.data = 1;
	stage_open(&stage, space, 80, 24, true);
	assert_non_null(strstr(draw(&text, &stage, 200), "address space 91.9M of 91.9M"));
	assert_non_null(strstr(text_string(&text), "data "));
	assert_null(strstr(text_string(&text), "stack "));
	text_finish(&text);
	stage_close(&stage);
}

/* Each label covers what stands under it: that of the figure, and none in the blanks between. */
static void the_figure_on_a_column_has_its_label(void **state)
{
	struct text text = {0};
	struct stage stage;
	struct scene scene;
	const char *line;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	scene = stage_scene(&stage);
	for (int columns = 40; columns <= 120; columns += 20) {
		const struct rect rect = {0, 0, columns, 1};
		size_t labelled = 0;

		line = draw(&text, &stage, columns);
		for (const char *at = line; (at = strstr(at, "rss ")); at++) {
			/* Signs of a trend have three bytes, and come behind it. */
			const char *label = totals_label_at(rect, &scene, (int)(at - line));

			assert_non_null(label);
			assert_string_equal(label, "rss");
			labelled++;
		}
		assert_int_equal(labelled, 1);
		assert_null(totals_label_at(rect, &scene, 0));
		assert_string_equal(
			totals_label_at(rect, &scene, (int)(strstr(line, "size") - line)), "size");
	}
	text_finish(&text);
	stage_close(&stage);
}

/* What ever was writable and executable is counted, too, where it is more than what is. */
static void what_ever_was_so_is_counted(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), 120, 24, true);
	assert_true(stage_find(&stage, "w+x 1  ", &column, &line));
	stage_add(&stage, sample_python_without(0x7f83a9100000), 1);
	assert_true(stage_find(&stage, "w+x 0 (1 ever)  ", &column, &line));
	stage_add(&stage, sample_python(), 2);
	assert_true(stage_find(&stage, "w+x 1 (2 ever)  ", &column, &line));
	stage_close(&stage);
}

/* Pages of hugetlbfs, which few processes have. */
static void hugetlb_is_there_where_there_is_some(void **state)
{
	static const struct {
		uint64_t bytes;
		const char *shown;
	} cases[] = {
		{TARGET_UNKNOWN, NULL}, {0, NULL}, {1, "hugetlb 1B"}, {2097152, "hugetlb 2.0M"}};
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_null(strstr(draw(&text, &stage, 200), "hugetlb"));
	stage_scan(&stage, true);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		stage.usage.total.hugetlb = cases[i].bytes;
		draw(&text, &stage, 200);
		assert_int_equal(strstr(text_string(&text), "hugetlb") != NULL,
				 cases[i].shown != NULL);
		assert_true(!cases[i].shown || strstr(text_string(&text), cases[i].shown));
	}
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cost_is_whole_or_not_there),
		cmocka_unit_test(rss_has_a_trend),
		cmocka_unit_test(pss_is_there_when_it_is_known),
		cmocka_unit_test(limits_that_are_near_come_first),
		cmocka_unit_test(the_figure_on_a_column_has_its_label),
		cmocka_unit_test(what_ever_was_so_is_counted),
		cmocka_unit_test(hugetlb_is_there_where_there_is_some),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("totals", tests, NULL, NULL);
}
