/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "picker_sample.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/trace.h"
#include "ui/pane/help_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define F(number) (KEY_FN + (number)-1)

static int32_t pid(const struct picker *picker)
{
	return picker_process(picker) ? picker_process(picker)->pid : 0;
}

static void keys_move_sort_and_choose(void **state)
{
	struct stage stage;
	const struct picker *picker = sample_list_open(&stage, 80, 24, true);

	(void)state;
	assert_int_equal(pid(picker), 2210);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	assert_int_equal(pid(picker), 2290);
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_int_equal(pid(picker), 3128);
	stage_press(&stage, KEYS(KEY_PAGE_UP));
	assert_int_equal(pid(picker), 2210);
	stage_press(&stage, KEYS(KEY_ARROW_RIGHT, F(6), KEY_ARROW_LEFT));
	assert_int_equal(picker->order.column, PICKER_SIZE);
	stage_press(&stage, KEYS(KEY_TAB, F(5)));
	assert_true(picker->order.reversed && picker->order.tree);
	assert_true(stage_press(&stage, KEYS(KEY_RETURN)) & UI_ATTACH);
	assert_int_equal(stage.request.pid, pid(picker));
	assert_int_equal(stage.request.start_ticks, picker->start_ticks);
	assert_true(stage_press(&stage, KEYS(F(10))) & UI_QUIT);
	stage_close(&stage);
}

static void letters_narrow_and_run_no_command(void **state)
{
	struct stage stage;
	const struct picker *picker = sample_list_open(&stage, 80, 24, true);

	(void)state;
	assert_false(stage_press(&stage, KEYS('f', 'i', 'r', 'e', ' ', 'q', '?')) & UI_QUIT);
	assert_string_equal(picker->narrow.text, "fire q?");
	assert_false(stage_shows(&stage, &help_pane));
	/* Nothing is chosen where nothing is. */
	stage_press(&stage, KEYS('z', 'z'));
	assert_false(stage_press(&stage, KEYS(KEY_RETURN)) & UI_ATTACH);
	assert_non_null(stage.ui.message.text);
	/* Esc clears first; then, without a process to go back to, it ends the program. */
	assert_false(stage_press(&stage, KEYS(KEY_ESC)) & UI_QUIT);
	assert_int_equal(picker->narrow.length, 0);
	assert_true(stage_press(&stage, KEYS(KEY_ESC)) & UI_QUIT);
	/* As if it had been typed, by who starts vastop with a name. */
	processes_pane_narrow(&stage.ui, "python");
	assert_string_equal(picker->narrow.text, "python");
	stage_close(&stage);
}

static void keys_about_other_panes_are_refused(void **state)
{
	struct stage stage;

	(void)state;
	sample_list_open(&stage, 80, 24, true);
	stage_press(&stage, KEYS(KEY_BACK, KEY_INS));
	assert_non_null(strstr(stage.ui.message.text, "letters filter"));
	/* Help is for everywhere; Esc leaves it, and not the list. */
	stage_press(&stage, KEYS(F(1)));
	assert_true(stage_shows(&stage, &processes_pane));
	stage_close(&stage);
}

static void over_a_process_it_begins_there_and_goes_back(void **state)
{
	struct address_space *space = sample_python();
	const struct target watched = space->target;
	struct process_list *list = process_list_create();
	const struct picker *picker;
	struct stage stage;

	(void)state;
	stage_open(&stage, space, 80, 24, true);
	stage_press(&stage, KEYS('p'));
	assert_true(processes_pane_wants_list(&stage.ui));
	process_list_add(list, &(struct process){.pid = 1, .comm = "a", .command = ""});
	process_list_add(list, &(struct process){.pid = watched.pid,
						 .start_ticks = watched.start_ticks,
						 .comm = "b",
						 .command = ""});
	processes_pane_take_list(&stage.ui, list);
	picker = &((struct processes_pane *)stage_pane(&stage, &processes_pane))->picker;
	assert_int_equal(pid(picker), watched.pid);
	/* The watched one needs no attaching. */
	assert_false(stage_press(&stage, KEYS(KEY_RETURN)) & (UI_ATTACH | UI_QUIT));
	assert_false(processes_pane_wants_list(&stage.ui));
	stage_press(&stage, KEYS('p', KEY_ESC));
	assert_false(processes_pane_wants_list(&stage.ui));
	stage.ui.host.why_no_processes = "Not here.";
	stage_press(&stage, KEYS('p'));
	assert_string_equal(stage.ui.message.text, "Not here.");
	stage_close(&stage);
}

static void the_mouse_chooses_rows_headings_and_keys(void **state)
{
	struct stage stage;
	const struct picker *picker = sample_list_open(&stage, 80, 16, true);
	int column, line;

	(void)state;
	stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, 10, 5, 1});
	assert_int_equal(picker->cursor, 1);
	stage_click(&stage, &(struct mouse){MOUSE_WHEEL_DOWN, 0, 10, 5, 1});
	assert_int_equal(picker->cursor, 4);
	stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, 8, 3, 1});
	assert_int_equal(picker->order.column, PICKER_PID);
	assert_true(stage_find(&stage, "F5 tree", &column, &line));
	stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, column, line, 1});
	assert_true(picker->order.tree);
	stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, 10, 4, 1});
	assert_true(stage_click(&stage, &(struct mouse){MOUSE_LEFT, 0, 10, 4, 2}) & UI_ATTACH);
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	sample_list_open(&stage, 80, 12, true);
	trace_run(&stage,
		  "Ctrl-D Ctrl-D Ctrl-U Down Down Up PgDn PgDn PgUp End Down Home Up Right Right "
		  "Right Right Left Tab "
		  "Tab F6 "
		  "Down Down End F6 =fire Down Enter Backspace Backspace =zz Enter Esc Insert "
		  "F5 F5 F2 F1 Esc @pid @rss @_rss @_root @^root @@ann Esc",
		  "processes_pane_keys");
	stage_close(&stage);
	sample_list_open(&stage, 130, 13, false);
	trace_run(&stage,
		  "Right Right Right Right Right Right Right Right Left F5 F5 Tab End =-cont "
		  "Down Down Esc Ctrl-T F10",
		  "processes_pane_keys_wide");
	stage_close(&stage);
}

/* Those that are on the screen: none above, none below, no more than there is room for. */
static void what_is_on_the_screen_is_known(void **state)
{
	int32_t pids[SAMPLE_PROCESSES + 1] = {0};
	struct stage stage;
	struct picker *picker = sample_list_open(&stage, 80, 24, true);

	(void)state;
	assert_int_equal(processes_pane_shown(&stage.ui, pids, 0), 0);
	assert_int_equal(pids[0], 0);
	assert_int_equal(processes_pane_shown(&stage.ui, pids, SAMPLE_PROCESSES + 1),
			 SAMPLE_PROCESSES);
	for (size_t i = 0; i < SAMPLE_PROCESSES; i++)
		assert_int_equal(pids[i], picker->rows.rows[i].process->pid);
	assert_int_equal(pids[SAMPLE_PROCESSES], 0);
	pids[3] = -1;
	assert_int_equal(processes_pane_shown(&stage.ui, pids, 3), 3);
	assert_int_equal(pids[3], -1);
	picker_set_lines(picker, 5);
	stage_press(&stage, KEYS(KEY_TO_END));
	picker_set_lines(picker, 4);
	picker->top = 2;
	assert_int_equal(processes_pane_shown(&stage.ui, pids, SAMPLE_PROCESSES), 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pids[i], picker->rows.rows[2 + i].process->pid);
	picker->top = SAMPLE_PROCESSES - 2;
	assert_int_equal(processes_pane_shown(&stage.ui, pids, SAMPLE_PROCESSES), 2);
	assert_int_equal(pids[1], picker->rows.rows[SAMPLE_PROCESSES - 1].process->pid);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_move_sort_and_choose),
		cmocka_unit_test(letters_narrow_and_run_no_command),
		cmocka_unit_test(keys_about_other_panes_are_refused),
		cmocka_unit_test(over_a_process_it_begins_there_and_goes_back),
		cmocka_unit_test(the_mouse_chooses_rows_headings_and_keys),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(what_is_on_the_screen_is_known),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("processes_pane", tests, NULL, NULL);
}
