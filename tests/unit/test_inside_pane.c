/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
#include "sample_heap.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/trace.h"
#include "ui/heap_wants.h"
#include "ui/pane/bytes_pane.h"
#include "ui/picture/picture_pane.h"
#include "ui/table/table_pane.h"
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A screen with the pane on the data of the program, all told. */
static void open_data(struct stage *stage, int columns, int lines, bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage->ui.view.cursor = DATA;
	stage_press(stage, KEYS('t', 't', 'I'));
	fixture_tell(stage, fixture_object());
}

static uint64_t cursor(const struct stage *stage)
{
	return inside_level_const(fixture_inside(stage))->view.cursor;
}

static void enter_opens_a_mapping_and_backspace_leads_back(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_true(stage_shows(&stage, &inside_pane));
	assert_true(fixture_inside(&stage)->place.start == HEAP);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(fixture_inside(&stage)->depth, 2);
	stage_press(&stage, KEYS(KEY_BACK, KEY_BACK));
	assert_true(stage_shows(&stage, &picture_pane));
	assert_true(view_band(&stage.ui.view, stage.ui.shown.picture.diagram)->start == HEAP);
	stage_close(&stage);
}

static void the_table_opens_it_too_and_gets_it_back(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('t', KEY_RETURN));
	assert_true(stage_shows(&stage, &inside_pane));
	stage_press(&stage, KEYS(KEY_BACK));
	assert_true(stage_shows(&stage, &table_pane));
	stage_press(&stage, KEYS(KEY_RETURN, 't'));
	assert_true(stage_shows(&stage, &table_pane));
	stage_press(&stage, KEYS('t', KEY_RETURN, 't'));
	assert_true(stage_shows(&stage, &table_pane));
	stage_close(&stage);
}

static void keys_of_the_picture_act_inside(void **state)
{
	struct stage stage;
	uint64_t top;

	(void)state;
	open_data(&stage, 80, 24, true);
	top = cursor(&stage);
	stage_press(&stage, KEYS('j'));
	assert_true(cursor(&stage) < top);
	assert_true(stage.ui.view.cursor == cursor(&stage));
	stage_press(&stage, KEYS('k', '+', '+'));
	assert_int_equal(inside_level_const(fixture_inside(&stage))->view.windows[0].zoom, 2);
	assert_int_equal(stage.ui.view.windows[0].zoom, 0);
	stage_press(&stage, KEYS('0', 'o'));
	assert_true(inside_level_const(fixture_inside(&stage))->view.low_on_top);
	stage_press(&stage, KEYS(KEY_TO_HOME));
	assert_true(cursor(&stage) == DATA);
	stage_press(&stage, KEYS(KEY_TO_END, KEY_PAGE_UP, 'D' & 31, 's'));
	assert_int_equal(inside_level_const(fixture_inside(&stage))->view.scale, SCALE_LINEAR);
	stage_close(&stage);
}

static void escape_leaves_zoom_levels_and_the_pane(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	stage_press(&stage, KEYS('j', KEY_RETURN, '+', KEY_ESC));
	assert_int_equal(fixture_inside(&stage)->depth, 2);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(fixture_inside(&stage)->depth, 1);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_false(stage_shows(&stage, &inside_pane));
	stage_close(&stage);
}

static void names_are_searched(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	stage_press(&stage, KEYS('/', 't', 'y', 'p', 'e'));
	assert_true(cursor(&stage) == BIAS + 0x5f7198);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(fixture_inside(&stage)->depth, 2);
	stage_press(&stage, KEYS('n'));
	assert_true(cursor(&stage) == BIAS + 0x5f7000);
	stage_press(&stage, KEYS('N'));
	assert_true(cursor(&stage) == BIAS + 0x5f7198);
	stage_press(&stage, KEYS('/', 'x', 'x', 'x', KEY_ESC));
	assert_true(cursor(&stage) == BIAS + 0x5f7198);
	stage_press(&stage, KEYS('f'));
	assert_non_null(strstr(stage.ui.message.text, "filter is about mappings"));
	stage_close(&stage);
}

static void a_jump_elsewhere_leaves_it(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	view_go(&stage.ui.view, BIAS + 0x5f7000);
	ui_layout(&stage.ui);
	assert_true(stage_shows(&stage, &inside_pane));
	assert_int_equal(fixture_inside(&stage)->depth, 2);
	view_go(&stage.ui.view, HEAP);
	ui_layout(&stage.ui);
	assert_false(stage_shows(&stage, &inside_pane));
	assert_true(stage.ui.view.cursor == HEAP);
	stage_close(&stage);
}

static void presses_select_and_go_in(void **state)
{
	struct stage stage;
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};

	(void)state;
	open_data(&stage, 80, 24, false);
	assert_true(stage_find(&stage, ".data", &mouse.column, &mouse.line));
	stage_click(&stage, &mouse);
	assert_true(cursor(&stage) == BIAS + 0x5f4880);
	mouse.clicks = 2;
	stage_click(&stage, &mouse);
	assert_int_equal(fixture_inside(&stage)->depth, 2);
	mouse = (struct mouse){.button = MOUSE_WHEEL_DOWN, .column = 10, .line = 10};
	stage_click(&stage, &mouse);
	mouse.button = MOUSE_RIGHT;
	stage_click(&stage, &mouse);
	assert_int_equal(fixture_inside(&stage)->depth, 1);
	stage_close(&stage);
}

static void a_sample_without_the_mapping_says_so(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	stage_add(&stage, sample_python_without(DATA), 1);
	assert_true(fixture_inside(&stage)->gone || !stage_shows(&stage, &inside_pane));
	stage_press(&stage, KEYS('j', KEY_RETURN, '/', 'n', KEY_BACK));
	assert_false(stage_shows(&stage, &inside_pane));
	stage_close(&stage);
}

/* A screen with the chunks of the heap. */
static void open_chunks(struct stage *stage, const struct heap_usage *heap, int columns, int lines,
			bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage_scan(stage, true);
	stage_press(stage, KEYS('I'));
	fixture_tell(stage, NULL);
	assert_true(heap_wants_take(&stage->ui, heap, 0, stage->session.now->time_ns));
	ui_layout(&stage->ui);
}

static void chunks_are_to_scale(void **state)
{
	struct heap_usage heap = sample_chunks();
	struct stage stage;

	(void)state;
	open_chunks(&stage, &heap, 120, 40, true);
	stage_check(&stage, "inside_chunks_120x40");
	/* The large one is at the end. */
	stage_press(&stage, KEYS('G', 'k', 'k'));
	stage_check(&stage, "inside_chunks_large");
	stage_resize(&stage, 80, 24);
	stage_check(&stage, "inside_chunks_80x24");
	stage_resize(&stage, 40, 12);
	stage_check(&stage, "inside_chunks_40x12");
	trace_widths(&stage, &inside_pane, 0, 3, 110, "inside_widths_chunks");
	stage_close(&stage);
	open_chunks(&stage, &heap, 80, 24, false);
	stage_check(&stage, "inside_chunks_ascii");
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void equal_chunks_are_one_until_they_open(void **state)
{
	struct heap_usage heap = sample_chunks();
	struct stage stage;

	(void)state;
	open_chunks(&stage, &heap, 80, 24, true);
	stage_press(&stage, KEYS('G'));
	while (inside_level_const(fixture_inside(&stage))->view.cursor < SAMPLE_EQUAL_AT)
		stage_press(&stage, KEYS('k'));
	stage_press(&stage, KEYS(KEY_RETURN));
	stage_check(&stage, "inside_chunks_equal");
	stage_press(&stage, KEYS(KEY_RETURN, KEY_RETURN));
	stage_check(&stage, "inside_chunks_alone");
	/* What the program keeps in it, behind malloc's header. */
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_true(stage_shows(&stage, &bytes_pane));
	assert_int_equal((cursor(&stage) - SAMPLE_EQUAL_AT) % SAMPLE_EQUAL, 16);
	stage_press(&stage, KEYS(KEY_BACK, KEY_BACK, KEY_BACK, KEY_BACK, KEY_BACK));
	assert_true(stage_shows(&stage, &picture_pane));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void pages_stay_in_reach(void **state)
{
	struct heap_usage heap = sample_chunks();
	int column, line;
	struct stage stage;

	(void)state;
	open_chunks(&stage, &heap, 120, 40, true);
	stage_press(&stage, KEYS('P'));
	assert_int_equal(inside_level_const(fixture_inside(&stage))->grain, INSIDE_PAGES);
	assert_true(stage_find(&stage, "[heap] ", &column, &line));
	stage_check(&stage, "inside_chunks_pages");
	stage_press(&stage, KEYS('P'));
	assert_int_equal(inside_level_const(fixture_inside(&stage))->grain, INSIDE_CHUNKS);
	/* Where there is nothing else, that is said. */
	heap_wants_take(&stage.ui, NULL, -ENOENT, stage.session.now->time_ns);
	ui_layout(&stage.ui);
	stage_press(&stage, KEYS('P'));
	assert_non_null(strstr(stage.ui.message.text, "only pages"));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 20, true);
	trace_run(&stage,
		  "Ctrl-D Ctrl-D Ctrl-U Down Down Down Up PgDn PgUp End Home Enter Down Down Enter "
		  "Backspace Backspace "
		  "P Down "
		  "P + + Down - 0 s o s s c =/Py Enter n N n Esc @.got @_.got @^.got ] ] "
		  "B Esc t Enter I I Backspace I #44x14 #130x18",
		  "inside_pane_keys");
	trace_widths(&stage, &inside_pane, 0, 4, 130, "inside_widths");
	stage_close(&stage);
}

static void what_colours_and_scales_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 90, 22, true);
	stage.ui.host.letters = true;
	stage_scan(&stage, true);
	trace_run(&stage,
		  "c c c c c c C s s s P c c c c c C s s s + Down o PgDn o 0 P Down Enter c c c P "
		  "c c c o "
		  "s Enter",
		  "inside_pane_colours");
	trace_widths(&stage, &inside_pane, 0, 3, 110, "inside_widths_symbols");
	stage_close(&stage);
}

static void what_keys_do_among_chunks_is_seen(void **state)
{
	struct heap_usage heap = sample_chunks();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 70, 18, false);
	stage_press(&stage, KEYS('I'));
	stage.ui.shown.heap = &heap;
	inside_wants_take_heap(&stage.ui);
	ui_layout(&stage.ui);
	trace_run(&stage,
		  "Down Down Up End Home Enter Down Down Enter Down Up Enter End Up Backspace "
		  "Backspace P "
		  "Down P + Down + PgDn - 0 Backspace I",
		  "inside_chunks_keys");
	stage_close(&stage);
	heap_usage_finish(&heap);
}

/* Where another pane has all the lines, it is laid out for one nevertheless. */
static void without_lines_it_is_laid_out_for_one(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 60, 12, true);
	assert_true(inside_level_const(fixture_inside(&stage))->view.lines > 1);
	stage_press(&stage, KEYS('d'));
	assert_false(stage_shows(&stage, &inside_pane));
	assert_int_equal(inside_level_const(fixture_inside(&stage))->view.lines, 1);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(enter_opens_a_mapping_and_backspace_leads_back),
		cmocka_unit_test(the_table_opens_it_too_and_gets_it_back),
		cmocka_unit_test(keys_of_the_picture_act_inside),
		cmocka_unit_test(escape_leaves_zoom_levels_and_the_pane),
		cmocka_unit_test(names_are_searched),
		cmocka_unit_test(a_jump_elsewhere_leaves_it),
		cmocka_unit_test(presses_select_and_go_in),
		cmocka_unit_test(a_sample_without_the_mapping_says_so),
		cmocka_unit_test(chunks_are_to_scale),
		cmocka_unit_test(equal_chunks_are_one_until_they_open),
		cmocka_unit_test(pages_stay_in_reach),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(what_colours_and_scales_do_is_seen),
		cmocka_unit_test(what_keys_do_among_chunks_is_seen),
		cmocka_unit_test(without_lines_it_is_laid_out_for_one),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_pane", tests, NULL, NULL);
}
