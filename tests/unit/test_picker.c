/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picker_sample.h"
#include "screen/key.h"
#include "ui/picker.h"

#define F(number) (KEY_FN + (number)-1)

static void open_picker(struct picker *picker, const char *narrow, int columns, int lines)
{
	picker_init(picker, narrow, true);
	picker_resize(picker, columns, lines);
	picker_take_list(picker, sample_process_list());
}

static enum picker_answer type(struct picker *picker, const char *letters)
{
	enum picker_answer answer = PICKER_REDRAW;

	for (; *letters; letters++)
		answer = picker_handle_key(picker, (uint32_t)*letters);
	return answer;
}

static int32_t pid(const struct picker *picker)
{
	return picker_process(picker) ? picker_process(picker)->pid : 0;
}

static void keys_move_and_choose(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, NULL, 80, 24);
	assert_int_equal(pid(&picker), 2210);
	assert_int_equal(picker_handle_key(&picker, KEY_ARROW_UP), PICKER_REDRAW);
	assert_int_equal(pid(&picker), 2210);
	picker_handle_key(&picker, KEY_ARROW_DOWN);
	assert_int_equal(pid(&picker), 2290);
	picker_handle_key(&picker, KEY_TO_END);
	assert_int_equal(pid(&picker), 3128);
	picker_handle_key(&picker, KEY_ARROW_DOWN);
	assert_int_equal(pid(&picker), 3128);
	picker_handle_key(&picker, KEY_PAGE_UP);
	assert_int_equal(pid(&picker), 2210);
	picker_handle_key(&picker, KEY_PAGE_DOWN);
	assert_int_equal(pid(&picker), 3128);
	picker_handle_key(&picker, KEY_TO_HOME);
	assert_int_equal(picker_handle_key(&picker, KEY_RETURN), PICKER_CHOSEN);
	assert_int_equal(picker_handle_key(&picker, F(10)), PICKER_QUIT);
	assert_int_equal(picker_handle_key(&picker, KEY_ESC), PICKER_LEFT);
	assert_int_equal(picker_handle_key(&picker, 12), PICKER_REPAINT);
	picker_finish(&picker);
}

static void no_command_is_on_a_key_that_types(void **state)
{
	size_t count;
	const struct picker_command *table = picker_command_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_true(strlen(table[i].help) <= 36);
		assert_true(table[i].keys[0] != 0);
		for (size_t j = 0; j < PICKER_KEYS_MAX && table[i].keys[j]; j++)
			assert_true(table[i].keys[j] < ' ' || table[i].keys[j] >= KEY_NAMED);
	}
}

/* The manual page has a line for each command: its keys with commas between, a bar, its help. */
static void the_manual_page_has_the_commands(void **state)
{
	const char *folder = getenv("top_srcdir");
	struct text path = {0}, table = {0}, lines = {0};
	size_t count;
	const struct picker_command *commands = picker_command_table(&count);
	char name[KEY_NAME_LENGTH], line[256];
	bool inside = false;
	FILE *file;

	(void)state;
	text_append_format(&path, "%s/doc/vastop.1", folder ? folder : ".");
	file = fopen(text_string(&path), "re");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		inside = (inside || strstr(line, "picker: begin")) && !strstr(line, "picker: end");
		if (inside && strchr(line, '|') && strncmp(line, "tab", 3) != 0)
			text_append(&table, line);
	}
	fclose(file);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < PICKER_KEYS_MAX && commands[i].keys[j]; j++)
			text_append_format(&lines, "%s%s", j ? ", " : "",
					   key_name(commands[i].keys[j], name));
		text_append_format(&lines, "|%s\n", commands[i].help);
	}
	assert_string_equal(text_string(&table), text_string(&lines));
	text_finish(&path);
	text_finish(&table);
	text_finish(&lines);
}

static void typing_narrows_and_esc_clears_first(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, NULL, 80, 24);
	picker_handle_key(&picker, KEY_ARROW_DOWN);
	type(&picker, "fire");
	assert_int_equal(picker.rows.matches, 3);
	assert_int_equal(pid(&picker), 2290);
	type(&picker, ".*2$");
	assert_int_equal(picker.rows.matches, 0);
	assert_int_equal(picker_handle_key(&picker, KEY_RETURN), PICKER_REDRAW);
	picker_handle_key(&picker, KEY_BACK);
	picker_handle_key(&picker, KEY_BACK);
	picker_handle_key(&picker, KEY_BACK);
	/* One of them matched "fire.*2". */
	assert_int_equal(pid(&picker), 2291);
	assert_int_equal(picker.rows.matches, 3);
	assert_int_equal(picker_handle_key(&picker, KEY_ESC), PICKER_REDRAW);
	assert_int_equal(picker.rows.matches, SAMPLE_PROCESSES);
	assert_int_equal(picker_handle_key(&picker, KEY_ESC), PICKER_LEFT);
	/* Nothing to delete is no wish to leave. */
	assert_int_equal(picker_handle_key(&picker, KEY_BACK), PICKER_REDRAW);
	picker_finish(&picker);
}

static void what_is_no_pattern_narrows_nothing_and_says_where(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, "bash(", 80, 24);
	assert_int_equal(picker.rows.matches, SAMPLE_PROCESSES);
	assert_non_null(strstr(picker.mistake, "column 6"));
	assert_non_null(strstr(picker.mistake, "parenthesis"));
	picker_handle_key(&picker, KEY_BACK);
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
	picker_init(&picker, "^(a|aa)+[bc]", true);
	picker_resize(&picker, 80, 24);
	picker_take_list(&picker, list);
	assert_int_equal(picker.rows.count, 100);
	assert_non_null(strstr(picker.mistake, "too long"));
	picker_finish(&picker);
}

static void keys_sort_and_make_a_tree(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, NULL, 80, 24);
	picker_handle_key(&picker, KEY_ARROW_RIGHT);
	assert_int_equal(picker.order.column, PICKER_SIZE);
	picker_handle_key(&picker, F(6));
	assert_int_equal(picker.order.column, PICKER_COMMAND);
	picker_handle_key(&picker, KEY_ARROW_RIGHT);
	assert_int_equal(picker.order.column, PICKER_PID);
	picker_handle_key(&picker, KEY_ARROW_LEFT);
	assert_int_equal(picker.order.column, PICKER_COMMAND);
	picker_handle_key(&picker, KEY_TAB);
	assert_true(picker.order.reversed);
	assert_int_equal(picker.rows.rows[0].process->pid, 1400);
	/* The cursor stays on its process. */
	assert_int_equal(pid(&picker), 2210);
	picker_handle_key(&picker, F(5));
	assert_true(picker.order.tree);
	assert_int_equal(picker.rows.rows[picker.cursor].depth, 2);
	assert_int_equal(pid(&picker), 2210);
	picker_handle_key(&picker, KEY_ARROW_LEFT);
	assert_false(picker.order.reversed);
	picker_finish(&picker);
}

static void the_cursor_goes_to_what_matches(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, NULL, 80, 24);
	picker_handle_key(&picker, F(5));
	picker_handle_key(&picker, KEY_TO_HOME);
	assert_int_equal(pid(&picker), 1);
	/* Its parents stand above it. */
	type(&picker, "app");
	assert_int_equal(picker.rows.matches, 1);
	assert_true(picker.rows.count > 1);
	assert_int_equal(pid(&picker), 3127);
	/* One may go to a parent: there a new list leaves the cursor. */
	picker_handle_key(&picker, KEY_ARROW_UP);
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
	open_picker(&picker, NULL, 80, 12);
	for (int i = 0; i < 4; i++)
		picker_handle_key(&picker, KEY_ARROW_DOWN);
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
	open_picker(&picker, "app.py", 80, 24);
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
	picker_init(&picker, NULL, true);
	picker_resize(&picker, 40, 12);
	picker_set_watched(&picker, 3000, 3000);
	picker_take_list(&picker, sample_process_list());
	assert_int_equal(pid(&picker), 3000);
	assert_true(picker_is_on_watched(&picker));
	assert_true(picker.cursor >= picker.top &&
		    picker.cursor < picker.top + picker_lines(&picker));
	picker_handle_key(&picker, KEY_ARROW_UP);
	assert_false(picker_is_on_watched(&picker));
	picker_resize(&picker, 200, 60);
	assert_int_equal(picker.top, 0);
	picker_finish(&picker);
}

static void a_key_without_meaning_says_so(void **state)
{
	struct picker picker;

	(void)state;
	open_picker(&picker, NULL, 80, 24);
	picker_handle_key(&picker, F(8));
	assert_non_null(strstr(text_string(&picker.message), "does nothing"));
	picker_handle_key(&picker, KEY_ARROW_DOWN);
	assert_int_equal(picker.message.length, 0);
	picker_finish(&picker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_move_and_choose),
		cmocka_unit_test(no_command_is_on_a_key_that_types),
		cmocka_unit_test(the_manual_page_has_the_commands),
		cmocka_unit_test(typing_narrows_and_esc_clears_first),
		cmocka_unit_test(what_is_no_pattern_narrows_nothing_and_says_where),
		cmocka_unit_test(a_pattern_that_takes_too_long_is_told),
		cmocka_unit_test(keys_sort_and_make_a_tree),
		cmocka_unit_test(the_cursor_goes_to_what_matches),
		cmocka_unit_test(a_new_list_does_not_move_the_cursor),
		cmocka_unit_test(a_reused_pid_is_another_process),
		cmocka_unit_test(the_cursor_begins_on_the_watched_process),
		cmocka_unit_test(a_key_without_meaning_says_so),
	};

	return cmocka_run_group_tests_name("picker", tests, NULL, NULL);
}
