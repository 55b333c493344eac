/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pattern.h"
#include "base/text.h"
#include "model/process.h"
#include "picker_sample.h"
#include "support/golden.h"
#include "ui/processes/process_rows.h"

/* The pids of the rows; in a tree with a dot a level before, those that do not match in (). */
static void check_rows(const struct picker_rows *rows, const char *expected)
{
	struct text text = {0};

	for (size_t i = 0; i < rows->count; i++) {
		const struct picker_row *row = &rows->rows[i];

		text_append(&text, i ? " " : "");
		for (uint32_t depth = 0; depth < row->depth; depth++)
			text_append_char(&text, '.');
		text_append_format(&text, row->match ? "%" PRId32 : "(%" PRId32 ")",
				   row->process->pid);
	}
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void check(enum picker_column column, bool reversed, bool tree, const char *expression,
		  const char *expected)
{
	const struct picker_order order = {column, reversed, tree};
	struct process_list *list = sample_process_list();
	struct picker_rows rows = {0};
	struct pattern *pattern = NULL;
	struct pattern_mistake mistake;

	if (expression)
		assert_int_equal(pattern_create(expression, &pattern, &mistake), 0);
	assert_int_equal(picker_rows_make(&rows, list, &order, pattern), 0);
	check_rows(&rows, expected);
	pattern_destroy(pattern);
	picker_rows_finish(&rows);
	process_list_destroy(list);
}

static void sorted_by_each_column_with_unknown_values_last(void **state)
{
	(void)state;
	check(PICKER_PID, false, false, NULL,
	      "1 2 17 801 1400 2210 2290 2291 3000 3127 3128 3300 4194304");
	check(PICKER_PID, true, false, NULL,
	      "4194304 3300 3128 3127 3000 2291 2290 2210 1400 801 17 2 1");
	check(PICKER_RSS, false, false, NULL,
	      "2210 2290 2291 801 3127 1 1400 3300 3000 4194304 2 17 3128");
	check(PICKER_RSS, true, false, NULL,
	      "4194304 3000 3300 1400 1 3127 801 2291 2290 2210 2 17 3128");
	check(PICKER_SIZE, false, false, NULL,
	      "2210 2290 2291 801 1 3127 1400 3300 3000 4194304 2 17 3128");
	check(PICKER_THREADS, false, false, NULL,
	      "2210 2290 2291 1400 3127 1 2 17 801 3000 3128 3300 4194304");
	check(PICKER_STATE, false, false, NULL,
	      "4194304 17 2290 1 2 801 1400 2210 2291 3000 3300 3127 3128");
	check(PICKER_USER, false, false, NULL,
	      "1400 2210 2290 2291 3000 3127 3128 3300 801 1 2 17 4194304");
	check(PICKER_USER, true, false, NULL,
	      "1 2 17 801 1400 2210 2290 2291 3000 3127 3128 3300 4194304");
	check(PICKER_MAPPINGS, false, false, NULL,
	      "2210 2290 3127 1400 3000 1 2 17 801 2291 3128 3300 4194304");
	check(PICKER_MAPPINGS, true, false, NULL,
	      "3000 1400 3127 2290 2210 1 2 17 801 2291 3128 3300 4194304");
	check(PICKER_UNIT, false, false, NULL,
	      "2210 2290 2291 3127 3128 4194304 1 1400 801 3000 3300 2 17");
	check(PICKER_COMMAND, false, false, NULL,
	      "3000 4194304 2210 2290 2291 1 2 17 801 3128 3127 3300 1400");
}

static void narrowed_by_command_name_user_unit_and_pid(void **state)
{
	(void)state;
	check(PICKER_RSS, false, false, "fire.*child", "2290 2291");
	check(PICKER_RSS, false, false, "web content", "2290 2291");
	check(PICKER_RSS, false, false, "^python3$", "3127 3128");
	check(PICKER_RSS, false, false, "^postgresql-s", "801");
	check(PICKER_RSS, false, false, "^12345$", "4194304");
	check(PICKER_PID, false, false, "^22", "2210 2290 2291");
	check(PICKER_PID, false, false, "docker-0f1e", "3127 3128");
	check(PICKER_PID, false, false, "^session", "3000 3300");
	check(PICKER_PID, false, false, "no such process", "");
	/* Folders are not shown, but are there. */
	check(PICKER_PID, false, false, "/usr/lib/firefox", "2210 2290 2291");
}

static void a_tree_sorts_children_below_their_parents(void **state)
{
	(void)state;
	check(PICKER_PID, false, true, NULL,
	      "1 .801 .1400 ..2210 ...2290 ...2291 ..3000 ...3127 ....3128 ...3300 ...4194304 "
	      "2 .17");
	check(PICKER_RSS, false, true, NULL,
	      "1 .801 .1400 ..2210 ...2290 ...2291 ..3000 ...3127 ....3128 ...3300 ...4194304 "
	      "2 .17");
	check(PICKER_RSS, true, true, NULL,
	      "1 .1400 ..3000 ...4194304 ...3300 ...3127 ....3128 ..2210 ...2291 ...2290 .801 "
	      "2 .17");
	check(PICKER_PID, false, true, "childID 2|kworker", "(1) .(1400) ..(2210) ...2291 (2) .17");
}

static void lines_of_the_tree_go_on_to_siblings(void **state)
{
	/* Of the rows in the tree by pid; bit d says that another follows at depth d. */
	static const uint64_t branches[] = {0, 2, 0, 4, 12, 4, 0, 8, 8, 8, 0, 0, 0};
	const struct picker_order order = {PICKER_PID, false, true};
	struct process_list *list = sample_process_list();
	struct picker_rows rows = {0};

	(void)state;
	assert_int_equal(picker_rows_make(&rows, list, &order, NULL), 0);
	for (size_t i = 0; i < rows.count; i++)
		assert_int_equal(rows.rows[i].branches, branches[i]);
	picker_rows_finish(&rows);
	process_list_destroy(list);
}

/* A list is read one process after the other: what it says may contradict itself. */
static void circles_and_chains_lose_nobody(void **state)
{
	const struct picker_order order = {PICKER_PID, false, true};
	struct process_list *list = process_list_create();
	struct picker_rows rows = {0};
	size_t count = 1000;

	(void)state;
	process_list_add(list, &(struct process){.pid = 5, .parent = 5, .comm = "", .command = ""});
	process_list_add(list, &(struct process){.pid = 6, .parent = 8, .comm = "", .command = ""});
	process_list_add(list, &(struct process){.pid = 7, .parent = 6, .comm = "", .command = ""});
	process_list_add(list, &(struct process){.pid = 8, .parent = 7, .comm = "", .command = ""});
	process_list_add(list, &(struct process){.pid = 9, .parent = 7, .comm = "", .command = ""});
	process_list_sort(list);
	assert_int_equal(picker_rows_make(&rows, list, &order, NULL), 0);
	check_rows(&rows, "5 6 .7 ..8 ..9");
	process_list_destroy(list);
	list = process_list_create();
	for (size_t i = 1; i <= count; i++)
		process_list_add(list, &(struct process){.pid = (int32_t)i,
							 .parent = (int32_t)i - 1,
							 .comm = "",
							 .command = ""});
	process_list_sort(list);
	assert_int_equal(picker_rows_make(&rows, list, &order, NULL), 0);
	assert_int_equal(rows.count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rows.rows[i].depth, i < PICKER_DEPTH_MAX ? i : PICKER_DEPTH_MAX);
	picker_rows_finish(&rows);
	process_list_destroy(list);
}

static void a_pattern_that_explodes_is_given_up(void **state)
{
	const struct picker_order order = {.column = PICKER_PID};
	struct process_list *list = process_list_create();
	struct picker_rows rows = {0};
	struct pattern_mistake mistake;
	struct pattern *pattern;
	char command[PROCESS_COMMAND_MAX];

	(void)state;
	memset(command, 'a', sizeof(command) - 1);
	command[sizeof(command) - 2] = '!';
	command[sizeof(command) - 1] = '\0';
	for (int32_t i = 1; i <= 5000; i++)
		process_list_add(list,
				 &(struct process){.pid = i, .comm = "b", .command = command});
	process_list_sort(list);
	assert_int_equal(pattern_create("(a|aa)+$", &pattern, &mistake), 0);
	assert_int_equal(picker_rows_make(&rows, list, &order, pattern), -ELOOP);
	assert_int_equal(rows.count, 5000);
	assert_int_equal(rows.matches, 5000);
	pattern_destroy(pattern);
	picker_rows_finish(&rows);
	process_list_destroy(list);
}

/* One is no reason to show all. */
static void one_that_takes_too_long_does_not_match(void **state)
{
	const struct picker_order order = {.column = PICKER_PID};
	struct process_list *list = sample_process_list();
	struct picker_rows rows = {0};
	struct pattern_mistake mistake;
	struct pattern *pattern;

	(void)state;
	process_list_add(list, &(struct process){.pid = 5000000,
						 .comm = "a",
						 .command = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"});
	assert_int_equal(pattern_create("^(a|aa)+$|^-bash", &pattern, &mistake), 0);
	assert_int_equal(picker_rows_make(&rows, list, &order, pattern), 0);
	/* Its name matches; its command line would have been given up. */
	check_rows(&rows, "3000 5000000");
	list->processes[list->count - 1].comm = "b";
	assert_int_equal(picker_rows_make(&rows, list, &order, pattern), 0);
	check_rows(&rows, "3000");
	pattern_destroy(pattern);
	picker_rows_finish(&rows);
	process_list_destroy(list);
}

static void an_empty_list_has_no_rows(void **state)
{
	const struct picker_order order = {.tree = true};
	struct process_list *list = process_list_create();
	struct picker_rows rows = {0};

	(void)state;
	assert_int_equal(picker_rows_make(&rows, list, &order, NULL), 0);
	assert_int_equal(rows.count, 0);
	picker_rows_finish(&rows);
	process_list_destroy(list);
}

/* A line for the rows: pid, depth, branches as letters, "!" where it is no match itself. */
static void append_order(struct text *text, const struct process_list *list,
			 const struct picker_order *order, const char *narrow)
{
	struct pattern_mistake mistake;
	struct pattern *pattern = NULL;
	struct picker_rows rows = {0};

	if (narrow)
		assert_int_equal(pattern_create(narrow, &pattern, &mistake), 0);
	assert_int_equal(picker_rows_make(&rows, list, order, pattern), 0);
	text_append_format(text, "%s%s%s %s (%zu):", picker_rows_heading(order->column),
			   order->reversed ? " reversed" : "", order->tree ? " tree" : "",
			   narrow ? narrow : "all", rows.matches);
	for (size_t i = 0; i < rows.count; i++)
		text_append_format(text, " %d/%u/%x%s", (int)rows.rows[i].process->pid,
				   (unsigned)rows.rows[i].depth, (unsigned)rows.rows[i].branches,
				   rows.rows[i].match ? "" : "!");
	text_append(text, "\n");
	picker_rows_finish(&rows);
	pattern_destroy(pattern);
}

/* Of each column, both ways, as a list and as a tree; all, and what patterns keep. */
static void every_order_is_as_it_is(void **state)
{
	static const char *const narrows[] = {"fire",    "ann",           "1000", "python|bash",
					      "session", "-isForBrowser", "^2",   "no such"};
	struct process_list *list = sample_process_list();
	struct text text = {0};

	(void)state;
	for (int column = 0; column < PICKER_COLUMNS; column++)
		for (int way = 0; way < 4; way++)
			append_order(&text, list,
				     &(struct picker_order){.column = (enum picker_column)column,
							    .reversed = way % 2,
							    .tree = way / 2},
				     NULL);
	for (size_t i = 0; i < sizeof(narrows) / sizeof(narrows[0]); i++)
		for (int tree = 0; tree < 2; tree++)
			append_order(&text, list,
				     &(struct picker_order){.column = PICKER_PID, .tree = tree},
				     narrows[i]);
	golden_check("process_rows_orders", text_string(&text));
	text_finish(&text);
	process_list_destroy(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorted_by_each_column_with_unknown_values_last),
		cmocka_unit_test(narrowed_by_command_name_user_unit_and_pid),
		cmocka_unit_test(a_tree_sorts_children_below_their_parents),
		cmocka_unit_test(lines_of_the_tree_go_on_to_siblings),
		cmocka_unit_test(circles_and_chains_lose_nobody),
		cmocka_unit_test(a_pattern_that_explodes_is_given_up),
		cmocka_unit_test(one_that_takes_too_long_does_not_match),
		cmocka_unit_test(an_empty_list_has_no_rows),
		cmocka_unit_test(every_order_is_as_it_is),
	};

	return cmocka_run_group_tests_name("process_rows", tests, NULL, NULL);
}
