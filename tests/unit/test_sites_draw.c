/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "sample_sites.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/pane/sites_draw.h"

static void draw(const char *golden, int columns, int lines, const struct sites_draw *pane)
{
	struct canvas *canvas = canvas_create(columns, lines, false);
	const struct frame frame = {.columns = columns, .lines = lines, .bordered = true};

	sites_draw(canvas, &frame, (struct rect){0, 0, columns, lines}, pane);
	golden_check_canvas(golden, canvas);
	canvas_destroy(canvas);
}

/* What there is room for: the function always, the bytes always, the others by rank. */
static void columns_go_one_after_the_other(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct sites_lines lines;
	struct sites_draw pane = {.sites = sites,
				  .lines = &lines,
				  .words = "30 of 40 samples were dropped.",
				  .since = "10:36:02",
				  .cursor = 1};

	(void)state;
	sites_lines_init(&lines, sites, SITES_LIST, false);
	draw("sites_draw_120", 120, 8, &pane);
	draw("sites_draw_60", 60, 8, &pane);
	draw("sites_draw_40", 40, 6, &pane);
	sites_lines_finish(&lines);
	call_sites_unref(sites);
}

static void a_tree_is_indented(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct sites_lines lines;
	const struct frame frame = {.columns = 80, .lines = 8, .bordered = true};
	struct sites_draw pane = {.sites = sites,
				  .lines = &lines,
				  .order = SITES_CALLEES,
				  .all_frames = true,
				  .words = "",
				  .cursor = 5};

	(void)state;
	sites_lines_init(&lines, sites, SITES_CALLEES, true);
	draw("sites_draw_tree", 80, 8, &pane);
	assert_int_equal(sites_draw_wanted(&frame, 80, &pane), 3 + (int)lines.count);
	assert_true(sites_draw_scroll(&frame, (struct rect){0, 0, 80, 5}, &pane) > 0);
	sites_lines_finish(&lines);
	call_sites_unref(sites);
}

static void why_there_are_none_is_said(void **state)
{
	const struct sites_lines lines = {0};
	const struct sites_draw pane = {.lines = &lines,
					.words = "cannot listen to the page faults of process 12."};

	(void)state;
	draw("sites_draw_none", 80, 4, &pane);
	draw("sites_draw_none_narrow", 23, 6, &pane);
}

/* What was lost is said, and where stacks came from; nothing is divided by nothing. */
static void what_was_lost_is_said(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct sites_lines lines;
	struct sites_draw pane = {.sites = sites, .lines = &lines, .words = ""};

	(void)state;
	sites_lines_init(&lines, sites, SITES_LIST, false);
	sites->listening.lost = 3;
	sites->listening.window_ns = 500000000;
	sites->listening.rest_ns = 3500000000;
	/* The second that is not over yet is not in the trend. */
	sites->sites[0].steps[CALL_SITES_STEPS - 1] = UINT64_C(1) << 40;
	sites->listening.slowdown = -1;
	sites->sites[0].by[CALL_STACK_FRAME_POINTERS] = sites->sites[0].bytes;
	sites->sites[0].by[CALL_STACK_UNWOUND] = 0;
	draw("sites_draw_lost", 100, 6, &pane);
	pane.top = 0;
	sites->bytes = 0;
	draw("sites_draw_nothing", 100, 9, &pane);
	sites_lines_finish(&lines);
	call_sites_unref(sites);
}

static void it_takes_as_many_lines_as_it_shows(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct frame frame = {.columns = 80, .lines = 8, .bordered = true};
	struct sites_lines lines;
	struct sites_draw pane = {.sites = sites, .lines = &lines, .words = ""};

	(void)state;
	sites_lines_init(&lines, sites, SITES_LIST, false);
	assert_int_equal(sites_draw_wanted(&frame, 80, &pane), 6);
	frame.bordered = false;
	assert_int_equal(sites_draw_wanted(&frame, 80, &pane), 5);
	frame.bordered = true;
	pane.words = "a sentence";
	assert_int_equal(sites_draw_wanted(&frame, 80, &pane), 8);
	for (size_t cursor = 0; cursor < 3; cursor++) {
		pane.cursor = cursor;
		pane.top = 0;
		assert_int_equal(sites_draw_scroll(&frame, (struct rect){0, 0, 80, 7}, &pane), 0);
		assert_int_equal(sites_draw_scroll(&frame, (struct rect){0, 0, 80, 5}, &pane),
				 cursor);
		pane.top = 2;
		assert_int_equal(sites_draw_scroll(&frame, (struct rect){0, 0, 80, 5}, &pane),
				 cursor);
	}
	sites_lines_finish(&lines);
	call_sites_unref(sites);
}

/* Short names hide nothing of the columns before them: what has no room is not drawn at all. */
static void columns_go_whole_at_each_width(void **state)
{
	const struct code_frame frame = {.module = "/a", .function = "f"};
	struct call_sites *sites = sample_sites_create();
	struct sites_lines lines;
	const struct sites_draw pane = {.sites = sites, .lines = &lines, .words = ""};
	struct text text = {0};

	(void)state;
	sites->sites[0].frame = sites->sites[1].frame = &frame;
	for (int order = SITES_LIST; order <= SITES_CALLERS; order++) {
		sites_lines_init(&lines, sites, (enum sites_order)order, false);
		for (int columns = 12; columns < 90; columns++) {
			struct canvas *canvas = canvas_create(columns, 5, false);
			const struct frame around = {
				.columns = columns, .lines = 5, .bordered = columns % 4 < 2};

			sites_draw(canvas, &around, (struct rect){0, 0, columns, 5}, &pane);
			canvas_append_text(&text, canvas);
			canvas_destroy(canvas);
		}
		sites_lines_finish(&lines);
	}
	golden_check("sites_draw_widths", text_string(&text));
	text_finish(&text);
	call_sites_unref(sites);
}

/* The trend is of all seconds that are complete; and the title says when all functions are there.
 */
static void trends_and_titles(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct sites_lines lines;
	struct sites_draw pane = {.sites = sites, .lines = &lines, .words = ""};
	const struct frame frame = {.columns = 110, .lines = 6, .bordered = true};
	const struct rect rect = {0, 0, 110, 6};
	struct text text = {0};

	(void)state;
	memset(sites->sites[0].steps, 0, sizeof(sites->sites[0].steps));
	sites->sites[0].steps[0] = 1000;
	for (int i = 0; i < CALL_SITES_STEPS; i++)
		sites->sites[1].steps[i] = (uint64_t)(i * i * i);
	for (int i = 0; i < 6; i++) {
		struct canvas *canvas = canvas_create(110, 6, i == 5);

		pane.order = (enum sites_order)(i % 3);
		pane.all_frames = i < 3;
		sites_lines_init(&lines, sites, pane.order, pane.all_frames);
		sites_draw(canvas, &frame, rect, &pane);
		canvas_append_text(&text, canvas);
		for (int line = 0; line < 6; line++) {
			golden_append_roles(&text, &canvas->cells[line * 110], 110);
			text_append(&text, "\n");
		}
		sites_lines_finish(&lines);
		canvas_destroy(canvas);
	}
	golden_check("sites_draw_roles", text_string(&text));
	text_finish(&text);
	call_sites_unref(sites);
}

/* Without sites, or while none was touched, there is a sentence, whatever the lines were. */
static void without_sites_there_is_a_sentence(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct sites_line line = {0};
	const struct sites_lines none = {0}, one = {.lines = &line, .count = 1};
	struct sites_draw pane = {.lines = &one, .words = "abcdefgh ijklmnop qrstuvw"};
	struct text text = {0};

	(void)state;
	for (int columns = 16; columns < 34; columns++) {
		const struct frame frame = {
			.columns = columns, .lines = 5, .bordered = columns % 2};
		struct canvas *canvas = canvas_create(columns, 5, true);

		pane.sites = columns % 3 ? NULL : sites;
		pane.lines = pane.sites ? &none : &one;
		sites_draw(canvas, &frame, (struct rect){0, 0, columns, 5}, &pane);
		text_append_format(&text, "%d: %d\n", columns,
				   sites_draw_wanted(&frame, columns, &pane));
		canvas_append_text(&text, canvas);
		canvas_destroy(canvas);
	}
	golden_check("sites_draw_sentences", text_string(&text));
	text_finish(&text);
	call_sites_unref(sites);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_go_one_after_the_other),
		cmocka_unit_test(a_tree_is_indented),
		cmocka_unit_test(why_there_are_none_is_said),
		cmocka_unit_test(what_was_lost_is_said),
		cmocka_unit_test(it_takes_as_many_lines_as_it_shows),
		cmocka_unit_test(columns_go_whole_at_each_width),
		cmocka_unit_test(trends_and_titles),
		cmocka_unit_test(without_sites_there_is_a_sentence),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
