/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "model/process.h"
#include "picker_sample.h"
#include "screen/key.h"
#include "support/golden.h"
#include "ui/processes/process_list.h"

static void open_picker(struct picker *picker, const char *narrow, size_t lines)
{
	picker_init(picker);
	picker_set_lines(picker, lines);
	picker_narrow(picker, narrow);
	picker_take_list(picker, sample_process_list());
}

static void type(struct picker *picker, const char *letters)
{
	for (; *letters; letters++)
		assert_true(picker_take_key(picker, (uint32_t)*letters));
}

static int32_t pid(const struct picker *picker)
{
	return picker_process(picker) ? picker_process(picker)->pid : 0;
}

static void the_cursor_moves(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, "", 18);
	assert_int_equal(pid(&picker), 2210);
	picker_move(&picker, -1);
	assert_int_equal(pid(&picker), 2210);
	picker_move(&picker, 1);
	assert_int_equal(pid(&picker), 2290);
	picker_select(&picker, SIZE_MAX);
	assert_int_equal(pid(&picker), 3128);
	picker_move(&picker, 1);
	assert_int_equal(pid(&picker), 3128);
	picker_move(&picker, -18);
	assert_int_equal(pid(&picker), 2210);
	picker_move(&picker, 18);
	assert_int_equal(pid(&picker), 3128);
	picker_select(&picker, 0);
	assert_int_equal(pid(&picker), 2210);
	picker_finish(&picker);
}

static void typing_narrows_until_it_is_cleared(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, "", 18);
	picker_move(&picker, 1);
	type(&picker, "fire");
	assert_int_equal(picker.rows.matches, 3);
	assert_int_equal(pid(&picker), 2290);
	type(&picker, ".*2$");
	assert_int_equal(picker.rows.matches, 0);
	assert_null(picker_process(&picker));
	picker_take_key(&picker, KEY_BACK);
	picker_take_key(&picker, KEY_BACK);
	picker_take_key(&picker, KEY_BACK);
	/* One of them matched "fire.*2". */
	assert_int_equal(pid(&picker), 2291);
	assert_int_equal(picker.rows.matches, 3);
	assert_true(picker_clear(&picker));
	assert_int_equal(picker.rows.matches, SAMPLE_PROCESSES);
	assert_false(picker_clear(&picker));
	/* Nothing to delete is no wish to leave; keys that type nothing are not taken. */
	assert_true(picker_take_key(&picker, KEY_BACK));
	assert_false(picker_take_key(&picker, KEY_ESC));
	assert_false(picker_take_key(&picker, KEY_RETURN));
	assert_false(picker_take_key(&picker, KEY_ARROW_UP));
	picker_finish(&picker);
}

static void what_is_no_pattern_narrows_nothing_and_says_where(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, "bash(", 18);
	assert_int_equal(picker.rows.matches, SAMPLE_PROCESSES);
	assert_string_equal(picker.mistake, "at column 6: missing closing parenthesis");
	picker_take_key(&picker, KEY_BACK);
	assert_string_equal(picker.mistake, "");
	assert_int_equal(picker.rows.matches, 1);
	picker_finish(&picker);
}

static void a_pattern_that_takes_too_long_is_told(void **state)
{
	char command[PROCESS_COMMAND_MAX];
	struct process_list *list = process_list_create();
	struct picker picker;

	(void)state;
	memset(command, 'a', sizeof(command) - 1);
	command[sizeof(command) - 2] = '!';
	command[sizeof(command) - 1] = '\0';
	for (int32_t i = 1; i <= 100; i++)
		process_list_add(list,
				 &(struct process){.pid = i, .comm = "a", .command = command});
	picker_init(&picker);
	picker_narrow(&picker, "^(a|aa)+[bc]");
	picker_take_list(&picker, list);
	assert_int_equal(picker.rows.count, 100);
	assert_string_equal(picker.mistake, "this pattern takes too long; try a simpler one");
	picker_finish(&picker);
}

static void it_is_sorted_and_made_a_tree(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, "", 18);
	picker_sort_beside(&picker, 1);
	assert_int_equal(picker.order.column, PICKER_SIZE);
	picker_sort_beside(&picker, 1);
	assert_int_equal(picker.order.column, PICKER_MAPPINGS);
	picker_sort_beside(&picker, 1);
	assert_int_equal(picker.order.column, PICKER_UNIT);
	picker_sort_beside(&picker, 1);
	assert_int_equal(picker.order.column, PICKER_COMMAND);
	picker_sort_beside(&picker, 1);
	assert_int_equal(picker.order.column, PICKER_PID);
	picker_sort_beside(&picker, -1);
	assert_int_equal(picker.order.column, PICKER_COMMAND);
	picker_reverse(&picker);
	assert_true(picker.order.reversed);
	assert_int_equal(picker.rows.rows[0].process->pid, 1400);
	/* The cursor stays on its process. */
	assert_int_equal(pid(&picker), 2210);
	picker_toggle_tree(&picker);
	assert_true(picker.order.tree);
	assert_int_equal(picker.rows.rows[picker.cursor].depth, 2);
	assert_int_equal(pid(&picker), 2210);
	picker_sort_beside(&picker, -1);
	assert_false(picker.order.reversed);
	picker_finish(&picker);
}

static void the_cursor_goes_to_what_matches(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, "", 18);
	picker_toggle_tree(&picker);
	picker_select(&picker, 0);
	assert_int_equal(pid(&picker), 1);
	/* Its parents stand above it. */
	type(&picker, "app.py");
	assert_int_equal(picker.rows.matches, 1);
	assert_true(picker.rows.count > 1);
	assert_int_equal(pid(&picker), 3127);
	/* One may go to a parent: there a new list leaves the cursor. */
	picker_move(&picker, -1);
	assert_int_equal(pid(&picker), 3000);
	picker_take_list(&picker, sample_process_list());
	assert_int_equal(pid(&picker), 3000);
	picker_finish(&picker);
}

/* The sample with so many processes of more memory than all others, and without one pid. */
static struct process_list *changed_list(int32_t more, int32_t without)
{
	struct process_list *list = process_list_create();

	for (size_t i = 0; i < SAMPLE_PROCESSES; i++)
		if (sample_processes[i].pid != without)
			process_list_add(list, &sample_processes[i]);
	for (int32_t i = 0; i < more; i++)
		process_list_add(list, &(struct process){.pid = 5000 + i,
							 .start_ticks = 1,
							 .rss = 1024 * MIB,
							 .size = 1024 * MIB,
							 .comm = "x",
							 .command = ""});
	process_list_sort(list);
	return list;
}

static void a_new_list_does_not_move_the_cursor(void **state)
{
	struct picker picker;
	size_t line;

	(void)state;
	open_picker(&picker, "", 8);
	for (int i = 0; i < 4; i++)
		picker_move(&picker, 1);
	assert_int_equal(pid(&picker), 3127);
	line = picker.cursor - picker.top;
	assert_int_equal(line, 4);
	picker_take_list(&picker, changed_list(30, 0));
	assert_int_equal(pid(&picker), 3127);
	assert_int_equal(picker.cursor - picker.top, line);
	picker_take_list(&picker, changed_list(3, 0));
	assert_int_equal(pid(&picker), 3127);
	assert_int_equal(picker.cursor - picker.top, line);
	/* Gone: the next one takes its line. */
	picker_take_list(&picker, changed_list(3, 3127));
	assert_int_equal(pid(&picker), 1);
	assert_int_equal(picker.cursor - picker.top, line);
	picker_take_list(&picker, process_list_create());
	assert_int_equal(pid(&picker), 0);
	picker_take_list(&picker, sample_process_list());
	assert_int_equal(pid(&picker), 2210);
	picker_finish(&picker);
}

/* A pid that is used again is another process. */
static void a_reused_pid_is_another_process(void **state)
{
	struct process_list *list = changed_list(0, 3127);
	struct process other = sample_processes[9];
	struct picker picker;

	(void)state;
	open_picker(&picker, "app.py", 18);
	assert_int_equal(picker.start_ticks, 3200);
	picker_set_watched(&picker, 3127, 3200);
	assert_true(picker_is_on_watched(&picker));
	other.start_ticks = 9999;
	process_list_add(list, &other);
	process_list_sort(list);
	picker_take_list(&picker, list);
	assert_int_equal(pid(&picker), 3127);
	assert_int_equal(picker.start_ticks, 9999);
	assert_false(picker_is_on_watched(&picker));
	picker_finish(&picker);
}

static void the_cursor_begins_on_the_watched_process(void **state)
{
	struct picker picker;

	(void)state;
	picker_init(&picker);
	picker_set_lines(&picker, 8);
	picker_set_watched(&picker, 3000, 3000);
	picker_take_list(&picker, sample_process_list());
	assert_int_equal(pid(&picker), 3000);
	assert_true(picker_is_on_watched(&picker));
	assert_true(picker.cursor >= picker.top && picker.cursor < picker.top + picker.lines);
	picker_move(&picker, -1);
	assert_false(picker_is_on_watched(&picker));
	picker_set_lines(&picker, 54);
	assert_int_equal(picker.top, 0);
	picker_finish(&picker);
}

/* The sample without those processes whose bits are set. */
static struct process_list *list_without(unsigned mask)
{
	struct process_list *list = process_list_create();

	for (size_t i = 0; i < SAMPLE_PROCESSES; i++)
		if (!(mask & 1u << i))
			process_list_add(list, &sample_processes[i]);
	process_list_sort(list);
	return list;
}

/* Where the cursor is after others came and went, from each place and on lists of some heights. */
static void the_cursor_stays_on_its_process(void **state)
{
	static const unsigned masks[] = {0, 0x3, 0x0, 0x7e0, 0, 0x1fff, 0x555, 0, 0x1ffe, 0};
	struct text text = {0};

	(void)state;
	for (size_t lines = 1; lines < 12; lines += 3)
		for (size_t at = 0; at < SAMPLE_PROCESSES; at += 2) {
			struct picker picker;

			picker_init(&picker);
			picker_set_lines(&picker, lines);
			picker_take_list(&picker, list_without(0));
			picker_sort(&picker, PICKER_PID);
			picker_select(&picker, at);
			text_append_format(&text, "%zu lines, %zu:", lines, at);
			for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
				picker_take_list(&picker, list_without(masks[i]));
				text_append_format(&text, " %d,%zu,%zu", (int)picker.pid,
						   picker.cursor, picker.top);
			}
			for (int step = -7; step < 8; step += 3) {
				picker_move(&picker, step);
				text_append_format(&text, " %d:%zu,%zu", step, picker.cursor,
						   picker.top);
			}
			picker_narrow(&picker, "python");
			text_append_format(&text, " %d,%zu", (int)picker.pid, picker.cursor);
			picker_toggle_tree(&picker);
			text_append_format(&text, " %d,%zu", (int)picker.pid, picker.cursor);
			assert_true(picker_clear(&picker));
			assert_false(picker_clear(&picker));
			text_append_format(&text, " %d,%zu\n", (int)picker.pid, picker.cursor);
			picker_finish(&picker);
		}
	golden_check("process_list_cursor", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_moves),
		cmocka_unit_test(typing_narrows_until_it_is_cleared),
		cmocka_unit_test(what_is_no_pattern_narrows_nothing_and_says_where),
		cmocka_unit_test(a_pattern_that_takes_too_long_is_told),
		cmocka_unit_test(it_is_sorted_and_made_a_tree),
		cmocka_unit_test(the_cursor_goes_to_what_matches),
		cmocka_unit_test(a_new_list_does_not_move_the_cursor),
		cmocka_unit_test(a_reused_pid_is_another_process),
		cmocka_unit_test(the_cursor_begins_on_the_watched_process),
		cmocka_unit_test(the_cursor_stays_on_its_process),
	};

	return cmocka_run_group_tests_name("process_list", tests, NULL, NULL);
}
