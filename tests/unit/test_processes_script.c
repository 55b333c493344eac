/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/pattern.h"
#include "files/helper.h"
#include "kernel/procfs_relation.h"
#include "model/process.h"
#include "model/target.h"
#include "procfs/stat_parser.h"
#include "sampler/libproc.h"
#include "sampler/processes.h"

/* What is made of processes that a libproc2 of this test tells of. */

#define ITEMS 12 /* as processes.c asks for them, in its order */

enum { PID, PARENT, NAME, UID, USER, STATE, THREADS, RSS, SIZE, START, FLAGS, ARGUMENTS };

static struct {
	struct pids_result results[6][ITEMS];
	struct pids_stack stacks[6];
	size_t count, next;
	int load_error, new_error, unrefs;
	int items; /* that were asked for */
} script;

static int pids_new(struct pids_info **info, enum pids_item *items, int count)
{
	static const enum pids_item first[] = {PIDS_ID_PID, PIDS_ID_PPID, PIDS_CMD};

	assert_memory_equal(items, first, sizeof(first));
	script.items = count;
	script.next = 0;
	*info = (struct pids_info *)(void *)&script;
	return script.new_error;
}

static struct pids_stack *pids_get(struct pids_info *info, enum pids_fetch_type which)
{
	assert_ptr_equal(info, &script);
	assert_int_equal(which, PIDS_FETCH_TASKS_ONLY);
	return script.next < script.count ? &script.stacks[script.next++] : NULL;
}

static int pids_unref(struct pids_info **info)
{
	assert_ptr_equal(*info, &script);
	script.unrefs++;
	return 0;
}

int libproc_load(struct libproc *ret_libproc)
{
	*ret_libproc = (struct libproc){pids_new, pids_get, pids_unref};
	return script.load_error;
}

/* A process of root's that no kernel has, so that nothing else is read of it. */
static struct pids_result *add(int pid, char *name)
{
	struct pids_result *results = script.results[script.count];

	script.stacks[script.count].head = results;
	results[PID].result.s_int = pid;
	results[PARENT].result.s_int = 1;
	results[NAME].result.str = name;
	results[STATE].result.s_ch = 'S';
	script.count++;
	return results;
}

static void reset(void)
{
	memset(&script, 0, sizeof(script));
}

#define NOWHERE 2000000000 /* and above: beyond PID_MAX_LIMIT */

/* One with all that there is, a kernel thread, a zombie, and one without arguments. */
static void add_four(void)
{
	static char *arguments[] = {"x", "-a", "", "b c", NULL};
	static char *none[] = {"-", NULL}, *dash[] = {"-", "y", NULL}, *empty[] = {NULL};
	struct pids_result *results;

	reset();
	results = add(NOWHERE, "x");
	results[UID].result.u_int = 1001;
	results[USER].result.str = "user";
	results[STATE].result.s_ch = 'R';
	results[THREADS].result.s_int = 4;
	results[RSS].result.ul_int = 5;
	results[SIZE].result.ul_int = 6;
	results[START].result.ull_int = 77;
	results[ARGUMENTS].result.strv = arguments;
	results = add(NOWHERE + 1, NULL);
	results[RSS].result.ul_int = 5;
	results[FLAGS].result.ul_int = STAT_FLAG_KERNEL_THREAD;
	results[ARGUMENTS].result.strv = none;
	results = add(NOWHERE + 2, "z");
	results[STATE].result.s_ch = 'Z';
	results[ARGUMENTS].result.strv = dash;
	results = add(NOWHERE + 3, "e");
	results[ARGUMENTS].result.strv = empty;
}

static void what_is_told_of_a_process_is_listed(void **state)
{
	struct process_list *list = NULL;
	const struct process *first;

	(void)state;
	add_four();
	assert_int_equal(processes_read(&list), 0);
	assert_int_equal(script.items, ITEMS);
	assert_int_equal(script.unrefs, 1);
	assert_int_equal(list->count, 4);
	first = &list->processes[0];
	assert_int_equal(first->pid, NOWHERE);
	assert_int_equal(first->parent, 1);
	assert_string_equal(first->comm, "x");
	assert_string_equal(first->user, "user");
	assert_string_equal(first->command, "x -a  b c");
	assert_int_equal(first->uid, 1001);
	assert_int_equal(first->state, 'R');
	assert_int_equal(first->threads, 4);
	assert_int_equal(first->rss, 5 * 1024);
	assert_int_equal(first->size, 6 * 1024);
	assert_int_equal(first->start_ticks, 77);
	assert_true(first->mappings == TARGET_UNKNOWN);
	assert_int_equal(first->access, PROCESS_READABLE); /* it is gone: that will be told */
	assert_true(list->processes[1].rss == TARGET_UNKNOWN);
	assert_true(list->processes[1].size == TARGET_UNKNOWN);
	assert_string_equal(list->processes[1].comm, "");
	assert_string_equal(list->processes[1].command, "");
	assert_int_equal(list->processes[1].access, PROCESS_KERNEL);
	assert_string_equal(list->processes[2].command, "- y");
	assert_int_equal(list->processes[2].access, PROCESS_ENDED);
	assert_string_equal(list->processes[3].command, "");
	assert_true(list->mappings_max > 0);
	process_list_destroy(list);
}

/* A long command is cut, by words that are cut themselves. */
static void commands_are_bounded(void **state)
{
	static char word[2 * PROCESS_COMMAND_MAX];
	char *arguments[] = {"x", word, "never", NULL};
	struct process_list *list = NULL;

	(void)state;
	reset();
	memset(word, 'w', sizeof(word) - 1);
	add(NOWHERE, "x")[ARGUMENTS].result.strv = arguments;
	assert_int_equal(processes_read(&list), 0);
	assert_null(strstr(list->processes[0].command, "never"));
	assert_true(strlen(list->processes[0].command) <= PROCESS_COMMAND_MAX + 2);
	process_list_destroy(list);
}

/* This program and its helpers are none of the others. */
static void own_processes_are_left_out(void **state)
{
	struct process_list *list = NULL;
	const int self = procfs_relation_self("/proc");

	(void)state;
	reset();
	add(self, "x");
	add(NOWHERE, HELPER_NAME)[PARENT].result.s_int = self;
	add(NOWHERE + 1, HELPER_NAME)[PARENT].result.s_int = 1;
	add(NOWHERE + 2, "child")[PARENT].result.s_int = self;
	add(NOWHERE + 3, NULL)[PARENT].result.s_int = self;
	assert_int_equal(processes_read(&list), 0);
	assert_int_equal(list->count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(list->processes[i].pid, NOWHERE + 1 + (int)i);
	process_list_destroy(list);
}

static void names_are_found_in_the_order_of_their_numbers(void **state)
{
	struct pattern_mistake mistake;
	struct pattern *pattern = NULL;
	int32_t found[2] = {0, 0};

	(void)state;
	reset();
	add(NOWHERE + 5, "needle");
	add(NOWHERE + 1, "a needle");
	add(NOWHERE + 4, "other");
	add(NOWHERE + 3, NULL);
	add(NOWHERE + 2, "needles");
	assert_int_equal(pattern_create("needle", &pattern, &mistake), 0);
	assert_int_equal(processes_find(pattern, found, 2), 3);
	assert_int_equal(script.items, 3);
	assert_int_equal(found[0], NOWHERE + 1);
	assert_int_equal(found[1], NOWHERE + 2);
	script.count = 0;
	assert_int_equal(processes_find(pattern, found, 2), 0);
	script.load_error = -ELIBACC;
	assert_int_equal(processes_find(pattern, found, 2), -ELIBACC);
	pattern_destroy(pattern);
}

static void errors_are_told(void **state)
{
	struct process_list *none = (struct process_list *)(void *)&script, *list = none;

	(void)state;
	reset();
	script.new_error = -ENOMEM;
	assert_int_equal(processes_read(&list), -ENOMEM);
	assert_int_equal(script.unrefs, 0);
	script.load_error = -ELIBACC;
	assert_int_equal(processes_read(&list), -ELIBACC);
	assert_ptr_equal(list, none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_told_of_a_process_is_listed),
		cmocka_unit_test(commands_are_bounded),
		cmocka_unit_test(own_processes_are_left_out),
		cmocka_unit_test(names_are_found_in_the_order_of_their_numbers),
		cmocka_unit_test(errors_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
