/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "picker_sample.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "ui/processes/processes_draw.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void narrow(struct stage *stage, const char *text)
{
	for (; *text; text++)
		stage_press(stage, KEYS((uint32_t)(unsigned char)*text));
}

static void screens_of_some_sizes(void **state)
{
	static const struct {
		int columns, lines;
		const char *name;
	} sizes[] = {
		{80, 24, "picker_80x24"}, {160, 50, "picker_160x50"},   {60, 18, "picker_60x18"},
		{40, 12, "picker_40x12"}, {39, 12, "picker_too_small"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct stage stage;

		sample_list_open(&stage, sizes[i].columns, sizes[i].lines, true);
		stage_press(&stage, KEYS(KEY_ARROW_DOWN));
		stage_check(&stage, sizes[i].name);
		stage_close(&stage);
	}
}

static void a_tree(void **state)
{
	struct stage stage;

	(void)state;
	picker_set_watched(sample_list_open(&stage, 80, 24, true), 3127, 3200);
	stage_press(&stage, KEYS(KEY_FN + 4, KEY_TAB));
	stage_check(&stage, "picker_tree");
	stage_close(&stage);
	sample_list_open(&stage, 80, 24, false);
	narrow(&stage, "python");
	stage_press(&stage, KEYS(KEY_FN + 4, KEY_ARROW_LEFT));
	stage_check(&stage, "picker_tree_ascii");
	stage_close(&stage);
}

static void what_is_said(void **state)
{
	struct stage stage;

	(void)state;
	sample_list_open(&stage, 60, 14, true);
	narrow(&stage, "fire(");
	stage_check(&stage, "picker_mistake");
	stage_press(&stage, KEYS(KEY_BACK));
	ui_say(&stage.ui, "Cannot read the address space of process 801: permission denied; run "
			  "vastop as its user or as root.");
	stage_check(&stage, "picker_message");
	stage_press(&stage, KEYS(KEY_ESC));
	narrow(&stage, "no such process");
	stage_check(&stage, "picker_no_match");
	stage_close(&stage);
	stage_open_empty(&stage, 60, 14, true);
	arrange_open(&stage.ui, &processes_pane);
	stage_check(&stage, "picker_no_list");
	stage_close(&stage);
}

static void lines_are_rows(void **state)
{
	struct stage stage;
	const struct picker *picker = sample_list_open(&stage, 80, 16, true);
	const struct frame *frame = &stage.ui.frame;
	struct rect rect = stage_pane(&stage, &processes_pane)->rect;

	(void)state;
	assert_int_equal(processes_draw_lines(frame, rect), 10);
	assert_int_equal(processes_draw_row_at(picker, frame, rect, -1), PROCESSES_DRAW_NO_ROW);
	assert_int_equal(processes_draw_row_at(picker, frame, rect, 3), PROCESSES_DRAW_NO_ROW);
	assert_int_equal(processes_draw_row_at(picker, frame, rect, 4), 0);
	assert_int_equal(processes_draw_row_at(picker, frame, rect, 13), 9);
	assert_int_equal(processes_draw_row_at(picker, frame, rect, 14), PROCESSES_DRAW_NO_ROW);
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_int_equal(processes_draw_row_at(picker, frame, rect, 4), SAMPLE_PROCESSES - 10);
	stage_close(&stage);
}

static void headings_are_columns(void **state)
{
	struct stage stage;
	const struct picker *picker = sample_list_open(&stage, 80, 16, true);
	const struct frame *frame = &stage.ui.frame;
	struct rect rect;

	(void)state;
	rect = stage_pane(&stage, &processes_pane)->rect;
	/* Of "     pid user     S    thr    ▾rss    size   maps command". */
	assert_int_equal(processes_draw_heading_at(picker, frame, rect, 8, 3), PICKER_PID);
	assert_int_equal(processes_draw_heading_at(picker, frame, rect, 10, 3), PICKER_USER);
	assert_int_equal(processes_draw_heading_at(picker, frame, rect, 32, 3), PICKER_RSS);
	assert_int_equal(processes_draw_heading_at(picker, frame, rect, 47, 3), PICKER_MAPPINGS);
	assert_int_equal(processes_draw_heading_at(picker, frame, rect, 51, 3), PICKER_COMMAND);
	assert_int_equal(processes_draw_heading_at(picker, frame, rect, 9, 3), PICKER_COLUMNS);
	assert_int_equal(processes_draw_heading_at(picker, frame, rect, 79, 3), PICKER_COLUMNS);
	assert_int_equal(processes_draw_heading_at(picker, frame, rect, 8, 4), PICKER_COLUMNS);
	/* No column is there for which there is no room. */
	stage_resize(&stage, 40, 16);
	rect = stage_pane(&stage, &processes_pane)->rect;
	for (int column = 0; column < 40; column++)
		assert_int_not_equal(processes_draw_heading_at(picker, frame, rect, column, 3),
				     PICKER_SIZE);
	stage_close(&stage);
}

/* Every state of a process is a whole word on a wide screen. */
static void states_are_not_cut(void **state)
{
	(void)state;
	for (const char *letter = "RSDTtZXI"; *letter; letter++) {
		struct process process = {.pid = 1, .state = *letter, .comm = "x", .command = "x"};
		struct process_list *list = process_list_create();
		struct stage stage;
		int column, line;

		process_list_add(list, &process);
		process_list_sort(list);
		stage_open_empty(&stage, 120, 16, true);
		arrange_open(&stage.ui, &processes_pane);
		processes_pane_take_list(&stage.ui, list);
		assert_true(stage_find(&stage, target_state_words(*letter), &column, &line));
		stage_close(&stage);
	}
}

/* Where nothing is known of units, their column is left to the command. */
static void units_have_a_column_where_there_are_some(void **state)
{
	struct process process = {.pid = 1, .comm = "init", .command = "init"};
	struct stage stage;
	int at[2], column, line;

	(void)state;
	for (int known = 1; known >= 0; known--) {
		struct process_list *list = process_list_create();

		process.unit = known ? "init.scope" : NULL;
		process_list_add(list, &process);
		process_list_sort(list);
		stage_open_empty(&stage, 120, 16, true);
		arrange_open(&stage.ui, &processes_pane);
		processes_pane_take_list(&stage.ui, list);
		assert_int_equal(stage_find(&stage, "unit  ", &column, &line), known);
		assert_true(stage_find(&stage, "1 process ", &column, &line));
		assert_true(stage_find(&stage, "command  ", &at[known], &line));
		stage_close(&stage);
	}
	assert_true(at[0] + 20 < at[1]);
}

/* Appends what the lines of the screen from the border on say. */
static void append_screen(struct text *text, struct stage *stage)
{
	stage_draw(stage);
	text_clear(text);
	canvas_append_text(text, stage->canvas);
}

static void an_empty_list_says_why(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open_empty(&stage, 80, 24, true);
	arrange_open(&stage.ui, &processes_pane);
	append_screen(&text, &stage);
	assert_non_null(strstr(text_string(&text), " Listing the processes. "));
	assert_null(strstr(text_string(&text), "maps of"));
	processes_pane_take_list(&stage.ui, process_list_create());
	append_screen(&text, &stage);
	assert_non_null(strstr(text_string(&text), " There is no other process. "));
	processes_pane_take_list(&stage.ui, sample_process_list());
	append_screen(&text, &stage);
	assert_null(strstr(text_string(&text), "There is no other"));
	assert_non_null(strstr(text_string(&text), " maps of 65 530  Esc leaves "));
	narrow(&stage, "zzz");
	append_screen(&text, &stage);
	assert_non_null(strstr(text_string(&text), " No process matches; Esc shows all again. "));
	stage_press(&stage, KEYS(KEY_ESC, KEY_FN + 4));
	append_screen(&text, &stage);
	assert_non_null(strstr(text_string(&text), " maps of 65 530  tree  Esc leaves "));
	text_finish(&text);
	stage_close(&stage);
}

/* From four fifths of the limit on the number of mappings stands out. */
static void many_mappings_stand_out(void **state)
{
	static const struct {
		uint64_t mappings, most;
		bool near;
	} cases[] = {{80, 100, true},
		     {79, 100, false},
		     {100, 100, true},
		     {0, 100, false},
		     {80, TARGET_UNKNOWN, false},
		     {TARGET_UNKNOWN, 100, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct process process = {.pid = 1,
					  .mappings = cases[i].mappings,
					  .comm = "x",
					  .command = "x",
					  .access = PROCESS_READABLE};
		struct process_list *list = process_list_create();
		struct stage stage;

		process_list_add(list, &process);
		process_list_sort(list);
		list->mappings_max = cases[i].most;
		stage_open_empty(&stage, 120, 16, true);
		arrange_open(&stage.ui, &processes_pane);
		processes_pane_take_list(&stage.ui, list);
		stage_draw(&stage);
		assert_int_equal(stage_count_role(&stage, ROLE_WARNING) > 0, cases[i].near);
		stage_close(&stage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_of_some_sizes),
		cmocka_unit_test(a_tree),
		cmocka_unit_test(what_is_said),
		cmocka_unit_test(lines_are_rows),
		cmocka_unit_test(headings_are_columns),
		cmocka_unit_test(states_are_not_cut),
		cmocka_unit_test(an_empty_list_says_why),
		cmocka_unit_test(units_have_a_column_where_there_are_some),
		cmocka_unit_test(many_mappings_stand_out),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("processes_draw", tests, NULL, NULL);
}
