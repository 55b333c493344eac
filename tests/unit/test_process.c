/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/process.h"
#include "model/target.h"

static void processes_are_found_by_pid(void **state)
{
	static const int32_t pids[] = {30, 1, 4194304, 2};
	struct process_list *list = process_list_create();

	(void)state;
	assert_null(process_list_find(list, 1));
	process_list_sort(list);
	for (size_t i = 0; i < 4; i++)
		process_list_add(list,
				 &(struct process){.pid = pids[i], .comm = "x", .command = ""});
	process_list_sort(list);
	assert_int_equal(list->count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(process_list_find(list, pids[i])->pid, pids[i]);
		assert_true(i == 0 || list->processes[i - 1].pid < list->processes[i].pid);
	}
	assert_null(process_list_find(list, 3));
	process_list_destroy(list);
	process_list_destroy(NULL);
}

static void strings_are_copied_and_bounded(void **state)
{
	struct process_list *list = process_list_create();
	char user[] = "ann", comm[] = "a\nb", unit[] = "x.scope", command[3 * PROCESS_COMMAND_MAX];
	struct process process = {
		.pid = 1, .user = user, .comm = comm, .command = command, .unit = unit};

	(void)state;
	memset(command, 'y', sizeof(command) - 1);
	command[sizeof(command) - 1] = '\0';
	process_list_add(list, &process);
	assert_true(list->has_units);
	user[0] = comm[0] = unit[0] = 'X';
	memset(command, 0, sizeof(command));
	process.user = process.unit = NULL;
	process_list_add(list, &process);
	assert_string_equal(list->processes[0].user, "ann");
	assert_string_equal(list->processes[0].comm, "a\nb");
	assert_string_equal(list->processes[0].unit, "x.scope");
	assert_int_equal(strlen(list->processes[0].command), PROCESS_COMMAND_MAX);
	assert_int_equal(list->processes[0].command[PROCESS_COMMAND_MAX - 1], 'y');
	assert_null(list->processes[1].user);
	assert_null(list->processes[1].unit);
	assert_true(list->has_units);
	assert_string_equal(list->processes[1].command, "");
	process_list_destroy(list);
}

static void what_is_not_known_is_no_number(void **state)
{
	struct process_list *list = process_list_create();

	(void)state;
	assert_true(list->mappings_max == TARGET_UNKNOWN);
	process_list_add(list, &(struct process){.pid = 1, .comm = "", .command = ""});
	assert_false(list->has_units);
	process_list_destroy(list);
}

static void all_but_readable_ones_have_a_reason(void **state)
{
	(void)state;
	assert_null(process_access_words(PROCESS_READABLE));
	assert_string_equal(process_access_words(PROCESS_KERNEL), "kernel thread");
	assert_string_equal(process_access_words(PROCESS_ENDED), "has ended");
	assert_string_equal(process_access_words(PROCESS_FOREIGN), "another user's");
	assert_string_equal(process_access_words(PROCESS_FORBIDDEN), "permission denied");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(processes_are_found_by_pid),
		cmocka_unit_test(strings_are_copied_and_bounded),
		cmocka_unit_test(what_is_not_known_is_no_number),
		cmocka_unit_test(all_but_readable_ones_have_a_reason),
	};

	return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
